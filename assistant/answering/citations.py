"""出典: numbers by first appearance, one for each quoted span, quotes exact by construction."""

from datetime import date

from assistant.domain import Citation, Hit, Passage


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

    def _is_overdue(self, passage: Passage) -> bool:
        by = passage.source.review_by
        return by is not None and self._today is not None and by < self._today

    @property
    def all(self) -> tuple[Citation, ...]:
        """The citations in the order of their numbers."""
        return tuple(self._citations)


def scores_of(hits: list[Hit]) -> dict[str, float]:
    """Return the score of each hit's passage."""
    return {hit.passage.id: hit.score for hit in hits}
