"""Whether 「わかりません」 is said only where nothing answers."""

from assistant.evals.metric import Asked, Metric, Score, ratio
from assistant.evals.metrics.expected_abstention import wants_abstention
from assistant.evals.metrics.words import no_answer
from assistant.evals.references import References


def _score(asked: Asked, references: References) -> Score | None:  # noqa: ARG001
    """Return 0 where it abstained though it should answer, or where no answer came."""
    wanted = wants_abstention(asked.case)
    if wanted is None:
        return None
    prediction = asked.prediction
    if not prediction.ok:
        return Score(0.0, no_answer(prediction), (0.0, 1.0))
    if not prediction.abstained:
        return Score(1.0, "", (0.0, 0.0))
    why = "" if wanted else "答えがあるのに「わかりません」と答えた"
    return Score(float(wanted), why, (float(wanted), 1.0))


METRIC = Metric(
    "abstention_precision",
    "「わかりません」が正しかった割合",
    _score,
    aggregate=ratio,
)
"""Right abstentions / abstentions (precision of SQuAD 2.0's no-answer class), read from the typed
`status` only; NaN where it never abstained. A case without an answer is a wrong abstention."""
