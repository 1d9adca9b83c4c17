"""The gate's checks that need no baseline: thresholds, zero tolerance, errors."""

from collections.abc import Iterator, Mapping
from datetime import date

from assistant.evals.baseline import error_share
from assistant.evals.gate.known_failures import KnownFailures
from assistant.evals.gate.lines import holdout_ids, shown, told, with_interval
from assistant.evals.gate.report import Check, GateFinding, GateWord, finding
from assistant.evals.gate.rules import GateRules, Threshold
from assistant.evals.metric import Better, Score
from assistant.evals.results import MetricResult, Results


def check_thresholds(results: Results, rules: GateRules) -> Iterator[GateFinding]:
    """Hold each metric against its limit; one without enough cases fails as insufficient_data."""
    for name, threshold in rules.thresholds.items():
        result = results.metric(name)
        if result is None or result.n < rules.minimum_cases:
            yield _insufficient(Check.THRESHOLD, name, result, rules.minimum_cases)
        else:
            yield _against(threshold, result)


def _against(threshold: Threshold, result: MetricResult) -> GateFinding:
    higher = threshold.better is Better.HIGHER
    reached = result.value
    if threshold.safety:
        reached = result.low if higher else result.high
    # NaN compares as False either way: it fails.
    ok = reached >= threshold.limit if higher else reached <= threshold.limit
    limit = shown(threshold.limit, result.unit) + ("以上" if higher else "以下")
    end = ("区間の下端が" if higher else "区間の上端が") if threshold.safety else ""
    said = "を満たしています" if ok else "に届きません"
    line = f"{result.title}: {with_interval(result)}。基準({end}{limit}){said}。"
    return finding(Check.THRESHOLD, threshold.metric, line, ok=ok)


def _insufficient(
    check: Check, name: str, result: MetricResult | None, minimum: int
) -> GateFinding:
    n = result.n if result else 0
    title = result.title if result else name
    line = (
        f"{title}: 試した問いが {n} 件しかなく({minimum} 件必要)、判断できません。"
        f"問いを足すか、使わないなら gate.toml から {name} を外してください。"
    )
    return finding(check, name, line, ok=False, word=GateWord.INSUFFICIENT_DATA)


def check_zero_tolerance(
    results: Results, rules: GateRules, known: KnownFailures, today: date
) -> Iterator[GateFinding]:
    """Fail on every failing case that nobody answers for."""
    for name in rules.zero_tolerance:
        result = results.metric(name)
        if result is None or result.n == 0:
            yield _insufficient(Check.ZERO_TOLERANCE, name, result, 1)
        else:
            allowed = known.allowed(name, today=today)
            yield _zero(result, results.scores.get(name, {}), allowed, holdout_ids(results))


def _zero(
    result: MetricResult,
    scores: Mapping[str, Score],
    allowed: frozenset[str],
    secret: frozenset[str],
) -> GateFinding:
    failing = failing_cases(result.better, scores)
    guilty = sorted(failing - allowed)
    excused = f"(猶予中 {len(failing & allowed)} 件)" if failing & allowed else ""
    if not guilty:
        line = f"{result.title}: 見逃せない失敗はありません(n={result.n}){excused}。"
        return finding(Check.ZERO_TOLERANCE, result.name, line, ok=True)
    line = (
        f"{result.title}: 一件も許されない失敗が {len(guilty)} 件あります"
        f"({told(guilty, secret)}){excused}。"
    )
    return finding(Check.ZERO_TOLERANCE, result.name, line, ok=False, cases=guilty, secret=secret)


def failing_cases(better: Better, scores: Mapping[str, Score]) -> frozenset[str]:
    """Return the cases that are not perfect; a score that is no number is not."""
    perfect = 1.0 if better is Better.HIGHER else 0.0
    # Shares of a case may be summed in floating point: 1 - 1e-16 is perfect.
    return frozenset(
        one for one, score in scores.items() if not abs(score.value - perfect) <= _ROUNDING
    )


_ROUNDING = 1e-9


def check_errors(results: Results, rules: GateRules) -> Iterator[GateFinding]:
    """Hold the share of cases that ended without an answer against the budget."""
    secret = holdout_ids(results)
    failed = [
        one.case.id
        for one in results.asked
        if not all(answer.ok for answer in (one.prediction, *one.paraphrases))
    ]
    if not results.asked:
        yield finding(
            Check.ERRORS,
            "",
            "一問も聞いていません。",
            ok=False,
            word=GateWord.INSUFFICIENT_DATA,
        )
        return
    found = error_share(results)
    ok = found <= rules.error_budget
    line = (
        f"答えられずに終わった問いは {len(failed)} 件({shown(found)})。"
        f"許されるのは {shown(rules.error_budget)} まで"
        + ("です。" if ok else f"です({told(failed, secret)})。")
    )
    yield finding(Check.ERRORS, "", line, ok=ok, cases=failed, secret=secret)


def known_failure_notes(results: Results, known: KnownFailures, today: date) -> Iterator[str]:
    """Tell which entries of the allow-list do not count, or are not needed any more."""
    secret = holdout_ids(results)
    for entry in known.entries:
        score = results.scores.get(entry.metric, {}).get(entry.case)
        result = results.metric(entry.metric)
        what = f"known_failures.toml の {entry.metric} / {told([entry.case], secret)}"
        if score is None or result is None:
            yield f"{what}: 今回は試していません。"
        elif not failing_cases(result.better, {entry.case: score}):
            yield f"{what}: もう直っています。消してください。"
        elif problem := entry.problem(today):
            yield f"{what}: {problem}。数えません(担当: {entry.owner})。"
