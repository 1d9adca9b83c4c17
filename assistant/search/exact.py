"""VectorIndex in memory: every vector is compared, so nothing is ever missed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.ports import Vectors


@dataclass(frozen=True, slots=True)
class _Rows:
    ids: tuple[str, ...]
    vectors: Vectors
    places: dict[str, int]


_EMPTY = _Rows((), np.zeros((0, 0), dtype=np.float32), {})


def cosines(vectors: Vectors, vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the cosine of `vector` to each row of `vectors`; all are of length 1.

    By einsum, which stays on one core: the threads of numpy's BLAS spin while they wait for each
    other. 100,000 rows of 384 on a busy machine took 16 ms of CPU, `@` with two threads 25.
    """
    return np.asarray(np.einsum("ij,j->i", vectors, vector), dtype=np.float32)


class ExactIndex:
    """Compares every vector with the question's: 153 MB are read at 100,000 vectors of 384."""

    def __init__(self) -> None:
        self._rows = _EMPTY

    def __len__(self) -> int:
        """Return how many passages it holds."""
        return len(self._rows.ids)

    def sync(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Hold exactly these passages, from one moment to the next."""
        places = {passage_id: place for place, passage_id in enumerate(ids)}
        self._rows = _Rows(tuple(ids), np.ascontiguousarray(vectors, dtype=np.float32), places)

    def nearest(self, vector: NDArray[np.float32], *, limit: int) -> list[tuple[str, float]]:
        """Return up to `limit` (passage id, cosine), best first; equal ones in given order."""
        rows = self._rows
        if not rows.ids or limit < 1:
            return []
        scores = cosines(rows.vectors, vector)
        if limit < len(scores):
            best = np.argpartition(-scores, limit - 1)[:limit]
        else:
            best = np.arange(len(scores))
        order = best[np.lexsort((best, -scores[best]))]
        return [(rows.ids[place], float(scores[place])) for place in order]

    def cosines(
        self, ids: Sequence[str], vector: NDArray[np.float32]
    ) -> NDArray[np.float32] | None:
        """Return the cosine of each of these passages; None if one of them is not held."""
        rows = self._rows
        try:
            places = [rows.places[passage_id] for passage_id in ids]
        except KeyError:
            return None
        return cosines(rows.vectors[places], vector)
