"""How long people wait."""

from assistant.evals.metric import Asked, Better, Metric, Score
from assistant.evals.metrics.words import no_answer
from assistant.evals.references import References

UNANSWERED_MS = 120_000.0
"""What a question without an answer takes: longer than any target waits (two minutes), so that a
fast crash never looks like a fast answer."""


def _score(asked: Asked, references: References) -> Score | None:  # noqa: ARG001
    """Return wall milliseconds as the harness measured them, else as the target tells them."""
    prediction = asked.prediction
    taken = prediction.latency_ms or prediction.timings_ms.get("total", 0.0)
    if not prediction.ok:
        return Score(max(taken, UNANSWERED_MS), no_answer(prediction))
    return Score(taken) if taken > 0 else None


METRICS = (
    Metric("latency_p50", "答えまでの時間(中央値)", _score, Better.LOWER, percentile=50, unit="ms"),
    Metric(
        "latency_p95", "答えまでの時間(遅い方の5%)", _score, Better.LOWER, percentile=95, unit="ms"
    ),
)
"""50th and 95th percentile of wall milliseconds over all questions; without a measured time (a
predictions file) a case is left out."""
