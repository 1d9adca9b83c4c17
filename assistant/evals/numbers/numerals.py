"""算用数字と漢数字: how a number is written, and what it amounts to."""

import re
from functools import lru_cache

_PLAIN = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
ARABIC = rf"{_PLAIN}(?:[百千万億兆](?:{_PLAIN})?)*"
"""12,000 / 2.5 / 1万2千 / 2百万."""
KANJI = r"[〇一二三四五六七八九十百千万億兆]+"

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_SMALL = {"十": 10.0, "百": 100.0, "千": 1000.0}
_LARGE = {"万": 1e4, "億": 1e8, "兆": 1e12}
_PART = re.compile(r"\d+(?:\.\d+)?|[〇一二三四五六七八九]+|[十百千]|[万億兆]")
_MAGNITUDE = re.compile(r"[百千万億兆]+$")


@lru_cache(maxsize=4096)
def amount(text: str) -> float:
    """Return what a numeral comes to: «二千五百万» 25,000,000; «1万2千» 12,000; «二〇二六» 2026."""
    total = group = current = 0.0
    started = False
    for part in _PART.findall(text.replace(",", "")):
        if part in _LARGE:
            group += current if started else 0.0
            total += (group or 1.0) * _LARGE[part]
            group, current, started = 0.0, 0.0, False
        elif part in _SMALL:
            group += (current if started else 1.0) * _SMALL[part]
            current, started = 0.0, False
        else:
            current, started = _plain(part), True
    return round(total + group + current, 9)


def magnitude(text: str) -> float:
    """Return what the numeral ends on: 10,000 for «2万», 1 for «20»."""
    found = _MAGNITUDE.search(text)
    return amount(found.group()) if found else 1.0


def _plain(part: str) -> float:
    """Return the value of digits that stand for themselves: «12.5», «二〇»."""
    if part[0] in _DIGITS:
        return float("".join(str(_DIGITS[character]) for character in part))
    return float(part)
