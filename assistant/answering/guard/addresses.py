"""Postal addresses: house numbers with a municipality in front, and its postcode."""

import re
from collections.abc import Iterator, Sequence

from assistant.answering.guard.spans import Span
from assistant.domain import Category
from assistant.ports import Morpheme

_NUMBER = r"(?:\d{1,5}|[一二三四五六七八九十]{1,4})"
_UNIT = r"(?:丁目|番地|番町|番|条|号|線)"
_HOUSE = re.compile(
    rf"(?:{_NUMBER}{_UNIT}|\d{{1,5}}-\d{{1,5}}|\d{{1,4}}の\d{{1,4}}(?:の\d{{1,4}})?|(?<=[町字る])\d{{1,5}})"
    rf"(?:[のー通東西南北]{{0,2}}{_NUMBER}{_UNIT}|[のー-]\d{{1,5}}|(?<=[目地]){_NUMBER})*"
    r"(?:\s?[一-龠々ァ-ヶー・A-Za-z]{0,15}\d{0,3}[一-龠々ァ-ヶー・]{0,10}\d{1,4}(?:階|F|号室?)"
    r"|\s?[一-龠々ァ-ヶー・A-Za-z0-9]{1,15}(?:ビル|タワー|マンション|ハイツ|コーポ|荘|館))?"
)
_MUNICIPALITY = re.compile(
    r"(?:〒\s?\d{3}-?\d{4}\s?)?"
    r"(?:(?P<prefecture>東京都|北海道|京都府|大阪府|[一-龠]{2,3}県)\s?)?"
    r"[一-龠々ァ-ヶーぁ-ん]{1,7}?[市区郡町村]\s?(?:[^\s、。0-9:「」]{0,20})\s?$"
)
_WHOLE = re.compile(
    r"(?:[一-龠]{2,3}県|北海道|東京都|京都府|大阪府)[一-龠々ァ-ヶーぁ-ん]{1,8}?[市区郡町村]"
    r"[一-龠々ァ-ヶーぁ-ん]{1,16}\d{1,5}(?:番地?)?(?![\d年月日円人名個件台時分%万千回])"
    r"|(?:[ァ-ヶー]{2,9}(?:ケン|フ|ト|ドウ)\s[ァ-ヶー]{1,9}ク|[ァ-ヶー]{2,9}(?:シ|グン))\s(?:[ァ-ヶー0-9]{1,14}\s){0,4}"
    r"[ァ-ヶー0-9]{0,14}\d{1,4}(?:-\d{1,4}){1,3}(?!\d)"
)
"""A lot behind prefecture and town; an address in kana as lists of customers hold it."""
_BEFORE_HOUSE = 40
"""Characters in front of a house number that may name prefecture and town."""


def find_addresses(text: str, words: Sequence[Morpheme]) -> Iterator[Span]:
    """Yield addresses in folded `text`; a postcode alone is the name of a quarter."""
    for match in _WHOLE.finditer(text):
        yield Span(match.start(), match.end(), Category.ADDRESS)
    for match in _HOUSE.finditer(text):
        first = max(0, match.start() - _BEFORE_HOUSE)
        town = _town(text[first : match.start()])
        if town:
            start = first + town.start()
            if not town["prefecture"] and "〒" not in town.group():
                start = _first_place(words, start, match.start())
            yield Span(start, match.end(), Category.ADDRESS)


def _town(before: str) -> re.Match[str] | None:
    """Prefer a reading that begins with a postcode or prefecture."""
    found: re.Match[str] | None = None
    at = 0
    while match := _MUNICIPALITY.search(before, at):
        if match["prefecture"] or "〒" in match.group():
            return match
        found = found or match
        at = match.start() + 1
    return found


def _first_place(words: Sequence[Morpheme], start: int, end: int) -> int:
    """Return where the first place name stands: «住所は横浜市» begins with 横浜."""
    return next(
        (
            word.start
            for word in words
            if start <= word.start and word.end <= end and "地名" in word.pos
        ),
        start,
    )
