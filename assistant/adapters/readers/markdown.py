"""Markdown: markdown-it finds the blocks, their text stays as it stands in the source."""

import re
import textwrap
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.corpus.decoding import read_text
from assistant.corpus.frontmatter import split_front_matter
from assistant.domain import Block, BlockKind
from assistant.ports import Extract

if TYPE_CHECKING:
    from markdown_it.token import Token

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_DATA_IMAGE = re.compile(r"!\[([^\]]*)\]\(data:[^)]*\)")


class MarkdownReader:
    """`.md` and `.markdown`; front matter is left to the corpus room."""

    @property
    def suffixes(self) -> Collection[str]:
        """Lower-case suffixes with the dot."""
        return (".md", ".markdown")

    def read(self, path: Path) -> Extract:
        """Return the blocks of the body, with lines of the file. Raises DocumentError."""
        parts = split_front_matter(read_text(path))
        return parse_markdown(parts.body, first_line=parts.body_line)


def parse_markdown(text: str, *, first_line: int = 1) -> Extract:
    """Return the blocks of Markdown text that starts at `first_line` of its file."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table").parse(text)
    walk = _Walk(tokens, text.split("\n"), first_line)
    blocks = tuple(block for block in walk.blocks() if block.text.strip())
    comments = len(_COMMENT.findall(text)) if walk.comments else 0
    notes = (f"見えないコメント({comments}か所)を除いて読みました",) if comments else ()
    return Extract(blocks, notes=notes)


class _Walk:
    """One pass over markdown-it's flat list of tokens."""

    def __init__(self, tokens: "Sequence[Token]", lines: list[str], first_line: int) -> None:
        self._tokens = tokens
        self._lines = lines
        self._first_line = first_line
        self.comments = False

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks in order."""
        index = depth = 0
        while index < len(self._tokens):
            token = self._tokens[index]
            if token.type in {"bullet_list_open", "ordered_list_open"}:
                depth += 1
            elif token.type in {"bullet_list_close", "ordered_list_close"}:
                depth -= 1
            elif token.type == "list_item_open":
                block, index = self._item(index, depth - 1)
                yield block
                continue
            elif token.type in {"paragraph_open", "blockquote_open", "table_open", "heading_open"}:
                close = self._closing(index)
                yield self._block(index, close)
                index = close
            elif token.type in {"fence", "code_block"}:
                yield self._lines_of(token, BlockKind.CODE)
            elif token.type == "html_block":
                block = self._lines_of(token, BlockKind.PARAGRAPH)
                yield self._with_text(block, _TAG.sub("", block.text).strip())
            index += 1

    def _block(self, index: int, close: int) -> Block:
        token = self._tokens[index]
        if token.type == "heading_open":
            text = self._visible(self._tokens[index + 1].content)
            return Block(BlockKind.HEADING, text, int(token.tag[1]), line=self._line(token))
        if token.type == "table_open":
            block = self._lines_of(token, BlockKind.TABLE)
            rows = self._rows(self._tokens[index:close])
            return Block(BlockKind.TABLE, block.text, line=block.line, rows=rows)
        return self._lines_of(token, BlockKind.PARAGRAPH)

    def _item(self, index: int, depth: int) -> tuple[Block, int]:
        """Return the item without the lists inside it, and where to go on."""
        token = self._tokens[index]
        start, end = token.map or (0, 0)
        following = index + 1
        while self._tokens[following].type not in {
            "bullet_list_open", "ordered_list_open", "list_item_close",
        }:  # fmt: skip
            following += 1
        nested = self._tokens[following]
        if nested.type != "list_item_close" and nested.map:
            end = nested.map[0]
        text = self._visible(
            textwrap.dedent("\n".join(self._lines[start:end])).strip("\n").rstrip()
        )
        return Block(BlockKind.LIST_ITEM, text, depth, line=start + self._first_line), following

    def _rows(self, tokens: "Sequence[Token]") -> tuple[tuple[str, ...], ...]:
        rows: list[tuple[str, ...]] = []
        cells: list[str] = []
        for token in tokens:
            if token.type == "tr_open":
                cells = []
            elif token.type == "inline":
                cells.append(self._visible(token.content).replace("<br>", "\n"))
            elif token.type == "tr_close":
                rows.append(tuple(cells))
        return tuple(rows)

    def _closing(self, index: int) -> int:
        level = self._tokens[index].level
        closing = self._tokens[index].type.replace("_open", "_close")
        for number in range(index + 1, len(self._tokens)):
            if self._tokens[number].type == closing and self._tokens[number].level == level:
                return number
        return len(self._tokens) - 1

    def _lines_of(self, token: "Token", kind: BlockKind) -> Block:
        start, end = token.map or (0, 0)
        text = textwrap.dedent("\n".join(self._lines[start:end])).rstrip()
        if kind is not BlockKind.CODE:
            text = self._visible(text)
        return Block(kind, text, line=start + self._first_line)

    def _line(self, token: "Token") -> int | None:
        return token.map[0] + self._first_line if token.map else None

    def _visible(self, text: str) -> str:
        if "<!--" in text:
            self.comments = True
            text = _COMMENT.sub("", text)
        return _DATA_IMAGE.sub(r"\1", text)

    @staticmethod
    def _with_text(block: Block, text: str) -> Block:
        return Block(block.kind, text, line=block.line)
