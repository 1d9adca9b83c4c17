"""Whether a template is handed over exactly as its author wrote it."""

from dataclasses import dataclass
from functools import lru_cache

from assistant.domain import Document, Kind, Passage, Status, Template
from assistant.evals.case import CaseType
from assistant.evals.metric import Asked, Metric, Score, ratio
from assistant.evals.metrics.shown import code_blocks
from assistant.evals.metrics.words import clipped, no_answer
from assistant.evals.prediction import Prediction
from assistant.evals.references import References, squeezed

_HANDS_OVER = frozenset({CaseType.HOW_TO, CaseType.TEMPLATE, CaseType.FOLLOW_UP})


@dataclass(frozen=True, slots=True)
class _Handed:
    """A template of the answer, and the document that it says it is from ("" = says none)."""

    body: str
    source: str = ""


def _score(asked: Asked, references: References) -> Score | None:
    """Return 1 where every template handed over is genuine and the expected one is among them."""
    case = asked.case
    if case.type not in _HANDS_OVER and not case.expect.template:
        return None
    if not asked.prediction.ok:
        return Score(0.0, no_answer(asked.prediction), (0.0, 1.0))
    handed = _handed(asked.prediction)
    if not handed and not case.expect.template:
        return Score(1.0, "", (0.0, 0.0))
    why = _missing(handed, asked, references) or next(
        (fault for one in handed if (fault := _fault(one, asked, references))), ""
    )
    return Score(float(not why), why, (float(not why), 1.0))


def _handed(prediction: Prediction) -> tuple[_Handed, ...]:
    """Return the template cards; of a system without sections, its fenced code blocks."""
    if not prediction.sections:
        return tuple(_Handed(body) for body in code_blocks(prediction.answer))
    sources = {one.n: one.source for one in prediction.citations}
    cards = [section.template for section in prediction.sections if section.template]
    return tuple(_Handed(card.body, sources.get(card.mark, "")) for card in cards)


def _missing(handed: tuple[_Handed, ...], asked: Asked, references: References) -> str:
    """Return that the expected template is not there; empty = it is, or none is expected."""
    path = asked.case.expect.template
    document = references.document(path)
    if not path or any(document and _copied_from(document, one.body) for one in handed):
        return ""
    if not handed:
        return f"{path}を渡すはずが、テンプレートがない"
    for other in references.documents.values():
        if _copied_from(other, handed[0].body):
            return f"{path}を渡すはずが、{other.source.path}を渡した"
    return f"{path}を元のまま渡していない: 「{clipped(handed[0].body)}」"


def _fault(handed: _Handed, asked: Asked, references: References) -> str:
    """Return what is wrong with a template; empty = it is genuine."""
    body = squeezed(handed.body)
    secrets = [span.text for span in asked.case.expect.forbidden or ()]
    if any(squeezed(secret) in body for secret in secrets if secret):
        return "渡したテンプレートに入力禁止の情報が入っている"
    cited = references.document(handed.source)
    pool = (cited,) if cited else tuple(references.documents.values())
    if any(_copied_from(document, handed.body) for document in pool):
        return ""
    return f"渡したテンプレートが元の文書と一致しない: 「{clipped(handed.body)}」"


def _copied_from(document: Document, body: str) -> bool:
    """Return whether `body` is a current template of the document: whole, verbatim, with slots."""
    if document.source.status is not Status.CURRENT or document.source.kind is not Kind.TEMPLATE:
        return False
    wanted = squeezed(body)
    return any(_is_copy(passage, wanted) for passage in document.passages)


def _is_copy(passage: Passage, wanted: str) -> bool:
    content = passage.content
    if not isinstance(content, Template):
        return False
    original = _original(content.body)
    return bool(original) and original in wanted and wanted in _original(passage.text)


@lru_cache(maxsize=1024)
def _original(text: str) -> str:
    """Squeeze a text of the corpus once: each is compared with many answers."""
    return squeezed(text)


METRIC = Metric(
    "template_validity",
    "テンプレートを元のまま渡した割合",
    _score,
    aggregate=ratio,
)
"""Answers whose templates are all verbatim, whole (slots included), from a current document, free
of the question's forbidden words and, where one is expected, the expected one / answers that hand
over or should hand over a template. Verbatim = equal after NFKC without whitespace (ALCE's exact
quoting, applied to templates)."""
