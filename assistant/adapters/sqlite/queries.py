"""What the store asks of its tables."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from assistant.adapters.sqlite import rows
from assistant.adapters.sqlite import schema as db
from assistant.corpus.text import text_key
from assistant.domain import Document, Passage, Source, Version
from assistant.errors import StoreError

KEPT_VERSIONS = 10
"""Versions to roll back to; the live one is kept besides, however old."""

VERSIONS = select(db.versions, db.live.c.version_id.label("live")).select_from(
    db.versions.outerjoin(db.live, db.live.c.version_id == db.versions.c.id)
)
"""Versions, `live` not null for the one that answers."""

GIVEN = select(func.json_each(bindparam("given")).table_valued("value").c.value)
"""A JSON list as rows: any number of values in one parameter (SQLite's limit is 32,766)."""

PASSAGES_ANYWHERE = (
    select(
        db.passages,
        db.documents.c.key.label("document"),
        db.documents.c.source,
        db.document_passages.c.own,
    )
    .select_from(db.passages.join(db.document_passages).join(db.documents))
    .where(db.passages.c.id.in_(GIVEN))
    .order_by(literal_column("+documents.rowid"))
)
"""The GIVEN passages with the source of their document and what of it is their own; the newest
document comes last."""


def passages_in(version_id: int | None) -> Select[Any]:
    """Select the GIVEN passages as one version has them.

    The plus keeps SQLite from starting at the version's documents, which reads every passage: 30
    of 100,000 passages took 490 ms of CPU, and take 1 ms when it starts at the passages.
    """
    return PASSAGES_ANYWHERE.join(
        db.version_documents, db.version_documents.c.document_key == db.documents.c.key
    ).where(literal_column("+version_documents.version_id") == version_id)


_PLACES = (
    select(db.passages.c.id, db.document_passages.c.own)
    .join(db.passages, db.passages.c.key == db.document_passages.c.passage_key)
    .where(db.document_passages.c.document_key == db.documents.c.key)
    .order_by(db.document_passages.c.place)
    .correlate(db.documents)
    .subquery()
)

_ENTRIES = select(
    db.version_documents.c.version_id,
    db.documents.c.id,
    db.documents.c.source,
    db.documents.c.digest,
    # One row a document: 100,000 passages as rows of their own took four times the CPU.
    select(func.json_group_array(_PLACES.c.id)).scalar_subquery().label("passage_ids"),
    select(func.json_group_object(_PLACES.c.id, _PLACES.c.own))
    .where(_PLACES.c.own.is_not(None))
    .scalar_subquery()
    .label("own"),
).select_from(db.version_documents.join(db.documents))
"""The documents of versions, each with its passages."""

EDITIONS = _ENTRIES.where(db.documents.c.path == bindparam("path")).order_by(
    db.version_documents.c.version_id
)
"""The document with the given path in every version, in order."""


def documents_in(version_id: int) -> Select[Any]:
    """Select the version's documents, in order."""
    return _ENTRIES.where(db.version_documents.c.version_id == version_id).order_by(
        db.documents.c.path, db.documents.c.key
    )


SPACES = (
    select(db.vectors.c.embedder)
    .group_by(db.vectors.c.embedder)
    .order_by(func.max(literal_column("rowid")).desc())
)
"""A vector that is saved again gets a new rowid."""


def missing_vectors(version_id: int, embedder: str) -> Select[Any]:
    """Select one passage id for every text of the version without a vector."""
    have = select(db.vectors.c.key).where(db.vectors.c.embedder == embedder)
    return (
        select(func.min(db.passages.c.id))
        .select_from(db.version_documents)
        .join(
            db.document_passages,
            db.document_passages.c.document_key == db.version_documents.c.document_key,
        )
        .join(db.passages, db.passages.c.key == db.document_passages.c.passage_key)
        .where(db.version_documents.c.version_id == version_id)
        .where(db.document_passages.c.text_key.not_in(have))
        .group_by(db.document_passages.c.text_key)
        .order_by(func.min(db.passages.c.id))
    )


def among(connection: Connection, query: Select[Any], keys: Sequence[str]) -> list[Any]:
    """Return the rows of a query on GIVEN."""
    return list(connection.execute(query, {"given": json.dumps(list(keys))}))


def passages(connection: Connection, query: Select[Any], wanted: str) -> dict[str, Passage]:
    """Return the passages of a query on GIVEN (a JSON list), by id."""
    sources: dict[tuple[str, str | None], Source] = {}
    found: dict[str, Passage] = {}
    for row in connection.execute(query, {"given": wanted}).mappings():
        key = (row["document"], row["own"])
        if key not in sources:
            sources[key] = rows.source_of(row["source"], row["own"])
        found[row["id"]] = rows.passage_of(row, sources[key])
    return found


def version(connection: Connection, version_id: int) -> Version:
    """Return this version. Raises StoreError."""
    row = connection.execute(VERSIONS.where(db.versions.c.id == version_id)).mappings().first()
    if row is None:
        raise no_version(version_id)
    return rows.version_of(row)


def no_version(version_id: int) -> StoreError:
    """Return the error for a version that is not kept."""
    return StoreError(
        f"第{version_id}版はありません。",
        remedy="残っている版は katsuyo versions で見られます。",
    )


def count(connection: Connection, table: Table) -> int:
    """Return the number of rows."""
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def count_embedded(connection: Connection) -> int:
    """Return the number of texts that any embedder has read."""
    return int(connection.execute(select(func.count(db.vectors.c.key.distinct()))).scalar_one())


def save_documents(connection: Connection, documents: Sequence[Document]) -> list[str]:
    """Store what of the documents is new, and return their keys."""
    keys: list[str] = []
    for start in range(0, len(documents), _DOCUMENTS_AT_ONCE):
        prepared = [_prepared(one) for one in documents[start : start + _DOCUMENTS_AT_ONCE]]
        keys += [one.key for one in prepared]
        known = set(among(connection, _KNOWN_DOCUMENTS, [one.key for one in prepared]))
        new = [one for one in prepared if (one.key,) not in known]
        for statement, values in (
            (_ADD_DOCUMENT, [one.row for one in new]),
            (_ADD_PASSAGE, [row for one in new for row in one.passages]),
            (_ADD_LINK, [row for one in new for row in one.links]),
        ):
            if values:
                connection.execute(statement, values)
    return keys


def take_over(connection: Connection, version_id: int, *, base: int, gone: Sequence[str]) -> None:
    """Give the version what `base` holds, but for the paths in `gone`."""
    table = db.version_documents
    kept = (
        select(literal(version_id), table.c.document_key)
        .join(db.documents, db.documents.c.key == table.c.document_key)
        .where(table.c.version_id == base)
        .where(db.documents.c.path.not_in(GIVEN))
    )
    connection.execute(
        insert(table).from_select(["version_id", "document_key"], kept),
        {"given": json.dumps(list(gone))},
    )


def count_documents(connection: Connection, version_id: int) -> None:
    """Write down how much the version holds."""
    links, places = db.version_documents, db.document_passages
    held = select(links.c.document_key).where(links.c.version_id == version_id)
    documents = select(func.count()).select_from(links).where(links.c.version_id == version_id)
    passages = select(func.count()).select_from(places).where(places.c.document_key.in_(held))
    connection.execute(
        update(db.versions)
        .where(db.versions.c.id == version_id)
        .values(documents=documents.scalar_subquery(), passages=passages.scalar_subquery())
    )


_DOCUMENTS_AT_ONCE = 500
"""Bounds the rows in memory: some 5,000 passages."""

_KNOWN_DOCUMENTS = select(db.documents.c.key).where(db.documents.c.key.in_(GIVEN))
_ADD_DOCUMENT = upsert(db.documents).on_conflict_do_nothing()
_ADD_PASSAGE = upsert(db.passages).on_conflict_do_nothing()
_ADD_LINK = insert(db.document_passages)


@dataclass(frozen=True, slots=True)
class _Prepared:
    key: str
    row: dict[str, str]
    passages: list[dict[str, str | int | None]]
    links: list[dict[str, str | int | None]]


def _prepared(document: Document) -> _Prepared:
    passages = [rows.passage_row(passage) for passage in document.passages]
    passage_keys = [str(row["key"]) for row in passages]
    own = [rows.own_json(passage.source, document.source) for passage in document.passages]
    key = rows.document_key(document, passage_keys, own)
    row = {
        "key": key,
        "id": document.id,
        "digest": document.digest,
        "path": document.source.path,
        "source": rows.to_json(document.source),
    }
    links: list[dict[str, str | int | None]] = [
        {
            "document_key": key,
            "place": place,
            "passage_key": passage_keys[place],
            "text_key": text_key(passage),
            "own": own[place],
        }
        for place, passage in enumerate(document.passages)
    ]
    return _Prepared(key, row, passages, links)


def prune(connection: Connection, *, new: int) -> None:
    """Forget all but the newest versions and the live one, and whatever only they held.

    Of drafts only the `new` one stays.
    """
    versions = db.versions.c
    newest = select(versions.id).where(versions.draft == 0).order_by(versions.id.desc())
    gone = connection.execute(
        delete(db.versions)
        .where(versions.id.not_in(newest.limit(KEPT_VERSIONS - 1)))
        .where(versions.id.not_in(select(db.live.c.version_id)))
        .where(versions.id != new)
    )
    if not gone.rowcount:
        return
    for table, column, kept in (
        (db.documents, db.documents.c.key, db.version_documents.c.document_key),
        (db.passages, db.passages.c.key, db.document_passages.c.passage_key),
        (db.vectors, db.vectors.c.key, db.document_passages.c.text_key),
        (db.terms, db.terms.c.key, db.document_passages.c.text_key),
    ):
        connection.execute(delete(table).where(column.not_in(select(kept))))
