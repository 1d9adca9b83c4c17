"""Joins a run, the gate's word and the baseline into what reports may show: no holdout case."""

from dataclasses import replace

from assistant.evals.baseline import Baseline, KeptAnswer
from assistant.evals.case import Split
from assistant.evals.gate.known_failures import KnownFailures
from assistant.evals.gate.report import Flip, GateFinding, GateReport
from assistant.evals.metric import Asked, Score
from assistant.evals.reports import labels
from assistant.evals.reports.earlier import Before, before_of
from assistant.evals.reports.text import one_line
from assistant.evals.reports.view import (
    CaseRow,
    Change,
    Check,
    FlipRow,
    Hidden,
    MetricRow,
    ScoreRow,
    View,
    is_full,
)
from assistant.evals.results import MetricResult, Results

_LONGEST_LINE = 400


def build_view(
    results: Results,
    gate: GateReport,
    baseline: Baseline | None,
    *,
    known: KnownFailures = KnownFailures(),  # noqa: B008 — frozen
) -> View:
    """Join a run with the gate's word, the baseline and the reasons of the allow-list."""
    secret = frozenset(one.case.id for one in results.asked if one.case.split is Split.HOLDOUT)
    checks = tuple(_check(finding, secret) for finding in gate.findings)
    flips = tuple(_flip(results, flip) for flip in gate.flips if flip.case_id not in secret)
    view = View(
        word=gate.word.value,
        passed=gate.passed,
        sentence=gate.headline,
        notes=gate.notes,
        metrics=_metric_rows(results, gate, baseline),
        checks=checks,
        cases=(),
        flips=flips,
        hidden=Hidden(
            cases=len(secret),
            failed=max((finding.hidden for finding in gate.failures), default=0),
            flips=gate.hidden_flips,
        ),
    )
    return replace(view, cases=_case_rows(results, view, baseline=baseline, known=known))


def _check(finding: GateFinding, secret: frozenset[str]) -> Check:
    return Check(
        metric=finding.metric,
        kind=finding.check.value,
        ok=finding.ok,
        line=one_line(finding.line, _LONGEST_LINE),
        cases=tuple(case_id for case_id in finding.cases if case_id not in secret),
        hidden=finding.hidden,
    )


def _flip(results: Results, flip: Flip) -> FlipRow:
    result = results.metric(flip.metric)
    unit = result.unit if result else ""
    return FlipRow(
        case_id=flip.case_id,
        metric=flip.metric,
        title=result.title if result else flip.metric,
        before=labels.shown(flip.before, unit),
        after=labels.shown(flip.after, unit),
        worse=flip.worse,
        why=one_line(flip.why, _LONGEST_LINE),
    )


def _metric_rows(
    results: Results, gate: GateReport, baseline: Baseline | None
) -> tuple[MetricRow, ...]:
    looked_at: dict[str, bool] = {}
    for finding in gate.findings:
        looked_at[finding.metric] = looked_at.get(finding.metric, True) and finding.ok
    before = before_of(results, baseline) if baseline else {}
    return tuple(
        MetricRow(
            result=result,
            topic=labels.topic_of(result.name),
            base=before.get(result.name, Before()).value,
            delta=before.get(result.name, Before()).delta,
            passed=looked_at.get(result.name),
            lost=sum(
                not is_full(result, score.value)
                for score in results.scores.get(result.name, {}).values()
            ),
        )
        for result in results.metrics
    )


def _case_rows(
    results: Results, view: View, *, baseline: Baseline | None, known: KnownFailures
) -> tuple[CaseRow, ...]:
    answers = baseline.answers if baseline else {}
    return tuple(
        _case_row(results, asked, view, earlier=answers.get(asked.case.id), known=known)
        for asked in results.asked
        if asked.case.split is not Split.HOLDOUT
    )


def _case_row(
    results: Results,
    asked: Asked,
    view: View,
    *,
    earlier: KeptAnswer | None,
    known: KnownFailures,
) -> CaseRow:
    own = asked.case.id
    flips = tuple(flip for flip in view.flips if flip.case_id == own)
    scores = _scores(results, own, flips)
    lost = {score.metric for score in scores if not score.full}
    return CaseRow(
        case=asked.case,
        prediction=asked.prediction,
        paraphrases=asked.paraphrases,
        scores=scores,
        failed=tuple(check for check in view.checks if not check.ok and own in check.cases),
        known=tuple(
            f"{one.reason}({one.owner}、{one.until.isoformat()}まで)"
            for one in known.entries
            if one.case == own and one.metric in lost
        ),
        flips=flips,
        change=_change(asked, flips, earlier),
        earlier=earlier,
    )


def _scores(results: Results, case_id: str, flips: tuple[FlipRow, ...]) -> tuple[ScoreRow, ...]:
    moved = {flip.metric: flip for flip in flips}
    found = (
        (result, results.scores.get(result.name, {}).get(case_id)) for result in results.metrics
    )
    return tuple(
        _score(result, score, moved.get(result.name))
        for result, score in found
        if score is not None
    )


def _score(result: MetricResult, score: Score, flip: FlipRow | None) -> ScoreRow:
    now = labels.shown(score.value, result.unit)
    return ScoreRow(
        metric=result.name,
        title=result.title,
        shown=f"{flip.before} → {now}" if flip else now,
        why=one_line(score.why, _LONGEST_LINE),
        full=is_full(result, score.value),
        worse=flip.worse if flip else None,
    )


def _change(asked: Asked, flips: tuple[FlipRow, ...], earlier: KeptAnswer | None) -> Change:
    if any(flip.worse for flip in flips):
        return Change.WORSE
    if flips:
        return Change.BETTER
    if earlier is None or earlier.answer == asked.prediction.answer:
        return Change.NONE
    return Change.WORDING
