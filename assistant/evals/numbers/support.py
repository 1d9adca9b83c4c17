"""Whether a number of an answer is borne by the numbers of its evidence."""

import math
import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from assistant.evals.numbers.calendar import date_parts
from assistant.evals.numbers.numbers import Number
from assistant.evals.numbers.units import (
    CLOCK,
    DATE,
    DAY,
    DIGITS,
    MEASURED,
    NUMBER,
    ORDINAL,
    PERCENT,
    THINGS,
    TIMES,
)

NEAR = 80
"""Characters between two numbers that may be reckoned with each other. A long passage holds so
many pairs that some pair would give any percentage."""

_CHANGE = re.compile(
    r"削減|短縮|節約|節減|圧縮|カット|[減増縮浮差]|[早速]く|少な|多[いくか]|空[いく]|余|上が|下が|プラス|マイナス"
)
_SPAN = re.compile(r"以内|以上|以下|未満|前|後|間|ほど|程度|くらい|ぐらい|かか|で|分|も")
"""What makes «7日» a span of time and no day of a month."""
_CALLED = re.compile(r"(?:差|増減|短縮|削減|節約)\S{0,4}$")
_CALLED_WITHIN = 7
"""Characters of the longest match of _CALLED and a line break: a whole answer need not be read."""
_ABOUT = re.compile(r"(?:約|およそ|おおよそ|だいたい|ほぼ)\s*$")
_DECIMALS = re.compile(r"\.(\d+)")


def is_borne(claim: Number, evidence: Sequence[Sequence[Number]], *, text: str) -> bool:
    """Tell whether `claim`, a number of `text`, stands in the evidence or is reckoned from it.

    `evidence` holds the numbers of one passage each: only numbers of one passage are reckoned
    with each other, and a difference must call itself one («40分短縮», «差は3件»).
    """
    said = (claim.value, claim.unit_class)
    known = [number for numbers in evidence for number in numbers]
    # Mostly the very same number stands there: found so, scoring takes a tenth less time.
    if any((one.value, one.unit_class) == said for one in known):
        return True
    if any(is_same(claim, one) for one in known):
        return True
    if claim.unit_class == DAY and not _SPAN.match(text, claim.end):
        return any(_is_day_of(claim, one) for one in known)
    return any(_is_derived(claim, numbers, text) for numbers in evidence)


def is_same(claim: Number, known: Number) -> bool:
    """Tell whether two numbers say the same amount of the same thing.

    A number without unit (a cell of a table) goes with every unit; つ and 個 with every counter.
    """
    if claim.unit_class == DATE and known.unit_class == DATE:
        told = zip(date_parts(claim.value), date_parts(known.value), strict=True)
        return all(mine in {0, theirs} for mine, theirs in told)
    if claim.unit_class == known.unit_class:
        return math.isclose(claim.value, known.value, rel_tol=1e-9)
    if NUMBER in {claim.unit_class, known.unit_class}:
        return math.isclose(claim.amount, known.amount, rel_tol=1e-9)
    counters = MEASURED.isdisjoint({claim.unit_class, known.unit_class})
    things = THINGS in {claim.unit_class, known.unit_class}
    return counters and things and claim.value == known.value


def _is_day_of(claim: Number, known: Number) -> bool:
    """Tell whether «15日» is the day of a date that is told whole elsewhere."""
    return known.unit_class == DATE and claim.value == date_parts(known.value)[2]


def _is_derived(claim: Number, numbers: Sequence[Number], text: str) -> bool:
    """Tell whether `claim` is %, × or difference of two numbers of one unit that stand near."""
    if claim.unit_class == PERCENT:
        step = 10.0 if "割" in claim.text else _step(claim)
        shares = (share for pair in _pairs(numbers) for share in _percentages(*pair))
        return any(abs(claim.value - share) <= step / 2 + 1e-9 for share in shares)
    if claim.unit_class == TIMES:
        half = _step(claim) / 2 if _is_rounded(claim, text) else 0.01
        ratios = (ratio for pair in _pairs(numbers) for ratio in _ratios(*pair))
        return any(abs(claim.value - ratio) <= half + 1e-9 for ratio in ratios)
    if not _CHANGE.search(text[claim.end : claim.end + 10] + "\n" + _before(text, claim)):
        return False
    same = (pair for pair in _pairs(numbers) if pair[0].unit_class == claim.unit_class)
    return any(math.isclose(claim.value, abs(one.value - other.value)) for one, other in same)


def _pairs(numbers: Sequence[Number]) -> Iterator[tuple[Number, Number]]:
    """Yield pairs of one unit whose ratio and difference mean something."""
    countless = {DATE, CLOCK, ORDINAL, DIGITS, NUMBER}
    for one, other in combinations(numbers, 2):
        alike = one.unit_class == other.unit_class and one.unit_class not in countless
        if alike and abs(one.start - other.start) <= NEAR and one.value and other.value:
            yield one, other


def _percentages(one: Number, other: Number) -> Iterator[float]:
    for a, b in ((one.value, other.value), (other.value, one.value)):
        yield 100 * b / a
        yield 100 * abs(a - b) / a


def _ratios(one: Number, other: Number) -> tuple[float, float]:
    return one.value / other.value, other.value / one.value


def _step(claim: Number) -> float:
    """Return the worth of the last digit told: 0.1 for «2.5倍»."""
    decimals = _DECIMALS.search(claim.text)
    return 10.0 ** -len(decimals[1]) if decimals else 1.0


def _is_rounded(claim: Number, text: str) -> bool:
    return "." in claim.text or bool(_ABOUT.search(text, max(claim.start - 6, 0), claim.start))


def _before(text: str, claim: Number) -> str:
    """Return the words in front of the number that may call it a difference: «差は40分»."""
    found = _CALLED.search(text, max(claim.start - _CALLED_WITHIN, 0), claim.start)
    return found.group() if found else ""
