"""The text of a passage as lines and tables, with an exact part of it marked."""

import re
from itertools import groupby

from assistant.web.markup import marked

_LINE = re.compile(r"[^\n]+\n?|\n")
_RULER = re.compile(r"[\s:|-]*")
_CELL = re.compile(r"(?<=\|)(?:\\.|[^|\\])*(?=\|)")


def has_table(text: str) -> bool:
    """Tell whether a part of the text is a table."""
    return any(_is_row(line) for line in text.split("\n"))


def text_html(text: str, span: tuple[int, int]) -> str:
    """Return every line of `text`, tables as tables; `span` is the [start, end) to mark."""
    lines = [(match.start(), match.group()) for match in _LINE.finditer(text)]
    return "".join(
        _table(list(group), span) if is_table else "".join(_row(line, span) for line in group)
        for is_table, group in groupby(lines, key=lambda line: _is_row(line[1]))
    )


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|")


def _row(line: tuple[int, str], span: tuple[int, int]) -> str:
    at, text = line
    shown = text.rstrip("\n")
    if not shown.strip():
        return ""
    return f'<p class="k-line">{_within(shown, at, span)}</p>'


def _within(text: str, at: int, span: tuple[int, int]) -> str:
    return marked(text, [(max(0, span[0] - at), min(len(text), max(0, span[1] - at)))])


def _table(lines: list[tuple[int, str]], span: tuple[int, int]) -> str:
    rows = [line for line in lines if not _RULER.fullmatch(line[1])]
    html = []
    for number, (at, text) in enumerate(rows):
        tag = "th" if number == 0 else "td"
        cells = [(at + m.start(), m.group()) for m in _CELL.finditer(text)]
        html.append("<tr>" + "".join(f"<{tag}>{_cell(c, span)}</{tag}>" for c in cells) + "</tr>")
    head, body = html[:1], html[1:]
    return (
        f'<div class="k-table" tabindex="0"><table><thead>{"".join(head)}</thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def _cell(cell: tuple[int, str], span: tuple[int, int]) -> str:
    at, text = cell
    lead = len(text) - len(text.lstrip())
    return _within(text.strip(), at + lead, span)
