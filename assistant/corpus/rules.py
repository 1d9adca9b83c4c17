"""The A4 rule: each thing it forbids, allows or asks for is one clause, whatever its wording."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.corpus.drafts import Cut, Draft
from assistant.corpus.manuals import cut_section
from assistant.corpus.modals import (
    MARKER,
    Place,
    is_introduction,
    kind_of_heading,
    kind_of_mark,
    kind_of_sentence,
    place_of,
    sentences_of,
)
from assistant.corpus.sections import sections_of
from assistant.corpus.tables import row_heading, row_lines
from assistant.domain import (
    Block,
    BlockKind,
    Clause,
    ClauseKind,
    Content,
    Problem,
    Prose,
    Section,
    Severity,
    Source,
)

_LISTED = frozenset({BlockKind.LIST_ITEM, BlockKind.TABLE})
_SHORT_HEADING = 30
"""Characters of a list item that may be a heading for the items under it."""


def cut_rule(blocks: Sequence[Block], source: Source) -> Cut:
    """Return the clauses of a rule in order, and its introductions as running text."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    sections = sections_of(blocks, title=source.title)
    for number, section in enumerate(sections):
        if number == 0 and len(sections) > 1 and not section.headings:
            drafts += cut_section(section)
            continue
        found = list(_cut_section(section, source))
        drafts += found
        if place_of(section.headings) is Place.UNKNOWN and not any(
            _is_clause(draft) for draft in found
        ):
            problems.append(_unplaced(section, source))
    if drafts and not any(_is_clause(draft) for draft in drafts):
        problems = [
            Problem(
                source.path,
                "このルールから条項を1つも読み取れません(判定には使われません)",
                "「入力禁止」「条件付きで使える」「推奨する使い方」「最終チェック」「困ったら」の見出しで分けてください",
                Severity.WARNING,
            )
        ]
    return Cut(tuple(drafts), tuple(problems))


def _is_clause(draft: Draft) -> bool:
    return isinstance(draft.content, Clause)


def _unplaced(section: Section, source: Source) -> Problem:
    name = section.headings[-1] if section.headings else "冒頭"
    return Problem(
        source.path,
        f"「{name}」が禁止・条件付き・推奨・確認・相談のどれかわかりません(参考としてだけ表示します)",
        "見出しに「入力禁止」「条件付き」「推奨」「最終チェック」「困ったら」のどれかを入れてください",
        Severity.WARNING,
        line=section.blocks[0].line,
        page=section.page,
    )


@dataclass(frozen=True, slots=True)
class _Item:
    """A paragraph, or a list item with the items under it."""

    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """Return the lines as they stand, the first without its marker."""
        return "\n".join(block.text for block in self.blocks)


def _cut_section(section: Section, source: Source) -> Iterator[Draft]:
    kind = _kind_of_path(section.headings)
    label = section.headings[-1] if section.headings else source.title
    lead = kind
    items = list(_items(section.blocks))
    for item, following in zip(items, (*items[1:], None), strict=True):
        first = item.blocks[0]
        followed = following is not None and following.blocks[0].kind in _LISTED
        if first.kind is BlockKind.TABLE:
            yield from _cut_table(first, section, lead, label)
        elif first.kind is BlockKind.LIST_ITEM:
            yield from _cut_item(item, section, lead, label)
        elif is_introduction(first.text, followed=followed):
            lead = kind or kind_of_sentence(first.text)
            yield from cut_section(Section(section.headings, item.blocks, first.page))
        else:
            lead = kind
            yield from _cut_item(item, section, kind, label)


def _kind_of_path(headings: Sequence[str]) -> ClauseKind | None:
    """Return the kind of the nearest heading that tells one."""
    for heading in reversed(headings):
        kind = kind_of_heading(heading)
        if kind is not None:
            return kind
        if place_of((heading,)) is Place.NEUTRAL:
            return None
    return None


def _items(blocks: Sequence[Block]) -> Iterator[_Item]:
    """Group list items with the deeper ones under them."""
    group: list[Block] = []
    for block in blocks:
        deeper = group and block.kind is BlockKind.LIST_ITEM and block.level > group[0].level
        if deeper and group[0].kind is BlockKind.LIST_ITEM:
            group.append(block)
            continue
        if group:
            yield _Item(tuple(group))
        group = [block]
    if group:
        yield _Item(tuple(group))


def _cut_item(
    item: _Item, section: Section, kind: ClauseKind | None, label: str
) -> Iterator[Draft]:
    parent, *children = item.blocks
    title = without_marker(parent.text).strip("*:：")
    own_kind = kind_of_heading(title) if children and len(title) <= _SHORT_HEADING else None
    if own_kind and own_kind is not kind and not (kind and kind is not ClauseKind.DESK):
        inner = Section((*section.headings, title), tuple(children), parent.page)
        for child in _items(children):
            yield from _cut_item(child, inner, own_kind, title)
        return
    text = without_marker(item.text)
    if kind is not None:
        yield Draft(text, section.headings, Clause(kind, label), page=parent.page)
    elif parent.kind is BlockKind.PARAGRAPH:
        yield from _cut_sentences(text, section, label, parent.page)
    else:
        yield _by_modal(text, section.headings, label, parent.page)


def _cut_sentences(text: str, section: Section, label: str, page: int | None) -> Iterator[Draft]:
    """Cut a paragraph that no heading places where its sentences change from may to may not."""
    groups: list[tuple[ClauseKind | None, list[str]]] = []
    for sentence in sentences_of(text):
        kind = kind_of_sentence(sentence)
        if groups and kind in {None, groups[-1][0]}:
            groups[-1][1].append(sentence)
        else:
            groups.append((kind, [sentence]))
    end = 0
    for _, sentences in groups:
        start = end
        for sentence in sentences:
            end = text.index(sentence, end) + len(sentence)
        yield _by_modal(text[start:end].strip(), section.headings, label, page)


def _by_modal(text: str, headings: tuple[str, ...], label: str, page: int | None) -> Draft:
    kind = kind_of_sentence(text)
    content: Content = Prose() if kind is None else Clause(kind, label)
    return Draft(text, headings, content, page=page)


def _cut_table(
    table: Block, section: Section, kind: ClauseKind | None, label: str
) -> Iterator[Draft]:
    """Cut a table by rows: each is placed by its mark or word, else by its section."""
    headings = (*section.headings, row_heading(table))
    columns = _mark_columns(table)
    for line, cells in row_lines(table):
        marks = [mark for column in columns if (mark := kind_of_mark(cells[column]))]
        row_kind = _strictest(marks) or kind or kind_of_sentence(" ".join(cells))
        if row_kind is None:
            yield Draft(line, headings, page=table.page)
        else:
            yield Draft(line, headings, Clause(row_kind, label), page=table.page)


def _mark_columns(table: Block) -> list[int]:
    """Return the columns most of whose cells are ○, △, ×, 可, 禁止 and the like."""
    rows = table.rows[1:]
    return [
        column
        for column in range(len(table.rows[0]))
        if 2 * sum(kind_of_mark(row[column]) is not None for row in rows) > len(rows)
    ]


def _strictest(marks: Sequence[ClauseKind]) -> ClauseKind | None:
    """Return the kind of a row with several marks: one tool yes and another no is conditional."""
    if not marks:
        return None
    return marks[0] if len(set(marks)) == 1 else ClauseKind.CONDITIONAL


def without_marker(text: str) -> str:
    """Return a list item without its bullet or number."""
    return MARKER.sub("", text, count=1).strip()
