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
class Look:
    """Passages as they lie from the middle of their group, and how near they are to a question."""

    directions: NDArray[np.float32]
    scores: NDArray[np.float32]

    def again(self, best: int) -> NDArray[np.float32]:
        """Return how near they are to the question and the passage at place `best` together."""
        feedback = np.float32(_FEEDBACK) * cosines(self.directions, self.directions[best])
        return np.asarray(self.scores + feedback, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Centres:
    """The middle of each group of passages, and of all of them."""

    groups: NDArray[np.float32]
    """One row a group."""
    group_of: NDArray[np.int32]
    """The group of each row."""
    whole: NDArray[np.float32]

    def look(
        self, vectors: VectorRows, rows: NDArray[np.intp], vector: NDArray[np.float32]
    ) -> "Look":
        """Return how near each of `rows` is to the question from the middle of its group."""
        directions = _unit(vectors.matrix[rows] - self.groups[self.group_of[rows]])
        asked = _unit(vector - np.float32(_QUESTION_SHARE) * self.whole)
        return Look(directions, cosines(directions, asked))


def centres_of(vectors: VectorRows, group_of: NDArray[np.int32]) -> Centres:
    """Return the middles of the vectors that are there; worked out once a version."""
    rows = np.flatnonzero(vectors.present)
    rows = rows[:: max(1, len(rows) // _SAMPLE)]
    matrix, groups = vectors.matrix[rows], group_of[rows]
    whole = _towards(np.zeros(vectors.matrix.shape[1], dtype=np.float32), matrix)
    count = int(group_of.max(initial=-1)) + 1
    means = [_towards(whole, matrix[groups == group]) for group in range(count)]
    return Centres(np.array(means, dtype=np.float32), group_of, whole)


def _towards(wider: NDArray[np.float32], matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean of `matrix`, leaning on `wider` where there is little to average."""
    mean = (matrix.sum(axis=0) + np.float32(_FEW) * wider) / np.float32(len(matrix) + _FEW)
    return np.asarray(mean, dtype=np.float32)


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    norms = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, np.float32(_LEAST_NORM)), dtype=np.float32)
