"""VectorIndex on Chroma's PersistentClient: derived from the store, owned by one process."""

import hashlib
import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.adapters.chroma.files import IndexFolder
from assistant.corpus.lock import exclusive
from assistant.errors import IndexInUse, KatsuyoError, StoreError
from assistant.ports import Vectors

_log = logging.getLogger(__name__)

_BATCH = 5_000
"""Chroma refuses batches of more than 5,461 and reads of more than about 32,000 ids."""

_MAX_DELETED_SHARE = 0.30
"""Deleted vectors stay in the HNSW file: above this share a new index is smaller and better."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """A generation that answers."""

    client: Any
    collection: Any
    records: frozenset[str]
    generation: str
    added: int
    """Vectors ever added to the generation."""


class ChromaIndex:
    """Own vectors in cosine space. Opens nothing before the first `sync`, which brings the truth.

    A record's id is the passage id and a hash of its vector: Chroma silently ignores an `add` of
    an id that it has, so a changed vector needs a new one.
    """

    def __init__(self, folder: Path, *, embedder: str) -> None:
        """Take the folder for this process. Raises IndexInUse if another one has it."""
        self._collection_name = f"passages-{hashlib.sha256(embedder.encode()).hexdigest()[:16]}"
        self._mutex = threading.Lock()
        self._opened: _Opened | None = None
        self._held = ExitStack()
        with _chroma_errors(folder):
            self._held.enter_context(_owned(folder))
            self._folder = IndexFolder(folder)

    def close(self) -> None:
        """Let another process have the folder."""
        with self._mutex:
            opened, self._opened = self._opened, None
            if opened is not None:
                with _chroma_errors(self._folder.path):
                    opened.client.close()
            self._held.close()

    def sync(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Make the index hold exactly these passages; rebuilds what is damaged. Raises StoreError.

        Adding takes some 2 ms a vector, so a large first sync belongs into the background.
        """
        wanted = dict(zip(_record_ids(ids, vectors), vectors, strict=True))
        with self._mutex, _chroma_errors(self._folder.path):
            old = self._opened or self._open_sound(list(wanted), vectors)
            if old is None or _too_much_deleted(old, wanted):
                # the old generation answers until the new one is whole
                self._opened = self._updated(self._new_generation(), wanted)
                if old is not None:
                    old.client.close()
            else:
                self._opened = self._updated(old, wanted)

    def nearest(self, vector: NDArray[np.float32], *, limit: int) -> list[tuple[str, float]]:
        """Return up to `limit` (passage id, cosine), best first. Raises StoreError."""
        opened = self._opened
        if opened is None or limit < 1 or not opened.records:
            return []
        with _chroma_errors(self._folder.path):
            found = opened.collection.query(
                query_embeddings=[vector], n_results=limit, include=["distances"]
            )
            return [
                (record.rpartition(":")[0], 1.0 - float(distance))
                for record, distance in zip(found["ids"][0], found["distances"][0], strict=True)
            ]

    def _open_sound(self, records: Sequence[str], vectors: Vectors) -> _Opened | None:
        """Open the current generation, or return None if there is none that can be trusted."""
        manifest = self._folder.manifest()
        if manifest is None or manifest.collection != self._collection_name or not records:
            return None
        untouched = self._folder.is_untouched(manifest)
        if not untouched and not self._folder.is_sound(manifest, records, vectors):
            _log.warning("chroma index failed its probe and is rebuilt")
            return None
        try:
            with _chroma_errors(self._folder.path):
                return self._connect(manifest.generation, added=manifest.added)
        except StoreError:
            _log.warning("chroma index could not be opened and is rebuilt", exc_info=True)
            return None

    def _new_generation(self) -> _Opened:
        return self._connect(self._folder.new_generation(), added=0)

    def _connect(self, generation: str, *, added: int) -> _Opened:
        import chromadb
        from chromadb.config import Settings

        client = chromadb.PersistentClient(
            path=str(self._folder.path / generation),
            settings=Settings(anonymized_telemetry=False),
        )
        collection = client.get_or_create_collection(
            self._collection_name,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine"}},
        )
        records = frozenset(_all_records(collection))
        return _Opened(client, collection, records, generation, max(added, len(records)))

    def _updated(self, opened: _Opened, wanted: dict[str, NDArray[np.float32]]) -> _Opened:
        """Add what is missing, delete what is not wanted, and write the manifest."""
        new = [record for record in wanted if record not in opened.records]
        for batch in _batches(new):
            opened.collection.add(ids=batch, embeddings=[wanted[record] for record in batch])
        for batch in _batches(sorted(opened.records - wanted.keys())):
            opened.collection.delete(ids=batch)
        updated = replace(opened, records=frozenset(wanted), added=opened.added + len(new))
        self._folder.save(updated.generation, collection=self._collection_name, added=updated.added)
        return updated


def _too_much_deleted(opened: _Opened, wanted: Mapping[str, object]) -> bool:
    added = opened.added + len(wanted.keys() - opened.records)
    return added - len(wanted) > _MAX_DELETED_SHARE * added


def _record_ids(ids: Sequence[str], vectors: Vectors) -> list[str]:
    data = np.ascontiguousarray(vectors, dtype=np.float32)
    return [
        f"{passage_id}:{hashlib.blake2b(row.tobytes(), digest_size=6).hexdigest()}"
        for passage_id, row in zip(ids, data, strict=True)
    ]


def _all_records(collection: Any) -> Iterator[str]:
    offset = 0
    while page := collection.get(limit=_BATCH, offset=offset, include=[])["ids"]:
        yield from page
        offset += len(page)


def _batches(records: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(records), _BATCH):
        yield records[start : start + _BATCH]


@contextmanager
def _owned(folder: Path) -> Iterator[None]:
    try:
        with exclusive(folder.with_suffix(".lock"), who="katsuyo serve"):
            yield
    except StoreError as error:
        raise IndexInUse(error.message, remedy=error.remedy) from error


@contextmanager
def _chroma_errors(folder: Path) -> Iterator[None]:
    """Turn whatever Chroma raises into StoreError, panics of its Rust core included."""
    try:
        yield
    except (KatsuyoError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a Rust panic is a BaseException, and no class can be imported
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise StoreError(
            f"意味検索の索引({folder})を使えません(理由: {reason})。",
            remedy="そのフォルダを消して起動し直すと、自動で作り直されます。",
        ) from error
