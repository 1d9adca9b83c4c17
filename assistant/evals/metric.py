"""What a metric is: a score for each case, and a way to sum the scores up."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from assistant.evals.case import Case
from assistant.evals.prediction import Prediction
from assistant.evals.references import References


class Better(StrEnum):
    """Which way is good."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Asked:
    """A case and everything that the target answered to it."""

    case: Case
    prediction: Prediction
    paraphrases: tuple[Prediction, ...] = ()
    """Parallel to `case.paraphrases`."""


@dataclass(frozen=True, slots=True)
class Score:
    """What one case adds to a metric."""

    value: float
    """0–1 of this case alone in the metric's own direction (an unsafe answer scores 1 in
    `unsafe_allow_rate`); latency: milliseconds."""
    why: str = ""
    """One Japanese line of evidence for the report: what was wanted, what came."""
    counts: tuple[float, ...] = ()
    """What `Metric.aggregate` gets, summed over the cases; empty = (value, 1)."""


Aggregate: TypeAlias = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Sums of counts with shape (…, k) -> values with shape (…); NaN where nothing was counted."""


def mean(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return sum of values / number: for the counts (value, 1)."""
    return ratio(sums)


def ratio(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the first count / the second one; NaN where the second is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(sums[..., 1] > 0, sums[..., 0] / sums[..., 1], np.nan)


@dataclass(frozen=True, slots=True)
class Metric:
    """One number of the report. `score` returns None where the case does not try it out."""

    name: str
    """The field's standard term, as it stands in gate.toml and baseline.json."""
    title: str
    """What it says to a reader, in Japanese."""
    score: Callable[[Asked, References], Score | None]
    better: Better = Better.HIGHER
    aggregate: Aggregate = mean
    percentile: float | None = None
    """Latency only: the percentile of the values that takes the place of `aggregate`."""
    unit: str = ""
    """"ms" or empty for a ratio 0–1."""
