"""The dense leg's scores without what the passages of a version, and of a kind, have in common.

All vectors of e5 lie within a narrow cone (cosines .80–.92), and those of a kind closer still: a
question with the word «テンプレート» is near to every template. What tells passages apart is where
they lie from the middle of their own kind ("all-but-the-top", Mu & Viswanath 2018).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.search.exact import cosines
from assistant.search.vectors import VectorRows

_FEW = 20.0
"""Passages that a mean is trusted like: a kind of fewer leans on the version's, a version of fewer
on no mean at all. .897 of recall@5 over ten sets, .890 where each kind goes by its own mean."""

_QUESTION_SHARE = 0.3
"""Share of the version's mean that is taken off the question, too: .885 → .893 (0 → .3)."""

_FEEDBACK = 0.1
"""Weight of the best passage beside the question when the rest is compared once more (Rocchio):
.885 → .893, and the words of a paraphrase matter less."""

_SAMPLE = 10_000
"""Passages that a mean is taken over: more change it by less than .001."""

_LEAST_NORM = 1e-6


@dataclass(frozen=True, slots=True)
class Centres:
    """The middle of each group of passages, and where each passage lies from it."""

    groups: NDArray[np.float32]
    """One row a group."""
    group_of: NDArray[np.int32]
    """The group of each row."""
    whole: NDArray[np.float32]
    """The middle of all passages."""
    to_groups: NDArray[np.float32]
    """Product of each row's vector with the middle of each group."""
    to_whole: NDArray[np.float32]
    """The same with the middle of all."""
    distance: NDArray[np.float32]
    """How far each row lies from the middle of its group."""

    def look(
        self, vectors: VectorRows, rows: NDArray[np.intp], vector: NDArray[np.float32]
    ) -> "Look":
        """Return how near each of `rows` is to the question, as it is and from its middle.

        By products with the vectors as they are: what else there is to know of a passage was worked
        out with the version. Taking the middle off each vector took three times as long.
        """
        near = vectors.matrix[rows]
        raw, groups = cosines(near, vector), self.group_of[rows]
        share = np.float32(_QUESTION_SHARE)
        length = _at_least(float(np.linalg.norm(vector - share * self.whole)))
        middle = self.groups @ vector - share * (self.groups @ self.whole)
        asked = raw - share * self.to_whole[rows] - middle[groups]
        return Look(self, rows, near, raw, asked / (length * self.distance[rows]))


@dataclass(frozen=True, slots=True)
class Look:
    """Passages in the light of one question."""

    centres: Centres
    rows: NDArray[np.intp]
    near: NDArray[np.float32]
    """Their vectors."""
    cosines: NDArray[np.float32]
    """With the question."""
    scores: NDArray[np.float32]
    """The same from the middle of each passage's group."""

    def again(self, best: int) -> NDArray[np.float32]:
        """Return how near they are to the question and the passage at place `best` together."""
        centres, rows, row = self.centres, self.rows, self.rows[best]
        group, groups = centres.group_of[row], centres.group_of[rows]
        between = (centres.groups @ centres.groups[group])[groups]
        told = cosines(self.near, self.near[best]) - centres.to_groups[rows, group]
        told += between - centres.to_groups[row][groups]
        told /= centres.distance[rows] * centres.distance[row]
        return np.asarray(self.scores + np.float32(_FEEDBACK) * told, dtype=np.float32)


def centres_of(vectors: VectorRows, group_of: NDArray[np.int32]) -> Centres:
    """Return the middles of the vectors that are there; worked out once a version."""
    rows = np.flatnonzero(vectors.present)
    rows = rows[:: max(1, len(rows) // _SAMPLE)]
    matrix, groups = vectors.matrix[rows], group_of[rows]
    whole = _towards(np.zeros(vectors.matrix.shape[1], dtype=np.float32), matrix)
    count = int(group_of.max(initial=-1)) + 1
    middles = [_towards(whole, matrix[groups == group]) for group in range(count)]
    means = np.array(middles, dtype=np.float32).reshape(count, len(whole))
    to_groups = np.asarray(vectors.matrix @ means.T, dtype=np.float32)
    own = np.take_along_axis(to_groups, group_of[:, None].astype(np.intp), axis=1)[:, 0]
    lengths = np.einsum("ij,ij->i", vectors.matrix, vectors.matrix)
    squares = lengths - 2 * own + np.einsum("ij,ij->i", means, means)[group_of]
    return Centres(
        groups=means,
        group_of=group_of,
        whole=whole,
        to_groups=to_groups,
        to_whole=np.asarray(vectors.matrix @ whole, dtype=np.float32),
        distance=np.sqrt(np.maximum(squares, np.float32(_LEAST_NORM))),
    )


def _towards(wider: NDArray[np.float32], matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean of `matrix`, leaning on `wider` where there is little to average."""
    mean = (matrix.sum(axis=0) + np.float32(_FEW) * wider) / np.float32(len(matrix) + _FEW)
    return np.asarray(mean, dtype=np.float32)


def _at_least(norm: float) -> np.float32:
    return np.float32(max(norm, _LEAST_NORM))
