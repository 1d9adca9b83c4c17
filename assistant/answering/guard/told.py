"""Numbers that nobody outside may read: unpublished figures, numbers of people, codes of doors.

A multinomial logistic regression over each number of a sentence, fitted by `training/numbers.py`.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from assistant.answering.guard.numerals import Numeral, numerals, traits
from assistant.answering.guard.spans import Span
from assistant.corpus.runs import read_arrays
from assistant.domain import Category
from assistant.ports import Morpheme

KINDS = (Category.UNPUBLISHED_FIGURE, Category.STAFF_OR_CUSTOMER_NUMBER, Category.SECRET)
"""Columns of the table, as against a number that says nothing."""
WEIGHTS = Path(__file__).with_name("told.npz")
SCALE = 24
"""Steps of the weights' int8 for one unit of the logit."""

_CAUTION = (-0.1, -1.0, -0.8)
"""What the logit of each kind must exceed; measured for figures at -0.4 to 0.4 on seven sets that
were left out (docs/en/security.md), where 0 finds .80 of them, and -0.2 finds .82."""
_FEWEST_DIGITS = (0, 3, 4)
"""Of each kind; fewer count or order things: «会員No.2»."""
_ALIKE = 1.5
"""How much less sure a number may be that is shaped like one beside it."""


def find_told(text: str, words: Sequence[Morpheme]) -> Iterator[Span]:
    """Yield numbers of folded `text` that are no business of anybody outside."""
    found = numerals(text, words)
    if not found:
        return
    table, intercept = _weights()
    scores = [
        table[rows].sum(axis=0, dtype="float32") / (SCALE * len(rows) ** 0.5) + intercept - _CAUTION
        for rows in traits(text, words, found)
    ]
    shapes = {
        (_shape(text, one), kind)
        for one, score in zip(found, scores, strict=True)
        for kind in _kinds(text, one, score, least=0.0)
        if kind
    }
    for one, score in zip(found, scores, strict=True):
        for kind in _kinds(text, one, score, least=-_ALIKE):
            if score[kind] > 0 or (_shape(text, one), kind) in shapes:
                yield _span(text, one, kind)


def _span(text: str, one: Numeral, kind: int) -> Span:
    """Return where it stands; what is longer than anybody's number is a key."""
    if KINDS[kind] is Category.UNPUBLISHED_FIGURE:
        return Span(one.start, one.whole, KINDS[kind])
    if one.end - one.start <= _LONGEST:
        return Span(one.start, one.end, KINDS[kind])
    word = _WORD.match(text, one.start)
    return Span(word.end() if word else one.start, one.end, Category.SECRET)


_LONGEST = 24
_WORD = re.compile(r"[A-Za-z]+ ")


def _kinds(text: str, one: Numeral, score: Any, *, least: float) -> Iterator[int]:
    """Yield the likeliest kind of a number, if it exceeds `least`."""
    kind = int(score.argmax())
    number = text[one.start : one.end]
    digits = sum(character.isdigit() for character in number)
    if score[kind] <= least:
        return
    if kind:
        counted = _COUNTED.match(text, one.end)
        says = digits >= _FEWEST_DIGITS[kind] and not (_PUBLIC.fullmatch(number) or counted)
    else:
        lesson = _CALENDAR.match(text, one.end) or _LESSON.match(text, one.end)
        published = _PUBLISHED.search(text, max(0, one.start - _NEAR), one.end + _NEAR)
        says = not (_BARE.fullmatch(number) or _CODE.match(number) or lesson or published)
    if says:
        yield kind


_PUBLIC = re.compile(r"[0 -]+|T?\d{13}|\d{1,4}\.\d{1,3}|(?:ISBN|ISSN|JAN)[ :-]?[\d-]{8,17}X?")
"""Zeros alone, numbers of corporations, which are public, of goods and books, and decimals:
nobody's number."""
_COUNTED = re.compile(
    r"\s?(?:桁|文字|件|名|人|円|万|年|個|回|月|日|分|秒|ページ|種類|%|号?\s?様式|度|点|mm|kg)"
)
_BARE = re.compile(r"1|[十百千万億]+|\d{1,2}/\d{1,2}")
"""«1台7万円», «百万円», «11/14»: what is counted by, not what is told."""
_CODE = re.compile(
    r"(?!(?:USD|US|JPY|EUR|GBP|CNY|RMB|TWD|HKD|KRW|SGD|AUD|CAD|CHF|THB|VND|INR|Rs)[^A-Za-z])[#A-Za-z]",
    re.IGNORECASE,
)
"""A letter in front makes a thing's code of it («KX-300»), but for currencies (ISO 4217)."""
_NEAR = 20
_PUBLISHED = re.compile(
    r"(?:公表|発表|公開|掲載|リリース)(?:済み|された|されて(?:いる|います|る(?!な)|おり))"
    r"|(?:[省庁]|日銀|国|[都道府県市区町村]|役場|労働局|税務署)(?:の[^、。]{0,6}|のサイト)?(?:に|で|が|も)"
    r"(?:出し|出て|載せ|載って|公表|発表|公開)(?!る?前|ない|なく|しない|予定)"
)
_LESSON = re.compile(r"[^。、\n]{0,14}(?:事例|成功例|工夫|アイデア|アイディア|例題|計算式|求め方)")
"""«…が前年比120%になった事例»: nobody's own figure."""
_CALENDAR = re.compile(r"年(?!間|収|商)|月(?!産|商|額|分)|[日時歳条相回](?!本|産|給|商)|四半期|曜")

_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[A-Za-z]")


def _shape(text: str, one: Numeral) -> str:
    return _LETTER.sub("a", _DIGIT.sub("0", text[one.start : one.end]))


@cache
def _weights() -> tuple[Any, ...]:
    return read_arrays(WEIGHTS, "table", "intercept")
