"""The baseline's value of each metric, over the cases that both runs scored."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from assistant.evals.baseline import Baseline
from assistant.evals.metric import Aggregate, Score, mean
from assistant.evals.results import Results


@dataclass(frozen=True, slots=True)
class Before:
    """What a metric was, and how far it has moved since; None where nothing can be compared."""

    value: float | None = None
    delta: float | None = None


def before_of(results: Results, baseline: Baseline) -> dict[str, Before]:
    """Return the baseline's value and the difference by metric; latencies on this machine's clock.

    Only cases with equal content are compared, as the gate does it.
    """
    from assistant.evals.metrics import all_metrics

    sums = {metric.name: metric.aggregate for metric in all_metrics()}
    now, then = results.fingerprint.cases, baseline.fingerprint.cases
    same = {case_id for case_id, digest in now.items() if then.get(case_id) == digest}
    found = {}
    for result in results.metrics:
        old, new = baseline.scores.get(result.name, {}), results.scores.get(result.name, {})
        common = sorted(same & old.keys() & new.keys())
        if result.unit and result.name in baseline.latencies:
            value = baseline.latencies[result.name] * results.machine_ms
            found[result.name] = Before(value, result.value - value) if value else Before()
        elif common:
            aggregate = sums.get(result.name, mean)
            value = _value(old, common, aggregate)
            found[result.name] = Before(value, _value(new, common, aggregate) - value)
    return found


def _value(scores: Mapping[str, Score], cases: Iterable[str], aggregate: Aggregate) -> float:
    counts = [scores[one].counts or (scores[one].value, 1.0) for one in cases]
    if len({len(one) for one in counts}) != 1:
        return math.nan
    return float(aggregate(np.sum(np.array(counts, dtype=np.float64), axis=0)))
