"""What numbers count: units by class, so that 90分 and 1.5時間 are the same amount."""

import re
from dataclasses import dataclass

NUMBER = "number"
"""No unit stands with it."""
TIME = "time"
"""Seconds."""
DAY = "day"
"""Days of the calendar; a week is 7. 半日 is half a day, not a number of hours."""
MONTH = "month"
"""Months; a year is 12."""
PERCENT = "percent"
TIMES = "times"
YEN = "yen"
DATE = "date"
"""Year × 10,000 + month × 100 + day; a part that is not told is 0."""
CLOCK = "clock"
"""Minutes after midnight."""
ORDINAL = "ordinal"
"""第3条, 3番目: a place in a list."""
DIGITS = "digits"
"""A telephone number or the like: its digits as one number."""
THINGS = "個"
"""つ・個・点: may stand for any counter."""

MEASURED = frozenset({TIME, DAY, MONTH, PERCENT, TIMES, YEN, DATE, CLOCK, ORDINAL, DIGITS})
"""Classes of their own; all others are counters."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it is written."""

    unit_class: str
    factor: float = 1.0
    """Times the amount = value in the unit of its class."""


_SPELLINGS: tuple[tuple[str, str, float], ...] = (
    (r"時間(?!帯|割|軸)|hours?(?![a-z])|hrs?(?![a-z])|h(?![a-z\d])", TIME, 3600),
    (r"分間|分(?!野|類|割|析|担|冊|岐|け|布|母|子)|minutes?(?![a-z])|mins?(?![a-z])", TIME, 60),
    (r"秒間|秒|seconds?(?![a-z])|secs?(?![a-z])", TIME, 1),
    (r"営業日|business days?", "営業日", 1),
    (r"週間|週(?!報|末|明|次)|weeks?(?![a-z])", DAY, 7),
    (r"日間|日(?!本|報|常|程)|days?(?![a-z])", DAY, 1),
    (r"[かヶヵケカヵ箇]月間?|months?(?![a-z])", MONTH, 1),
    (r"年度", "年度", 1),
    (r"年間|年(?!代|齢|次)|years?(?![a-z])", MONTH, 12),
    (r"%|パーセント|percent(?![a-z])", PERCENT, 1),
    (r"割(?!り|合|振|当|込)", PERCENT, 10),
    (r"倍|times(?![a-z])", TIMES, 1),
    (r"円|yen(?![a-z])", YEN, 1),
    (r"ドル", "ドル", 1),
    (r"人日|人月|人工|人時", "人日", 1),
    (r"人(?!事|材|物)|名(?!前|称|刺|義|詞)|people", "人", 1),
    (r"件|案件", "件", 1),
    (r"ページ|頁|p(?![a-z\d])", "ページ", 1),
    (r"回", "回", 1),
    (r"[かヶヵケカ箇]所", "か所", 1),
    (r"つ|個(?![人別々])|点(?!検|数)|items?(?![a-z])", THINGS, 1),
    (r"文字|字", "字", 1),
    (r"社(?!員|内|外|長|会)|部署|部門|拠点|店舗|台(?!帳|数)|枚|冊", "", 1),
    (r"通(?!り|知|勤|常)|本(?!人|社|文|部|来|当|体|木)|問(?!題|い)|題|語|種類|種", "", 1),
    (r"行|項目|段階|段落|段|品目|品|面|点数|番組|工程|案|例|式|曜日|代", "", 1),
    (r"度(?!合)|℃", "度", 1),
    (r"[kmgt]i?b(?![a-z])|kg|km|cm|mm|kwh|kw|px|pt|ms|ppm|rpm|g(?![a-z\d])|m(?![a-z\d])", "", 1),
)  # fmt: skip
_ORDINAL = r"条|項(?!目)|号|章|節|版|位|級|番(?!組)|期|次(?!第)|年生|四半期|丁目"

UNIT = re.compile(
    rf"\s?(?:(?P<ordinal>{_ORDINAL})|"
    + "|".join(f"(?P<u{n}>{spelling})" for n, (spelling, _, _) in enumerate(_SPELLINGS))
    + ")",
    re.IGNORECASE,
)
_OTHER = re.compile(r"[ァ-ヶー]+|[一-鿿]")
"""A counter that is not in the list: its katakana word or first kanji."""


@dataclass(frozen=True, slots=True)
class Found:
    """A unit behind a number, and where it ends."""

    unit: Unit
    end: int


def unit_at(text: str, at: int) -> Found | None:
    """Return the known unit that stands at `at`, if one does."""
    match = UNIT.match(text, at)
    if match is None:
        return None
    if match["ordinal"]:
        return Found(Unit(ORDINAL), match.end())
    number = int((match.lastgroup or "u0")[1:])
    _, unit_class, factor = _SPELLINGS[number]
    return Found(Unit(unit_class or match.group().strip().lower(), factor), match.end())


def other_unit_at(text: str, at: int) -> Found | None:
    """Return an unlisted counter that stands at `at`: «3拠»点, «3ステップ»."""
    match = _OTHER.match(text, at)
    return Found(Unit(match.group()), match.end()) if match else None
