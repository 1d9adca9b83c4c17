"""Whether 「わかりません」 is said where nothing answers."""

from assistant.evals.metric import Asked, Metric, Score
from assistant.evals.metrics.expected_abstention import wants_abstention
from assistant.evals.metrics.words import no_answer
from assistant.evals.references import References


def _score(asked: Asked, references: References) -> Score | None:  # noqa: ARG001
    """Return 1 where it abstained and should."""
    if wants_abstention(asked.case) is not True:
        return None
    prediction = asked.prediction
    if not prediction.ok:
        return Score(0.0, no_answer(prediction))
    if prediction.abstained:
        return Score(1.0)
    return Score(0.0, "資料に答えがないのに答えた")


METRIC = Metric("abstention_recall", "答えのない質問に「わかりません」と言えた割合", _score)
"""Right abstentions / cases that want one (recall of SQuAD 2.0's no-answer class; Azure's
don't-know set), read from the typed `status` only. A crash is no abstention."""
