"""Two answers side by side: lines aligned, what changed in them, quotes and numbers marked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from assistant.evals.reports.text import clean

_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.\[])(?!\d{1,3}[.)]\s)[0-90-9](?:[0-90-9,.,:]*[0-90-9])?[万億千百]*"
    r"(?:時間|分|秒|日|週間|か月|ヶ月|月|年|円|人|名|件|回|倍|割|枚|%|%|文字|字|ページ|ポイント)?"
)
_HEADING = re.compile(r"^#{1,6}\s+")
_MARK = re.compile(r"\[\d{1,3}\]")
_SHORTEST_QUOTE = 4
"""Characters: shorter words are found everywhere by chance."""
_LONGEST_LINE = 400
"""Characters compared one by one; longer lines are marked as a whole."""
_LONGEST_ANSWER = 400
"""Lines that are compared; more are left out."""
_SAME_LINE = 0.5
"""Share of equal characters from which two lines count as one that was changed."""
_CONTEXT = 1
"""Equal lines kept around a change."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one look."""

    text: str
    look: str = ""
    """Classes: any of changed, quote, number, mark; empty = plain."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of an answer that is shown alone; a heading has lost its marks."""

    runs: tuple[Run, ...]
    heading: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line of both answers; None = it has no counterpart on that side."""

    before: tuple[Run, ...] | None
    after: tuple[Run, ...] | None
    same: bool
    skipped: int = 0
    """> 0: that many equal lines are left out here."""


def marked(text: str, quotes: Sequence[str]) -> tuple[Paragraph, ...]:
    """Return the lines of an answer with quotes, numbers and citation marks told apart."""
    return tuple(
        Paragraph(_runs(_HEADING.sub("", line), quotes, frozenset()), bool(_HEADING.match(line)))
        for line in _lines(text)
    )


def side_by_side(before: str, after: str, quotes: Sequence[str]) -> tuple[Row, ...]:
    """Return both answers aligned; long stretches of equal lines are left out."""
    left, right = _lines(before), _lines(after)
    rows: list[Row] = []
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            runs = [_runs(line, quotes, frozenset()) for line in left[a:b]]
            rows.extend(Row(run, run, same=True) for run in runs)
        else:
            rows.extend(_changed(left[a:b], right[c:d], quotes))
    return tuple(_folded(rows))


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in clean(text).split("\n") if line.strip()][:_LONGEST_ANSWER]


def _changed(left: list[str], right: list[str], quotes: Sequence[str]) -> Iterable[Row]:
    for index in range(max(len(left), len(right))):
        old = left[index] if index < len(left) else None
        new = right[index] if index < len(right) else None
        gone, come = _characters(old, new)
        yield Row(
            None if old is None else _runs(old, quotes, gone),
            None if new is None else _runs(new, quotes, come),
            same=False,
        )


def _characters(old: str | None, new: str | None) -> tuple[frozenset[int], frozenset[int]]:
    """Return what differs within two lines; nothing where they share too little to be one line."""
    if old is None or new is None or max(len(old), len(new)) > _LONGEST_LINE:
        return frozenset(), frozenset()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _SAME_LINE:
        return frozenset(), frozenset()
    gone: set[int] = set()
    come: set[int] = set()
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            gone.update(range(a, b))
            come.update(range(c, d))
    return frozenset(gone), frozenset(come)


def _runs(line: str, quotes: Sequence[str], changed: frozenset[int]) -> tuple[Run, ...]:
    looks: list[str] = [""] * len(line)
    for start, end in _quoted(line, quotes):
        looks[start:end] = ["quote"] * (end - start)
    for pattern, look in ((_NUMBER, "number"), (_MARK, "mark")):
        for match in pattern.finditer(line):
            for index in range(*match.span()):
                looks[index] = f"{looks[index]} {look}".strip()
    for index in changed:
        looks[index] = f"{looks[index]} changed".strip()
    return tuple(
        Run("".join(character for _, character in group), look)
        for look, group in groupby(zip(looks, line, strict=True), key=lambda pair: pair[0])
    )


def _quoted(line: str, quotes: Sequence[str]) -> Iterable[tuple[int, int]]:
    bare = _MARK.sub("", line).strip(" \t-*#>123456789.□☐[]")
    for quote in quotes:
        if len(quote) >= _SHORTEST_QUOTE and quote in line:
            start = line.index(quote)
            yield start, start + len(quote)
        elif len(bare) >= _SHORTEST_QUOTE and bare in quote and bare in line:
            start = line.index(bare)
            yield start, start + len(bare)


def _folded(rows: list[Row]) -> Iterable[Row]:
    kept = {
        near
        for index, row in enumerate(rows)
        if not row.same
        for near in range(index - _CONTEXT, index + _CONTEXT + 1)
    }
    for shown, group in groupby(enumerate(rows), key=lambda pair: pair[0] in kept):
        stretch = [row for _, row in group]
        if shown or len(stretch) == 1:
            yield from stretch
        else:
            yield Row(None, None, same=True, skipped=len(stretch))
