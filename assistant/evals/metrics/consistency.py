"""Whether the same question in other words gets the same answer."""

from itertools import zip_longest

from assistant.domain import Kind
from assistant.evals.metric import Asked, Metric, Score
from assistant.evals.metrics.words import clipped, no_answer, verdict_label
from assistant.evals.prediction import Prediction
from assistant.evals.references import References


def _score(asked: Asked, references: References) -> Score | None:
    """Return the share of the paraphrases whose answer agrees with the question's own."""
    wordings = asked.case.paraphrases
    if not wordings:
        return None
    if not asked.prediction.ok:
        return Score(0.0, no_answer(asked.prediction))
    pairs = list(zip_longest(wordings, asked.paraphrases[: len(wordings)]))
    reasons = [_difference(asked.prediction, answer, references) for _, answer in pairs]
    agreeing = reasons.count("")
    why = next(
        (
            f"「{clipped(text or '')}」では{why}"
            for (text, _), why in zip(pairs, reasons, strict=True)
            if why
        ),
        "",
    )
    return Score(agreeing / len(wordings), why)


def _difference(first: Prediction, other: Prediction | None, references: References) -> str:
    """Return how the other answer differs in what matters; empty = they agree."""
    if other is None or not other.ok:
        return no_answer(other) if other else "答えがない"
    if first.verdict != other.verdict:
        return f"判定が{verdict_label(first.verdict)}から{verdict_label(other.verdict)}に変わる"
    if first.abstained != other.abstained:
        return "「わかりません」になる" if other.abstained else "「わかりません」でなくなる"
    if first.abstained:
        return ""
    before, after = _top_evidence(first, references), _top_evidence(other, references)
    return "" if before == after else f"主な根拠が{before or 'なし'}から{after or 'なし'}に変わる"


def _top_evidence(prediction: Prediction, references: References) -> str:
    """Return the first cited document that is no rule, else the first cited, else retrieved.

    An answer that cites the rule alone rests on it: what search put first is then of no matter.
    """
    cited = [one.source for one in prediction.citations]
    kinds = {one.source: one.kind for one in prediction.citations}
    for path in cited:
        document = references.document(path)
        kind = document.source.kind.value if document else kinds[path]
        if kind != Kind.RULE.value:
            return path
    return next(iter((*cited, *prediction.retrieved)), "")


METRIC = Metric("consistency", "言いかえても答えが変わらなかった割合", _score)
"""Mean over cases of (paraphrases with the same verdict, the same abstention and the same top
evidence / paraphrases): the robustness of Nejumi leaderboard and of PARAREL's consistency."""
