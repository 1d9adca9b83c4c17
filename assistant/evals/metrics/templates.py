"""Templates of an answer, and where they were copied from: shared by the metrics of templates."""

from dataclasses import dataclass
from functools import lru_cache

from assistant.domain import Document, Kind, Passage, Status, Template
from assistant.evals.metrics.shown import code_blocks
from assistant.evals.prediction import Prediction
from assistant.evals.references import squeezed


@dataclass(frozen=True, slots=True)
class Handed:
    """A template of the answer, and the document that it says it is from ("" = says none)."""

    body: str
    source: str = ""


def handed_over(prediction: Prediction) -> tuple[Handed, ...]:
    """Return the template cards; of a system without sections, its fenced code blocks."""
    if not prediction.sections:
        return tuple(Handed(body) for body in code_blocks(prediction.answer))
    sources = {one.n: one.source for one in prediction.citations}
    cards = [section.template for section in prediction.sections if section.template]
    return tuple(Handed(card.body, sources.get(card.mark, "")) for card in cards)


def copied_from(document: Document, body: str) -> bool:
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
