"""A VectorIndex that is checked at every answer, with an exact scan behind it."""

import logging
import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.errors import StoreError
from assistant.ports import VectorIndex, Vectors
from assistant.search.exact import ExactIndex

_log = logging.getLogger(__name__)

_TOLERANCE = 1e-3
"""Cosines of float32 unit vectors differ by less than 1e-5 between two right indexes."""


class ResilientIndex:
    """Answers from `primary` when it is up to date and right, else by comparing every vector.

    The primary is synced in the background: the exact scan answers from the first moment.
    """

    def __init__(self, primary: VectorIndex) -> None:
        self._primary = primary
        self._exact = ExactIndex()
        self._guard = threading.Lock()
        self._wanted: tuple[Sequence[str], Vectors] | None = None
        self._worker: threading.Thread | None = None
        self._ready = False
        self._stopped = False

    @property
    def ready(self) -> bool:
        """Whether the primary index answers now."""
        return self._ready

    def sync(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Hold exactly these passages at once; the primary follows."""
        with self._guard:
            self._ready = False
            self._exact.sync(ids, vectors)
            self._wanted = (ids, vectors)
            if self._worker is None:
                self._worker = threading.Thread(target=self._follow, daemon=True)
                self._worker.start()

    def wait(self, timeout_seconds: float | None = None) -> None:
        """Wait until the primary has followed or given up."""
        with self._guard:  # a thread that is only being started cannot be joined
            worker = self._worker
        if worker is not None:
            worker.join(timeout_seconds)

    def stop(self) -> None:
        """Say that the process ends: the primary need not follow, and a failure is no news.

        Python refuses new threads and imports while it ends, which Chroma reports as an error.
        """
        with self._guard:
            self._stopped, self._wanted = True, None

    def nearest(self, vector: NDArray[np.float32], *, limit: int) -> list[tuple[str, float]]:
        """Return up to `limit` (passage id, cosine), best first."""
        exact = self._exact
        if self._ready:
            try:
                found = self._primary.nearest(vector, limit=limit)
            except StoreError:
                _log.warning("vector index failed; scanning exactly", exc_info=True)
                self._ready = False
            else:
                if self._is_right(found, vector, limit=limit):
                    return found
        return exact.nearest(vector, limit=limit)

    def _is_right(
        self, found: list[tuple[str, float]], vector: NDArray[np.float32], *, limit: int
    ) -> bool:
        """Return whether enough was found, with the cosines that the true vectors give."""
        if len(found) < min(limit, len(self._exact)):
            return False
        if not found:
            return True
        true = self._exact.cosines([passage_id for passage_id, _ in found], vector)
        told = np.array([cosine for _, cosine in found], dtype=np.float32)
        return true is not None and bool(np.abs(true - told).max() <= _TOLERANCE)

    def _follow(self) -> None:
        while True:
            with self._guard:
                if self._wanted is None:
                    self._worker = None
                    return
                wanted, self._wanted = self._wanted, None
            try:
                self._primary.sync(*wanted)
            except StoreError:
                if not self._stopped:
                    _log.warning("vector index cannot follow; scanning exactly", exc_info=True)
                continue
            with self._guard:
                self._ready = self._wanted is None
