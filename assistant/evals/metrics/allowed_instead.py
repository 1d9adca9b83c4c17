"""One cell of the confusion matrix: what should not be allowed, and was."""

from assistant.domain import VerdictKind
from assistant.evals.metric import Asked, Score
from assistant.evals.metrics.words import VERDICT_LABELS, no_answer


def allowed_instead_of(wanted: VerdictKind, asked: Asked) -> Score | None:
    """Return 1 where `wanted` is the gold verdict and `allowed` (or no answer) came."""
    if asked.case.expect.verdict is not wanted:
        return None
    if not asked.prediction.ok:
        return Score(1.0, no_answer(asked.prediction))
    if asked.prediction.verdict != VerdictKind.ALLOWED.value:
        return Score(0.0)
    return Score(1.0, f"「{VERDICT_LABELS[wanted]}」のはずが「可」と答えた")
