"""Store on SQLite: one file holds documents, passages, vectors, terms and versions."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Table, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from assistant.adapters.sqlite import queries, rows
from assistant.adapters.sqlite import schema as db
from assistant.adapters.sqlite.errors import store_errors
from assistant.domain import Company, Document, Passage, Version
from assistant.errors import StoreError
from assistant.ports import DocumentEntry, StoreHealth, Vectors

_LIVE_ID = "SELECT version_id FROM live WHERE row = 1"


class SqliteStore:
    """Safe for threads and for several processes: WAL, one writer at a time, fsync at commit."""

    def __init__(
        self, path: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        """Open or create the file at `path`. Raises StoreError."""
        self._path = path
        self._now = now
        self._live: Version | None = None
        with store_errors(path):
            self._engine = db.open_engine(path)

    def close(self) -> None:
        """Release the file."""
        self._engine.dispose()

    # ── versions ─────────────────────────────────────────────────────────────

    def live(self) -> Version | None:
        """Return the version that answers now; None before the first publish."""
        known = self._live
        if known is not None and known.id == self._live_id():
            return known
        with self._reading() as connection:
            row = connection.execute(queries.VERSIONS.where(db.live.c.row == 1)).mappings().first()
            self._live = rows.version_of(row) if row else None
            return self._live

    def _live_id(self) -> int | None:
        """Return the pointer alone, past SQLAlchemy: every question looks, .05 ms against .8."""
        with store_errors(self._path), closing(self._engine.raw_connection()) as connection:
            row = connection.cursor().execute(_LIVE_ID).fetchone()
            return int(row[0]) if row else None

    def versions(self) -> list[Version]:
        """Return the kept versions, newest first."""
        with self._reading() as connection:
            found = connection.execute(
                queries.VERSIONS.order_by(db.versions.c.id.desc())
            ).mappings()
            return [rows.version_of(row) for row in found]

    def company(self, version_id: int) -> Company:
        """Return company.yaml as it was published."""
        query = select(db.versions.c.company).where(db.versions.c.id == version_id)
        with self._reading() as connection:
            text = connection.execute(query).scalar_one_or_none()
            if text is None:
                raise queries.no_version(version_id)
            return rows.company_of(text)

    def publish(
        self,
        company: Company,
        documents: Sequence[Document],
        *,
        author: str,
        summary: str,
        base: int | None = None,
        without: Sequence[str] = (),
    ) -> Version:
        """Store a new version, not yet live, and prune old ones, in one transaction.

        Of the version `base` it takes over what has other paths than `documents` and `without`.
        """
        values = {
            "created": self._now().astimezone(UTC).isoformat(),
            "author": author,
            "summary": summary,
            "documents": 0,
            "passages": 0,
            "draft": 1,
        }
        with self._writing() as connection:
            values["company"] = rows.to_json(company)
            added = connection.execute(insert(db.versions).values(values))
            version_id = int(added.lastrowid)
            if base is not None:
                gone = [*(document.source.path for document in documents), *without]
                queries.take_over(connection, version_id, base=base, gone=gone)
            keys = queries.save_documents(connection, documents)
            links = [{"version_id": version_id, "document_key": key} for key in keys]
            if links:
                connection.execute(insert(db.version_documents), links)
            queries.count_documents(connection, version_id)
            queries.prune(connection, new=version_id)
            return queries.version(connection, version_id)

    def go_live(self, version_id: int) -> Version:
        """Move the one pointer. Raises StoreError for a version that is not kept."""
        with self._writing() as connection:
            queries.version(connection, version_id)
            pointer = upsert(db.live).values(row=1, version_id=version_id)
            connection.execute(pointer.on_conflict_do_update(set_={"version_id": version_id}))
            connection.execute(
                update(db.versions).where(db.versions.c.id == version_id).values(draft=0)
            )
            return queries.version(connection, version_id)

    # ── documents and passages ───────────────────────────────────────────────

    def documents(self, version_id: int) -> list[DocumentEntry]:
        """Return the documents of a version, sorted by path."""
        with self._reading() as connection:
            queries.version(connection, version_id)
            found = connection.execute(queries.documents_in(version_id)).all()
            return [rows.entry_of(row) for row in found]

    def editions(self, path: str) -> Mapping[int, DocumentEntry]:
        """Return the document with this path by the ids of the kept versions that hold it."""
        with self._reading() as connection:
            found = connection.execute(queries.EDITIONS, {"path": path}).all()
            return {row.version_id: rows.entry_of(row) for row in found}

    def passages(self, ids: Sequence[str], *, version_id: int | None = None) -> list[Passage]:
        """Return these passages in the order of `ids`, as this version has them.

        Without `version_id`: as the live version has them, else the newest that does.
        Raises StoreError for an id that no kept version holds.
        """
        wanted = json.dumps(list(dict.fromkeys(ids)))
        with self._reading() as connection:
            if version_id is None:
                version_id = connection.execute(select(db.live.c.version_id)).scalar_one_or_none()
            found = queries.passages(connection, queries.passages_in(version_id), wanted)
            missing = [passage_id for passage_id in dict.fromkeys(ids) if passage_id not in found]
            if missing:
                found |= queries.passages(
                    connection, queries.PASSAGES_ANYWHERE, json.dumps(missing)
                )
        try:
            return [found[passage_id] for passage_id in ids]
        except KeyError as error:
            raise StoreError(
                f"抜粋 {error.args[0]} は、残っている版にありません。",
                remedy="もう一度質問するか、資料を公開し直してください。",
            ) from error

    # ── vectors and terms ────────────────────────────────────────────────────

    def vectors(self, keys: Sequence[str], *, embedder: str) -> Mapping[str, NDArray[np.float32]]:
        """Return the cached vectors among `keys` (text keys)."""
        table = db.vectors
        query = select(table.c.key, table.c.vector).where(table.c.embedder == embedder)
        with self._reading() as connection:
            found = queries.among(connection, query.where(table.c.key.in_(queries.GIVEN)), keys)
            return {key: np.frombuffer(blob, dtype=np.float32) for key, blob in found}

    def save_vectors(self, keys: Sequence[str], vectors: Vectors, *, embedder: str) -> None:
        """Cache one vector a text key."""
        data = np.ascontiguousarray(vectors, dtype=np.float32)
        self._save(
            db.vectors,
            [
                {"key": key, "embedder": embedder, "vector": row.tobytes()}
                for key, row in zip(keys, data, strict=True)
            ],
        )

    def spaces(self) -> list[str]:
        """Return whose vectors are kept, last written first."""
        with self._reading() as connection:
            return list(connection.execute(queries.SPACES).scalars())

    def drop_vectors(self, spaces: Collection[str]) -> None:
        """Forget all vectors of these."""
        with self._writing() as connection:
            connection.execute(delete(db.vectors).where(db.vectors.c.embedder.in_(spaces)))

    def missing_vectors(self, version_id: int, *, embedder: str) -> list[str]:
        """Return one passage id for every text of the version that has no vector yet."""
        with self._reading() as connection:
            return list(connection.execute(queries.missing_vectors(version_id, embedder)).scalars())

    def terms(self, keys: Sequence[str], *, tokenizer: str) -> Mapping[str, str]:
        """Return the cached terms among `keys`, as the search room wrote them."""
        table = db.terms
        query = select(table.c.key, table.c.terms).where(table.c.tokenizer == tokenizer)
        with self._reading() as connection:
            found = queries.among(connection, query.where(table.c.key.in_(queries.GIVEN)), keys)
            return {key: str(text) for key, text in found}

    def save_terms(self, terms: Mapping[str, str], *, tokenizer: str) -> None:
        """Cache the terms of text keys."""
        self._save(
            db.terms,
            [{"key": key, "tokenizer": tokenizer, "terms": text} for key, text in terms.items()],
        )

    # ── health ───────────────────────────────────────────────────────────────

    def verify(self, *, embedder: str = "") -> StoreHealth:
        """Check the file from end to end, and the live version's vectors of `embedder`."""
        with self._reading() as connection:
            report = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
            strays = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            pointer = connection.execute(select(db.live.c.version_id)).scalar_one_or_none()
            missing = (
                connection.execute(queries.missing_vectors(pointer, embedder)).scalars().all()
                if pointer is not None and embedder
                else []
            )
            return StoreHealth(
                ok=report == "ok" and strays is None,
                detail="" if report == "ok" else str(report),
                versions=queries.count(connection, db.versions),
                documents=queries.count(connection, db.documents),
                passages=queries.count(connection, db.passages),
                vectors=queries.count_embedded(connection),
                missing_vectors=len(missing),
            )

    # ── transactions ─────────────────────────────────────────────────────────

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with store_errors(self._path), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        writer = self._engine.execution_options(**db.WRITE)
        with store_errors(self._path), writer.begin() as connection:
            yield connection

    def _save(self, table: Table, values: list[dict[str, Any]]) -> None:
        if values:
            with self._writing() as connection:
                connection.execute(upsert(table).prefix_with("OR REPLACE"), values)
