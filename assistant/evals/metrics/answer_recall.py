"""Whether the facts that a person needs are in the answer."""

from assistant.evals.claims import answer_text, failure
from assistant.evals.japanese import contains
from assistant.evals.metric import Asked, Metric, Score, ratio
from assistant.evals.references import References


def _score(asked: Asked, references: References) -> Score | None:  # noqa: ARG001
    """Return the share of key facts that the answer holds in any accepted wording.

    answer_recall = facts found / facts, compared after folding («三十分» = «30分» = «0.5時間»).
    An answer that abstains holds none. After the key-fact recall of RAGChecker (Ru et al. 2024).
    """
    facts = asked.case.expect.facts
    if not facts:
        return None
    prediction = asked.prediction
    failed = failure(prediction)
    if failed or prediction.abstained:
        return Score(0.0, failed or "わからないと答えました", (0.0, float(len(facts))))
    text = answer_text(prediction)
    missing = [fact for fact in facts if not any(contains(text, wording) for wording in fact)]
    found = len(facts) - len(missing)
    why = f"答えにない事実: {'、'.join(f'「{fact[0]}」' for fact in missing)}" if missing else ""
    return Score(found / len(facts), why, (float(found), float(len(facts))))


METRIC = Metric("answer_recall", "必要な事実が答えにある割合", _score, aggregate=ratio)
"""Facts found / facts, over all answers."""
