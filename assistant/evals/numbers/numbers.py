"""The numbers of Japanese text with their units, as scoring compares them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.evals.numbers.calendar import CALENDAR, calendar_value
from assistant.evals.numbers.numerals import ARABIC, KANJI, amount, magnitude
from assistant.evals.numbers.units import (
    DAY,
    DIGITS,
    MONTH,
    NUMBER,
    ORDINAL,
    PERCENT,
    THINGS,
    TIME,
    TIMES,
    YEN,
    Found,
    Unit,
    other_unit_at,
    unit_at,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a reader takes it."""

    value: float
    """In the unit of its class: seconds, days, months, yen, …"""
    unit_class: str
    """One of `assistant.evals.numbers.units`, or the counter itself: 「件」「人」「ページ」."""
    text: str
    """The words, as written."""
    start: int
    """Offset into the text (code points)."""
    amount: float = 0.0
    """The numeral alone, before its unit: 30 for «30分»."""
    stated: bool = True
    """False where the words may be no number at all («十分», «一度», «3の条件»): they can bear a
    number of an answer, and claim none."""

    @property
    def end(self) -> int:
        """Return the offset behind it."""
        return self.start + len(self.text)


_SKIPPED = (
    r"\[\d{1,3}(?:\s*[,、]\s*\d{1,3})*\]",  # citation markers
    r"(?:https?://|www\.)[!-~]+",
    r"(?<![\d.])\d{1,2}\.[ \t]+(?=[^\d\s])",  # 「3. 入力禁止」
    r"(?<=[「『(])\d{1,2}\.(?=[^\d])",
    r"(?:バージョン|\bver(?:sion|\.)?|\bv)[ \t]*\d+(?:\.\d+)*",
    r"\d+(?:\.\d+){2,}",
    r"[A-Za-z_]+[-–]?\d[A-Za-z0-9_.\-]*",  # names: GPT-4o, A4, M365
)
_SKIPPING = frozenset(f"s{n}" for n in range(len(_SKIPPED)))
"""The groups of _SKIPPED in _MASTER."""
_LIST_MARKER = re.compile(r"^[ \t>*+\-]*\(?\d{1,3}(?:\)|\.(?!\d)|[、:](?!\d))[ \t]*", re.MULTILINE)
_START = re.compile(
    r"(?<![A-Za-z_])[A-Za-z_]|[\[0-9バ〇一二三四五六七八九十百千万億兆半数何幾¥$令平午]"
)
"""How everything in _MASTER begins: trying it only there is four times as fast."""
_MASTER = re.compile(
    "|".join(
        (
            *(f"(?P<s{n}>{pattern})" for n, pattern in enumerate(_SKIPPED)),
            CALENDAR,
            rf"(?P<part>(?P<below>{ARABIC}|{KANJI})分の(?P<above>{ARABIC}|{KANJI}))",
            r"(?P<digits>\d{2,5}(?:-\d{2,4}){1,3}-\d{3,4})",
            r"(?P<half>半(?:日|年|月|時間))",
            rf"(?P<yen>[¥$])[ ]?(?P<price>{ARABIC})",
            rf"(?P<vague>[数何幾](?:{ARABIC}|{KANJI}))",
            rf"(?P<wari>(?P<tens>{ARABIC}|{KANJI})割(?P<ones>\d|[一二三四五六七八九])分)",
            rf"(?P<arabic>{ARABIC})",
            rf"(?P<kanji>{KANJI})",
        )
    ),
    re.IGNORECASE,
)
_RUN = re.compile(r"[\t\n -~、-〟ぁ-ゖァ-ヾ一-鿿]+|(?P<other>.)", re.DOTALL)
"""Runs that NFKC leaves alone, and single characters that it may change."""
_HALVES = {"日": (0.5, DAY), "年": (6.0, MONTH), "月": (0.5, MONTH), "時": (1800.0, TIME)}
_RANGE = re.compile(r"\s?(?:~|〜|-|–|—|から)\s?")
_NUMERAL = re.compile(rf"{ARABIC}|{KANJI}")
_LATIN = re.compile(r"[A-Za-z]")
_NAME_BEFORE = re.compile(r"[A-Za-z] $")
_REFERENCE = re.compile(r"の[一-鿿]")
_WORD = re.compile(
    r"十分(?!間|以内|以上|以下|ほど|程度|くらい|ぐらい|前|後|かか|弱|強|ずつ|おき|短)|一行"
)
"""Words of kanji that are a number only sometimes: «十分» is mostly «enough»."""
_USUAL = frozenset({THINGS, "度", "人", "回", "行", "か所", "字", "文", "枚", "本", "段"})
"""Counters whose «1» is a manner of speaking: 一度, 一人で, 1つずつ."""


@lru_cache(maxsize=8192)
def numbers_in(text: str) -> tuple[Number, ...]:
    """Return the numbers of `text` in reading order.

    List markers, citation markers, version numbers, addresses and product names are none.
    """
    plain, offsets = _narrow(text)
    narrow = _LIST_MARKER.sub(lambda marker: " " * len(marker.group()), plain)
    found = _merged(_ranged(list(_scan(narrow)), narrow), narrow)
    if narrow == text:
        return tuple(found)
    return tuple(
        replace(one, start=offsets[one.start], text=text[offsets[one.start] : offsets[one.end]])
        for one in found
    )


def _narrow(text: str) -> tuple[str, range | list[int]]:
    """Return `text` in NFKC, and for each of its offsets (and the end) the one in `text`."""
    if unicodedata.is_normalized("NFKC", text):  # most texts: circled numbers are not NFKC
        return text, range(len(text) + 1)
    parts: list[str] = []
    offsets: list[int] = []
    for run in _RUN.finditer(text):
        folded = run.group()
        if run["other"]:
            circled = "①" <= folded <= "⓿"
            folded = " " if circled else unicodedata.normalize("NFKC", folded)
            offsets += [run.start()] * len(folded)
        else:
            offsets += range(run.start(), run.end())
        parts.append(folded)
    return "".join(parts), [*offsets, len(text)]


def _scan(text: str) -> Iterator[Number]:
    at = 0
    while start := _START.search(text, at):
        match = _MASTER.match(text, start.start())
        found = _read(match, text) if match else None
        at = found.end if found else match.end() if match else start.end()
        if found:
            yield found


def _read(match: re.Match[str], text: str) -> Number | None:
    """Return the number that a match stands for; None for what is none."""
    if match["arabic"] or match["kanji"]:
        return _quantity(match, text)
    if match.lastgroup in _SKIPPING:
        return None
    groups = match.groupdict()
    value, unit, numeral = 0.0, NUMBER, 0.0
    dated = calendar_value(match)
    if dated:
        value, unit, numeral = dated.value, dated.unit_class, dated.amount
    elif groups["part"]:
        below = amount(groups["below"])
        value, unit = (amount(groups["above"]) / below if below else 0.0), TIMES
    elif groups["digits"]:
        value, unit = float(groups["digits"].replace("-", "")), DIGITS
    elif groups["half"]:
        value, unit = _HALVES[match.group()[1]]
    elif groups["yen"]:
        value, unit = amount(groups["price"]), YEN if groups["yen"] == "¥" else "ドル"
    elif groups["wari"]:
        value, unit = amount(groups["tens"]) * 10 + amount(groups["ones"]), PERCENT
    else:
        return None
    return Number(value, unit, match.group(), match.start(), amount=numeral or value)


def _quantity(match: re.Match[str], text: str) -> Number | None:
    """Return numeral and unit; a kanji numeral without a known unit is a word («三井»)."""
    numeral = match.group()
    found = unit_at(text, match.end())
    if match["kanji"]:
        if found is None or numeral[0] in "万億兆":
            return None
    elif found is None:
        if _LATIN.match(text, match.end()) or _NAME_BEFORE.search(text, 0, match.start()):
            return None
        found = other_unit_at(text, match.end())
    return _with_unit(match, text, found)


def _with_unit(match: re.Match[str], text: str, found: Found | None) -> Number:
    unit = found.unit if found else Unit(NUMBER)
    end = found.end if found else match.end()
    total = amount(match.group())
    if text.startswith("目", end) or text.endswith("第", 0, match.start()):
        unit, end = Unit(ORDINAL), end + text.startswith("目", end)
    elif text.startswith("半", end) and unit.unit_class in {TIME, DAY, MONTH}:
        total, end = total + 0.5, end + 1
    return Number(
        value=round(total * unit.factor, 6),
        unit_class=unit.unit_class,
        text=text[match.start() : end],
        start=match.start(),
        amount=total,
        stated=not _is_manner(match, text, unit.unit_class),
    )


def _is_manner(match: re.Match[str], text: str, unit_class: str) -> bool:
    """Tell whether the words are a manner of speaking or a reference rather than a claim."""
    if unit_class == NUMBER:
        return len(match.group()) <= 2 and bool(_REFERENCE.match(text, match.end()))
    if match["kanji"] and _WORD.match(text, match.start()):
        return True
    return unit_class in _USUAL and amount(match.group()) == 1


def _ranged(found: list[Number], text: str) -> list[Number]:
    """Give the first number of «2〜3日» and «1〜2万円» the unit and the 万 of the second."""
    for n in range(len(found) - 2, -1, -1):
        one, other = found[n], found[n + 1]
        between = text[one.end : other.start]
        if one.unit_class != NUMBER or other.unit_class == NUMBER or not _RANGE.fullmatch(between):
            continue
        factor = other.value / other.amount if other.amount else 1.0
        numeral = _NUMERAL.match(other.text)
        scale = magnitude(numeral.group()) if numeral and magnitude(one.text) == 1 else 1.0
        worth = one.amount * scale
        found[n] = replace(
            one, value=round(worth * factor, 6), unit_class=other.unit_class, amount=worth
        )
    return found


def _merged(found: list[Number], text: str) -> list[Number]:
    """Join the parts of one time: «1時間30分», «2分と15秒»."""
    joined: list[Number] = []
    for one in found:
        last = joined[-1] if joined else None
        if (
            last
            and last.unit_class == one.unit_class == TIME
            and one.value < last.value
            and text[last.end : one.start] in {"", " ", "と"}
        ):
            value = last.value + one.value
            joined[-1] = replace(last, value=value, amount=value, text=text[last.start : one.end])
        else:
            joined.append(one)
    return joined
