"""Excel: each visible sheet is a table under the sheet's name."""

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from assistant.adapters.readers.office import check_office_file
from assistant.corpus.columns import roles_of
from assistant.corpus.tables import table_block
from assistant.domain import Block, BlockKind
from assistant.ports import Extract

MAX_ROWS = 50_000
MAX_COLUMNS = 60
MAX_CELLS = 1_000_000
_HEADER_SEARCH = 10
"""Rows at the top that may hold a title before the header row."""


def parse_xlsx(path: Path) -> Extract:
    """Return the tables of the visible sheets. Raises DocumentError, and openpyxl's errors."""
    import openpyxl

    check_office_file(path, needs="xl/workbook.xml")
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
        blocks = [
            block for n, sheet in enumerate(visible, 1) for block in _sheet(sheet, n, len(visible))
        ]
    finally:
        book.close()
    notes = (f"非表示のシート(「{'」「'.join(hidden)}」)は読みませんでした",) if hidden else ()
    return Extract(tuple(blocks), notes=notes)


def _sheet(sheet: Any, number: int, count: int) -> Iterator[Block]:
    rows = list(_rows(sheet))
    if not rows:
        return
    if count > 1:
        yield Block(BlockKind.HEADING, sheet.title, 2, page=number)
    header = _header(rows)
    for row in rows[:header]:
        yield Block(BlockKind.PARAGRAPH, " ".join(filter(None, row)), page=number)
    yield table_block(rows[header:], page=number)


def _rows(sheet: Any) -> Iterator[list[str]]:
    """Yield the rows that are not blank, without the columns that are blank everywhere."""
    rows = []
    left = MAX_CELLS
    for row in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True):
        left -= len(row)
        if left < 0:
            break
        texts = [_text(value) for value in row]
        if any(texts):
            rows.append(texts)
    width = max((len(row) for row in rows), default=0)
    used = [n for n in range(width) if any(n < len(row) and row[n] for row in rows)]
    for row in rows:
        yield [row[n] if n < len(row) else "" for n in used]


def _header(rows: list[list[str]]) -> int:
    """Return the index of the header row: one whose columns we know, or the first full one."""
    for index, row in enumerate(rows[:_HEADER_SEARCH]):
        if len(roles_of(row)) >= 2:
            return index
    width = len(rows[0])
    for index, row in enumerate(rows[:_HEADER_SEARCH]):
        if sum(bool(cell) for cell in row) > width / 2:
            return index
    return 0


def _text(value: object) -> str:
    """Return a cell as Excel shows it, roughly: dates without midnight, 3.0 as 3."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (
            value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        )
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").strip()
