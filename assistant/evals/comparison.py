"""Whether a run is worse than the one before, or whether that was chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from assistant.evals.metric import Better, Metric, Score
from assistant.evals.resampling import (
    RESAMPLES,
    Floats,
    Rows,
    bootstrap_sums,
    cluster_rows,
    counts_of,
    swapped_differences,
)

_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Difference:
    """New − base of one metric over the cases that both runs scored."""

    metric: str
    before: float
    after: float
    low: float
    """Lower end of the difference's two-sided 90% interval (paired cluster bootstrap): with
    `high`, each end is a one-sided 95% bound."""
    high: float
    n: int
    clusters: int
    changed: int
    """Clusters in which anything changed."""
    p_worse: float
    """How often chance alone makes a loss at least as large (paired randomisation)."""
    p_better: float
    better: Better

    @property
    def change(self) -> float:
        """Return how much better the new run is; a loss is negative in every metric."""
        plain = self.after - self.before
        return plain if self.better is Better.HIGHER else -plain

    @property
    def touches_zero(self) -> bool:
        """Return whether no change at all is inside the interval."""
        return not (self.low > _ROUNDING or self.high < -_ROUNDING)

    @property
    def smallest_p(self) -> float:
        """Return the smallest p that so many changed clusters could give: 2^-changed."""
        return 0.5**self.changed


class Side(StrEnum):
    """Which way a difference is looked for."""

    WORSE = "worse"
    BETTER = "better"


def paired_difference(
    metric: Metric,
    before: Mapping[str, Score],
    after: Mapping[str, Score],
    clusters: Mapping[str, str],
    *,
    resamples: int = RESAMPLES,
) -> Difference | None:
    """Compare two runs over the cases of both; None where they share none.

    The counts of both runs have to be of one width: `Metric.aggregate` reads them alike.
    """
    common = before.keys() & after.keys()
    if not common:
        return None
    rows = cluster_rows(
        {one: counts_of(before[one]) + counts_of(after[one]) for one in common}, clusters
    )
    width = rows.kinds.shape[1] // 2
    first = metric.aggregate(rows.total[:width])
    second = metric.aggregate(rows.total[width:])
    sign = 1.0 if metric.better is Better.HIGHER else -1.0
    low, high = _bounds(metric, rows, resamples)
    worse, better = _chances(metric, rows, seen=sign * float(second - first), resamples=resamples)
    return Difference(
        metric=metric.name,
        before=float(first),
        after=float(second),
        low=low,
        high=high,
        n=len(common),
        clusters=rows.clusters,
        changed=_changed(rows),
        p_worse=worse,
        p_better=better,
        better=metric.better,
    )


def _bounds(metric: Metric, rows: Rows, resamples: int) -> tuple[float, float]:
    if not _changed(rows):
        return 0.0, 0.0
    width = rows.kinds.shape[1] // 2
    sums = bootstrap_sums(rows, resamples=resamples)
    drawn = metric.aggregate(sums[:, width:]) - metric.aggregate(sums[:, :width])
    drawn = drawn[~np.isnan(drawn)]
    if not len(drawn):
        return 0.0, 0.0
    low, high = np.percentile(drawn, (5, 95))
    return float(low), float(high)


def _chances(metric: Metric, rows: Rows, *, seen: float, resamples: int) -> tuple[float, float]:
    """Return p of a loss and p of a gain, with the +1 that keeps p above 0."""
    if not _changed(rows) or np.isnan(seen):
        return 1.0, 1.0
    first, second = swapped_differences(rows, resamples=resamples)
    sign = 1.0 if metric.better is Better.HIGHER else -1.0
    drawn: Floats = sign * (metric.aggregate(second) - metric.aggregate(first))
    as_low = np.count_nonzero((drawn <= seen + _ROUNDING) | np.isnan(drawn))
    as_high = np.count_nonzero((drawn >= seen - _ROUNDING) | np.isnan(drawn))
    return (1 + as_low) / (1 + resamples), (1 + as_high) / (1 + resamples)


def _changed(rows: Rows) -> int:
    width = rows.kinds.shape[1] // 2
    differs = (rows.kinds[:, :width] != rows.kinds[:, width:]).any(axis=1)
    return int(rows.often[differs].sum())


def significant(differences: Sequence[Difference], *, alpha: float, side: Side) -> frozenset[str]:
    """Return the metrics that changed by more than chance, with all metrics looked at together.

    Holm (Scand. J. Statist. 1979) keeps the chance of even one false alarm below `alpha`; Tarone
    (Biometrics 1990) leaves out those metrics of which too few cases changed to reach it at all.
    Measured with 40 metrics, n=240 and 5% random flips: false alarms 1%; p-values of the plain
    bootstrap gave 6–8%. Seven cases lost and none won is enough in up to six changed metrics.
    """
    family = _family(differences, alpha)
    ordered = sorted(family, key=lambda one: (_p(one, side), one.metric))
    found: list[str] = []
    for rank, one in enumerate(ordered):
        if _p(one, side) > alpha / (len(ordered) - rank):
            break
        found.append(one.metric)
    return frozenset(found)


def _family(differences: Sequence[Difference], alpha: float) -> list[Difference]:
    """Return the metrics that could reach alpha / k, k the smallest number that holds them all."""
    family = list(differences)
    for size in range(1, len(differences) + 1):
        family = [one for one in differences if one.smallest_p <= alpha / size]
        if len(family) <= size:
            break
    return family


def _p(difference: Difference, side: Side) -> float:
    return difference.p_worse if side is Side.WORSE else difference.p_better
