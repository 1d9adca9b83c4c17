"""Scores by case -> one result for each metric."""

from collections.abc import Iterable, Mapping, Sequence

from assistant.evals.metric import Asked, Metric, Score
from assistant.evals.results import MetricResult
from assistant.evals.statistics import interval


def summarise(
    scores: Mapping[str, Mapping[str, Score]], asked: Iterable[Asked], metrics: Sequence[Metric]
) -> tuple[MetricResult, ...]:
    """Return every metric's value, interval and n, in the order of `metrics`."""
    clusters = {one.case.id: one.case.cluster for one in asked}
    return tuple(_result(metric, scores.get(metric.name, {}), clusters) for metric in metrics)


def _result(
    metric: Metric, scores: Mapping[str, Score], clusters: Mapping[str, str]
) -> MetricResult:
    found = interval(metric, scores, clusters)
    return MetricResult(
        name=metric.name,
        title=metric.title,
        better=metric.better,
        value=found.value,
        low=found.low,
        high=found.high,
        n=len(scores),
        unit=metric.unit,
    )
