"""The one scale that hits tell their cosines on, whichever embedder they come from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class CosineScale:
    """Maps an embedder's cosines onto those of multilingual-e5-small as its authors trained it.

    Limits all over `answering/` were measured on that one's, which lie in .75–.90 between a
    question and what is found for it. An embedder that spreads them differently orders passages in
    another way, but «this near» should mean the same: a straight line through the quantiles.
    """

    zero: float = 0.0
    """Where a cosine of 0 would lie."""
    step: float = 1.0
    """What 1 of the embedder's own is worth."""

    def told(self, cosines: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the cosines on the one scale; 0 stays 0, which says that there is no vector."""
        line = np.float32(self.zero) + np.float32(self.step) * cosines
        return np.where(cosines == 0, np.float32(0), line)
