"""How the legs' scores become one: each scaled over its own best hundred, then averaged."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEG_SIZE = 100
"""Passages that each leg proposes. Scores are scaled over these (retrieval findings, 3)."""


@dataclass(frozen=True, slots=True)
class Top:
    """What a leg proposes, and what its scores span there."""

    rows: NDArray[np.intp]
    low: float
    high: float

    @classmethod
    def of(cls, rows: NDArray[np.intp], scores: NDArray[np.float32]) -> "Top":
        """Return the proposal of `rows` with these scores."""
        return cls(rows, float(scores.min(initial=np.inf)), float(scores.max(initial=-np.inf)))


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg's raw scores of all candidates, the other legs' too."""

    weight: float
    top: Top
    scores: NDArray[np.float32]
    present: NDArray[np.bool_] | None = None
    """False where this leg knows nothing of a candidate: there the others count alone."""


def top(scores: NDArray[np.float32]) -> Top:
    """Return the `LEG_SIZE` best rows; rows without a score are not proposed."""
    rows = best(scores, LEG_SIZE)
    own = Top.of(rows, scores[rows])
    return Top(rows[scores[rows] > 0], own.low, own.high)


def best(scores: NDArray[np.float32], limit: int) -> NDArray[np.intp]:
    """Return the rows of the `limit` highest scores, in no order."""
    if limit >= len(scores):
        return np.arange(len(scores))
    return np.argpartition(scores, len(scores) - limit)[-limit:]


def fuse(legs: Sequence[Leg]) -> NDArray[np.float32]:
    """Return the weighted mean of the legs' scaled scores, 0–1, over those that are present."""
    total = np.zeros(len(legs[0].scores), dtype=np.float32)
    weights = np.zeros(len(legs[0].scores), dtype=np.float32)
    for leg in legs:
        weight = np.float32(leg.weight) * (np.True_ if leg.present is None else leg.present)
        total += weight * _scaled(leg)
        weights += weight
    return np.divide(total, weights, out=np.zeros_like(total), where=weights > 0)


def _scaled(leg: Leg) -> NDArray[np.float32]:
    """Return each score's place in the span of the leg's own best: 0 its last, 1 its first.

    Reaching below 0 for what lies outside changed no figure of the benchmark by .001.
    """
    span = leg.top.high - leg.top.low
    if span <= 0:  # One passage, or no word found anywhere.
        return np.asarray((leg.scores >= leg.top.high) & (leg.scores > 0), dtype=np.float32)
    scaled = (leg.scores - np.float32(leg.top.low)) / np.float32(span)
    return np.asarray(np.clip(scaled, 0.0, 1.0), dtype=np.float32)
