"""The outline of a rule, whatever the format: articles, paragraphs and items as typed by hand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.corpus.modals import MARKER, is_neutral, kind_of_heading
from assistant.corpus.text import narrow
from assistant.domain import Block, BlockKind

_CAPTION = re.compile(r"\s*\(([^()\n]{1,30})\)\s*$")
_ARTICLE = re.compile(
    r"\s*(?:\((?P<before>[^()\n]{1,30})\)\s*)?"
    r"(?P<number>第\s*[0-9一二三四五六七八九十百]+\s*条(?:の[0-9一二三四五六七八九十]+)?)"
    r"(?P<gap>\s*)(?:\((?P<after>[^()\n]{1,30})\))?(?P<rest>.*)$",
    re.DOTALL,
)
_CHAPTER = re.compile(r"\s*第\s*[0-9一二三四五六七八九十]+\s*[章節編](?=\s)")
_PARAGRAPH = re.compile(r"\s*([0-9]{1,2})[\s\u3000]+(?=\S)")
"""«2 職員は、…»: a 項 of an article, or an item of a list, without a dot."""
_QUESTION = re.compile(r"\s*\**(?:[Qq]|問|質問)\s*[0-9]*\s*[..:、)\s]\s*\**(?=\S)")
_MARK = re.compile(r"\s*(?:[○◯〇◎⭕✓✔✅△▲⚠×✕✖❌✗⛔🚫]\ufe0f?)\s*(?=\S)")
_DOTTED = re.compile(r"^[・•●■◆]\s*(?=\S)")
"""A bullet that was typed behind the list's own: «- ・氏名»."""
_BOLD_LINE = re.compile(
    r"\s*(?:(?:\*\*|__)(?P<bold>[^*_\n]{1,40})(?:\*\*|__)|【(?P<boxed>[^】\n]{1,40})】)\s*:?\s*$"
)
_MAX_LABEL = 40
_MAX_NAME = 24
_MAX_WORD = 8
"""Characters of lines that may be headings: by the kind they name, or «附則», «記録» alone."""
_ARTICLE_LEVEL = 4
_BELOW_ALL = 6


def outline(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with articles as headings and each typed item as a block of its own."""
    lines = [piece for block in blocks for piece in _pieces(_unrolled(block))]
    headed = list(_headed(list(_articles(lines))))
    return tuple(_levels(_leaves(headed)))


_NUMBERS = (
    tuple(f"{number} " for number in "一二三四五六七八九十"),
    tuple(f"({number})" for number in range(1, 21)),
    tuple("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
)
"""How items are numbered that stand in one line: «次の情報 一 氏名 二 住所»."""


def _unrolled(block: Block) -> Block:
    """Return a paragraph with each of the items that it numbers in a line of its own."""
    if block.kind is not BlockKind.PARAGRAPH:
        return block
    return replace(block, text="\n".join(map(_line_by_line, block.text.split("\n"))))


def _line_by_line(text: str) -> str:
    """Return a line with an end of line before each of the items that it numbers."""
    for numbers in _NUMBERS:
        places, at = list[int](), 0
        for number in numbers:
            match = re.compile(rf"(?<=[\s。、:\uff1a]){re.escape(number)}").search(text, at)
            if match is None:
                break
            places.append(match.start())
            at = match.end()
        if len(places) > 1:
            return "\n".join(text[a:b].strip() for a, b in pairwise([0, *places, len(text)]))
    return text


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
        for pattern in (MARKER, _CHAPTER, _CAPTION, _PARAGRAPH, _QUESTION, _MARK, _BOLD_LINE)
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
    numbered = _PARAGRAPH.match(shape)
    short = numbered and not re.search(r"[。.]\s*$", text)
    item = MARKER.match(shape) or _MARK.match(shape) or short
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
        if match and _is_article(block.text):
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
    """Yield short lines such as «入力してはいけないもの» as headings of what follows."""
    for number, block in enumerate(blocks):
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        if after is not None and after.kind is not BlockKind.HEADING and _names_kind(block):
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
        look = _look(block.text)
        if block.level:
            yield block
            continue
        if look in stack:
            del stack[stack.index(look) + 1 :]
        else:
            stack.append(look)
        yield replace(block, level=len(stack) - 1)


def _look(text: str) -> str:
    """Return what a marker looks like: all numbers alike, all katakana alike."""
    text = narrow(text)
    match = MARKER.match(text) or _MARK.match(text) or _PARAGRAPH.match(text)
    marker = match[0].strip() if match else ""
    if _MARK.match(text):
        return "mark"
    marker = re.sub(r"[0-9]+", "1", marker)
    marker = re.sub(r"[①-⑳]", "①", re.sub(r"[⑴-⒇]", "⑴", marker))
    marker = re.sub(r"[ァ-ヴ]", "ア", re.sub(r"[a-z]", "a", marker))
    return re.sub(r"[一二三四五六七八九十]+", "一", marker)


def number_of(text: str) -> str:
    """Return the number of an item as people call it: «(2)», «①», «2»; "" for a bullet."""
    match = MARKER.match(narrow(text))
    marker = match[0].strip() if match else ""
    numbered = re.search(r"[\d①-⑳⑴-⒇一二三四五六七八九十ァ-ヴa-z]", marker)
    return marker.rstrip(".") if numbered else ""


def paragraph_number(text: str) -> str:
    """Return «第2項» for «2 職員は、…», else ""."""
    match = _PARAGRAPH.match(narrow(text))
    return f"第{int(match[1])}項" if match else ""


def mark_of(text: str) -> str:
    """Return the ○, △, × or ✅ that an item begins with, else ""."""
    match = _MARK.match(text) or _MARK.match(MARKER.sub("", narrow(text), count=1))
    return match[0].strip() if match else ""


def without_marker(text: str) -> str:
    """Return an item or 項 without its bullet or number, and without the mark behind it."""
    for pattern in (MARKER, _MARK, _PARAGRAPH):
        match = pattern.match(narrow(text))
        if match:
            rest = _DOTTED.sub("", text[match.end() :].strip())
            mark = _MARK.match(narrow(rest))
            return rest[mark.end() :].strip() if mark else rest
    return text.strip()
