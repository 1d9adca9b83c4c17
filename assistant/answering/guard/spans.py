"""Where a detector saw something, and who wins when two saw the same words."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.domain import Category


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`start:end` of a text holds something of `category`."""

    start: int
    end: int
    category: Category


_PRECEDENCE = tuple(Category)
"""Ties in length go to the class that the enum names first."""


def without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order; of overlapping ones the longest stays, cut ends are kept.

    Where a longer span swallows a part of another, the rest of the other stays masked too, by
    widening the winner: no forbidden character survives.
    """
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if merged and span.start < merged[-1].end:
            merged[-1] = _joined(merged[-1], span)
        elif span.start < span.end:
            merged.append(span)
    return merged


def _joined(first: Span, second: Span) -> Span:
    def weight(span: Span) -> tuple[int, int]:
        return (span.end - span.start, -_PRECEDENCE.index(span.category))

    winner = max(first, second, key=weight)
    return Span(min(first.start, second.start), max(first.end, second.end), winner.category)


class Cover:
    """Spans without overlaps, asked often: which of them does another touch?"""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = without_overlaps(spans)
        self._ends = [span.end for span in self._spans]

    def touches(self, span: Span) -> bool:
        """Tell whether `span` shares a character with one of them."""
        at = bisect_right(self._ends, span.start)
        return at < len(self._spans) and self._spans[at].start < span.end
