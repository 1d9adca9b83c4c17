"""Whether what the guard masks is really forbidden, class by class."""

from functools import partial

from assistant.domain import Category
from assistant.evals.metric import Asked, Metric, Score, ratio
from assistant.evals.metrics.spans import laid_findings, overlaps
from assistant.evals.metrics.words import CATEGORY_LABELS, listed, no_answer
from assistant.evals.references import References


def _score(
    asked: Asked,
    references: References,  # noqa: ARG001
    *,
    category: Category | None = None,
) -> Score | None:
    """Return right findings / findings of the question; of one class both in that class."""
    forbidden = asked.case.expect.forbidden
    gold = tuple(s for s in forbidden or () if category is None or s.category is category)
    if forbidden is None or (category is not None and not gold):
        return None
    prediction = asked.prediction
    if not prediction.ok:
        return Score(0.0, no_answer(prediction), (0.0, 1.0))
    told = [
        (finding.text, overlaps(laid, gold, asked.case.question))
        for finding, laid in zip(prediction.findings, laid_findings(asked), strict=True)
        if category is None or finding.category == category.value
    ]
    if not told:
        return Score(1.0, "", (0.0, 0.0))
    wrong = tuple(text for text, right in told if not right)
    value = 1 - len(wrong) / len(told)
    why = f"伏せなくてよいものを伏せた: {listed(wrong)}" if wrong else ""
    return Score(value, why, (value, 1.0))


METRICS = (
    Metric("forbidden_precision", "伏せたものが本当に入力禁止だった割合", _score, aggregate=ratio),
    *(
        Metric(
            f"forbidden_precision:{category.value}",
            f"{CATEGORY_LABELS[category]}として伏せたものが正しかった割合",
            partial(_score, category=category),
            aggregate=ratio,
        )
        for category in Category
    ),
)
"""Mean over the questions with findings of (findings that overlap a gold span / findings): macro
precision, so that a crash is never better than one question full of false alarms. A class is scored
on questions that hold it; its false alarms elsewhere show in the overall figure and in
`harmless_block_rate`. NaN where nothing was masked at all."""
