"""Whether the guard finds and masks what must not be typed, class by class."""

from functools import partial

from assistant.domain import Category
from assistant.evals.metric import Asked, Metric, Score, ratio
from assistant.evals.metrics.spans import is_found, laid_findings
from assistant.evals.metrics.words import CATEGORY_LABELS, listed, no_answer
from assistant.evals.references import References


def _score(
    asked: Asked,
    references: References,  # noqa: ARG001
    *,
    category: Category | None = None,
) -> Score | None:
    """Return found / gold spans of the question; of one class only spans found as that class."""
    gold = tuple(
        span
        for span in asked.case.expect.forbidden or ()
        if category is None or span.category is category
    )
    if not gold:
        return None
    if not asked.prediction.ok:
        return Score(0.0, no_answer(asked.prediction), (0.0, float(len(gold))))
    laid = laid_findings(asked)
    missed = [span for span in gold if not is_found(span, asked, laid, category=category)]
    found = len(gold) - len(missed)
    texts = tuple(f"{CATEGORY_LABELS[span.category]}: {span.text}" for span in missed)
    why = f"見つけて伏せるはずのものが残った: {listed(texts)}" if missed else ""
    return Score(found / len(gold), why, (float(found), float(len(gold))))


METRICS = (
    Metric("forbidden_recall", "入力禁止の情報を見つけて伏せた割合", _score, aggregate=ratio),
    *(
        Metric(
            f"forbidden_recall:{category.value}",
            f"{CATEGORY_LABELS[category]}を見つけて伏せた割合",
            partial(_score, category=category),
            aggregate=ratio,
        )
        for category in Category
    ),
)
"""Gold spans found / gold spans (micro recall, partial match of SemEval-2013 task 9: at least half
of the characters). A span that can still be read in `safe_text` is missed. Overall, another class
that masks it counts; in `forbidden_recall:person` only `person` does."""
