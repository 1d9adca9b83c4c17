"""The gate's first check: whether the results are whole. Nothing may be dropped on the way."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite, isnan

from assistant.errors import SuiteError
from assistant.evals.gate.lines import holdout_ids, told
from assistant.evals.gate.report import Check, GateFinding, finding
from assistant.evals.metric import Metric, Score
from assistant.evals.resampling import cluster_rows, counts_of
from assistant.evals.results import MetricResult, Results


def refuse_doubles(results: Results) -> None:
    """Raise SuiteError where a case or a metric counts twice, or a score belongs to no case."""
    asked = Counter(one.case.id for one in results.asked)
    names = Counter(result.name for result in results.metrics)
    for what, found in (("問い", asked), ("指標", names)):
        twice = sorted(name for name, count in found.items() if count > 1)
        if twice:
            raise SuiteError(
                f"{what}「{twice[0]}」が結果に二度あります。",
                remedy="id が重ならないように直して、もう一度実行してください。",
            )
    for name, scores in results.scores.items():
        strangers = sorted(scores.keys() - asked.keys())
        if strangers:
            raise SuiteError(
                f"{name} に、聞いていない問い「{strangers[0]}」の点数があります。",
                remedy="結果のファイルと eval/suites が同じ回のものか確かめてください。",
            )


def check_integrity(results: Results, metrics: Sequence[Metric]) -> Iterator[GateFinding]:
    """Find what does not fit together: a case not asked, a score that is no number, a wrong n."""
    secret = holdout_ids(results)
    silent = sorted(results.fingerprint.cases.keys() - {one.case.id for one in results.asked})
    if silent:
        # Nobody knows of which split a case is that was not asked: only their number is told.
        line = f"聞いていない問いが {len(silent)} 件あります。"
        yield finding(Check.INTEGRITY, "", line, ok=False)
    for metric in metrics:
        scores = results.scores.get(metric.name, {})
        broken = [one for one, score in scores.items() if not _is_whole(metric, score)]
        if broken:
            line = f"{metric.title}: 点数が数になっていません({told(broken, secret)})。"
            yield finding(Check.INTEGRITY, metric.name, line, ok=False, cases=broken, secret=secret)
        elif reason := _mismatch(metric, scores, results.metric(metric.name)):
            line = f"{metric.title}: {reason}"
            yield finding(Check.INTEGRITY, metric.name, line, ok=False)


def _is_whole(metric: Metric, score: Score) -> bool:
    if not all(map(isfinite, (score.value, *score.counts))):
        return False
    return bool(metric.unit) or -_ROUNDING <= score.value <= 1 + _ROUNDING


def _mismatch(metric: Metric, scores: Mapping[str, Score], result: MetricResult | None) -> str:
    """Return what is wrong with the result of a metric; empty = nothing."""
    if result is None:
        return "結果がありません。"
    if result.better is not metric.better:
        return "良し悪しの向きが、指標の定義と逆です。"
    if result.n != len(scores):
        return f"n={result.n} ですが、点数は {len(scores)} 件あります。"
    if not scores or metric.percentile is not None:
        return ""
    counts = {one: counts_of(score) for one, score in scores.items()}
    value = float(metric.aggregate(cluster_rows(counts, {}).total))
    if isnan(value) != isnan(result.value) or abs(value - result.value) > _ROUNDING:
        return "値が、問いごとの点数から出したものと合いません。"
    return ""


_ROUNDING = 1e-9
