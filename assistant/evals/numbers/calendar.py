"""Dates and times of day in text: 2026年4月1日, 令和8年, 4/1, 午後5時半, 9:00."""

import re
from dataclasses import dataclass

from assistant.evals.numbers.numerals import amount
from assistant.evals.numbers.units import CLOCK, DATE

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = (
    rf"(?:(?P<era>令和|平成)\s?(?P<reign>元|{_N})"
    r"|(?P<ad>(?:19|20)\d\d|二〇[〇一二三四五六七八九]{2}))"
)
_MONTH_WORD = r"月(?!間|額|末|曜|単位)"
_M, _D = r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12]\d|0?[1-9])"
_HOUR_WORD = r"時(?!間|点|期|代|短|系|刻|限)"
CALENDAR = "|".join(
    (
        (
            r"(?<!\d)(?P<iso>(?P<y1>(?:19|20)\d\d)(?P<sep>[-/.])"
            r"(?P<m1>\d{1,2})(?P=sep)(?P<d1>\d{1,2}))(?!\d)"
        ),
        (
            rf"(?<!\d)(?P<long>{_YEAR}\s?年(?!度|間)"
            rf"(?:\s?(?P<m2>{_N})\s?月(?:\s?(?P<d2>{_N})\s?日)?)?)"
        ),
        rf"(?<!\d)(?P<short>(?P<m3>{_N})\s?月\s?(?P<d3>{_N})\s?日(?!間))",
        rf"(?<!\d)(?P<month>(?P<m4>{_N}){_MONTH_WORD})",
        rf"(?<![\d/])(?P<slash>(?P<y5>(?:19|20)\d\d/)?(?P<m5>{_M})/(?P<d5>{_D}))(?![\d/])",
        rf"(?<![\d/])(?P<yearmonth>(?P<y6>(?:19|20)\d\d)/(?P<m6>{_M}))(?![\d/])",
        (
            r"(?<![\d:])(?P<clock>(?P<noon>午前|午後)?\s?"
            r"(?:(?P<h1>\d{1,2}):(?P<t1>[0-5]\d)(?![\d:])"
            rf"|(?!一時)(?P<h2>{_N}){_HOUR_WORD}(?:(?P<t2>半)|(?P<t3>{_N})分)?))"
        ),
    )
)
"""Alternatives with named groups, for text in NFKC."""

_REIGN_BEGINS = {"令和": 2018, "平成": 1988}


@dataclass(frozen=True, slots=True)
class Dated:
    """Value and class of a date or a time of day."""

    value: float
    unit_class: str
    amount: float
    """The leading numeral, for ranges: 17 for «17時»."""


def calendar_value(match: re.Match[str]) -> Dated | None:
    """Return the date or time of day that a match of CALENDAR stands for; None for others."""
    part = match.groupdict()
    if part["clock"]:
        return _clock(part)
    if part["iso"] or part["yearmonth"]:
        year, month = part["y1"] or part["y6"], part["m1"] or part["m6"]
        return _date(float(year), float(month), float(part["d1"] or 0))
    if part["long"]:
        return _date(_year(part), amount(part["m2"] or ""), amount(part["d2"] or ""))
    if part["short"] or part["month"]:
        return _date(0, amount(part["m3"] or part["m4"]), amount(part["d3"] or ""))
    if part["slash"]:
        year = float((part["y5"] or "0").rstrip("/"))
        return _date(year, float(part["m5"]), float(part["d5"]))
    return None


def date_parts(value: float) -> tuple[int, int, int]:
    """Return year, month and day of a DATE number; 0 = not told."""
    whole = int(value)
    return whole // 10000, whole // 100 % 100, whole % 100


def _date(year: float, month: float, day: float) -> Dated:
    value = year * 10000 + month * 100 + day
    return Dated(value, DATE, month if not (year or day) else value)


def _year(part: dict[str, str | None]) -> float:
    era, reign = part["era"], part["reign"] or ""
    if era:
        return _REIGN_BEGINS[era] + (1 if reign == "元" else amount(reign))
    return amount(part["ad"] or "")


def _clock(part: dict[str, str | None]) -> Dated:
    hour = amount(part["h1"] or part["h2"] or "")
    minute = 30.0 if part["t2"] else amount(part["t1"] or part["t3"] or "")
    afternoon = 12 if part["noon"] == "午後" and hour < 12 else 0
    value = (hour + afternoon) * 60 + minute
    return Dated(value, CLOCK, hour if not minute and not afternoon else value)
