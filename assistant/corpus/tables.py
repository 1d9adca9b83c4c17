"""Tables as Markdown text, and their rows one by one."""

import re
from collections.abc import Iterable, Sequence

from assistant.domain import Block, BlockKind


def table_block(
    rows: Sequence[Sequence[str]], *, page: int | None = None, line: int | None = None
) -> Block:
    """Return rows of any lengths, the first being the header, as one table block."""
    width = max(len(row) for row in rows)
    full = tuple(tuple(cell.strip() for cell in row) + ("",) * (width - len(row)) for row in rows)
    return Block(BlockKind.TABLE, markdown_table(full), page=page, line=line, rows=full)


def row_heading(block: Block) -> str:
    """Return the heading element that stands for a table's header row: «表: 列1 | 列2»."""
    return "表: " + " | ".join(cell for cell in block.rows[0] if cell)


def row_lines(block: Block) -> list[tuple[str, tuple[str, ...]]]:
    """Return (line of the Markdown text, cells) for each data row of a table."""
    lines = block.text.split("\n")
    rows = block.rows[1:]
    data = lines[2:] if len(lines) == len(rows) + 2 else [markdown_row(row) for row in rows]
    return list(zip(data, rows, strict=True))


def markdown_row(cells: Iterable[str]) -> str:
    """Return one row of a Markdown table."""
    return (
        "| "
        + " | ".join(re.sub(r"\s*\n\s*", " ", cell).replace("|", "\\|") for cell in cells)
        + " |"
    )


def markdown_table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows, the first being the header, as a Markdown table."""
    header, *data = rows
    ruler = "| " + " | ".join("---" for _ in header) + " |"
    return "\n".join((markdown_row(header), ruler, *(markdown_row(row) for row in data)))
