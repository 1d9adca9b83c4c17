"""A passage cut into sentences and list items, each an exact span of its text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.citations import CitationList
from assistant.domain import Line, Passage

_BULLET = re.compile(
    r"[ \t]*(?:(?P<number>\d{1,2}[.)．、]|[①-⑳]|手順\s?\d+[::.]?)|[-*+・•◦‣□☐✓])[ \t]*"
)
_HEADING = re.compile(r"[ \t]*(?:#{1,6}[ \t]+|[■●◆▼【])")
_TABLE = re.compile(r"[ \t]*\|")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")
_SENTENCE_MARK = re.compile(r"[。、!?！？::\d]")
_END = re.compile(r"[。!?！？](?:[」』）)]+)?")


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence or list item of a passage."""

    passage: Passage
    start: int
    end: int
    item: bool = False
    """Stands in a list."""
    numbered: bool = False
    heading: str = ""
    """The heading line inside the passage that it stands under."""
    header: tuple[str, ...] = ()
    """Rows of a table: what its columns are called."""

    @property
    def text(self) -> str:
        """The words, exactly as written."""
        return self.passage.text[self.start : self.end]

    @property
    def shown(self) -> str:
        """The words as one line to read: a row of a table with the names of its columns."""
        return _row_shown(cells_of(self.text), self.header) if self.header else self.text


def pieces(passage: Passage) -> list[Piece]:
    """Return the sentences and list items in order; headings, tables and code are left out."""
    return [Piece(passage, *span) for span in _spans(passage.text)]


_Span = tuple[int, int, bool, bool, str]
"""Start, end, item, numbered and heading of a piece."""


@lru_cache(maxsize=1_024)
def _spans(text: str) -> tuple[_Span, ...]:
    """Cut a text; the same passages come again with every question."""
    found: list[_Span] = []
    heading = ""
    fenced = False
    for start, end in _lines(text):
        line = text[start:end]
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced or _TABLE.match(line) or not line.strip():
            continue
        elif _is_heading(line):
            heading = _HEADING.sub("", line).strip().rstrip("】:：")
        else:
            found.extend(_of_line(text, start, end, heading))
    return tuple(found)


def rows(passage: Passage) -> list[Piece]:
    """Return the rows of the passage's tables in order, each an exact span of its text."""
    found: list[Piece] = []
    table: list[tuple[int, int]] = []
    for start, end in (*_lines(passage.text), (0, 0)):
        if start < end and _TABLE.match(passage.text, start, end):
            table.append((start, end))
            continue
        found += _of_table(passage, table)
        table = []
    return found


def cells_of(row: str) -> tuple[str, ...]:
    """Return the cells of one row of a Markdown table."""
    return tuple(cell.strip() for cell in row.strip().strip("|").split("|"))


_GAP = 60
"""Characters between two pieces that one quote may span, so that a list is one source."""


def cited_together(found: Sequence[Piece], citations: CitationList) -> tuple[Line, ...]:
    """Return one line a piece; pieces that adjoin in a passage share one quote."""
    groups: list[list[Piece]] = []
    for piece in found:
        last = groups[-1][-1] if groups else None
        same = last is not None and last.passage.id == piece.passage.id
        if last is not None and same and 0 <= piece.start - last.end <= _GAP:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return tuple(
        Line(piece.shown, (citations.cite(piece.passage, group[0].start, group[-1].end),))
        for group in groups
        for piece in group
    )


_RULE = re.compile(r"[\s|:-]+")
_DIGIT = re.compile(r"\d")
_COLUMNS_NAMED = 3
"""Columns from which a row needs their names to be understood."""


def _of_table(passage: Passage, table: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    if len(table) < 2 or not _RULE.fullmatch(passage.text[slice(*table[1])]):
        return
    header = cells_of(passage.text[slice(*table[0])])
    for start, end in table[2:]:
        for first, last in _trimmed(passage.text, start, end):
            yield Piece(passage, first, last, item=True, header=header)


_SPEAKS_ON = re.compile(r"[ぁ-ゖ]$")


def _of(name: str) -> str:
    """«定員は»; a name that runs on («ひとことで言うと») keeps its own ending."""
    return f"{name} " if _SPEAKS_ON.search(name) else f"{name}は" if name else ""


def _row_shown(cells: Sequence[str], header: Sequence[str]) -> str:
    """«第2回: 開催日は8月20日、定員は16名»; a name with a number in it would be no quote."""
    named = len(cells) >= _COLUMNS_NAMED and len(header) == len(cells)
    names = [name if named and not _DIGIT.search(name) else "" for name in header]
    first, *others = cells
    told = [
        f"{_of(name)}{cell}"
        for name, cell in zip(names[1:] if named else [""] * len(others), others, strict=True)
        if cell
    ]
    return f"{first}: {'、'.join(told)}" if first and told else "、".join(told) or first


def _is_heading(line: str) -> bool:
    """A marked heading, or a short line that ends like none («やったこと»)."""
    bare = line.strip()
    if _HEADING.match(line):
        return True
    return len(bare) <= 14 and not _BULLET.match(line) and not _SENTENCE_MARK.search(bare)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _of_line(text: str, start: int, end: int, heading: str) -> Iterator[_Span]:
    bullet = _BULLET.match(text, start, end)
    item = bullet is not None and bullet.end() < end
    if bullet and item:
        start = bullet.end()
    numbered = bool(bullet and bullet["number"])
    for first, last in _sentences(text, start, end):
        yield first, last, item, numbered, heading
        if item:
            return


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    depth_free = _END.finditer(text, start, end)
    for mark in depth_free:
        if _inside_quote(text, at, mark.start()):
            continue
        yield from _trimmed(text, at, mark.end())
        at = mark.end()
    yield from _trimmed(text, at, end)


def _inside_quote(text: str, start: int, end: int) -> bool:
    part = text[start:end]
    return part.count("「") > part.count("」") or part.count("(") > part.count(")")


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
