"""The A4 rule: each thing it forbids, allows or asks for is one clause, whatever its wording."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.corpus.drafts import Cut, Draft
from assistant.corpus.manuals import cut_section
from assistant.corpus.rules.leads import gives_examples, led
from assistant.corpus.rules.markers import number_of, paragraph_number, without_marker
from assistant.corpus.rules.modals import Place as Told
from assistant.corpus.rules.modals import (
    is_introduction,
    is_mixed,
    kind_of_heading,
    place_of,
)
from assistant.corpus.rules.outline import outline
from assistant.corpus.rules.pieces import Piece, pieces_of
from assistant.corpus.rules.placing import (
    Place,
    is_note,
    kind_at,
    learned_kind,
    marked_kind,
    own_kind,
    place_under,
)
from assistant.corpus.rules.sentences import is_statement, kind_of_sentence, sentences_of
from assistant.corpus.rules.tables import cut_table
from assistant.corpus.sections import sections_of
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
    Status,
)

_EDGES = "*_:\uff1a。"
_COLONS = (":", "\uff1a")
_LISTED = frozenset({BlockKind.LIST_ITEM, BlockKind.TABLE})
_SHORT_HEADING = 30
"""Characters of a list item that may be a heading for the items under it."""


def cut_rule(blocks: Sequence[Block], source: Source) -> Cut:
    """Return the clauses of a rule in order, and its introductions as running text."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    sections = sections_of(outline(blocks), title=source.title)
    for number, section in enumerate(sections):
        preamble = number == 0 and len(sections) > 1 and not section.headings
        found = _cut_preamble(section, source) if preamble else _cut_section(section, source)
        drafts += found
        if place_of(section.headings) is Told.UNKNOWN and not any(map(_is_clause, found)):
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
    asks_nothing = source.status in {Status.SUPERSEDED, Status.RETRACTED}
    return Cut(tuple(drafts), () if asks_nothing else tuple(problems))


def _is_clause(draft: Draft) -> bool:
    return isinstance(draft.content, Clause)


def _unplaced(section: Section, source: Source) -> Problem:
    name = section.headings[-1] if section.headings else "冒頭"
    return Problem(
        source.path,
        f"「{name}」の節から、条項(禁止・条件付き・推奨・確認・相談)を読み取れません(判定には使われません)",
        "説明だけの節なら、このままで大丈夫です。守ることを書いた節なら、見出しに「入力禁止」"
        "「条件付き」「推奨」「最終チェック」「困ったら」のどれかを入れてください",
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


def _cut_preamble(section: Section, source: Source) -> list[Draft]:
    """Return what stands before the first heading: running text, unless it plainly orders."""
    found = _cut_section(section, source, Place(firm=True))
    return found if any(map(_is_clause, found)) else list(cut_section(section))


def _cut_section(section: Section, source: Source, place: Place | None = None) -> list[Draft]:
    place = place or place_under(section.headings, [block.text for block in section.blocks])
    label = section.headings[-1] if section.headings else source.title
    found = list(_cut_items(section, place, label))
    return found if place.kind or place.firm else _with_siblings(found, section, label)


def _with_siblings(found: list[Draft], section: Section, label: str) -> list[Draft]:
    """Return the drafts; items that tell nothing are what all others of their list are.

    «方言をていねいな言葉に» among «求人票のたたき台» and «クイズを作る», under «青カード».
    """
    listed = {
        without_marker(block.text)
        for block in section.blocks
        if block.kind is BlockKind.LIST_ITEM and not block.level
    }
    items = [draft for draft in found if draft.text in listed]
    kinds = [draft.content.clause for draft in items if isinstance(draft.content, Clause)]
    untold = len(items) - len(kinds)
    enough = 2 * untold if ClauseKind.ENCOURAGED in kinds else untold + 1
    if not untold or len(set(kinds)) != 1 or len(kinds) < max(enough, 2):
        return found
    clause = Clause(kinds[0], label)
    return [
        replace(draft, content=clause) if draft.text in listed and not _is_clause(draft) else draft
        for draft in found
    ]


def _cut_items(section: Section, place: Place, label: str) -> Iterator[Draft]:
    lead, inner = place, section
    beside_list = any(block.kind is BlockKind.LIST_ITEM for block in section.blocks)
    items = list(_items(section.blocks))
    for item, following in zip(items, (*items[1:], None), strict=True):
        first = item.blocks[0]
        followed = following is not None and following.blocks[0].kind in _LISTED
        leads = followed or (following is not None and first.text.rstrip().endswith(_COLONS))
        if first.kind is BlockKind.TABLE:
            yield from cut_table(first, section, lead.kind, label)
        elif first.kind is BlockKind.LIST_ITEM:
            yield from _cut_item(item, inner, lead, label)
        elif is_introduction(first.text, followed=leads or is_mixed(first.text)) or (
            followed and is_note(place, without_marker(first.text))
        ):
            lead, inner = led(first, section, place)
            if gives_examples(first.text):
                yield from _cut_paragraph(first, section, place, label, beside_list=True)
            else:
                yield from cut_section(Section(section.headings, item.blocks, first.page))
        else:
            yield from _cut_paragraph(first, section, place, label, beside_list=beside_list)
            lead, inner = led(first, section, place) if followed else (place, section)


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


def _cut_item(item: _Item, section: Section, place: Place, label: str) -> Iterator[Draft]:
    parent, *children = item.blocks
    own = _named(label, number_of(parent.text))
    title = without_marker(parent.text).strip(_EDGES)
    lead = _kind_of_parent(title, place) if children else None
    if lead is not None:
        inner = Section((*section.headings, title), tuple(children), parent.page)
        for child in _items(children):
            yield from _cut_item(child, inner, place.under(lead), title)
        return
    text = without_marker(item.text)
    marked = parent.text if not children else text
    kind = kind_at(place, marked)
    told = place.kind is not None or marked_kind(place, marked) is not None
    if not told and not children and len(sentences_of(text)) > 1:
        for piece in _whole(place, text):
            yield _draft(piece, section, own, parent.page)
        return
    yield _draft(Piece(kind, text), section, own, parent.page)


def _whole(place: Place, text: str) -> Sequence[Piece]:
    """Return an item as one piece unless its sentences ask for different things.

    What was learned of whole items tells it then, and frees none with a sentence that forbids.
    """
    pieces = pieces_of(place, text)
    kinds = {piece.kind for piece in pieces} - {None}
    own = next(iter(kinds)) if len(kinds) == 1 else None
    banned = ClauseKind.FORBIDDEN_INPUT if ClauseKind.FORBIDDEN_INPUT in kinds else own
    kind = learned_kind(place, text, banned)
    sure = kind is not banned or own is not None
    return [Piece(kind, text)] if sure and kind is not None else pieces


def _kind_of_parent(title: str, place: Place) -> ClauseKind | None:
    """Return the kind that an item gives to the items under it, where the heading gives none."""
    if len(title) <= _SHORT_HEADING:
        kind = kind_of_heading(title)
        if kind and kind is not place.kind and place.kind in {None, ClauseKind.DESK}:
            return kind
    if place.kind is None and is_introduction(title, followed=True):
        return kind_of_sentence(title)
    return None


def _cut_paragraph(
    block: Block, section: Section, place: Place, label: str, *, beside_list: bool
) -> Iterator[Draft]:
    """Yield its clauses; beside a list, a sentence that tells nothing itself only explains."""
    own = _named(label, paragraph_number(block.text))
    for piece in pieces_of(place, without_marker(block.text)):
        if beside_list and is_statement(piece.text) and own_kind(piece.text, place) is None:
            piece = Piece(None, piece.text)  # noqa: PLW2901 — the same text, no clause
        yield _draft(piece, section, own, block.page)


def _draft(piece: Piece, section: Section, label: str, page: int | None) -> Draft:
    content: Content = Prose() if piece.kind is None else Clause(piece.kind, label)
    return Draft(piece.text, section.headings, content, page=page)


def _named(label: str, number: str) -> str:
    """Return how people call an item: «第3条(禁止事項) (2)»."""
    return f"{label} {number}" if number else label
