"""Numbers typed by hand: titles of parts «4 生成物の利用», and items that stand in one line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.corpus.rules.markers import look
from assistant.corpus.rules.modals import kind_of_heading
from assistant.corpus.text import narrow
from assistant.domain import Block, BlockKind

_TITLE = re.compile(
    r"\s*(?P<number>\d{1,2}(?:\.\d{1,2})+|\d{1,2}[.)]?(?=\D)|[A-Z][.)]|\(\d{1,2}\)|[①-⑳]|[一二三四五六七八九十]{1,3}[.、])"
    r"\s*(?P<title>\S.*)$"
)
_PART = re.compile(
    r"(?:(?:使用|利用|対象)\w{0,3}者|使用|利用|活用|入力|出力|生成物?|画像|作成|体制|運用|範囲|方針|目的|趣旨|対象|定義|サービス|ツール|ガイドライン|告知"
    r"|について|取り?扱い?|管理|ルール|注意|留意|事項|例|責任|教育|研修|相談|報告|対応|見直し|その他|はじめに|おわりに|最小化"
    r"|保護|確認|権利|著作権|信頼性|正確性|禁止|制限|原則|情報|環境|手続き?|公開|点|こと|可能性|リスク|侵害|漏えい|漏洩)(?:\([^()]*\))?$"
)
"""How parts of rules are called; «会議の録音» is what a clause speaks of."""
_LONGEST = 24
"""Characters of a title."""
TITLE_LEVEL, PART_LEVEL = 5, 6
"""Of headings: «4 生成物の利用», and «4.1 …» or «①…» below it. Articles stand above both."""
_NUMBERS = (
    tuple(f"{number} " for number in "一二三四五六七八九十"),
    tuple(f"({number})" for number in range(1, 21)),
    tuple("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
)
"""How items are numbered that stand in one line: «次の情報 一 氏名 二 住所»."""


def unrolled(block: Block) -> Block:
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


def titled(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield numbered titles such as «4 生成物の利用» as headings of what stands under them.

    Not where a heading above tells what holds for all items: there the title is part of its item.
    """
    told = False
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            told = kind_of_heading(block.text) is not None
        first, _, rest = block.text.partition("\n")
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        level = 0 if told or block.level else _level_of_title(first)
        if not level or not (rest or _stands_under(after, first, level)):
            yield block
            continue
        yield Block(BlockKind.HEADING, first.strip(), level, page=block.page, line=block.line)
        if rest:
            line = None if block.line is None else block.line + 1
            yield Block(BlockKind.PARAGRAPH, rest, page=block.page, line=line)


def _level_of_title(line: str) -> int:
    """Return the level of a numbered line that names a part of a rule; 0 for every other line."""
    match = _TITLE.match(narrow(line))
    if match is None or not _PART.search(match["title"]) or len(match["title"]) > _LONGEST:
        return 0
    inner = "." in match["number"].rstrip(".") or not match["number"][0].isalnum()
    return PART_LEVEL if inner else TITLE_LEVEL


def _stands_under(after: Block | None, title: str, level: int) -> bool:
    """Return whether what follows belongs to a title: text, its own parts, or other items."""
    if after is None or after.kind is BlockKind.HEADING:
        return False
    if other := _level_of_title(after.text.partition("\n")[0]):
        return other > level
    return after.kind is BlockKind.PARAGRAPH or look(after.text) != look(title)
