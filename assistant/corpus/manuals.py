"""Running text cut along headings, at edges of paragraphs, steps, rows and sentences."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.corpus.drafts import Draft
from assistant.corpus.sections import join_blocks, sections_of
from assistant.corpus.tables import row_heading, row_lines
from assistant.corpus.text import narrow
from assistant.domain import Block, BlockKind, Content, Prose, Section

TARGET_CHARACTERS = 500
"""Pieces of 400–800 characters are a plateau (retrieval findings 5); 600 fit the embedder."""
MAX_CHARACTERS = 600
MAX_STEP_CHARACTERS = 1200
"""A step or table row stays whole up to here; beyond, the embedder would read half of it."""

_CAPTION = re.compile(r"[\s【\[(<■◆]*(?:図?表|別表|Table)\s*[\d.\-]*[^。]*$", re.IGNORECASE)
_MAX_CAPTION = 50
_SENTENCE_END = re.compile(r"(?<=[。!?\uff01\uff1f])(?![」』)\uff09])|(?<=[.!?])\s+|\n")


def cut_manual(blocks: Sequence[Block], *, title: str) -> tuple[Draft, ...]:
    """Return the passages of a document that is read as running text."""
    return tuple(
        draft for section in sections_of(blocks, title=title) for draft in cut_section(section)
    )


def cut_section(section: Section, content: Content = Prose()) -> Iterator[Draft]:  # noqa: B008
    """Return the pieces of one section, none longer than it must be, none overlapping."""
    for group in _packed(_units(section.blocks)):
        headings = section.headings + ((group[0].table,) if group[0].table else ())
        yield Draft(_text(group), headings, content, page=group[0].block.page)


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is never cut: a paragraph, step, sentence, small table or table row."""

    block: Block
    table: str = ""
    """Header of the table whose rows stand alone; empty otherwise."""
    glued: bool = False
    """Follows its forerunner without a break: the next sentence of one paragraph."""


def _units(blocks: Iterable[Block]) -> Iterator[_Unit]:
    above: Block | None = None
    for block in blocks:
        caption = _caption(above)
        above = block
        longest = MAX_STEP_CHARACTERS if block.kind is BlockKind.LIST_ITEM else MAX_CHARACTERS
        if (
            block.kind is BlockKind.TABLE
            and len(block.text) > MAX_CHARACTERS
            and len(block.rows) > 2
        ):
            yield from _rows(block, caption)
        elif len(block.text) > longest:
            yield from _sentences(block)
        else:
            yield _Unit(block)


def _caption(block: Block | None) -> str:
    """Return the text of «表1 情報の区分», which then names the rows of the table under it."""
    text = "" if block is None or block.kind is not BlockKind.PARAGRAPH else block.text.strip()
    return text if len(text) <= _MAX_CAPTION and _CAPTION.match(narrow(text)) else ""


def _rows(block: Block, caption: str) -> Iterator[_Unit]:
    header = row_heading(block)
    if caption:
        header = f"{caption}({header.removeprefix('表: ')})"
    for number, (line, cells) in enumerate(row_lines(block)):
        row_line = None if block.line is None else block.line + 2 + number
        yield _Unit(replace(block, text=line, rows=(block.rows[0], cells), line=row_line), header)


def _sentences(block: Block) -> Iterator[_Unit]:
    start = 0
    pieces: list[str] = []
    for match in _SENTENCE_END.finditer(block.text):
        pieces.append(block.text[start : match.end()])
        start = match.end()
    pieces.append(block.text[start:])
    for number, piece in enumerate(piece for long in pieces for piece in _hard_cut(long)):
        yield _Unit(replace(block, text=piece, line=None), glued=number > 0)


def _hard_cut(text: str) -> Iterator[str]:
    """Cut a sentence that no sentence should be, such as 10,000 characters without a stop."""
    for start in range(0, len(text), MAX_STEP_CHARACTERS):
        yield text[start : start + MAX_STEP_CHARACTERS]


def _packed(units: Iterable[_Unit]) -> Iterator[list[_Unit]]:
    """Group units up to the target size; rows of a cut table stay among themselves."""
    group: list[_Unit] = []
    size = 0
    for unit in units:
        length = len(unit.block.text)
        if group and (size + length > TARGET_CHARACTERS or unit.table != group[-1].table):
            kept = [group.pop()] if _caption(group[-1].block) and _is_table(unit) else []
            if group:
                yield group
            group, size = kept, sum(len(one.block.text) for one in kept)
        group.append(unit)
        size += length
    if group:
        yield group


def _is_table(unit: _Unit) -> bool:
    return unit.block.kind is BlockKind.TABLE and not unit.table


def _text(group: Sequence[_Unit]) -> str:
    """Return a group as text; sentences of one paragraph and rows of one table stay joined."""
    merged: list[Block] = []
    for unit in group:
        if merged and unit.glued:
            merged[-1] = replace(merged[-1], text=merged[-1].text + unit.block.text)
        elif merged and unit.table:
            merged[-1] = replace(merged[-1], text=f"{merged[-1].text}\n{unit.block.text}")
        else:
            merged.append(unit.block)
    return join_blocks(merged).strip()
