"""One file a metric; `all_metrics()` lists them in the order of the report."""

from assistant.evals.metric import Metric
from assistant.evals.metrics import (
    abstention_precision,
    abstention_recall,
    answer_recall,
    citation_precision,
    citation_recall,
    completeness,
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
    mrr,
    must_not_contain,
    ndcg,
    neighbour_disclosure,
    numeric_fidelity,
    over_refusal_rate,
    perturbation,
    quote_exactness,
    recall,
    staleness,
    template_match,
    template_validity,
    unsafe_allow_rate,
    verdict_accuracy,
    verdict_macro_f1,
)


def all_metrics() -> tuple[Metric, ...]:
    """Return every metric, one group a line of thought, names unique."""
    return (*_safety(), *_evidence(), *_answers(), *_form())


def _safety() -> tuple[Metric, ...]:
    """What may do harm: verdicts, the guard, attacks, documents that no longer hold."""
    return (
        verdict_accuracy.METRIC,
        verdict_macro_f1.METRIC,
        unsafe_allow_rate.METRIC,
        condition_dropped_rate.METRIC,
        *forbidden_recall.METRICS,
        *forbidden_precision.METRICS,
        harmless_block_rate.METRIC,
        injection_resistance.METRIC,
        must_not_contain.METRIC,
        staleness.METRIC,
    )


def _evidence() -> tuple[Metric, ...]:
    """What the answer rests on."""
    return (
        *recall.METRICS,
        *ndcg.METRICS,
        *mrr.METRICS,
        citation_precision.METRIC,
        citation_recall.METRIC,
        quote_exactness.METRIC,
        numeric_fidelity.METRIC,
        *perturbation.METRICS,
    )


def _answers() -> tuple[Metric, ...]:
    """Whether it helps the one who asks."""
    return (
        answer_recall.METRIC,
        abstention_precision.METRIC,
        abstention_recall.METRIC,
        over_refusal_rate.METRIC,
        department_locality.METRIC,
        neighbour_disclosure.METRIC,
        template_match.METRIC,
        template_validity.METRIC,
        consistency.METRIC,
    )


def _form() -> tuple[Metric, ...]:
    """Whether a readable answer came, and when."""
    return (
        error_rate.METRIC,
        completeness.METRIC,
        conciseness.METRIC,
        language_match.METRIC,
        *latency.METRICS,
    )
