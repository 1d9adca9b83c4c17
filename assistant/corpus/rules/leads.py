"""Paragraphs that lead into the list under them: «次の情報は入力しないこと。», «例:»."""

import re

from assistant.corpus.rules.markers import without_marker
from assistant.corpus.rules.modals import is_mixed, is_unsuited, kind_of_heading
from assistant.corpus.rules.placing import Place
from assistant.corpus.rules.sentences import kind_of_sentence, sentences_of
from assistant.domain import Block, ClauseKind, Section

_LIMITS = re.compile(r"限[定りるっ]|のみ")
_FOR_EXAMPLE = re.compile(r"(?:具体)?例(?:えば|として)?[:\uff1a]?|たとえば[:\uff1a]?")
_MAX_LEAD = 60
"""Characters of a lead «次の情報は入力しないこと» that is part of its items' path."""


def gives_examples(text: str) -> bool:
    """Return whether a paragraph says all by itself, and examples follow: «…は入力禁止。例:»."""
    *before, last = sentences_of(without_marker(text)) or [""]
    return bool(before and _FOR_EXAMPLE.fullmatch(last))


def led(block: Block, section: Section, place: Place) -> tuple[Place, Section]:
    """Return the place of the items under a paragraph, which then is part of their path."""
    found = sentences_of(without_marker(block.text))
    sentences = [one for one in found if not _FOR_EXAMPLE.fullmatch(one)] or found
    last = sentences[-1] if sentences else ""
    if is_unsuited(last):
        return Place(firm=True, headings=place.headings), section
    kind = kind_of_sentence(last) or (kind_of_heading(last) if len(last) <= _MAX_LEAD else None)
    weak = place.firm and kind is not ClauseKind.FORBIDDEN_INPUT and not _LIMITS.search(last)
    if place.kind is not None or kind is None or weak or is_mixed(last):
        return place, section
    headings = (
        (*section.headings, last.rstrip("。:\uff1a"))
        if len(last) <= _MAX_LEAD
        else section.headings
    )
    return place.under(kind), Section(headings, section.blocks, section.page)
