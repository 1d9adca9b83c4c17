"""Which snapshot answers now: follows the store's pointer, and the vectors as they fill in."""

import threading
import time
from collections.abc import Callable
from functools import partial

from assistant.domain import Version
from assistant.errors import IndexMissing
from assistant.ports import Embedder, Store
from assistant.search import vectors
from assistant.search.background import Background
from assistant.search.dense import NearestPassages
from assistant.search.index import IndexBuilder, PassageIndex
from assistant.search.snapshot import Snapshot

_BUILD_WAIT_SECONDS = 2.0
"""A question waits this long for a version that has just gone live: small companies see it at once.
After that the version before answers, and the new one as soon as it is built."""

_POLL_SECONDS = 1.0
_POLL_WAIT_SECONDS = 0.1
_POLL_SHARE = 0.1
"""Vectors are looked for once a second while some are missing, in at most a tenth of the time."""

_PAUSE_SECONDS = 5.0
"""Between two attempts to open a version that failed to."""


class LiveSnapshot:
    """Holds one snapshot at a time; a question that has taken it keeps it to its end."""

    def __init__(
        self,
        store: Store,
        builder: IndexBuilder,
        *,
        embedder: Callable[[], Embedder | None],
        nearest: NearestPassages,
    ) -> None:
        self._store = store
        self._builder = builder
        self._embedder = embedder
        self._nearest = nearest
        self._first = threading.Lock()
        self._opening = Background("opening the live version")
        self._syncing = Background("filling the vector index")
        self._snapshot: Snapshot | None = None
        self._next_poll = 0.0
        self._next_try = 0.0

    def current(self) -> Snapshot:
        """Return the snapshot of the live version. Raises IndexMissing, StoreError."""
        live = self._store.live()
        if live is None:
            raise IndexMissing(
                "資料がまだ公開されていません。", remedy="katsuyo publish で公開してください。"
            )
        if self._snapshot is None:
            with self._first:
                if self._snapshot is None:
                    self._open(live)
        now = time.monotonic()
        snapshot = self._taken()
        if snapshot.version.id != live.id:
            if now >= self._next_try:
                self._opening.run(partial(self._open, live), wait=_BUILD_WAIT_SECONDS)
        elif now >= self._next_poll and not snapshot.index.vectors.complete:
            self._opening.run(self._poll, wait=_POLL_WAIT_SECONDS)
        elif self._nearest.is_behind(snapshot.index) and snapshot.index.vectors.complete:
            self._sync(snapshot)
        return self._taken()

    def of(self, version: Version) -> Snapshot:
        """Return any kept version, live or not; what answers stays as it is. Raises StoreError."""
        documents = tuple(self._store.documents(version.id))
        index = self._builder.open(version.id, documents)
        snapshot = Snapshot(self._store, version, documents=documents, index=index)
        return snapshot.with_vectors(self._vectors(index))

    def _taken(self) -> Snapshot:
        if self._snapshot is None:
            raise IndexMissing("資料がまだ公開されていません。")
        return self._snapshot

    def _open(self, version: Version) -> None:
        """Build or load the snapshot of `version`, then let it answer."""
        self._next_try = time.monotonic() + _PAUSE_SECONDS
        self._snapshot = self.of(version)
        self._next_try = 0.0
        self._next_poll = time.monotonic() + _POLL_SECONDS
        self._sync(self._snapshot)

    def _vectors(self, index: PassageIndex) -> vectors.VectorRows:
        """Return all vectors of `index` that there are by now."""
        embedder = self._embedder()
        if embedder is None:
            return index.vectors
        size = len(index.ids)
        known = index.vectors
        if not known.embedder or len(index.segments) == 1:
            known = vectors.load(index.segments, embedder=embedder, size=size) or known
        if size and known.embedder and known.complete:
            return known
        rows = vectors.fill(known, index.keys(), store=self._store, embedder=embedder)
        if rows.complete and size and len(index.segments) == 1:
            vectors.save(rows, index.segments[0].folder)
            return vectors.load(index.segments, embedder=embedder, size=size) or rows
        return rows

    def _poll(self) -> None:
        """Take in the vectors that came since; when none came, index those that are there."""
        started = time.monotonic()
        snapshot = self._taken()
        rows = self._vectors(snapshot.index)
        took = time.monotonic() - started
        self._next_poll = started + max(_POLL_SECONDS, took / _POLL_SHARE)
        if rows is not snapshot.index.vectors:
            self._snapshot = snapshot.with_vectors(rows)
        elif self._nearest.is_behind(snapshot.index):
            self._sync(snapshot)

    def _sync(self, snapshot: Snapshot) -> None:
        """Give the vector index what the snapshot has, beside the questions."""
        if snapshot.index.vectors.embedder:
            self._syncing.run(partial(self._nearest.follow, snapshot.index), wait=0)
