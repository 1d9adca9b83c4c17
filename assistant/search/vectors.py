"""The dense leg's vectors of one version, a row a passage, and the exact scan over them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.ports import Embedder, Store, Vectors
from assistant.search.cache import write_whole
from assistant.search.exact import cosines
from assistant.search.fusion import best
from assistant.search.segments import Segment

_BATCH = 5_000
"""Keys asked of the store at once: 8 MB of vectors."""


@dataclass(frozen=True, slots=True)
class VectorRows:
    """Row i belongs to passage i; a row without a vector yet is zero."""

    embedder: str
    matrix: Vectors
    present: NDArray[np.bool_]

    @property
    def share(self) -> float:
        """Return how many of the passages have a vector, 0–1."""
        return float(self.present.mean()) if len(self.present) else 1.0

    @property
    def complete(self) -> bool:
        """Return whether every passage has its vector."""
        return bool(self.present.all())

    def cosines(self, rows: NDArray[np.intp], vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the cosine of `vector` to each of `rows`, 0 where there is none."""
        return cosines(self.matrix[rows], vector)

    def nearest(self, vector: NDArray[np.float32], *, limit: int) -> NDArray[np.intp]:
        """Return up to `limit` rows nearest to `vector`, in no order: an exact scan."""
        scores = cosines(self.matrix, vector)
        scores[~self.present] = -np.inf
        rows = best(scores, limit)
        return rows[self.present[rows]]


def no_vectors(size: int) -> VectorRows:
    """Return rows without any vector: there is no embedder."""
    return VectorRows("", np.zeros((size, 0), dtype=np.float32), np.zeros(size, dtype=np.bool_))


def fill(rows: VectorRows, keys: Sequence[str], *, store: Store, embedder: Embedder) -> VectorRows:
    """Return `rows` with what the store has got since; itself if nothing. Raises StoreError."""
    if rows.embedder != embedder.name:
        matrix = np.zeros((len(keys), embedder.dim), dtype=np.float32)
        rows = VectorRows(embedder.name, matrix, np.zeros(len(keys), dtype=np.bool_))
    present = rows.present.copy()
    missing = np.flatnonzero(~present)
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        found = store.vectors(sorted({keys[row] for row in batch}), embedder=embedder.name)
        for row in batch:
            if keys[row] in found:
                # In place: whoever still reads the old `present` does not look at this row.
                rows.matrix[row] = found[keys[row]]
                present[row] = True
    if np.array_equal(present, rows.present):
        return rows
    return VectorRows(embedder.name, rows.matrix, present)


def save(rows: VectorRows, folder: Path) -> None:
    """Keep a complete matrix in `folder`. Raises StoreError."""
    write_whole(_path(folder, rows.embedder), partial(_write, rows.matrix))


def load(segments: Sequence[Segment], *, embedder: Embedder, size: int) -> VectorRows | None:
    """Return what is kept beside `segments`: by memory map where there is one; None if nothing is.

    What came since an earlier version is not kept: its rows are still missing.
    """
    base = segments[0]
    kept = _kept(base.folder, embedder=embedder, size=len(base.rows))
    if len(segments) == 1 or kept is None:
        return kept
    there = base.rows >= 0
    matrix = np.zeros((size, embedder.dim), dtype=np.float32)
    matrix[base.rows[there]] = kept.matrix[there]
    present = np.zeros(size, dtype=np.bool_)
    present[base.rows[there]] = True
    return VectorRows(embedder.name, matrix, present)


def _kept(folder: Path, *, embedder: Embedder, size: int) -> VectorRows | None:
    """Return the matrix kept in `folder`; None where it is not there or not whole."""
    try:
        matrix = np.load(_path(folder, embedder.name), mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    if matrix.shape != (size, embedder.dim) or matrix.dtype != np.float32:
        return None
    return VectorRows(embedder.name, np.asarray(matrix), np.ones(size, dtype=np.bool_))


def _write(matrix: Vectors, path: Path) -> None:
    with path.open("wb") as file:
        np.save(file, matrix, allow_pickle=False)


def _path(folder: Path, embedder: str) -> Path:
    return folder / f"vectors-{sha256(embedder.encode()).hexdigest()[:16]}.npy"
