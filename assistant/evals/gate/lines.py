"""The gate's sentences: numbers as people read them, and case ids without the holdout's."""

from collections.abc import Collection, Iterable
from math import isnan

from assistant.evals.case import Split
from assistant.evals.results import MetricResult, Results

_SHOWN = 5
"""So many ids are named in a line; the rest are counted. `GateFinding.cases` has them all."""


def shown(value: float, unit: str = "") -> str:
    """Return a value as a reader wants it: 97.5% or 130 ms."""
    if isnan(value):
        return "なし"
    return f"{value:,.0f} {unit}" if unit else f"{value * 100:.1f}%"


def with_interval(result: MetricResult) -> str:
    """Return the value, its 95% interval and n."""
    low, high = shown(result.low, result.unit), shown(result.high, result.unit)
    return f"{shown(result.value, result.unit)}(95%区間 {low}〜{high}、n={result.n})"


def holdout_ids(results: Results) -> frozenset[str]:
    """Return the ids that no report may name."""
    return frozenset(one.case.id for one in results.asked if one.case.split is Split.HOLDOUT)


def told(cases: Iterable[str], secret: Collection[str]) -> str:
    """Return the ids as words: those of the holdout only as a number."""
    cases = sorted(cases)
    open_ids = [one for one in cases if one not in secret]
    words = "、".join(open_ids[:_SHOWN])
    if len(open_ids) > _SHOWN:
        words += f" ほか {len(open_ids) - _SHOWN} 件"
    hidden = len(cases) - len(open_ids)
    if not hidden:
        return words
    return f"{words}、非公開の問い {hidden} 件" if words else f"非公開の問い {hidden} 件"
