"""Geometry of the page's charts: numbers only, the template draws."""

import math
from collections import Counter
from dataclasses import dataclass

from assistant.domain import VerdictKind
from assistant.evals.reports import labels
from assistant.evals.reports.view import CaseRow, MetricRow
from assistant.evals.results import Results

BAR = 100
"""Width of an interval bar in its own units."""
_BINS = 24
_OUTLIER = 1.5
"""Times the 95th percentile: latencies beyond it share the last column."""
_ROUND_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Bar:
    """Where value, interval and baseline stand on a bar of BAR units."""

    value: float
    low: float
    high: float
    base: float | None


@dataclass(frozen=True, slots=True)
class Cell:
    """Cases with one wanted and one given verdict."""

    n: int
    right: bool
    unsafe: bool
    """Prohibited by the rule, allowed by the answer."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """Wanted verdicts by row, given ones by column."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class Bin:
    """One column of the histogram; milliseconds from `start` up to `end`."""

    start: float
    end: float
    n: int
    height: float
    """0–100."""
    rest: bool = False
    """Everything from `start` up: outliers must not flatten the rest."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """Latencies of all answers."""

    bins: tuple[Bin, ...]
    n: int
    median: float
    p95: float


def bar(row: MetricRow) -> Bar | None:
    """Return the bar of a ratio; None for milliseconds and where nothing was measured."""
    result = row.result
    if result.unit or math.isnan(result.value):
        return None
    low, high = (result.value if math.isnan(end) else end for end in (result.low, result.high))
    return Bar(
        value=_place(result.value),
        low=_place(low),
        high=_place(high),
        base=None if row.base is None or math.isnan(row.base) else _place(row.base),
    )


def _place(ratio: float) -> float:
    return round(min(max(ratio, 0.0), 1.0) * BAR, 2)


def confusion(results: Results) -> Confusion | None:
    """Return wanted × given verdicts over all cases that want one; a crash has its own column."""
    counts: Counter[tuple[str, str]] = Counter()
    for asked in results.asked:
        if asked.case.expect.verdict is not None:
            given = asked.prediction.verdict if asked.prediction.ok else ""
            counts[asked.case.expect.verdict.value, given if given in labels.VERDICTS else ""] += 1
    if not counts:
        return None
    kinds = [kind.value for kind in VerdictKind]
    unsafe = (VerdictKind.PROHIBITED.value, VerdictKind.ALLOWED.value)
    rows = tuple(
        (
            labels.VERDICTS[wanted],
            tuple(
                Cell(counts[wanted, given], wanted == given, (wanted, given) == unsafe)
                for given in (*kinds, "")
            ),
        )
        for wanted in kinds
    )
    return Confusion((*(labels.VERDICTS[kind] for kind in kinds), "回答なし"), rows)


def histogram(results: Results) -> Histogram | None:
    """Return the latencies in bins of a round width; None where none was measured."""
    every = (asked.prediction.latency_ms for asked in results.asked)
    took = sorted(ms for ms in every if 0 < ms < math.inf)
    if not took:
        return None
    p95 = took[math.ceil(len(took) * 0.95) - 1]
    step = _round_step(max(min(took[-1], p95 * _OUTLIER), 1) / _BINS)
    counts = Counter(min(int(ms // step), _BINS) for ms in took)
    most = max(counts.values())
    bins = tuple(
        Bin(
            start=step * index,
            end=step * (index + 1),
            n=counts[index],
            height=100 * counts[index] / most,
            rest=index == _BINS,
        )
        for index in range(max(counts) + 1)
    )
    return Histogram(bins, len(took), took[(len(took) - 1) // 2], p95)


def _round_step(least: float) -> float:
    power: float = 10.0 ** math.floor(math.log10(least))
    return float(next(step * power for step in _ROUND_STEPS if step * power >= least))


def departments(cases: tuple[CaseRow, ...]) -> tuple[str, ...]:
    """Return the departments that ask, in order of appearance."""
    return tuple(dict.fromkeys(row.case.department for row in cases if row.case.department))
