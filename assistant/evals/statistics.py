"""How sure a number is: 95% intervals over clusters of cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan, nan, sqrt

import numpy as np

from assistant.evals.metric import Metric, Score
from assistant.evals.resampling import (
    RESAMPLES,
    Floats,
    bootstrap_sums,
    cluster_draws,
    cluster_rows,
    counts_of,
)

Z = 1.959964
"""The normal distribution's 97.5th percentile."""

_LATENCY_RESAMPLES = 2_000
"""A percentile needs a sort of its own for each resample: 40 ms, with 10,000 it were 200."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A value and its 95% interval; all NaN where nothing was counted."""

    value: float
    low: float
    high: float


def interval(
    metric: Metric,
    scores: Mapping[str, Score],
    clusters: Mapping[str, str],
    *,
    resamples: int = RESAMPLES,
) -> Interval:
    """Return the metric over the cases, with its 95% interval.

    Args:
        metric: How to sum up.
        scores: By case id.
        clusters: Cluster by case id; a case without one is its own cluster.
        resamples: How often the clusters are drawn.

    Of a ratio 0–1, Wilson's interval with the *effective* number of cases n* = v(1-v) / variance
    of the cluster bootstrap, shrunk by (z/t)² for few clusters (Korn & Graubard 1998). Measured on
    1,000 clustered suites each: it covers 93–97%, the plain percentile bootstrap only 88–94% near
    0 and 1, where an assistant's metrics are. Without any spread (all right, all wrong) n* is the
    number of clusters, and no interval is narrower than that one, so that the first failure never
    raises the lower end. A percentile of latencies gets the percentile bootstrap.
    """
    if not scores:
        return Interval(nan, nan, nan)
    if metric.percentile is not None:
        return _percentile_interval(metric.percentile, scores, clusters)
    rows = cluster_rows({one: counts_of(score) for one, score in scores.items()}, clusters)
    value = float(metric.aggregate(rows.total))
    if isnan(value):
        return Interval(nan, nan, nan)
    drawn = metric.aggregate(bootstrap_sums(rows, resamples=resamples))
    drawn = drawn[~np.isnan(drawn)]
    if metric.unit or not 0 <= value <= 1:
        low, high = np.percentile(drawn, (2.5, 97.5)) if len(drawn) else (value, value)
        return Interval(value, float(low), float(high))
    return _wilson_interval(value, float(np.var(drawn)) if len(drawn) else 0.0, rows.clusters)


def wilson(value: float, n: float) -> Interval:
    """Return Wilson's score interval of a share of `n` (JASA 1927, 22: 209–212)."""
    middle = (value + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * sqrt(value * (1 - value) / n + Z * Z / (4 * n * n))
    return Interval(value, min(value, max(0.0, middle - half)), max(value, min(1.0, middle + half)))


def _wilson_interval(value: float, variance: float, clusters: int) -> Interval:
    if clusters < 2:
        return Interval(value, 0.0, 1.0)
    shrink = (Z / _t_quantile(clusters - 1)) ** 2
    spread = variance * clusters / (clusters - 1)
    certain = value * (1 - value)
    # A value of 0 or 1 may still spread where resamples count other cases: nothing to divide.
    told = certain > 0 and spread > _NO_SPREAD
    effective = certain / spread * shrink if told else clusters
    found = wilson(value, effective)
    return Interval(
        value,
        min(found.low, wilson(1.0, clusters).low),
        max(found.high, wilson(0.0, clusters).high),
    )


_NO_SPREAD = 1e-15
"""Below it, a variance is rounding."""


def _t_quantile(freedom: int) -> float:
    """Return Student's 97.5th percentile (Abramowitz & Stegun 26.7.5; ± 5% from 2 on)."""
    terms = (
        (Z**3 + Z) / 4,
        (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96,
        (3 * Z**7 + 19 * Z**5 + 17 * Z**3 - 15 * Z) / 384,
    )
    return Z + sum(term / float(freedom) ** power for power, term in enumerate(terms, start=1))


def _percentile_interval(
    percentile: float, scores: Mapping[str, Score], clusters: Mapping[str, str]
) -> Interval:
    """Weigh the sorted values by how often their clusters were drawn."""
    cases = sorted(scores, key=lambda one: (scores[one].value, clusters.get(one, one), one))
    values = np.array([scores[one].value for one in cases])
    if np.isnan(values).any():
        return Interval(nan, nan, nan)
    names = [clusters.get(one, one) for one in cases]
    place = {name: index for index, name in enumerate(dict.fromkeys(names))}
    drawn = cluster_draws(len(place), _LATENCY_RESAMPLES)[:, [place[name] for name in names]]
    found = _percentiles(values, drawn, percentile)
    value = _percentiles(values, np.ones((1, len(values))), percentile)[0]
    low, high = np.percentile(found, (2.5, 97.5))
    return Interval(float(value), min(float(value), float(low)), max(float(value), float(high)))


def _percentiles(values: Floats, weights: Floats, percentile: float) -> Floats:
    """Return the nearest-rank percentile for each row of weights; `values` are sorted."""
    reached = np.cumsum(weights, axis=1)
    wanted = reached[:, -1:] * (percentile / 100)
    found: Floats = values[(reached >= wanted - 1e-9).argmax(axis=1)]
    return found
