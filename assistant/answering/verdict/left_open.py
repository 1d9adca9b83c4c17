"""What of a question a clause leaves open, and how much that speaks against the clause: learned.

«お客さまの声を要約していい?» beside a ban on お客さまの名前: of the tokens that find nothing like
them in the clause some say nothing («していい?»), others that it is about something else. What each
direction is worth is fitted by `python -m training.left_open`, beside the signs as they are.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from assistant.corpus.runs import read_arrays
from assistant.search.answerability import left_open

WEIGHTS = "left_open.npz"
_SCALE = 10.0
"""Makes one ridge fit these and the other signs."""


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """Weights for the tokens of one embedder."""

    embedder: str
    """Its name: the tokens of another one mean something else."""
    weights: NDArray[np.float32]
    """(width,)"""

    def knows(self, tokens: NDArray[np.float32]) -> bool:
        """Tell whether tokens are of this width; no other embedder's come here."""
        return bool(tokens.shape[-1] == len(self.weights))

    def told(self, tokens: NDArray[np.float32], near: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the log odds that it adds to each clause; arguments as in `traits_of`."""
        return np.asarray(traits_of(tokens, near) @ self.weights, dtype=np.float32)


def traits_of(tokens: NDArray[np.float32], near: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return (clauses, width): what is weighed of a question beside each clause.

    `tokens`: of the question, (tokens, width), at least one. `near`: their cosines to the nearest
    of each clause's, (tokens, clauses).
    """
    return left_open(tokens, near, scale=_SCALE)


@cache
def shipped() -> LeftOpen:
    """Return the package's weights. Raises ModelError if their file is missing or damaged."""
    embedder, weights = read_arrays(
        files("assistant.answering.verdict") / WEIGHTS, "embedder", "weights"
    )
    return LeftOpen(str(embedder), weights.astype(np.float32))
