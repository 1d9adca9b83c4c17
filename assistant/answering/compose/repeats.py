"""No sentence twice: what an earlier part of the answer says is left out of the later ones."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.corpus.text import fold
from assistant.domain import AnswerSection, Line, Slot

_LETTERS = re.compile(r"[\W_]+")
_SHORTEST = 8
"""Letters below which a repeated phrase disturbs nobody."""
_STEPS = 2
"""Fewer steps are no way of doing something."""


def without_repeats(
    sections: Sequence[AnswerSection], said_before: Iterable[str] = ()
) -> list[AnswerSection]:
    """Return `sections` without the lines that stand in an earlier one or in `said_before`."""
    said = [letters(text) for text in said_before]
    kept: list[AnswerSection] = []
    for section in sections:
        rest = _rest(section, said)
        if rest is not None:
            kept.append(rest)
            said += [letters(text) for text in sentences_of(rest)]
    return kept


def sentences_of(section: AnswerSection) -> list[str]:
    """Return what a section says in sentences; the body of a template is copied, not said."""
    told = [line.text for line in section.lines]
    told += [card.sentence for card in section.stories if card.sentence]
    return told + ([section.template.caution] if section.template else [])


def letters(text: str) -> str:
    """Return the letters of `text` alone: «A社に。» and «A社 に» say the same."""
    return _LETTERS.sub("", fold(text))


def _rest(section: AnswerSection, said: Sequence[str]) -> AnswerSection | None:
    if section.slot is Slot.FINAL_CHECK:  # the rule's own list stays whole
        return section
    lines = tuple(line for line in section.lines if not _is_said(line.text, said))
    if section.slot is Slot.STEPS and len(lines) < _STEPS:
        return None
    if section.lines and not lines:
        return None
    cards = tuple(
        replace(card, sentence="") if _is_said(card.sentence, said) else card
        for card in section.stories
    )
    template = section.template
    if template and _is_said(template.caution, said):
        template = replace(template, caution="")
    return replace(section, lines=_once(lines), stories=cards, template=template)


def _once(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple({letters(line.text) or line.text: line for line in lines}.values())


def _is_said(text: str, said: Sequence[str]) -> bool:
    bare = letters(text)
    return len(bare) >= _SHORTEST and any(bare in one for one in said)
