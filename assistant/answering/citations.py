"""出典: numbers by first appearance, one for each quoted span, quotes exact by construction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.domain import AnswerSection, Citation, Hit, Passage


class CitationList:
    """Numbers the spans that an answer quotes, in the order in which they are first quoted."""

    def __init__(
        self, scores: dict[str, float] | None = None, *, today: date | None = None
    ) -> None:
        """`scores`: score of a passage by id, for the JSON; `today` tells overdue reviews."""
        self._scores = scores or {}
        self._today = today
        self._marks: dict[tuple[str, int, int], int] = {}
        self._citations: list[Citation] = []

    def cite(self, passage: Passage, start: int = 0, end: int | None = None) -> int:
        """Return the number of `passage.text[start:end]`; the whole text by default."""
        end = len(passage.text) if end is None else end
        key = (passage.id, start, end)
        if key not in self._marks:
            self._marks[key] = len(self._citations) + 1
            self._citations.append(
                Citation(
                    n=self._marks[key],
                    passage=passage,
                    quote=passage.text[start:end],
                    start=start,
                    end=end,
                    score=self._scores.get(passage.id, 0.0),
                    overdue=self._is_overdue(passage),
                )
            )
        return self._marks[key]

    def holds(self, passage: Passage, words: str) -> bool:
        """Tell whether a quote of this passage says `words` already."""
        return any(one.passage.id == passage.id and words in one.quote for one in self._citations)

    def _is_overdue(self, passage: Passage) -> bool:
        by = passage.source.review_by
        return by is not None and self._today is not None and by < self._today

    @property
    def all(self) -> tuple[Citation, ...]:
        """The citations in the order of their numbers."""
        return tuple(self._citations)


def used(
    sections: Sequence[AnswerSection], citations: Sequence[Citation]
) -> tuple[tuple[AnswerSection, ...], tuple[Citation, ...]]:
    """Return both with the citations left out that nothing shown rests on, numbered anew."""
    marks = {mark for section in sections for mark in _marks_of(section)}
    kept = [one for one in citations if one.n in marks]
    number = {one.n: n for n, one in enumerate(kept, start=1)}
    if all(old == new for old, new in number.items()) and len(kept) == len(citations):
        return tuple(sections), tuple(citations)
    renumbered = tuple(replace(one, n=number[one.n]) for one in kept)
    return tuple(_renumbered(section, number) for section in sections), renumbered


def by_appearance(
    sections: Sequence[AnswerSection], citations: Sequence[Citation]
) -> tuple[tuple[AnswerSection, ...], tuple[Citation, ...]]:
    """Return both numbered in the order in which a reader meets the marks; unused ones go."""
    by_number = {one.n: one for one in citations}
    met = dict.fromkeys(mark for section in sections for mark in _marks_of(section))
    number = {old: n for n, old in enumerate(met, start=1)}
    kept = tuple(replace(by_number[old], n=n) for old, n in number.items())
    return tuple(_renumbered(section, number) for section in sections), kept


def _marks_of(section: AnswerSection) -> Iterator[int]:
    for line in section.lines:
        yield from line.marks
    yield from (card.mark for card in section.stories)
    if section.template:
        yield section.template.mark


def _renumbered(section: AnswerSection, number: Mapping[int, int]) -> AnswerSection:
    template = section.template
    return replace(
        section,
        lines=tuple(
            replace(line, marks=tuple(number[mark] for mark in line.marks))
            for line in section.lines
        ),
        stories=tuple(replace(card, mark=number[card.mark]) for card in section.stories),
        template=replace(template, mark=number[template.mark]) if template else None,
    )


def scores_of(hits: list[Hit]) -> dict[str, float]:
    """Return the score of each hit's passage."""
    return {hit.passage.id: hit.score for hit in hits}
