"""Whether a template is handed over exactly as its author wrote it."""

from assistant.evals.case import CaseType
from assistant.evals.metric import Asked, Metric, Score, ratio
from assistant.evals.metrics.templates import Handed, copied_from, handed_over
from assistant.evals.metrics.words import clipped, no_answer
from assistant.evals.references import References, squeezed

_HANDS_OVER = frozenset({CaseType.HOW_TO, CaseType.TEMPLATE, CaseType.FOLLOW_UP})


def _score(asked: Asked, references: References) -> Score | None:
    """Return 1 where every template handed over is genuine."""
    case = asked.case
    if case.type not in _HANDS_OVER and not case.expect.template:
        return None
    if not asked.prediction.ok:
        return Score(0.0, no_answer(asked.prediction), (0.0, 1.0))
    handed = handed_over(asked.prediction)
    if not handed:
        return Score(1.0, "", (0.0, 0.0))
    why = next((fault for one in handed if (fault := _fault(one, asked, references))), "")
    return Score(float(not why), why, (float(not why), 1.0))


def _fault(handed: Handed, asked: Asked, references: References) -> str:
    """Return what is wrong with a template; empty = it is genuine."""
    body = squeezed(handed.body)
    secrets = [span.text for span in asked.case.expect.forbidden or ()]
    if any(squeezed(secret) in body for secret in secrets if secret):
        return "渡したテンプレートに入力禁止の情報が入っている"
    cited = references.document(handed.source)
    pool = (cited,) if cited else tuple(references.documents.values())
    if any(copied_from(document, handed.body) for document in pool):
        return ""
    return f"渡したテンプレートが元の文書と一致しない: 「{clipped(handed.body)}」"


METRIC = Metric(
    "template_validity", "渡したテンプレートが元のままだった割合", _score, aggregate=ratio
)
"""Answers whose templates are all verbatim, whole (slots included), from a current document and
free of the question's forbidden words / answers that hand over a template. Verbatim = equal after
NFKC without whitespace (quote_exactness, applied to templates). Counted over questions that ask how
or for a template; NaN where no answer handed one over."""
