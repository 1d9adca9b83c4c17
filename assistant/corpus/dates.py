"""Dates as people write them."""

import re
import unicodedata
from datetime import date

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s].*)?$")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_ERA = re.compile(r"(令和|R)\s*(\d{1,2}|元)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")
_REIWA_OFFSET = 2018


def parse_date(text: str) -> date | None:
    """Return the date in 2026-04-01, 2026/4/1, 2026年4月1日, 令和8年4月1日 or 2026年4月.

    A month alone is its first day. None when it is no date.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    era = _ERA.match(text)
    if era:
        year = _REIWA_OFFSET + (1 if era[2] == "元" else int(era[2]))
        return _date(year, int(era[3]), int(era[4]))
    found = _DATE.match(text) or _COMPACT.match(text)
    if found:
        return _date(int(found[1]), int(found[2]), int(found[3]))
    month = _MONTH.match(text)
    return _date(int(month[1]), int(month[2]), 1) if month else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
