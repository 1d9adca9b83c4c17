"""Tables of a PDF page, found by their ruling lines; text goes to the cell it stands in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.adapters.readers.lines import Line, join_wrapped
from assistant.adapters.readers.pdf_text import Fragment, PlacedTable, text_rows
from assistant.corpus.tables import markdown_table, table_block
from assistant.domain import Block, BlockKind

_THIN = 2.5
"""Points; a box not thicker than this is a line."""
_NEAR = 3.0
"""Points within which two lines are one."""
_MIN_CELL = 8.0


@dataclass(frozen=True, slots=True)
class Ruling:
    """A line or box on the page, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class _Grid:
    xs: tuple[float, ...]
    """Column edges from left to right."""
    ys: tuple[float, ...]
    """Row edges from top to bottom."""


def tables_of(
    fragments: Sequence[Fragment], rulings: Sequence[Ruling], number: int
) -> tuple[list[PlacedTable], list[Fragment]]:
    """Return the ruled tables, and the text outside of them."""
    tables = []
    rest = list(fragments)
    for grid in _grids(rulings):
        inside = [fragment for fragment in rest if _is_inside(fragment, grid)]
        rows = _rows(inside, grid)
        columns = range(len(grid.xs) - 1)
        if sum(any(row[column] for row in rows) for column in columns) < 2:
            continue
        taken = {id(fragment) for fragment in inside}
        rest = [fragment for fragment in rest if id(fragment) not in taken]
        line = Line(markdown_table(rows), page=number, rows=rows)
        tables.append(PlacedTable(min(f.order for f in inside), grid.ys[0], line))
    return tables, rest


def merge_tables(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks, tables that go on over a page break joined to one."""
    merged: list[Block] = []
    for block in blocks:
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.kind is block.kind is BlockKind.TABLE
            and last.page != block.page
            and len(last.rows[0]) == len(block.rows[0])
        ):
            rows = block.rows[1:] if block.rows[0] == last.rows[0] else block.rows
            merged[-1] = table_block((*last.rows, *rows), page=last.page)
        else:
            merged.append(block)
    return tuple(_unboxed(block) for block in merged)


def _unboxed(block: Block) -> Block:
    """Return a box of a single row, which is no table, as a paragraph."""
    if block.kind is not BlockKind.TABLE or len(block.rows) > 1:
        return block
    text = "\u3000".join(cell for cell in block.rows[0] if cell)
    return Block(BlockKind.PARAGRAPH, text, page=block.page)


def _grids(rulings: Sequence[Ruling]) -> Iterable[_Grid]:
    """Return the grids that touching lines form: at least two columns."""
    for group in _touching([edge for ruling in rulings for edge in _edges(ruling)]):
        xs = _levels([edge.left for edge in group if edge.right - edge.left <= _THIN])
        ys = _levels([edge.bottom for edge in group if edge.top - edge.bottom <= _THIN])
        if len(xs) >= 3 and len(ys) >= 2:
            yield _Grid(tuple(xs), tuple(reversed(ys)))


def _edges(ruling: Ruling) -> list[Ruling]:
    """Return the lines of a box; a thin box is one line, a dot none."""
    wide, high = ruling.right - ruling.left > _THIN, ruling.top - ruling.bottom > _THIN
    if wide and high:
        if ruling.right - ruling.left < _MIN_CELL or ruling.top - ruling.bottom < _MIN_CELL:
            return []
        left, bottom, right, top = ruling.left, ruling.bottom, ruling.right, ruling.top
        return [
            Ruling(left, bottom, right, bottom), Ruling(left, top, right, top),
            Ruling(left, bottom, left, top), Ruling(right, bottom, right, top),
        ]  # fmt: skip
    return [ruling] if wide or high else []


def _touching(edges: Sequence[Ruling]) -> list[list[Ruling]]:
    """Return the edges in groups that touch, by sweeping from top to bottom."""
    groups: list[tuple[Ruling, list[Ruling]]] = []
    for edge in sorted(edges, key=lambda edge: -edge.top):
        near = [entry for entry in groups if _overlap(entry[0], edge)]
        groups = [entry for entry in groups if not _overlap(entry[0], edge)]
        members = [edge, *(member for _, group in near for member in group)]
        box = edge
        for bounds, _ in near:
            box = Ruling(
                min(box.left, bounds.left), min(box.bottom, bounds.bottom),
                max(box.right, bounds.right), max(box.top, bounds.top),
            )  # fmt: skip
        groups.append((box, members))
    return [members for _, members in groups]


def _overlap(first: Ruling, second: Ruling) -> bool:
    return (
        first.left - _NEAR <= second.right
        and second.left - _NEAR <= first.right
        and first.bottom - _NEAR <= second.top
        and second.bottom - _NEAR <= first.top
    )


def _levels(values: Iterable[float]) -> list[float]:
    """Return the values with near ones counted once, ascending."""
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > _NEAR:
            levels.append(value)
    return levels


def _is_inside(fragment: Fragment, grid: _Grid) -> bool:
    middle = fragment.y + fragment.size / 3
    return (
        grid.xs[0] - _NEAR <= fragment.x + fragment.size / 4 <= grid.xs[-1] + _NEAR
        and grid.ys[-1] - _NEAR <= middle <= grid.ys[0] + _NEAR
    )


def _rows(fragments: Sequence[Fragment], grid: _Grid) -> tuple[tuple[str, ...], ...]:
    cells: dict[tuple[int, int], list[Fragment]] = {}
    for fragment in fragments:
        middle = fragment.y + fragment.size / 3
        row = sum(y >= middle for y in grid.ys[1:-1])
        column = sum(x <= fragment.x + fragment.size / 4 for x in grid.xs[1:-1])
        cells.setdefault((row, column), []).append(fragment)
    table = (
        tuple(_cell(cells.get((row, column), [])) for column in range(len(grid.xs) - 1))
        for row in range(len(grid.ys) - 1)
    )
    return tuple(row for row in table if any(row))


def _cell(fragments: Sequence[Fragment]) -> str:
    return join_wrapped(row.text for row in text_rows(fragments))
