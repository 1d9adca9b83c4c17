"""The dense leg: the question's vector, and the passages nearest to it."""

import logging
import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelError, StoreError
from assistant.ports import Embedder, Read, VectorIndex
from assistant.search.index import PassageIndex
from assistant.search.late import read_passages, read_query
from assistant.search.vectors import VectorRows

_LOG = logging.getLogger(__name__)

_RETRY_SECONDS = 60.0
"""Between two attempts to load an embedder, or to fill an index, that failed."""

_PAUSE_SECONDS = 10.0
"""After a question that could not be embedded: a server that hangs costs 1.5 s each time."""

SCANNED = 10_000
"""Passages up to which every vector is compared: .06 ms at 374, 2 ms at 10,000, where a question to
Chroma takes 1.7 ms of CPU at any size and 3.4 of wall time."""

_NOTICE = "いまは言葉の一致だけで探しています。言い方を変えると見つかることがあります。"


class QuestionEmbedder:
    """Loads the embedder when it is first needed, and lives without it when it fails."""

    def __init__(self, loader: Callable[[], Embedder]) -> None:
        self._loader = loader
        self._embedder: Embedder | None = None
        self._retry_at = 0.0
        self._silent_until = 0.0
        self.notice = ""
        """One quiet line (Japanese) while questions are not understood by meaning; else empty."""

    def get(self) -> Embedder | None:
        """Return the embedder; None while it cannot be loaded."""
        if self._embedder is None and time.monotonic() >= self._retry_at:
            try:
                self._embedder = self._loader()
                self.notice = ""
            except ModelError as error:
                self._fail(error)
                self._retry_at = time.monotonic() + _RETRY_SECONDS
        return self._embedder

    def read(self, text: str) -> Read | None:
        """Return the question as it is read; None where no embedder can."""
        embedder = self.get()
        if embedder is None:
            return None
        if time.monotonic() < self._silent_until:
            return None
        try:
            read = read_query(embedder, text)
        except ModelError as error:
            self._fail(error)
            self._silent_until = time.monotonic() + _PAUSE_SECONDS
            return None
        self.notice = ""
        return read

    def read_all(
        self, questions: Sequence[str], texts: Sequence[str]
    ) -> tuple[list[Read], list[Read]] | None:
        """Return each question and each text as it is read; None where no embedder can."""
        embedder = self.get()
        if embedder is None:
            return None
        try:
            asked = [read_query(embedder, question) for question in questions]
            return asked, read_passages(embedder, texts)
        except ModelError as error:
            self._fail(error)
            return None

    def _fail(self, error: ModelError) -> None:
        if not self.notice:
            _LOG.warning("answering by keywords alone: %s", error)
        self.notice = _NOTICE


class NearestPassages:
    """Asks the vector index while it holds exactly the snapshot's vectors, else scans them all.

    So few that a scan is cheaper are always scanned.
    """

    def __init__(self, index: VectorIndex, *, scanned: int = SCANNED) -> None:
        """`scanned`: passages up to which the index is not asked."""
        self._index = index
        self._scanned = scanned
        self._holds: VectorRows | None = None
        self._retry_at = 0.0

    def is_behind(self, index: PassageIndex) -> bool:
        """Return whether the vector index should be given the vectors of `index` now."""
        return self._holds is not index.vectors and time.monotonic() >= self._retry_at

    def follow(self, index: PassageIndex) -> None:
        """Make the vector index hold what `index` holds. Raises StoreError."""
        self._holds = None
        rows = np.flatnonzero(index.vectors.present)
        whole = len(rows) == len(index.ids)
        ids = index.ids if whole else [index.ids[row] for row in rows]
        matrix = index.vectors.matrix if whole else index.vectors.matrix[rows]
        self._retry_at = time.monotonic() + _RETRY_SECONDS
        self._index.sync(ids, matrix)
        self._retry_at = 0.0
        self._holds = index.vectors

    def rows(
        self, index: PassageIndex, vector: NDArray[np.float32], *, limit: int
    ) -> NDArray[np.intp]:
        """Return up to `limit` rows of `index` nearest to `vector`, in no order."""
        if self._holds is index.vectors and len(index.ids) > self._scanned:
            found = self._ask(index, vector, limit=limit)
            # A damaged Chroma index gives a hit or two without an error (stack findings, 4). And
            # what was asked while the next version moved in is not this version's answer.
            enough = min(limit, int(index.vectors.present.sum())) // 2
            if len(found) > enough and self._holds is index.vectors:
                return found
        return index.vectors.nearest(vector, limit=limit)

    def _ask(
        self, index: PassageIndex, vector: NDArray[np.float32], *, limit: int
    ) -> NDArray[np.intp]:
        try:
            hits = self._index.nearest(vector, limit=limit)
        except StoreError as error:
            _LOG.warning("vector index does not answer, scanning instead: %s", error)
            self._holds = None
            self._retry_at = time.monotonic() + _RETRY_SECONDS
            return np.empty(0, dtype=np.intp)
        rows = [index.row_of[passage_id] for passage_id, _ in hits if passage_id in index.row_of]
        return np.array(rows, dtype=np.intp)
