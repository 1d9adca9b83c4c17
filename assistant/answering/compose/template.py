"""そのまま使えるテンプレート: the text as it stands, and what to mask before sending."""

import re
from collections.abc import Sequence

from assistant.answering.citations import CitationList
from assistant.answering.compose.pieces import pieces
from assistant.answering.fit import ALONE, CLEAR, SURE
from assistant.answering.japanese.words import Topics, Word, named, share
from assistant.domain import AnswerSection, Evidence, Hit, Intent, Slot, Template, TemplateCard

_CAUTION = re.compile(
    r"伏せ|書かず|入れず|入れない|置き[かき換]|消し|マスク|匿名|記号に|削除"
    r"|入力しない|載せない|書かない|(?:入れ|載せ|書き|貼り|渡し|入力し)(?:ません|ないで)"
)
_HIDE = re.compile(r"伏せ|書かず|入れず|入れない|マスク|匿名|消し")
LEAST = 0.34
"""Share of the question's topic that title, task or slots must name."""


def template(
    question: Sequence[Word],
    evidence: Evidence,
    *,
    topics: Topics,
    citations: CitationList,
    least: float = LEAST,
) -> AnswerSection | None:
    """Return the section with the template that fits the task, or None.

    `least`: the share of the topic that it must name; above `LEAST` it goes unasked with something
    else, and must be `SURE` to go by its fit.
    """
    for hit in evidence.templates[:1]:
        content = hit.passage.content
        clear = evidence.template_fit >= (CLEAR if least <= LEAST else SURE)
        if isinstance(content, Template) and (
            clear or _fit(question, hit, content, topics) >= least
        ):
            card = _card(hit, content, citations)
            return AnswerSection(Slot.TEMPLATE, "そのまま使えるテンプレート", template=card)
    return None


def is_enough(intent: Intent, shown: Sequence[AnswerSection], evidence: Evidence) -> bool:
    """A wish for a template without one is not fulfilled; a template alone must fit surely."""
    slots = [section.slot for section in shown]
    if intent is Intent.TEMPLATE:
        return Slot.TEMPLATE in slots
    return slots != [Slot.TEMPLATE] or intent is not Intent.HOW_TO or evidence.template_fit >= ALONE


def _fit(question: Sequence[Word], hit: Hit, content: Template, topics: Topics) -> float:
    title = f"{hit.passage.source.title} {content.task}"
    slots = " ".join(content.slots)
    return max(share(question, topics.words(title)), named(question, f"{title} {slots}"))


def _card(hit: Hit, content: Template, citations: CitationList) -> TemplateCard:
    passage = hit.passage
    start = max(passage.text.find(content.body), 0)
    end = start + len(content.body) if content.body in passage.text else len(passage.text)
    return TemplateCard(
        title=passage.source.title,
        body=content.body,
        slots=content.slots,
        caution=_caution(hit, start, end),
        mark=citations.cite(passage, start, end),
    )


def _caution(hit: Hit, start: int, end: int) -> str:
    """Return the template's own words on masking, verbatim, from outside its body."""
    found = [piece for piece in pieces(hit.passage) if _CAUTION.search(piece.text)]
    after = [piece.text for piece in found if piece.start >= end]
    before = [piece.text for piece in found if piece.end <= start and _HIDE.search(piece.text)]
    return next(iter((*after, *before)), "")
