"""Numbers with their units, compared as they are written: nothing is converted or reckoned."""

import re
import unicodedata
from functools import lru_cache

Amount = tuple[str, str]
"""Digits without separators and leading zeros, and the unit; empty where none stands with it."""

_CIRCLED = re.compile("[\u2460-\u24ff\u2776-\u2793]")
_SCALES = {"百": 100, "千": 1_000, "万": 10_000, "億": 100_000_000, "兆": 1_000_000_000_000}
_KANJI = {character: n for n, character in enumerate("〇一二三四五六七八九")}
_UNITS = (
    r"時間|営業日|週間|[かヶケカヵ箇]月間?|年度|年間|分間|日間|パーセント|ページ|文字|か所|"
    r"[年月日時分秒%割倍円件人名回つ個点社枚本冊台通問度行部章条]"
)
_SAME = {"パーセント": "%", "年間": "年", "分間": "分", "日間": "日", "名": "人"}
_ARABIC = re.compile(
    rf"(?<![a-z\d.\-])(?P<digits>\d+(?:,\d{{3}})*(?:\.\d+)?)(?P<scale>[百千万億兆]*)"
    rf"(?P<unit>{_UNITS}|[ァ-ヶー]+|[一-龠]|[a-z]+)?"
)
_IN_KANJI = re.compile(rf"(?<![一-龠])(?P<kanji>[一二三四五六七八九十百千]+)(?P<unit>{_UNITS})")
_MANNER = re.compile(r"一.*|十分")
"""«一度», «一人で», «十分» are ways of speaking more often than numbers."""


@lru_cache(maxsize=2_048)
def amounts(text: str) -> frozenset[Amount]:
    """Return the numbers that `text` claims, with the units that they are written with."""
    return frozenset(_found(text, claimed=True))


@lru_cache(maxsize=2_048)
def told_amounts(text: str) -> frozenset[Amount]:
    """Return the numbers that `text` may bear: «一週間» too, which claims none."""
    return frozenset(_found(text, claimed=False))


def _found(text: str, *, claimed: bool) -> set[Amount]:
    folded = unicodedata.normalize("NFKC", _CIRCLED.sub(" ", text)).lower()
    found = {
        (_value(match["digits"], match["scale"]), _unit(match["unit"] or ""))
        for match in _ARABIC.finditer(folded)
    }
    for match in _IN_KANJI.finditer(folded):
        if claimed and _MANNER.fullmatch(match.group()):
            continue
        found.add((str(_kanji_value(match["kanji"])), _unit(match["unit"])))
    return found


def _value(digits: str, scale: str) -> str:
    value = float(digits.replace(",", ""))
    for character in scale:
        value *= _SCALES[character]
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _kanji_value(text: str) -> int:
    total = current = 0
    for character in text:
        if character in _KANJI:
            current = _KANJI[character]
        else:
            total += (current or 1) * (10 if character == "十" else _SCALES[character])
            current = 0
    return total + current


def _unit(written: str) -> str:
    if re.fullmatch(r"[かヶケカヵ箇]月間?", written):
        return "か月"
    return _SAME.get(written, written)
