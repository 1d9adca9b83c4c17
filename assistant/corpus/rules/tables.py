"""Tables of a rule: each row or cell is placed by its mark, its words or its column's header."""

import re
from collections.abc import Iterator, Sequence

from assistant.corpus.drafts import Draft
from assistant.corpus.rules.endings import PERMISSION
from assistant.corpus.rules.modals import kind_of_heading, kind_of_mark
from assistant.corpus.rules.sentences import kind_of_sentence
from assistant.corpus.tables import row_heading, row_lines
from assistant.corpus.text import narrow
from assistant.domain import Block, Clause, ClauseKind, Section

_STRICT = (
    ClauseKind.FORBIDDEN_INPUT,
    ClauseKind.CONDITIONAL,
    ClauseKind.DESK,
    ClauseKind.FINAL_CHECK,
    ClauseKind.ENCOURAGED,
)

_WAY_OUT = re.compile(r"\([^()]*(?:可|OK|承認|許可|決裁|場合を除)[^()]*\)")
"""«原則禁止(役員決裁で可)»."""
_MAX_WORD = 6
"""Characters of a cell that is a word such as «条件付き可», not a sentence."""


def cut_table(
    table: Block, section: Section, kind: ClauseKind | None, label: str
) -> Iterator[Draft]:
    """Return the rows as clauses, or the cells where the columns are «OK例» and «NG例»."""
    sides = _sides(table.rows[0])
    if len(set(sides.values())) > 1:
        yield from _cells(table, section, sides)
        return
    headings = (*section.headings, row_heading(table))
    columns = _mark_columns(table)
    for line, cells in row_lines(table):
        row_kind = _row_kind(cells, columns, kind or next(iter(sides.values()), None))
        if row_kind is None:
            yield Draft(line, headings, page=table.page)
        else:
            yield Draft(line, headings, Clause(row_kind, label), page=table.page)


def _sides(header: Sequence[str]) -> dict[int, ClauseKind]:
    """Return the columns whose header tells a kind: «OK例», «禁止事項»."""
    kinds = {n: kind_of_mark(cell) or kind_of_heading(cell) for n, cell in enumerate(header)}
    return {n: kind for n, kind in kinds.items() if kind in _STRICT[:2] or kind is _STRICT[-1]}


def _cells(table: Block, section: Section, sides: dict[int, ClauseKind]) -> Iterator[Draft]:
    for row in table.rows[1:]:
        beside = tuple(cell for n, cell in enumerate(row) if n not in sides and cell)[:1]
        for column, kind in sides.items():
            header = table.rows[0][column]
            for text in _lines(row[column]):
                headings = (*section.headings, *beside, header)
                yield Draft(text, headings, Clause(kind, header), page=table.page)


def _lines(cell: str) -> list[str]:
    return [text for line in cell.split("\n") if len(text := line.strip()) > 1]


def _row_kind(
    cells: Sequence[str], columns: Sequence[int], base: ClauseKind | None
) -> ClauseKind | None:
    marks = [mark for column in columns if (mark := _told(cells[column]))]
    if marks:
        return _joined(marks)
    if base is not None:
        return _limited(cells) if base is ClauseKind.ENCOURAGED else base
    told = {kind for cell in cells[1:] if (kind := _told(cell))}
    if not told:
        told = {kind} if (kind := kind_of_heading(re.split(r"[\n。]", cells[0])[0])) else set()
    return next((kind for kind in _STRICT if kind in told), None)


def _limited(cells: Sequence[str]) -> ClauseKind:
    """Return what a row under «使ってよい» says: another mark, or leave that it asks for, holds."""
    marks = {kind_of_mark(cell) for cell in cells}
    asked = any(
        kind_of_sentence(cell) is ClauseKind.CONDITIONAL and re.search(PERMISSION, cell)
        for cell in cells
    )
    for kind in _STRICT[:2]:
        if kind in marks or (asked and kind is ClauseKind.CONDITIONAL):
            return kind
    return ClauseKind.ENCOURAGED


_FREE = re.compile(
    r"制限(?:し(?:ない|ません)|は?な[いし]|を?設けな)|(?:差し支え|さしつかえ)(?:な|ありません)"
)
"""«制限しない» keeps nobody from anything."""


def _told(cell: str) -> ClauseKind | None:
    """Return what a cell says: by the end of its sentence, else by the word or mark in it."""
    if _FREE.search(narrow(cell)):
        return ClauseKind.ENCOURAGED
    sentence = kind_of_sentence(cell) if len(cell) > _MAX_WORD else None
    if sentence is ClauseKind.FORBIDDEN_INPUT and _WAY_OUT.search(narrow(cell)):
        return ClauseKind.CONDITIONAL
    return sentence or kind_of_mark(cell) or kind_of_sentence(cell)


_UNAPPROVED = re.compile(
    r"外部|個人|私物|無[料償]|未承認|未契約|契約(?:外|して(?:い)?ない)|承認外|一般(?:向け|の)"
)
"""Header of a column on tools that the company has not approved: another clause forbids these."""


def _mark_columns(table: Block) -> list[int]:
    """Return the columns most of whose cells are ○, △, ×, 可, 禁止 and the like.

    Beside a column on the company's own tools, one on unapproved tools, which permits nothing,
    says nothing of the use.
    """
    rows = table.rows[1:]
    marked = [
        column
        for column in range(len(table.rows[0]))
        if 2 * sum(kind_of_mark(row[column]) is not None for row in rows) > len(rows)
    ]
    own = [column for column in marked if not _keeps_out(table, column)]
    return own or marked or _telling_columns(table)


def _telling_columns(table: Block) -> list[int]:
    """Return the columns that say in words what holds of a row, and not the same of all rows.

    «入力してはならない», «第6条の条件を満たすときに限り…», «制限しない».
    """
    columns = range(1, len(table.rows[0]))
    told = {n: [_told(row[n]) for row in table.rows[1:]] for n in columns}
    return [n for n, kinds in told.items() if None not in kinds and len(set(kinds)) > 1]


def _keeps_out(table: Block, column: int) -> bool:
    header, *cells = [row[column] for row in table.rows]
    told = {kind_of_mark(cell) for cell in cells} - {None}
    return bool(_UNAPPROVED.search(header)) and told <= {ClauseKind.FORBIDDEN_INPUT}


def _joined(marks: Sequence[ClauseKind]) -> ClauseKind:
    """Return the kind of a row with several marks: one tool yes and another no is conditional."""
    return marks[0] if len(set(marks)) == 1 else ClauseKind.CONDITIONAL
