"""CSV as Excel makes it: UTF-8, BOM, Shift_JIS; comma, tab or semicolon."""

import csv
import io
from collections.abc import Collection, Iterable
from pathlib import Path

from assistant.corpus.decoding import read_text
from assistant.corpus.tables import table_block
from assistant.errors import DocumentError
from assistant.ports import Extract

MAX_ROWS = 50_000
_MAX_TOLD = 5
"""Rows named one by one in a warning; the others are counted."""


class CsvReader:
    """`.csv` and `.tsv`: one table whose first row is the header."""

    @property
    def suffixes(self) -> Collection[str]:
        """Lower-case suffixes with the dot."""
        return (".csv", ".tsv")

    def read(self, path: Path) -> Extract:
        """Return the table; rows that are too short or too long are told. Raises DocumentError."""
        text = read_text(path)
        numbered = _rows(text, path)
        if not numbered:
            return Extract(())
        width = len(numbered[0][1])
        odd = [(line, len(row)) for line, row in numbered if len(row) != width]
        rows = [row[:width] + [cell for cell in row[width:] if cell.strip()] for _, row in numbered]
        return Extract((table_block(rows, line=numbered[0][0]),), notes=_odd_rows(odd, width))


def _rows(text: str, path: Path) -> list[tuple[int, list[str]]]:
    """Return (line on which the row starts, cells) of rows that are not blank."""
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((start, [cell.replace("\u3000\n", "\n") for cell in row]))
            start = reader.line_num + 1
            if len(rows) > MAX_ROWS:
                break
    except csv.Error as error:
        raise DocumentError(
            f'{reader.line_num}行目でCSVとして読めなくなりました(引用符「"」が閉じていないかもしれません)。',
            remedy="その行の引用符を直すか、Excelで開いて保存し直してください。",
            path=path,
            line=reader.line_num,
        ) from error
    return rows


def _odd_rows(odd: Iterable[tuple[int, int]], width: int) -> tuple[str, ...]:
    told = [f"{line}行目の列が{count}個です(見出しは{width}個)" for line, count in odd]
    rest = len(told) - _MAX_TOLD
    return (*told[:_MAX_TOLD], *((f"ほかに{rest}行、列の数が合いません",) if rest > 0 else ()))
