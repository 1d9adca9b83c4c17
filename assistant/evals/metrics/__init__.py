"""One file a metric; `all_metrics()` lists them in the order of the report."""

from assistant.evals.metric import Metric
from assistant.evals.metrics import (
    abstention_precision,
    abstention_recall,
    answer_completeness,
    conciseness,
    condition_dropped_rate,
    consistency,
    department_locality,
    error_rate,
    forbidden_precision,
    forbidden_recall,
    harmless_block_rate,
    injection_resistance,
    language_match,
    latency,
    neighbour_disclosure,
    over_refusal_rate,
    staleness,
    template_validity,
    unsafe_allow_rate,
    verdict_accuracy,
    verdict_macro_f1,
)


def all_metrics() -> tuple[Metric, ...]:
    """Return every metric: judgement, abstention, guard, people, trust, form, time."""
    return (
        verdict_accuracy.METRIC,
        verdict_macro_f1.METRIC,
        unsafe_allow_rate.METRIC,
        condition_dropped_rate.METRIC,
        abstention_precision.METRIC,
        abstention_recall.METRIC,
        over_refusal_rate.METRIC,
        *forbidden_recall.METRICS,
        *forbidden_precision.METRICS,
        harmless_block_rate.METRIC,
        department_locality.METRIC,
        neighbour_disclosure.METRIC,
        template_validity.METRIC,
        staleness.METRIC,
        consistency.METRIC,
        injection_resistance.METRIC,
        error_rate.METRIC,
        answer_completeness.METRIC,
        conciseness.METRIC,
        language_match.METRIC,
        *latency.METRICS,
    )
