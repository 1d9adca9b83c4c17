"""PowerPoint: title, bullets, tables and speaker's notes of each slide."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from assistant.adapters.readers.office import check_office_file
from assistant.corpus.tables import table_block
from assistant.corpus.text import narrow
from assistant.domain import Block, BlockKind
from assistant.ports import Extract

NOTES_HEADING = "発表者ノート"
"""Stands over speaker's notes, so that the trainer's voice is not taken for the slide's."""

_MARKED = re.compile(r"[・•①-⑳]|-\s|\d{1,2}(?:[)）、]|[.．](?!\d))")
"""A marker typed by hand; a year, a time or an amount at the start of a bullet is none."""


def parse_pptx(path: Path) -> Extract:
    """Return the blocks, one heading a slide. Raises DocumentError, and python-pptx's errors."""
    import pptx

    check_office_file(path, needs="ppt/presentation.xml")
    presentation = pptx.Presentation(str(path))
    blocks: list[Block] = []
    hidden = []
    for number, slide in enumerate(presentation.slides, start=1):
        if slide._element.get("show") == "0":
            hidden.append(str(number))
            continue
        blocks += _slide(slide, number)
    notes = (f"非表示のスライド({'、'.join(hidden)}枚目)は読みませんでした",) if hidden else ()
    title = str(presentation.core_properties.title or "").strip()
    return Extract(
        tuple(blocks), title="" if title == "PowerPoint Presentation" else title, notes=notes
    )


def _slide(slide: Any, number: int) -> Iterator[Block]:
    title = slide.shapes.title
    heading = " ".join(title.text_frame.text.split()) if title is not None else ""
    yield Block(BlockKind.HEADING, heading or f"スライド {number}", 2, page=number)
    shapes = [
        shape for shape in _flat(slide.shapes) if title is None or shape.shape_id != title.shape_id
    ]
    for shape in sorted(shapes, key=lambda shape: (_coarse(shape.top), shape.left or 0)):
        if shape.has_text_frame:
            yield from _text(shape, number)
        elif getattr(shape, "has_table", False):
            rows = [[cell.text.strip() for cell in row.cells] for row in shape.table.rows]
            if any(any(row) for row in rows):
                yield table_block(rows, page=number)
    if slide.has_notes_slide:
        text = (
            (slide.notes_slide.notes_text_frame.text or "").strip()
            if slide.notes_slide.notes_text_frame
            else ""
        )
        if text:
            yield Block(BlockKind.HEADING, NOTES_HEADING, 3, page=number)
            yield Block(BlockKind.PARAGRAPH, text.replace("\v", "\n"), page=number)


def _flat(shapes: Iterable[Any]) -> Iterator[Any]:
    """Yield shapes, those in groups too; footers, dates and slide numbers are left out."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _flat(shape.shapes)
        elif not _is_furniture(shape):
            yield shape


def _is_furniture(shape: Any) -> bool:
    if not shape.is_placeholder:
        return False
    name = str(shape.placeholder_format.type or "")
    return any(word in name for word in ("SLIDE_NUMBER", "FOOTER", "DATE", "HEADER"))


def _coarse(top: int | None) -> int:
    """Return a height in steps of about 1 cm: boxes of one row are read from left to right."""
    return (top or 0) // 360_000


def _text(shape: Any, number: int) -> Iterator[Block]:
    paragraphs = [p for p in shape.text_frame.paragraphs if p.text.strip()]
    listed = len(paragraphs) > 1 and shape.is_placeholder and not _is_subtitle(shape)
    for paragraph in paragraphs:
        text = paragraph.text.replace("\v", "\n").strip()
        if listed or paragraph.level:
            marked = text if _MARKED.match(narrow(text)) else f"- {text}"
            yield Block(BlockKind.LIST_ITEM, marked, paragraph.level, page=number)
        else:
            yield Block(BlockKind.PARAGRAPH, text, page=number)


def _is_subtitle(shape: Any) -> bool:
    return "SUBTITLE" in str(shape.placeholder_format.type or "")
