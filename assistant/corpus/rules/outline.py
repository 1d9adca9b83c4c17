"""The outline of a rule, whatever the format: articles, paragraphs and items as typed by hand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.corpus.rules.markers import MARK, PARAGRAPH, look
from assistant.corpus.rules.modals import MARKER, is_neutral, kind_of_heading
from assistant.corpus.rules.titles import PART_LEVEL, titled, unrolled
from assistant.corpus.text import narrow
from assistant.domain import Block, BlockKind

_CAPTION = re.compile(r"\s*\(([^()\n]{1,30})\)\s*$")
_ARTICLE = re.compile(
    r"\s*(?:\((?P<before>[^()\n]{1,30})\)\s*)?"
    r"(?P<number>第\s*[0-9一二三四五六七八九十百]+\s*条(?:の[0-9一二三四五六七八九十]+)?)"
    r"(?P<gap>\s*)(?:\((?P<after>[^()\n]{1,30})\))?(?P<rest>.*)$",
    re.DOTALL,
)
_DOTTED_NUMBER = re.compile(r"\s*\d{1,2}(?:\.\d{1,2})+\s")
_CHAPTER = re.compile(r"\s*第\s*[0-9一二三四五六七八九十]+\s*[章節編](?=\s)")
_QUESTION = re.compile(r"\s*\**(?:[Qq]|問|質問)\s*[0-9]*\s*[..:、)\s]\s*\**(?=\S)")
_BOLD_LINE = re.compile(
    r"\s*(?:(?:\*\*|__)(?P<bold>[^*_\n]{1,40})(?:\*\*|__)|【(?P<boxed>[^】\n]{1,40})】)\s*:?\s*$"
)
_MAX_LABEL = 40
_MAX_NAME = 24
_MAX_WORD = 8
"""Characters of lines that may be headings: by the kind they name, or «附則», «記録» alone."""
_ARTICLE_LEVEL = 4
_BELOW_ALL = PART_LEVEL


def outline(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with articles as headings and each typed item as a block of its own."""
    lines = [piece for block in blocks for piece in _pieces(unrolled(block))]
    headed = list(_headed(list(titled(list(_articles(lines))))))
    return tuple(_levels(_leaves(headed)))


def _pieces(block: Block) -> Iterator[Block]:
    """Yield a paragraph or item by its lines where they start articles, items or questions."""
    if block.kind not in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM} or "\n" not in block.text:
        yield block if block.kind is not BlockKind.PARAGRAPH else _piece(block, [block.text], 0)
        return
    group: list[str] = []
    start = offset = 0
    for offset, line in enumerate(block.text.split("\n")):
        if group and _starts(line):
            yield _piece(block, group, start)
            group, start = [], offset
        group.append(line)
        if _CAPTION.match(narrow(line)) or _BOLD_LINE.match(narrow(line)):
            yield _piece(block, group, start)
            group, start = [], offset + 1
    if group:
        yield _piece(block, group, start)


def _starts(line: str) -> bool:
    line = narrow(line)
    return any(
        pattern.match(line)
        for pattern in (
            MARKER,
            _CHAPTER,
            _DOTTED_NUMBER,
            _CAPTION,
            PARAGRAPH,
            _QUESTION,
            MARK,
            _BOLD_LINE,
        )
    ) or bool(_ARTICLE.match(line) and _is_article(line))


def _piece(block: Block, lines: Sequence[str], start: int) -> Block:
    text = "\n".join(lines)
    line = None if block.line is None else block.line + start
    shape = narrow(text)
    bold = _BOLD_LINE.match(shape)
    if bold:
        inner = "bold" if bold["bold"] else "boxed"
        name = text[bold.start(inner) : bold.end(inner)].strip()
        return Block(BlockKind.HEADING, name, _BELOW_ALL, page=block.page, line=line)
    if _QUESTION.match(shape) and re.search(r"[?か]\**\s*$", shape):
        return Block(BlockKind.HEADING, text.strip(), _BELOW_ALL, page=block.page, line=line)
    numbered = PARAGRAPH.match(shape)
    short = numbered and not re.search(r"[。.]\s*$", text)
    item = MARKER.match(shape) or MARK.match(shape) or short
    listed = item or (block.kind is BlockKind.LIST_ITEM and start == 0)
    kind = BlockKind.LIST_ITEM if listed else BlockKind.PARAGRAPH
    level = block.level if start == 0 else 0
    return replace(block, kind=kind, text=text.strip("\n"), level=level, line=line)


def _is_article(text: str) -> bool:
    """Return whether «第3条» starts an article, and is not spoken of: «第3条の情報は…»."""
    match = _ARTICLE.match(narrow(text))
    if match is None:
        return False
    captioned = match["before"] or match["after"] or match["gap"]
    return bool(captioned) or not match["rest"].strip() or match["rest"][:1] in ":."


def _articles(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield articles as headings «第3条(禁止事項)»; a caption on the line above belongs to it."""
    waiting: Block | None = None
    for block in blocks:
        match = _ARTICLE.match(narrow(block.text)) if _may_be_article(block) else None
        if match and (waiting is not None or _is_article(block.text)):
            caption = match["after"] or match["before"] or (_caption(waiting) if waiting else "")
            waiting = None
            yield from _article(block, match, caption or "")
            continue
        if waiting is not None:
            yield waiting
            waiting = None
        if block.kind is not BlockKind.LIST_ITEM and _CAPTION.match(narrow(block.text)):
            waiting = block
        else:
            yield block
    if waiting is not None:
        yield waiting


def _may_be_article(block: Block) -> bool:
    return block.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING}


def _caption(block: Block) -> str:
    match = _CAPTION.match(narrow(block.text))
    return match[1] if match else ""


def _article(block: Block, match: re.Match[str], caption: str) -> Iterator[Block]:
    number = re.sub(r"\s", "", match["number"])
    rest = re.sub(r"^[\s:.\uff1a]+", "", block.text[match.start("rest") :]).rstrip()
    if not caption and rest and len(rest) <= _MAX_LABEL and not rest.endswith("。"):
        number, rest = f"{number} {rest}", ""
    level = block.level if block.kind is BlockKind.HEADING else _ARTICLE_LEVEL
    label = f"{number}({caption})" if caption else number
    yield Block(BlockKind.HEADING, label, level, page=block.page, line=block.line)
    if rest:
        yield Block(BlockKind.PARAGRAPH, rest, page=block.page, line=block.line)


def _headed(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield short lines such as «入力してはいけないもの» as headings of what follows.

    Not under a heading that tells a kind: there they are what it speaks of.
    """
    told = False
    for number, block in enumerate(blocks):
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        if block.kind is BlockKind.HEADING:
            told = kind_of_heading(block.text) is not None
        stands = after is not None and after.kind is not BlockKind.HEADING
        if stands and _names_kind(block) and not (told and not is_neutral(block.text.strip())):
            yield replace(block, kind=BlockKind.HEADING, level=_BELOW_ALL)
        else:
            yield block


def _names_kind(block: Block) -> bool:
    """Return whether a paragraph is a heading in all but its look: it names, and orders nothing."""
    text = block.text.strip()
    if block.kind is not BlockKind.PARAGRAPH or len(text) > _MAX_NAME or "\n" in text:
        return False
    if len(text) <= _MAX_WORD and is_neutral(text):
        return True
    named = re.search(r"(?:もの|こと|情報|とき|例|場合|事項|ケース|使い方|リスト)$", text)
    return kind_of_heading(text) is not None and (
        bool(named) or not re.search(r"[はを、。::]|[いすくるうただす]$", text)
    )


def _leaves(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield headings without text of their own as items: «### 1. 個人情報を入力しない»."""
    for number, block in enumerate(blocks):
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        empty = after is None or (after.kind is BlockKind.HEADING and after.level <= block.level)
        if block.kind is BlockKind.HEADING and empty and number:
            yield replace(block, kind=BlockKind.LIST_ITEM, level=0)
        else:
            yield block


def _levels(blocks: Iterator[Block]) -> Iterator[Block]:
    """Yield typed items with the depth that their markers tell: 1. over (1) over ア."""
    stack: list[str] = []
    for block in blocks:
        if block.kind is not BlockKind.LIST_ITEM:
            stack = []
            yield block
            continue
        shape = look(block.text)
        if block.level:
            yield block
            continue
        if shape in stack:
            del stack[stack.index(shape) + 1 :]
        else:
            stack.append(shape)
        yield replace(block, level=len(stack) - 1)
