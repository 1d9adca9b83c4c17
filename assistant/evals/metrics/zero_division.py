"""Precision where nothing was retrieved: 0 if there was something to find."""

import numpy as np
from numpy.typing import NDArray

from assistant.evals.metric import ratio


def precision(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return right / claimed for the counts (right, claimed, wanted).

    Nothing claimed though something was wanted is 0 (zero_division=0 of sklearn); NaN only where
    nothing was wanted either.
    """
    silent = (sums[..., 1] <= 0) & (sums[..., 2] > 0)
    return np.where(silent, 0.0, ratio(sums))
