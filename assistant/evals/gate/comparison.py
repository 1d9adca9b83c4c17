"""The gate's checks against the baseline: lost cases, regressions, latency, flips."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from assistant.evals.baseline import Baseline, machine_latencies
from assistant.evals.case import GENERATED_PREFIX
from assistant.evals.comparison import Difference, Side, paired_difference, significant
from assistant.evals.gate.known_failures import KnownFailures
from assistant.evals.gate.lines import holdout_ids, shown, told
from assistant.evals.gate.report import Check, Flip, GateFinding, GateWord, finding
from assistant.evals.gate.rules import GateRules
from assistant.evals.metric import Better, Metric, Score
from assistant.evals.results import Results

_MOST = 0.5
"""A baseline of which more than this share of the cases is gone or changed says nothing."""


def unreliable(results: Results, baseline: Baseline, rules: GateRules) -> str:
    """Return why the baseline cannot be compared with; empty = it can."""
    then, now = baseline.fingerprint.cases, results.fingerprint.cases
    if not then or not baseline.scores:
        return "基準(baseline.json)が空です。"
    gone = sum(now.get(one) != digest for one, digest in then.items())
    if gone > _MOST * len(then):
        return f"基準の {len(then)} 件のうち {gone} 件が、今の問いにないか、書き換えられています。"
    if baseline.error_share > rules.error_budget:
        return f"基準をとった回そのものが、{shown(baseline.error_share)} の問いで失敗しています。"
    return ""


def same_cases(results: Results, baseline: Baseline) -> frozenset[str]:
    """Return the cases that both have, with the same content."""
    then = baseline.fingerprint.cases
    return frozenset(
        one for one, digest in results.fingerprint.cases.items() if then.get(one) == digest
    )


def check_coverage(results: Results, baseline: Baseline, rules: GateRules) -> Iterator[GateFinding]:
    """Fail where a case of the baseline was not asked, or a metric is tried out less."""
    asked = {one.case.id for one in results.asked}
    gone = baseline.fingerprint.cases.keys() - asked
    excused = _gone_with_its_document(gone, results, baseline)
    lost = sorted(gone - excused)
    if lost:
        # Which of the lost ones were holdout is not known any more: none is named.
        line = (
            f"基準にある問いが {len(lost)} 件なくなりました。"
            "戻すか、理由を付けて bless してください。"
        )
        yield finding(
            Check.COVERAGE, "", line, ok=False, cases=sorted(set(lost) & baseline.answers.keys())
        )
    for name, scores in baseline.scores.items():
        if name in rules.unmeasured:
            continue
        before, now = len(scores.keys() - excused), len(results.scores.get(name, {}))
        if now < before:
            result = results.metric(name)
            title = result.title if result else name
            line = f"{title}: 試した問いが {before} 件から {now} 件に減りました。"
            yield finding(Check.COVERAGE, name, line, ok=False)


def _gone_with_its_document(
    gone: AbstractSet[str], results: Results, baseline: Baseline
) -> frozenset[str]:
    """Return the generated cases among `gone`, where the corpus that made them has changed."""
    if results.fingerprint.corpus == baseline.fingerprint.corpus:
        return frozenset()
    return frozenset(one for one in gone if one.startswith(GENERATED_PREFIX))


def check_regressions(
    results: Results, baseline: Baseline, rules: GateRules, metrics: Sequence[Metric]
) -> Iterator[GateFinding]:
    """Compare each metric case by case; only what chance does not explain fails."""
    clusters = {one.case.id: one.case.cluster for one in results.asked}
    same = same_cases(results, baseline)
    differences: list[Difference] = []
    titles = {metric.name: metric.title for metric in metrics}
    for metric in metrics:
        if metric.percentile is not None or metric.unit or metric.name in rules.excluded:
            continue
        before, after = _pairs(metric.name, results, baseline, same)
        if not _same_counting(before, after):
            line = f"{metric.title}: 数え方が基準と違います。理由を付けて bless してください。"
            yield finding(
                Check.BASELINE, metric.name, line, ok=False, word=GateWord.UNRELIABLE_BASELINE
            )
            continue
        found = paired_difference(metric, before, after, clusters)
        if found is not None:
            differences.append(found)
    worse = significant(differences, alpha=rules.alpha, side=Side.WORSE)
    better = significant(differences, alpha=rules.alpha, side=Side.BETTER)
    for one in differences:
        yield _compared(one, titles[one.metric], worse=worse, better=better)


def check_new_failures(
    results: Results, baseline: Baseline, rules: GateRules, known: KnownFailures, *, today: date
) -> Iterator[GateFinding]:
    """Fail on every case that scores worse than in the baseline, where nobody answers for it.

    A paired test needs three or four lost cases to speak (measured); one wrong verdict is enough.
    """
    same, secret = same_cases(results, baseline), holdout_ids(results)
    for name in rules.no_new_failures:
        result = results.metric(name)
        if result is None:
            continue
        before, after = _pairs(name, results, baseline, same)
        sign = 1.0 if result.better is Better.HIGHER else -1.0
        allowed = known.allowed(name, today=today)
        worse = sorted(
            one
            for one in before
            if sign * (after[one].value - before[one].value) < -_ROUNDING and one not in allowed
        )
        line = f"{result.title}: 基準より悪くなった問いはありません(n={len(before)})。"
        if worse:
            line = f"{result.title}: 基準では良かった問いが {len(worse)} 件悪くなりました"
            line += f"({told(worse, secret)})。"
        yield finding(Check.NEW_FAILURES, name, line, ok=not worse, cases=worse, secret=secret)


_ROUNDING = 1e-9


def _pairs(
    name: str, results: Results, baseline: Baseline, same: frozenset[str]
) -> tuple[dict[str, Score], dict[str, Score]]:
    then, now = baseline.scores.get(name, {}), results.scores.get(name, {})
    common = sorted(same & then.keys() & now.keys())
    return {one: then[one] for one in common}, {one: now[one] for one in common}


def _same_counting(before: Mapping[str, Score], after: Mapping[str, Score]) -> bool:
    widths = {len(score.counts or (0, 0)) for score in (*before.values(), *after.values())}
    return len(widths) <= 1


def _compared(
    one: Difference, title: str, *, worse: frozenset[str], better: frozenset[str]
) -> GateFinding:
    moved = f"{shown(one.before)} → {shown(one.after)}"
    bounds = f"差の区間 {one.low * 100:+.1f}〜{one.high * 100:+.1f} ポイント、n={one.n}"
    if one.metric in worse:
        line = f"{title}: 基準より悪くなりました({moved}、{bounds}、p={one.p_worse:.4f})。"
        return finding(Check.REGRESSION, one.metric, line, ok=False)
    word, said = GateWord.PASS, "基準と変わりません"
    if one.metric in better:
        word, said = GateWord.IMPROVED, "基準より良くなりました"
    elif one.change < 0:
        word, said = GateWord.SOFT_REGRESSION, "少し下がりましたが、偶然の範囲です"
    line = f"{title}: {said}({moved}、{bounds})。"
    return finding(Check.REGRESSION, one.metric, line, ok=True, word=word)


def check_latency(results: Results, baseline: Baseline, rules: GateRules) -> Iterator[GateFinding]:
    """Hold latencies against the baseline's, both in multiples of a fixed piece of work."""
    if rules.max_latency_ratio is None or baseline.fingerprint.target != results.fingerprint.target:
        return
    now = machine_latencies(results)
    for name, before in sorted(baseline.latencies.items()):
        result = results.metric(name)
        title = result.title if result else name
        if name not in now or not before > 0:
            line = f"{title}: 測れていないので、基準と比べられません。"
            yield finding(Check.LATENCY, name, line, ok=False, word=GateWord.INSUFFICIENT_DATA)
            continue
        ratio = now[name] / before
        ok = ratio <= rules.max_latency_ratio
        line = f"{title}: 基準の {ratio:.2f} 倍です({rules.max_latency_ratio:g} 倍まで)。"
        yield finding(Check.LATENCY, name, line, ok=ok)


def flips(
    results: Results, baseline: Baseline, metrics: Sequence[Metric]
) -> tuple[tuple[Flip, ...], int]:
    """Return the cases whose score changed, worse ones first, and how many are of the holdout."""
    secret, same = holdout_ids(results), same_cases(results, baseline)
    found: list[Flip] = []
    hidden = 0
    for metric in metrics:
        before, after = _pairs(metric.name, results, baseline, same)
        for one, was in before.items():
            now = after[one]
            if abs(now.value - was.value) <= _ROUNDING:
                continue
            if one in secret:
                hidden += 1
                continue
            rose = now.value > was.value
            worse = rose is (metric.better is Better.LOWER)
            found.append(Flip(one, metric.name, was.value, now.value, now.why, worse=worse))
    return tuple(sorted(found, key=lambda flip: not flip.worse)), hidden


def changed_cases_note(results: Results, baseline: Baseline) -> str:
    """Return what was changed since the baseline and is therefore not compared; may be empty."""
    then, now = baseline.fingerprint.cases, results.fingerprint.cases
    changed = [one for one in then.keys() & now.keys() if then[one] != now[one]]
    if not changed:
        return ""
    return f"書き換えられた問いは基準と比べていません({told(changed, holdout_ids(results))})。"
