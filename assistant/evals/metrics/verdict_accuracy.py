"""Whether 判定 is the right one."""

from assistant.evals.metric import Asked, Metric, Score
from assistant.evals.metrics.words import VERDICT_LABELS, no_answer, verdict_label
from assistant.evals.references import References


def _score(asked: Asked, references: References) -> Score | None:  # noqa: ARG001
    """Return 1 where the verdict of the answer is the gold one.

    accuracy = right verdicts / cases with a gold verdict (sklearn.metrics.accuracy_score).
    """
    wanted = asked.case.expect.verdict
    if wanted is None:
        return None
    prediction = asked.prediction
    if not prediction.ok:
        return Score(0.0, no_answer(prediction))
    if prediction.verdict == wanted.value:
        return Score(1.0)
    came = verdict_label(prediction.verdict)
    return Score(0.0, f"正しくは「{VERDICT_LABELS[wanted]}」、答えは{came}")


METRIC = Metric("verdict_accuracy", "判定の正解率", _score)
"""Accuracy over {prohibited, conditional, allowed, ask_desk, none}; abstained counts as none."""
