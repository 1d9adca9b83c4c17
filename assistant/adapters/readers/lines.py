"""Structure of plain lines: headings by number or size, list items, paragraphs."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.corpus.cleaning import is_japanese
from assistant.corpus.rules.modals import MARKER
from assistant.corpus.text import narrow
from assistant.domain import Block, BlockKind

_ARTICLE = re.compile(
    r"第\s*[0-90-9一二三四五六七八九十百]+\s*(編|部|章|節|条|項)(?:の\d+)?\s*([((][^))]{1,30}[))])?"
)
_ARTICLE_LEVELS = {"編": 1, "部": 1, "章": 2, "節": 3, "条": 4, "項": 5}
_NUMBERED = re.compile(
    r"([0-90-9]{1,2}(?:[..\--][0-90-9]{1,2})*)[..、]?(?:\s+|(?=[^\d\s..、,,%%年月日時分件名人回)])|$)"
)
_SIGN = re.compile(r"(?:■|◆|□|◇|▼|▶|【[^】]{1,30}】$|≪[^≫]{1,30}≫$|<[^>]{1,30}>$|〈[^〉]{1,30}〉$)")
_ENDS = tuple("。、.!?!?」』,,;;::")
_MAX_HEADING = 40
"""Characters of a line that may be a heading: about one line of A4 at 10.5 points."""

_SIZE_RATIO = 1.12
"""A heading's type is at least this much larger than that of the body."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, with what is known of its look."""

    text: str
    page: int | None = None
    number: int | None = None
    size: float = 0.0
    full: bool = False
    """Runs to the right edge, so that the next line goes on with it."""
    bold: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    """A table that stands in place of a line."""


def blocks_of(lines: Sequence[Line], *, wrapped: bool) -> tuple[Block, ...]:
    """Return the blocks of lines; an empty line ends a block.

    `wrapped`: the lines were broken by a page (PDF) and are joined where they go on; else the
    line breaks are the author's and stay.
    """
    body = _body_size(lines)
    blocks: list[Block] = []
    open_lines: list[Line] = []

    def close() -> None:
        if open_lines:
            blocks.append(_block(open_lines, wrapped=wrapped))
            open_lines.clear()

    for index, line in enumerate(lines):
        if not line.text.strip() and not line.rows:
            close()
            continue
        if line.rows:
            close()
            blocks.append(Block(BlockKind.TABLE, line.text, page=line.page, rows=line.rows))
            continue
        level = _heading_level(lines, index, body)
        if level:
            close()
            blocks.extend(_headed(line, level))
            continue
        if _starts_block(line, open_lines, wrapped=wrapped):
            close()
        open_lines.append(line)
    close()
    return tuple(blocks)


def join_wrapped(texts: Iterable[str]) -> str:
    """Return lines joined as one: without a space between Japanese, with one elsewhere."""
    joined = ""
    for text in (part.strip() for part in texts):
        if joined and text and not (is_japanese(joined[-1]) or is_japanese(text[0])):
            joined = joined[:-1] if joined.endswith("\u00ad") else f"{joined} "
        joined += text
    return joined


def _body_size(lines: Iterable[Line]) -> float:
    """Return the type size that most characters have; 0 when unknown."""
    weights: dict[float, int] = {}
    for line in lines:
        if line.size:
            size = round(line.size * 2) / 2
            weights[size] = weights.get(size, 0) + len(line.text)
    return max(weights, key=lambda size: (weights[size], -size)) if weights else 0.0


def _heading_level(lines: Sequence[Line], index: int, body: float) -> int:
    """Return 1–6 for a heading, 0 for other lines."""
    line = lines[index]
    text = narrow(line.text).strip()
    article = _ARTICLE.match(text)
    if article and (len(text) <= _MAX_HEADING or article[2]) and not text.endswith(_ENDS[:2]):
        return _ARTICLE_LEVELS[article[1]]
    if article and article[2]:
        return _ARTICLE_LEVELS[article[1]]
    larger = bool(body) and line.size >= body * _SIZE_RATIO
    ends = _ENDS[:-2] if larger else _ENDS
    if len(text) > _MAX_HEADING or text.endswith(ends) or not re.search(r"\w", text):
        return 0
    if larger:
        return _sized_level(line.size / body, text)
    return _plain_level(lines, index, text)


def _sized_level(ratio: float, text: str) -> int:
    numbered = _NUMBERED.match(text)
    if numbered and re.search(r"[..\--]", numbered[1]):
        return min(6, 2 + len(re.findall(r"[..\--]", numbered[1])))
    return 1 if ratio >= 1.7 else 2 if ratio >= 1.3 or numbered else 3


def _plain_level(lines: Sequence[Line], index: int, text: str) -> int:
    numbered = _NUMBERED.match(text)
    if numbered and len(text) > numbered.end():
        dots = len(re.findall(r"[..\--]", numbered[1]))
        if dots:
            return min(6, 2 + dots)
        return 0 if _in_numbered_list(lines, index) else 2
    if _SIGN.match(text) and not _is_slot_text(text):
        return 3
    return 3 if lines[index].bold and not MARKER.match(text) else 0


def _in_numbered_list(lines: Sequence[Line], index: int) -> bool:
    """Return whether the next or previous line is numbered too: a list, not headings."""
    for step in (1, -1):
        near = index + step
        while 0 <= near < len(lines) and not (lines[near].text.strip() or lines[near].rows):
            near += step
        if 0 <= near < len(lines):
            text = narrow(lines[near].text).strip()
            match = _NUMBERED.match(text)
            if match and match[1].isdecimal() and len(text) > match.end():
                return True
    return False


def _is_slot_text(text: str) -> bool:
    """Return whether «【…】» asks to be filled in, as templates do."""
    return bool(re.search(r"(貼り付け|入力|記入|ここに|書く)", text))


def _headed(line: Line, level: int) -> Iterator[Block]:
    """Yield a heading, and what stands behind «第3条(禁止事項)» on the same line."""
    text = line.text.strip()
    article = _ARTICLE.match(narrow(text))
    cut = article.end() if article and article[2] else len(text)
    yield Block(BlockKind.HEADING, text[:cut].strip(), level, page=line.page, line=line.number)
    if text[cut:].strip():
        yield Block(BlockKind.PARAGRAPH, text[cut:].strip(), page=line.page, line=line.number)


def _starts_block(line: Line, before: Sequence[Line], *, wrapped: bool) -> bool:
    if not before:
        return False
    if MARKER.match(narrow(line.text)):
        return True
    if not wrapped:
        return False
    if line.text.startswith("\u3000"):
        return True
    last = before[-1]
    return not last.full and (
        last.text.rstrip().endswith(_ENDS[:1]) or abs(last.size - line.size) > 1 or _is_short(last)
    )


def _is_short(line: Line) -> bool:
    return not line.full


def _block(lines: Sequence[Line], *, wrapped: bool) -> Block:
    first = lines[0]
    kind = BlockKind.LIST_ITEM if MARKER.match(narrow(first.text)) else BlockKind.PARAGRAPH
    text = (
        join_wrapped(line.text for line in lines)
        if wrapped
        else "\n".join(line.text for line in lines)
    )
    level = 0
    if kind is BlockKind.LIST_ITEM:
        indent = len(first.text) - len(first.text.lstrip(" \u3000\t"))
        level = min(indent // 2, 5)
        text = text.strip()
    return Block(kind, text, level, page=first.page, line=first.number)
