"""The tables of the store, and how its file is opened."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    CheckConstraint,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    insert,
    inspect,
    select,
    update,
)

from assistant.corpus.private import create_private
from assistant.errors import StoreError

SCHEMA_VERSION = 3
"""Counts up with every change of the tables; a file of a newer one is refused."""

_UPGRADES = {
    1: "ALTER TABLE document_passages ADD COLUMN own TEXT",
    2: "ALTER TABLE versions ADD COLUMN draft INTEGER NOT NULL DEFAULT 0",
}
"""By schema version: what makes the next one of it, with every version to roll back to kept."""

_BUSY_MS = 10_000
"""A publish of 10,000 passages holds the write lock for about a second."""

metadata = MetaData()

schema = Table("schema", metadata, Column("version", Integer, primary_key=True))

versions = Table(
    "versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("created", String, nullable=False),
    Column("author", String, nullable=False),
    Column("summary", String, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("company", Text, nullable=False),
    # 1 until it goes live for the first time.
    Column("draft", Integer, nullable=False, server_default="0"),
    sqlite_autoincrement=True,  # the number of a pruned version is never given again
)

live = Table(
    "live",
    metadata,
    Column("row", Integer, CheckConstraint("row = 1"), primary_key=True),
    Column("version_id", ForeignKey("versions.id"), nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("key", String, primary_key=True),
    Column("id", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("path", String, nullable=False),
    Column("source", Text, nullable=False),
)

passages = Table(
    "passages",
    metadata,
    Column("key", String, primary_key=True),
    Column("id", String, nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("headings", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("page", Integer),
    Column("tag", String, nullable=False),
    Column("content", Text, nullable=False),
)

version_documents = Table(
    "version_documents",
    metadata,
    Column("version_id", ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True),
    Column("document_key", ForeignKey("documents.key"), primary_key=True, index=True),
)

document_passages = Table(
    "document_passages",
    metadata,
    Column("document_key", ForeignKey("documents.key", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("passage_key", ForeignKey("passages.key"), nullable=False, index=True),
    Column("text_key", String, nullable=False, index=True),
    # The fields of the passage's source that are not the document's, as JSON.
    Column("own", Text),
)

vectors = Table(
    "vectors",
    metadata,
    Column("key", String, primary_key=True),
    Column("embedder", String, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)

terms = Table(
    "terms",
    metadata,
    Column("key", String, primary_key=True),
    Column("tokenizer", String, primary_key=True),
    Column("terms", Text, nullable=False),
)

Index("documents_by_path", documents.c.path)


def open_engine(path: Path) -> Engine:
    """Create the file (0600) and its folder (0700) if need be, and return an engine with tables.

    Raises what SQLite, SQLAlchemy and the file system raise, and StoreError for a newer schema.
    """
    create_private(path)
    engine = create_engine(URL.create("sqlite", database=str(path)))
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    try:
        _prepare(engine, path)
    except BaseException:
        engine.dispose()
        raise
    return engine


WRITE = {"katsuyo_write": True}
"""Execution options of a transaction that writes: it takes the write lock at its start."""


def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
    # Python's own transaction handling would begin too late for a snapshot of several reads.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {_BUSY_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("katsuyo_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _prepare(engine: Engine, path: Path) -> None:
    with engine.begin() as connection:
        found = _schema_version(connection)
    if found is not None and found > SCHEMA_VERSION:
        raise StoreError(
            f"{path} は、新しい活用ナビで作られたデータです"
            f"(データの形 {found}、このプログラムは {SCHEMA_VERSION} まで)。",
            remedy="活用ナビを新しくするか、KATSUYO_DATA_DIR で別の場所を指定してください。",
        )
    if found != SCHEMA_VERSION:
        with engine.execution_options(**WRITE).begin() as connection:
            _upgrade(connection)


def _upgrade(connection: Connection) -> None:
    """Make or change the tables; another process may have done so a moment ago."""
    found = _schema_version(connection)
    if found is None:
        metadata.create_all(connection)
        connection.execute(insert(schema).values(version=SCHEMA_VERSION))
        return
    for version in range(found, SCHEMA_VERSION):
        connection.exec_driver_sql(_UPGRADES[version])
        connection.execute(update(schema).values(version=version + 1))


def _schema_version(connection: Connection) -> int | None:
    if not inspect(connection).has_table(schema.name):
        return None
    return connection.execute(select(schema.c.version)).scalar_one_or_none()
