"""Working times as stories tell them: 「月8h」「1件20分」「半日」 to a duration and its unit."""

import re
import unicodedata
from dataclasses import replace
from datetime import timedelta

from assistant.domain import Measure

HOURS_PER_DAY = 8
"""A day of work, not of the clock: 「1日」 is 8 hours, 「半日」 4."""
DAYS_PER_WEEK = 5
DAYS_PER_MONTH = 20

_MINUTES = {
    "秒": 1 / 60,
    "分": 1,
    "時間": 60,
    "日": 60 * HOURS_PER_DAY,
    "週間": 60 * HOURS_PER_DAY * DAYS_PER_WEEK,
    "か月": 60 * HOURS_PER_DAY * DAYS_PER_MONTH,
}
_SPELLINGS = (
    (r"(?:hours?|hrs?|h)(?![a-z])", "時間"),
    (r"(?:minutes?|mins?|m)(?![a-z])", "分"),
    (r"(?:seconds?|secs?|sec)(?![a-z])", "秒"),
    (r"分間", "分"),
    (r"日間|営業日|人日", "日"),
    (r"人時|時間分", "時間"),
    (r"[ヶケカヵ箇ヵ]月|か月間", "か月"),
)
_COUNTERS = (
    "案件|件|回|通|本|枚|人|名|社|者|ページ|頁|冊|部|品目|品|台|点|題|問|ファイル|資料|記事|投稿|会議|"
    "商談|現場|拠点|店舗|ロット|図面|契約|伝票|書類|文書|言語|セット|種類|号|巻|章|項目|月|週|日|年"
)
"""General Japanese counters that a time can be told for."""

_NUMBER = r"\d+(?:\.\d+)?"
_PART = rf"(?:{_NUMBER}\s*(?:週間|か月|時間|分|秒|日)半?|半日|半月)"
_DURATION = rf"{_PART}(?:\s*と?\s*{_PART})*"
_PER_BEFORE = rf"(?:毎({_COUNTERS})|(\d*)\s*({_COUNTERS}))"
_LINK = r"(?:あたり|当たり|当り|につき|ごとに|ごと|平均|間|に|で|合計|計|の|、|,|:|\s)*"
_ABOUT = r"(?:約|およそ|おおよそ|だいたい|ほぼ|平均|最大|最長|のべ|延べ|合計|計|\s)*"
_MEASURE = re.compile(
    rf"(?:{_PER_BEFORE}{_LINK})?{_ABOUT}(?P<time>{_DURATION})"
    rf"(?:\s*(?:ほど|くらい|ぐらい|程度|弱|強)?\s*[/・(]?\s*(?:(?P<n>\d*)\s*(?P<unit>{_COUNTERS})(?:あたり|当たり|につき|ごと)|"
    rf"/\s*(?P<slash>{_COUNTERS})))?"
)
_SLASH = re.compile(rf"\s*/\s*(?P<n>\d*)\s*(?P<unit>{_COUNTERS})")
_RANGE = re.compile(rf"\d\s*(?:分|時間|日)?\s*(?:[~〜～\-–ー]|から)\s*{_NUMBER}")
_CALENDAR = re.compile(
    r"\d{4}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?|\d{1,2}\s*月\s*\d{1,2}\s*日"
)
_KANJI = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_KANJI_NUMBER = re.compile(
    r"[〇一二三四五六七八九十百]+(?=\s*(?:時間|分|秒|日|週間|か月|[ヶケカヵ箇]月|件|回|人|名|通|本|枚|社))"
)


def _renamed(pattern: str, prefix: str) -> str:
    """Return `pattern` with its named groups renamed, to stand twice in one expression."""
    return re.sub(r"\(\?P<(\w+)>", lambda match: f"(?P<{prefix}_{match[1]}>", pattern)


_ARROW = r"\s*[^\n。→⇒]{0,12}?\s*(?:→|⇒|➡|->|=>)\s*[^\n。→⇒]{0,12}?"
_FROM = r"\s*(?:ほど|くらい|程度)?(?:かか[^\n。]{0,20}?)?(?:から|が、?)\s*"
_CHANGE = re.compile(
    rf"(?P<before>{_renamed(_MEASURE.pattern, 'b')})(?:{_ARROW}|{_FROM})"
    rf"(?P<after>{_renamed(_MEASURE.pattern, 'a')})"
)


def parse_measure(text: str) -> Measure:
    """Return what `text` says, its words kept; `duration` is None unless exactly one time stands.

    Ranges («30〜40分») and amounts that are no time («3件», «8割») keep their words only: a number
    is never invented.
    """
    found = find_measures(text)
    folded = _fold(text)
    if len(found) != 1 or _RANGE.search(folded) or _CALENDAR.search(folded):
        outside = find_measures(re.sub(r"[((][^))]*[))]", "", text))
        if len(outside) != 1 or _RANGE.search(folded) or _CALENDAR.search(folded):
            return Measure(text.strip())
        found = outside
    return Measure(text.strip(), found[0].duration, found[0].per)


def find_measures(text: str) -> list[Measure]:
    """Return every time in `text`, in order; `original` is the folded wording of each."""
    folded = _CALENDAR.sub(" ", _fold(text))
    found = []
    for match in _MEASURE.finditer(folded):
        slash = _SLASH.match(folded, match.end())
        per = _per(match, slash)
        found.append(Measure(match[0].strip(), _duration(match["time"]), per))
    return found


def find_change(text: str) -> tuple[Measure, Measure] | None:
    """Return (before, after) where `text` tells both: «2時間 → 30分», «半日から40分に»."""
    for line in text.split("\n"):
        match = _CHANGE.search(_fold(line))
        if match is None:
            continue
        first, second = parse_measure(match["before"]), parse_measure(match["after"])
        if first.duration and second.duration and first.duration > second.duration:
            return (
                replace(first, original=_as_written(first.original, line)),
                replace(second, original=_as_written(second.original, line)),
            )
    return None


def _as_written(folded: str, line: str) -> str:
    """Return the words of `line` that fold to `folded`: «月8h» for «月8時間»."""
    if folded in line:
        return folded
    for length in range(1, len(folded) + 4):
        for start in range(len(line) - length + 1):
            words = line[start : start + length]
            if _fold(words) == folded:
                return words
    return folded


def saving(before: Measure | None, after: Measure | None) -> timedelta | None:
    """Return the time saved, where both are times for the same unit."""
    if before is None or after is None or before.duration is None or after.duration is None:
        return None
    return before.duration - after.duration if before.per == after.per else None


def span_of(measure: Measure) -> str:
    """Return the time alone, folded: «3時間» of «月に約3h»; empty if there is none."""
    match = _MEASURE.search(_CALENDAR.sub(" ", _fold(measure.original)))
    return match["time"].strip() if match else ""


def _fold(text: str) -> str:
    """Return `text` in half width, with digits for kanji numbers and one spelling a unit."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    for spelling, unit in _SPELLINGS:
        text = re.sub(rf"(?<=[\d\s一二三四五六七八九十半数]){spelling}", unit, text)
    return _KANJI_NUMBER.sub(lambda match: str(_kanji_number(match[0])), text)


def _kanji_number(text: str) -> int:
    total = current = 0
    for character in text:
        if character in "十百":
            total += (current or 1) * (10 if character == "十" else 100)
            current = 0
        else:
            current = current * 10 + _KANJI[character]
    return total + current


def _duration(text: str) -> timedelta:
    minutes = 0.0
    for match in re.finditer(rf"({_NUMBER})\s*(週間|か月|時間|分|秒|日)(半?)|半日|半月", text):
        if match[1] is None:
            days = 0.5 if match[0] == "半日" else DAYS_PER_MONTH / 2
            minutes += days * HOURS_PER_DAY * 60
        else:
            minutes += (float(match[1]) + (0.5 if match[3] else 0)) * _MINUTES[match[2]]
    return timedelta(seconds=round(min(minutes, 1e8) * 60))


def _per(match: re.Match[str], slash: re.Match[str] | None) -> str:
    """Return the unit of a match: 「月」「件」, or 「10件」 when it is for ten."""
    groups = match.groups()
    number, unit = groups[1] or "", groups[0] or groups[2] or match["unit"] or match["slash"]
    if match["unit"]:
        number = match["n"] or ""
    if not unit and slash:
        number, unit = slash["n"] or "", slash["unit"]
    if not unit:
        return ""
    return unit if number in {"", "1"} else f"{number}{unit}"
