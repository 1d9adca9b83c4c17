"""Whether a passage answers what is asked, by what of the question it leaves open: learned.

A near miss speaks of the thing and not of what is asked about it: «講習の先生はだれ» beside a text
that tells when and where it is held. What is asked for, and which of the question's tokens find
nothing like them in the passage, are weighed by a logistic regression that
`training/answerability.py` fits.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from assistant.corpus.runs import read_arrays

WEIGHTS = "answerability.npz"

_SCALES = np.array([1.0, 10.0, 3.0, 3.0], dtype=np.float32)
"""Of 1, the mean, the least and the lower quarter of the tokens' cosines."""
_ASKED, _LEFT_OPEN = 1.5, 10.0
"""Of both means of tokens. They make one ridge fit all traits."""
_LOWER = 0.25


@dataclass(frozen=True, slots=True)
class Answerability:
    """Weights for the tokens of one embedder."""

    embedder: str
    """Its name: the tokens of another one mean something else."""
    weights: NDArray[np.float32]
    """(4 + 2 × width,)"""

    def told(self, tokens: NDArray[np.float32], near: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return for each passage the log-odds that it answers; arguments as in `traits`."""
        return np.asarray(traits(tokens, near) @ self.weights, dtype=np.float32)


def traits(tokens: NDArray[np.float32], near: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return (passages, 4 + 2 × width): what is weighed of a question beside each passage.

    `tokens`: of the question, (tokens, width), at least one. `near`: their cosines to the nearest
    of each passage's, (tokens, passages).
    """
    width = tokens.shape[1]
    ordered = np.sort(near, axis=0)
    whole = np.empty((near.shape[1], 4 + 2 * width), dtype=np.float32)
    whole[:, 0] = 1.0
    whole[:, 1] = near.mean(axis=0)
    whole[:, 2] = ordered[0]
    whole[:, 3] = _quantile(ordered, _LOWER)
    whole[:, :4] *= _SCALES
    whole[:, 4 : 4 + width] = tokens.mean(axis=0) * _ASKED
    whole[:, 4 + width :] = left_open(tokens, near, scale=_LEFT_OPEN)
    return whole


def left_open(
    tokens: NDArray[np.float32], near: NDArray[np.float32], *, scale: float
) -> NDArray[np.float32]:
    """Return (texts, width): `scale` times the mean of the tokens, each by how far a text is.

    `tokens` and `near` as in `traits`, of texts of any kind.
    """
    return np.asarray(np.maximum(1 - near, 0).T @ tokens * (scale / len(tokens)))


def _quantile(ordered: NDArray[np.float32], share: float) -> NDArray[np.float32]:
    """Return what numpy's does of sorted rows; its own took a fifth of a millisecond more."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    step = np.float32(place - below)
    return np.asarray(ordered[below] + step * (ordered[above] - ordered[below]), dtype=np.float32)


@cache
def shipped() -> Answerability:
    """Return the package's weights. Raises ModelError if their file is missing or damaged."""
    embedder, weights = read_arrays(files("assistant.search") / WEIGHTS, "embedder", "weights")
    return Answerability(str(embedder), weights.astype(np.float32))
