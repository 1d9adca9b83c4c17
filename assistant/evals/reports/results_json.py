"""`katsuyo eval --json`: a run as plain values, for scripts."""

import math

from assistant.evals.baseline import Baseline
from assistant.evals.gate.report import GateReport
from assistant.evals.reports.joining import build_view
from assistant.evals.reports.view import CaseRow, Check, MetricRow
from assistant.evals.results import Results


def results_json(
    results: Results, gate: GateReport, baseline: Baseline | None = None
) -> dict[str, object]:
    """Return verdict, checks, metrics and scores; holdout cases only as counts, NaN as null."""
    view = build_view(results, gate, baseline)
    made = results.fingerprint
    return {
        "verdict": view.word,
        "passed": view.passed,
        "sentence": view.sentence,
        "target": made.target,
        "product": made.product,
        "corpus": made.corpus,
        "seconds": {name: round(took, 3) for name, took in (results.seconds or {}).items()},
        "metrics": [_metric(row) for row in view.metrics],
        "checks": [_check(check) for check in view.checks],
        "cases": [_case(row, results) for row in view.cases],
        "flips": [
            {"id": flip.case_id, "metric": flip.metric, "worse": flip.worse, "why": flip.why}
            for flip in view.flips
        ],
        "holdout": {"cases": view.hidden.cases, "failed": view.hidden.failed},
    }


def _metric(row: MetricRow) -> dict[str, object]:
    one = row.result
    return {
        "name": one.name,
        "title": one.title,
        "topic": row.topic,
        "better": one.better.value,
        "value": _number(one.value),
        "low": _number(one.low),
        "high": _number(one.high),
        "n": one.n,
        "unit": one.unit,
        "baseline": _number(row.base),
        "passed": row.passed,
    }


def _check(check: Check) -> dict[str, object]:
    return {
        "metric": check.metric,
        "check": check.kind,
        "ok": check.ok,
        "line": check.line,
        "cases": list(check.cases),
        "holdout": check.hidden,
    }


def _case(row: CaseRow, results: Results) -> dict[str, object]:
    own = row.case.id
    return {
        "id": own,
        "type": row.case.type.value,
        "outcome": row.prediction.outcome.value,
        "failed": list(dict.fromkeys(check.metric or check.kind for check in row.failed)),
        "scores": {
            name: _number(scores[own].value)
            for name, scores in results.scores.items()
            if own in scores
        },
    }


def _number(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else round(value, 6)
