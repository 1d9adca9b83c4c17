"""Pieces of PDF text put together to lines; what repeats on every page is taken out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from assistant.adapters.readers.lines import Line
from assistant.corpus.cleaning import is_japanese

if TYPE_CHECKING:
    from assistant.adapters.readers.pdf_page import Page

_SAME_LINE = 0.45
"""Baselines closer than this share of the type size are one line (superscripts too)."""
_CELL_GAP = 1.6
"""Ems of white that part two cells or columns; a full-width space is one."""
_PARAGRAPH_GAP = 1.35
"""Line pitches; more white than this starts a paragraph."""
_MIN_VERTICAL_RUN = 4
_MARGIN = 0.13
"""Share of the page's height, at top and bottom, where running headers and footers stand."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of text as the page draws it, in points from the page's lower left corner."""

    text: str
    x: float
    y: float
    size: float

    @property
    def width(self) -> float:
        """Return the width as it would be in a font of usual proportions."""
        return sum(1.0 if is_japanese(c) or ord(c) > 0x2000 else 0.5 for c in self.text) * self.size


@dataclass(frozen=True, slots=True)
class TextRow:
    """Pieces on one baseline."""

    text: str
    x: float
    right: float
    y: float
    size: float


def lines_of(
    fragments: Sequence[Fragment], tables: Sequence[tuple[float, Line]], number: int
) -> list[tuple[Line, float]]:
    """Return (line, height of its baseline) in drawn order, tables put in by their height."""
    rows = list(_joined_vertical(list(text_rows(fragments))))
    edge = max((row.right for row in rows), default=0.0)
    pitch = _pitch(rows)
    lines: list[tuple[Line, float]] = []
    waiting = sorted(tables, key=lambda table: -table[0])
    previous: TextRow | None = None
    for row in rows:
        while waiting and waiting[0][0] > row.y and (previous is None or previous.y > row.y):
            height, table = waiting.pop(0)
            lines += [(Line(""), height), (table, height)]
        gap = previous.y - row.y if previous else 0.0
        if previous and (gap < 0 or gap > _PARAGRAPH_GAP * max(pitch, row.size)):
            lines.append((Line(""), row.y))
        full = row.right >= edge - 2.2 * row.size
        lines.append((Line(row.text, page=number, size=row.size, full=full), row.y))
        previous = row
    lines += [(table, height) for height, table in waiting]
    return lines


def text_rows(fragments: Sequence[Fragment]) -> Iterator[TextRow]:
    """Yield the rows of text: neighbours in drawing order on one baseline."""
    group: list[Fragment] = []
    for fragment in fragments:
        if group:
            last = group[-1]
            near = abs(last.y - fragment.y) <= _SAME_LINE * max(last.size, fragment.size)
            if not near or fragment.x < group[0].x - group[0].size:
                yield _row(group)
                group = []
        group.append(fragment)
    if group:
        yield _row(group)


def _row(group: Sequence[Fragment]) -> TextRow:
    text, right = "", group[0].x
    for fragment in group:
        piece = fragment.text
        gap = fragment.x - right
        if text and gap > _CELL_GAP * fragment.size:
            text = f"{text.rstrip()}\u3000"
            piece = piece.lstrip()
        text += piece
        right = max(right, fragment.x) + fragment.width
    sizes = Counter[float]()
    for fragment in group:
        sizes[fragment.size] += len(fragment.text)
    return TextRow(_spaced(text), group[0].x, right, group[0].y, sizes.most_common(1)[0][0])


_PREFIX = re.compile(r"\s*(?:[\d.()()①-⑳]+|第\S{1,4}|[-•・●■◆]|[A-Za-z][.)])\s")


_JAPANESE = "[\u3040-\u30ff\u3400-\u9fff]"
_FONT_SPACE = re.compile(rf"(?<={_JAPANESE}) (?=[A-Za-z0-9])|(?<=[A-Za-z0-9%]) (?={_JAPANESE})")


def _spaced(text: str) -> str:
    """Return text without the spaces that a change of font left between Japanese and Latin."""
    prefix = _PREFIX.match(text)
    start = prefix.end() if prefix else 0
    return (text[:start] + _FONT_SPACE.sub("", text[start:])).strip()


def _joined_vertical(rows: Sequence[TextRow]) -> Iterator[TextRow]:
    """Yield rows; characters one under the other (縦書き) are joined to one row."""
    run: list[TextRow] = []
    for row in (*rows, None):
        if row is not None and len(row.text) == 1 and (not run or _goes_on(run[-1], row)):
            run.append(row)
            continue
        if len(run) >= _MIN_VERTICAL_RUN:
            text = "".join(part.text for part in run)
            yield replace(
                run[0], text=text, right=10_000.0 if not text.endswith("。") else run[0].right
            )
        else:
            yield from run
        run = []
        if row is not None and len(row.text) == 1:
            run = [row]
        elif row is not None:
            yield row


def _goes_on(above: TextRow, below: TextRow) -> bool:
    same_column = abs(above.x - below.x) < above.size and 0 < above.y - below.y < 2.5 * above.size
    next_column = below.x < above.x - 0.5 * above.size and below.y > above.y
    return same_column or next_column


def _pitch(rows: Sequence[TextRow]) -> float:
    pitches = [a.y - b.y for a, b in pairwise(rows) if 0 < a.y - b.y < 4 * a.size]
    return median(pitches) if pitches else 0.0


def without_running_lines(pages: Sequence["Page"]) -> list["Page"]:
    """Return the pages without headers, footers and page numbers."""
    seen = Counter(
        key
        for page in pages
        for key in {
            _key(line.text)
            for line, top in zip(page.lines, page.tops, strict=True)
            if _in_margin(line, top)
        }
    )
    often = max(2, round(len(pages) * 0.5)) if len(pages) > 2 else 2
    return [
        replace(
            page,
            lines=tuple(
                line
                for line, top in zip(page.lines, page.tops, strict=True)
                if not (
                    _in_margin(line, top)
                    and (seen[_key(line.text)] >= often or _is_number(line.text))
                )
            ),
            tops=(),
        )
        for page in pages
    ]


def _in_margin(line: Line, top: float) -> bool:
    return bool(line.text) and not line.rows and not (_MARGIN < top < 1 - _MARGIN)


def _key(text: str) -> str:
    return re.sub(r"\s|[0-9０-９]+", "#", text)


def _is_number(text: str) -> bool:
    return bool(
        re.fullmatch(
            r"[\s\-–—(]*(?:p\.?|page)?\s*\d{1,4}\s*(?:[/／]\s*\d{1,4}|ページ|頁)?[\s\-–—)]*",
            text,
            re.IGNORECASE,
        )
    )
