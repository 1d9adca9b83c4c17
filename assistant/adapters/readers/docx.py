"""Word: headings, list styles, tables and boxes in reading order."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.adapters.readers.lines import Line, blocks_of
from assistant.adapters.readers.office import check_office_file
from assistant.corpus.tables import table_block
from assistant.domain import Block, BlockKind
from assistant.ports import Extract

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parse_docx(path: Path) -> Extract:
    """Return the blocks of a Word file. Raises DocumentError, and python-docx's own errors."""
    import docx

    check_office_file(path, needs="word/document.xml")
    document = docx.Document(str(path))
    walk = _Walk(document)
    blocks = tuple(walk.blocks())
    notes = (f"隠し文字({walk.hidden}か所)を除いて読みました",) if walk.hidden else ()
    return Extract(_with_plain_headings(blocks), title=_title(document, blocks), notes=notes)


def _title(document: Any, blocks: tuple[Block, ...]) -> str:
    titled = next((b.text for b in blocks if b.kind is BlockKind.HEADING and b.level == 1), "")
    return titled or str(document.core_properties.title or "").strip()


class _Walk:
    """One pass over the body; counts numbered lists and hidden runs."""

    def __init__(self, document: Any) -> None:
        self.hidden = 0
        self._document = document
        self._counters: dict[tuple[str, int], int] = {}
        self._formats = _number_formats(document)

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks in order."""
        from docx.table import Table

        for item in self._document.iter_inner_content():
            if isinstance(item, Table):
                yield from self._table(item)
            else:
                yield from self._paragraph(item)

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        text = self._text(paragraph._p).strip()
        if not text:
            return
        style = str(getattr(paragraph.style, "name", "") or "")
        level = _heading_level(paragraph, style)
        if level:
            yield Block(BlockKind.HEADING, " ".join(text.split("\n")), level)
            return
        number = self._numbering(paragraph)
        if number is not None:
            marker, level = number
            yield Block(BlockKind.LIST_ITEM, f"{marker} {text}", level)
        elif style.lower().startswith(("list", "リスト", "箇条書き")):
            yield Block(BlockKind.LIST_ITEM, self._by_style(style, text))
        else:
            bold = all(run.bold for run in paragraph.runs if run.text.strip()) and bool(
                paragraph.runs
            )
            yield Block(BlockKind.PARAGRAPH, text, level=1 if bold else 0)

    def _by_style(self, style: str, text: str) -> str:
        if not re.search(r"number|番号", style.lower()):
            self._counters.pop((style, 0), None)
            return f"- {text}"
        count = self._counters[style, 0] = self._counters.get((style, 0), 0) + 1
        return f"{count}. {text}"

    def _numbering(self, paragraph: Any) -> tuple[str, int] | None:
        """Return (marker, depth) of a paragraph in a list; Word keeps neither in the text."""
        properties = paragraph._p.pPr.numPr if paragraph._p.pPr is not None else None
        if properties is None and paragraph.style is not None:
            style = paragraph.style.element.pPr
            properties = style.numPr if style is not None else None
        if properties is None or properties.numId is None or not properties.numId.val:
            return None
        level = int(properties.ilvl.val) if properties.ilvl is not None else 0
        number_id = str(properties.numId.val)
        if self._formats.get((number_id, level), "bullet") == "bullet":
            return "-", level
        for key in [key for key in self._counters if key[0] == number_id and key[1] > level]:
            del self._counters[key]
        count = self._counters[number_id, level] = self._counters.get((number_id, level), 0) + 1
        return f"{count}.", level

    def _table(self, table: Any) -> Iterator[Block]:
        rows = []
        for row in table.rows:
            cells, seen = [], set()
            for cell in row.cells:
                if cell._tc in seen:
                    continue
                seen.add(cell._tc)
                cells.append(
                    "\n".join(filter(None, (self._text(p._p).strip() for p in cell.paragraphs)))
                )
            if any(cells):
                rows.append(cells)
        if len(rows) == 1 and len(rows[0]) == 1:
            yield Block(BlockKind.PARAGRAPH, rows[0][0])
        elif rows:
            yield table_block(rows)

    def _text(self, element: Any) -> str:
        """Return visible text: without hidden runs, deletions and ruby readings."""
        parts: list[str] = []
        for run in element.iter(f"{_W}r"):
            if any(parent.tag in {f"{_W}del", f"{_W}rt"} for parent in run.iterancestors()):
                continue
            if run.find(f"{_W}rPr/{_W}vanish") is not None:
                self.hidden += 1
                continue
            for child in run:
                if child.tag == f"{_W}t":
                    parts.append(child.text or "")
                elif child.tag in {f"{_W}br", f"{_W}cr"}:
                    parts.append("\n")
                elif child.tag == f"{_W}tab":
                    parts.append("\t")
        return "".join(parts)


def _heading_level(paragraph: Any, style: str) -> int:
    """Return 1–6 by the style's name in English or Japanese, or by its outline level; else 0."""
    named = re.match(
        r"(?:heading|見出し)\s*(\d)", unicodedata.normalize("NFKC", style), re.IGNORECASE
    )
    if named:
        return max(1, min(6, int(named[1])))
    if style.lower() in {"title", "表題", "タイトル"}:
        return 1
    element = paragraph.style.element if paragraph.style is not None else None
    for holder in (paragraph._p.pPr, element.pPr if element is not None else None):
        outline = holder.find(f"{_W}outlineLvl") if holder is not None else None
        if outline is not None and int(outline.get(f"{_W}val", "9")) < 6:
            return int(outline.get(f"{_W}val")) + 1
    return 0


def _number_formats(document: Any) -> dict[tuple[str, int], str]:
    """Return «bullet», «decimal», … for each list and depth."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    abstract = {
        item.get(f"{_W}abstractNumId"): {
            int(level.get(f"{_W}ilvl")): level.find(f"{_W}numFmt").get(f"{_W}val")
            for level in item.findall(f"{_W}lvl")
            if level.find(f"{_W}numFmt") is not None
        }
        for item in root.findall(f"{_W}abstractNum")
    }
    formats = {}
    for number in root.findall(f"{_W}num"):
        reference = number.find(f"{_W}abstractNumId")
        for level, name in abstract.get(reference.get(f"{_W}val"), {}).items():
            formats[number.get(f"{_W}numId"), level] = name
    return formats


def _with_plain_headings(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Find headings made by hand (bold, numbered, 第1条) in a file without heading styles."""
    if any(block.kind is BlockKind.HEADING and block.level > 1 for block in blocks):
        return tuple(_plain(block) for block in blocks)
    found: list[Block] = []
    run: list[Line] = []
    for block in (*blocks, None):
        if block is not None and block.kind is BlockKind.PARAGRAPH:
            run += [Line(text, bold=block.level == 1) for text in block.text.split("\n")] + [
                Line("")
            ]
            continue
        found += blocks_of(run, wrapped=False)
        run = []
        if block is not None:
            found.append(block)
    return tuple(found)


def _plain(block: Block) -> Block:
    return Block(block.kind, block.text) if block.kind is BlockKind.PARAGRAPH else block
