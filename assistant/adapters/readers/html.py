"""HTML by the standard library: what a person reads, without navigation, scripts and comments."""

import re
from collections.abc import Collection
from html.parser import HTMLParser
from pathlib import Path

from assistant.corpus.decoding import read_text
from assistant.corpus.tables import table_block
from assistant.domain import Block, BlockKind
from assistant.ports import Extract

_DROPPED = frozenset(
    {"script", "style", "nav", "header", "footer", "aside", "template", "noscript", "svg"}
    | {"form", "button", "select", "iframe", "object"}
)
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "col", "wbr", "source", "area", "base"}
)
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "ul", "ol", "dl", "dt", "dd", "blockquote"}
    | {"figure", "figcaption", "details", "summary", "body", "address"}
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)


class HtmlReader:
    """`.html` and `.htm`."""

    @property
    def suffixes(self) -> Collection[str]:
        """Lower-case suffixes with the dot."""
        return (".html", ".htm")

    def read(self, path: Path) -> Extract:
        """Return the visible blocks. Raises DocumentError."""
        parser = _Parser()
        parser.feed(read_text(path))
        parser.close()
        parser.flush()
        notes = (f"見えない文字({parser.hidden}か所)を除いて読みました",) if parser.hidden else ()
        return Extract(tuple(parser.blocks), title=parser.title.strip(), notes=notes)


class _Parser(HTMLParser):
    """Collects blocks; text of dropped and hidden elements is skipped until they close."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.title = ""
        self.hidden = 0
        self._text: list[str] = []
        self._kind, self._level = BlockKind.PARAGRAPH, 0
        self._skip: list[str] = []
        self._lists: list[int | None] = []
        self._rows: list[list[str]] | None = None
        self._in_title = self._in_cell = self._pre = False
        self._line = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block, a cell or a skipped element."""
        if self._skip:
            if tag not in _VOID:
                self._skip.append(tag)
            return
        if tag in _VOID:
            self._text.append("\n" if tag == "br" else "")
            return
        values = dict(attrs)
        if "hidden" in values or _HIDDEN.search(values.get("style") or ""):
            self.hidden += 1
            self._skip.append(tag)
        elif tag in _DROPPED and not (tag == "header" and self.blocks):
            self._skip.append(tag)
        elif tag == "title":
            self._in_title = True
        else:
            self._open(tag, values)

    def handle_endtag(self, tag: str) -> None:
        """Close what the tag opened, forgiving elements that were never closed."""
        if self._skip:
            if tag in self._skip:
                while self._skip.pop() != tag:
                    pass
            return
        if tag == "title":
            self._in_title = False
        elif tag in {"td", "th"}:
            self._close_cell()
        elif tag == "table":
            self._close_table()
        elif tag in {"ul", "ol"} and self._lists:
            self.flush()
            self._lists.pop()
        elif self._rows is None and (tag in _BLOCKS or re.fullmatch(r"h[1-6]|li|pre", tag)):
            self.flush()

    def handle_data(self, data: str) -> None:
        """Keep visible text."""
        if self._in_title:
            self.title += data
        elif not self._skip:
            if not self._text and data.strip():
                self._line = self.getpos()[0]
            self._text.append(data if self._pre else re.sub(r"\s+", " ", data))

    def flush(self) -> None:
        """Close the open block."""
        text = self._take()
        if text:
            self.blocks.append(Block(self._kind, text, self._level, line=self._line))
        self._kind, self._level, self._pre = BlockKind.PARAGRAPH, 0, False

    def _open(self, tag: str, values: dict[str, str | None]) -> None:
        if self._rows is not None:
            self._open_cell(tag, self._rows)
            return
        if tag == "table":
            self.flush()
            self._rows = []
        elif re.fullmatch(r"h[1-6]", tag):
            self.flush()
            self._kind, self._level = BlockKind.HEADING, int(tag[1])
        elif tag in {"ul", "ol"}:
            self.flush()
            start = values.get("start") or "1"
            self._lists.append((int(start) if start.isdecimal() else 1) if tag == "ol" else None)
        elif tag == "li":
            self.flush()
            self._kind, self._level = BlockKind.LIST_ITEM, max(0, len(self._lists) - 1)
            self._text.append(self._marker())
        elif tag == "pre":
            self.flush()
            self._kind, self._pre = BlockKind.CODE, True
        elif tag in _BLOCKS and not self._is_item_start():
            self.flush()

    def _is_item_start(self) -> bool:
        return self._kind is BlockKind.LIST_ITEM and len("".join(self._text).strip()) <= 3

    def _marker(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "- "
        number = self._lists[-1]
        self._lists[-1] = number + 1
        return f"{number}. "

    def _take(self) -> str:
        text = "".join(self._text)
        self._text.clear()
        if self._pre:
            return text.strip("\n")
        text = re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub(r"[ \t]+", " ", text)).strip()
        return "" if self._kind is BlockKind.LIST_ITEM and re.fullmatch(r"-|\d+\.", text) else text

    def _open_cell(self, tag: str, rows: list[list[str]]) -> None:
        if tag in {"tr", "td", "th"}:
            self._close_cell()
        if tag == "tr":
            rows.append([])
        elif tag in {"td", "th"}:
            self._take()
            self._in_cell = True

    def _close_cell(self) -> None:
        """Close the open cell; authors leave out </td> and </tr>, as they may."""
        if self._in_cell and self._rows:
            self._rows[-1].append(self._take())
        self._in_cell = False

    def _close_table(self) -> None:
        self._close_cell()
        rows = [row for row in self._rows or [] if any(row)]
        self._rows = None
        if rows:
            self.blocks.append(table_block(rows, line=self.getpos()[0]))
