"""Pieces of PDF text put together to lines."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from assistant.adapters.readers.lines import Line
from assistant.adapters.readers.pdf_edges import right_edge
from assistant.corpus.cleaning import is_japanese
from assistant.corpus.tables import markdown_table

_SAME_LINE = 0.45
"""Baselines closer than this share of the type size are one line (superscripts too)."""
_WORD_GAP = 0.4
_CELL_GAP = 1.0
"""Ems of white that part two words, and two cells."""
_MIN_TABLE_ROWS = 3
"""Rows that line up by chance are fewer."""
_PARAGRAPH_GAP = 1.35
"""Line pitches; more white than this starts a paragraph."""
_MIN_VERTICAL_RUN = 4


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of text as the page draws it, in points from the page's lower left corner."""

    text: str
    x: float
    y: float
    size: float
    order: int = 0
    bold: bool = False

    @property
    def width(self) -> float:
        """Return the width as it would be in a font of usual proportions."""
        return sum(_ems(character) for character in self.text) * self.size


@dataclass(frozen=True, slots=True)
class TextRow:
    """Pieces on one baseline; `cells` are its parts with clear white between them."""

    text: str
    cells: tuple[tuple[float, str], ...]
    right: float
    y: float
    size: float
    order: int
    bold: bool

    @property
    def x(self) -> float:
        """Return where the row starts."""
        return self.cells[0][0]


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table and where it was drawn: among which pieces of text, at which height."""

    order: int
    height: float
    line: Line


def lines_of(
    fragments: Sequence[Fragment],
    tables: Sequence[PlacedTable],
    number: int,
    *,
    sides: tuple[float, float],
) -> list[tuple[Line, float]]:
    """Return (line, height of its baseline) in drawn order, tables where they were drawn.

    `sides`: where the page begins and ends, left and right, in points.
    """
    rows = list(_joined_vertical(list(text_rows(fragments))))
    left = min((row.x for row in rows if len(row.text) >= 10), default=0.0)
    ends = [(row.text, row.right) for row in rows]
    edge = right_edge(ends, left=left, margin=sides[1] - max(0.0, left - sides[0]))
    pitch = _pitch(rows, edge)
    lines: list[tuple[Line, float]] = []
    waiting = sorted(tables, key=lambda table: table.order)
    previous: TextRow | None = None
    for group in _aligned(rows):
        row = group[0]
        while waiting and waiting[0].order < row.order:
            table = waiting.pop(0)
            lines += [(Line(""), table.height), (table.line, table.height)]
            previous = None
        gap = previous.y - row.y if previous else 0.0
        if previous and (gap < 0 or gap > _PARAGRAPH_GAP * max(pitch, row.size)):
            lines.append((Line(""), row.y))
        lines.append((_line(group, edge - _inset(row, left), number), row.y))
        previous = group[-1]
    return lines + [(table.line, table.height) for table in waiting]


def _line(group: Sequence[TextRow], edge: float, number: int) -> Line:
    """Return one row of text, or the rows of a table without ruling lines."""
    row = group[0]
    if len(group) > 1:
        cells = tuple(tuple(text for _, text in part.cells) for part in group)
        return Line(markdown_table(cells), page=number, rows=cells)
    full = row.right >= edge - 2.2 * row.size
    return Line(row.text, page=number, size=row.size, full=full, bold=row.bold)


def _aligned(rows: Sequence[TextRow]) -> Iterator[Sequence[TextRow]]:
    """Yield rows one by one, but those whose cells line up under one another together."""
    start = 0
    while start < len(rows):
        end = start + 1
        while (
            end < len(rows) and len(rows[start].cells) > 1 and _lines_up(rows[end - 1], rows[end])
        ):
            end += 1
        if end - start < _MIN_TABLE_ROWS:
            end = start + 1
        yield rows[start:end]
        start = end


def _lines_up(above: TextRow, below: TextRow) -> bool:
    if len(above.cells) != len(below.cells) or not 0 < above.y - below.y < 4 * above.size:
        return False
    pairs = zip(above.cells, below.cells, strict=True)
    return all(abs(first[0] - second[0]) < 1.5 * above.size for first, second in pairs)


def _inset(row: TextRow, left: float) -> float:
    """Return how much earlier a row in a box may end: as far as it starts from the left edge.

    Only amid a sentence: a row that ends one may well be the last of its paragraph.
    """
    return 0.0 if row.text.endswith("。") else min(max(0.0, row.x - left), 3 * row.size)


def _ems(character: str) -> float:
    """Return a character's usual width, in type sizes."""
    if is_japanese(character) or ord(character) > 0x2000:
        return 0.5 if "\uff61" <= character <= "\uff9f" else 1.0
    if character.isupper():
        return 0.66
    return 0.3 if character in " .,:;!|il'()[]" else 0.53


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
    cells: list[tuple[float, str]] = [(group[0].x, "")]
    right = group[0].x
    for fragment in group:
        start, text = cells[-1]
        gap = (fragment.x - right) / fragment.size if text.strip() else 0.0
        if gap > _CELL_GAP:
            cells.append((fragment.x, fragment.text.lstrip()))
        elif gap > _WORD_GAP and not text.endswith((" ", "\u3000")):
            cells[-1] = (start, f"{text} {fragment.text.lstrip()}")
        else:
            cells[-1] = (start, text + fragment.text)
        right = max(right, fragment.x) + fragment.width
    sizes = Counter[float]()
    for fragment in group:
        sizes[fragment.size] += len(fragment.text)
    spaced = tuple((x, _spaced(text)) for x, text in cells)
    return TextRow(
        text="\u3000".join(text for _, text in spaced),
        cells=spaced,
        right=right,
        y=group[0].y,
        size=sizes.most_common(1)[0][0],
        order=group[0].order,
        bold=all(fragment.bold for fragment in group),
    )


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
            cells = ((run[0].x, text),)
            yield replace(run[0], text=text, cells=cells, right=10_000.0)
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


def _pitch(rows: Sequence[TextRow], edge: float) -> float:
    """Return the usual distance of baselines, within sentences where they show it.

    Steps and headings have more white between them, which would hide the end of a step.
    """
    near = [(a, a.y - b.y) for a, b in pairwise(rows) if 0 < a.y - b.y < 4 * a.size]
    amid = [gap for a, gap in near if a.right >= edge - 2.2 * a.size and not a.text.endswith("。")]
    pitches = amid if len(amid) > 1 else [gap for _, gap in near]
    return median(pitches) if pitches else 0.0
