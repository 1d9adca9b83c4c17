"""The gate: everything that a run has to pass, joined by AND."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.evals.baseline import Baseline
from assistant.evals.gate.checks import (
    check_errors,
    check_thresholds,
    check_zero_tolerance,
    known_failure_notes,
)
from assistant.evals.gate.comparison import (
    changed_cases_note,
    check_coverage,
    check_latency,
    check_new_failures,
    check_regressions,
    flips,
    unreliable,
)
from assistant.evals.gate.integrity import check_integrity, refuse_doubles
from assistant.evals.gate.known_failures import KnownFailures
from assistant.evals.gate.report import Check, GateFinding, GateReport, GateWord, finding
from assistant.evals.gate.rules import GateRules
from assistant.evals.metric import Metric
from assistant.evals.results import MetricResult, Results


def judge_gate(
    results: Results,
    baseline: Baseline | None,
    rules: GateRules,
    known: KnownFailures,
    *,
    metrics: Sequence[Metric],
    today: date,
) -> GateReport:
    """Return the verdict on a run. Raises SuiteError where a case counts twice.

    A run passes when all of these hold: whole scores, thresholds (safety metrics with the
    pessimistic end of the interval), no failing case of a zero-tolerance metric outside the
    allow-list, the error budget; and against the baseline no lost case, no shrunken n, no
    significant drop, no slower answers.
    """
    refuse_doubles(results)
    findings = [
        *check_integrity(results, metrics),
        *check_thresholds(results, rules),
        *check_zero_tolerance(results, rules, known, today),
        *check_errors(results, rules),
    ]
    notes = list(known_failure_notes(results, known, today))
    if baseline is None:
        findings += _without_baseline(rules)
        notes.append("比べる基準(baseline.json)がまだありません。悪化は調べていません。")
        return _report(findings, notes)
    if problem := unreliable(results, baseline, rules):
        return _report([*findings, _unreliable(problem)], notes)
    findings += [
        *check_coverage(results, baseline, rules),
        *check_new_failures(results, baseline, rules, known, today=today),
        *check_regressions(results, baseline, rules, metrics),
        *check_latency(results, baseline, rules),
    ]
    notes += _baseline_notes(results, baseline)
    changed, hidden = flips(results, baseline, metrics)
    return replace(_report(findings, notes), flips=changed, hidden_flips=hidden)


def _unreliable(problem: str) -> GateFinding:
    line = f"{problem}悪化は調べていません。理由を付けて bless してください。"
    return finding(Check.BASELINE, "", line, ok=False, word=GateWord.UNRELIABLE_BASELINE)


def joined_by(
    report: GateReport, findings: Sequence[GateFinding], *, notes: Sequence[str]
) -> GateReport:
    """Return the report with further findings, decided anew."""
    joined = _report((*report.findings, *findings), notes=(*report.notes, *notes))
    return replace(joined, flips=report.flips, hidden_flips=report.hidden_flips)


def _without_baseline(rules: GateRules) -> list[GateFinding]:
    if not rules.baseline_required:
        return []
    line = "基準(baseline.json)がありません。git で戻すか、`katsuyo eval bless` で作ってください。"
    return [finding(Check.MISSING_BASELINE, "", line, ok=False, word=GateWord.UNRELIABLE_BASELINE)]


def _baseline_notes(results: Results, baseline: Baseline) -> list[str]:
    notes = [changed_cases_note(results, baseline)]
    new = [one.title for one in results.metrics if _is_new(one, baseline)]
    if new:
        notes.append(f"基準にまだない指標は比べていません({'、'.join(new)})。")
    if baseline.fingerprint.corpus != results.fingerprint.corpus:
        notes.append("基準をとったときから、文書か company.yaml が変わっています。")
    if baseline.fingerprint.target != results.fingerprint.target:
        notes.append(
            f"基準は {baseline.fingerprint.target} の答え、"
            f"今回は {results.fingerprint.target} の答えです。速さは比べていません。"
        )
    if baseline.reason:
        notes.append(
            f"基準は不合格のまま bless されています"
            f"({baseline.blessed.isoformat()}、理由: {baseline.reason})。"
        )
    return [note for note in notes if note]


def _is_new(result: MetricResult, baseline: Baseline) -> bool:
    return bool(result.n) and not result.unit and result.name not in baseline.scores


def _report(findings: Iterable[GateFinding], notes: Sequence[str]) -> GateReport:
    ordered = tuple(sorted(findings, key=lambda one: one.ok))
    return GateReport(_word(ordered), ordered, notes=tuple(notes))


_ORDER = (
    GateWord.REGRESSION,
    GateWord.UNRELIABLE_BASELINE,
    GateWord.INSUFFICIENT_DATA,
    GateWord.SOFT_REGRESSION,
    GateWord.IMPROVED,
)
"""The word of a run is the first of these that one of its findings says."""


def _word(findings: Sequence[GateFinding]) -> GateWord:
    said = {one.word for one in findings}
    return next((word for word in _ORDER if word in said), GateWord.PASS)
