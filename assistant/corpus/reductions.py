"""「3時間 → 50分」 to 「約7割減」, with the reckoning that shows it."""

from datetime import timedelta

from assistant.corpus.measures import DAYS_PER_MONTH, DAYS_PER_WEEK, HOURS_PER_DAY, span_of
from assistant.domain import Measure, Reduction

_DAY = timedelta(hours=HOURS_PER_DAY)
_CLOCK = (
    ("時間", timedelta(hours=1)),
    ("分", timedelta(minutes=1)),
    ("秒", timedelta(seconds=1)),
)
_CALENDAR = (
    ("月", "か月", _DAY * DAYS_PER_MONTH),
    ("週", "週間", _DAY * DAYS_PER_WEEK),
    ("日", "日", _DAY),
)
_NEAR = 0.035
"""How far a share may lie from full tenths to be told in 割 («約7割» for 67–73%)."""
_HALF = 5
_MOST_TENTHS = 0.93
"""From here on tenths say too little or too much: 97% is no «約10割»."""


def reduction(before: Measure | None, after: Measure | None) -> Reduction | None:
    """Return how much less `after` is than `before`; None unless both are times for the same.

    Clock times go with clock times, days with days: how many hours a day or days a week of work
    has is nowhere said in the story.
    """
    if before is None or after is None or before.per != after.per:
        return None
    first, second = before.duration, after.duration
    if not first or not second or second >= first:
        return None
    unit = _common_unit(before, after)
    if unit is None:
        return None
    share = (first - second) / first
    return Reduction(share, _words(share), _derivation(before, after, unit, share=share))


def _common_unit(before: Measure, after: Measure) -> tuple[str, timedelta] | None:
    """Return the largest unit that tells both in full; None where they have none in common."""
    named = [
        {(name, unit) for sign, name, unit in _CALENDAR if sign in span_of(measure)}
        for measure in (before, after)
    ]
    if any(named):
        return next(iter(named[0])) if named[0] == named[1] and len(named[0]) == 1 else None
    spans = [measure.duration or timedelta() for measure in (before, after)]
    return next((pair for pair in _CLOCK if not any(span % pair[1] for span in spans)), _CLOCK[-1])


def _words(share: float) -> str:
    """Return 割 where it is near to full tenths, else percent; «約» unless it is exact."""
    tenths, percent = round(share * 10), round(share * 100)
    if tenths >= 1 and share < _MOST_TENTHS and abs(share - tenths / 10) <= _NEAR:
        return _about(share, tenths / 10, "半分" if tenths == _HALF else f"{tenths}割減")
    return _about(share, percent / 100, f"{percent}%減")


def _about(share: float, told: float, words: str) -> str:
    return words if abs(share - told) < 1e-9 else f"約{words}"


def _derivation(
    before: Measure, after: Measure, unit: tuple[str, timedelta], *, share: float
) -> str:
    """Return both times in one unit, and the division."""
    name, length = unit
    amounts = [f"{(one.duration or timedelta()) / length:g}" for one in (before, after)]
    told = [
        f"{span_of(measure)}={amount}{name}"
        for measure, amount in zip((before, after), amounts, strict=True)
        if span_of(measure) != f"{amount}{name}"
    ]
    one, other = amounts
    return "、".join((*told, f"({one}−{other})÷{one}={share * 100:.0f}%"))
