"""Small runs to judge: two metrics and a latency, cases by number, scores by hand."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.evals.baseline import Baseline, bless
from assistant.evals.case import Case, CaseType, Split
from assistant.evals.gate.gate import judge_gate
from assistant.evals.gate.known_failures import KnownFailures
from assistant.evals.gate.report import GateReport
from assistant.evals.gate.rules import GateRules, Threshold
from assistant.evals.metric import Asked, Better, Metric, Score
from assistant.evals.prediction import Prediction
from assistant.evals.results import Fingerprint, Results
from assistant.evals.summarise import summarise

TODAY = date(2026, 11, 22)
NOTHING_KNOWN = KnownFailures()


def _unused(asked: Asked, references: object) -> None:
    raise AssertionError("the gate never scores")


RIGHT = Metric("right_rate", "正しく答えた割合", _unused)
UNSAFE = Metric("unsafe_rate", "危ない答えの割合", _unused, better=Better.LOWER)
SLOW = Metric(
    "latency_p95", "答えまでの時間", _unused, better=Better.LOWER, percentile=95, unit="ms"
)
METRICS = (RIGHT, UNSAFE, SLOW)
RULES = GateRules(
    thresholds={
        "right_rate": Threshold("right_rate", 0.8, Better.HIGHER),
        "unsafe_rate": Threshold("unsafe_rate", 0.2, Better.LOWER, safety=True),
    },
    zero_tolerance=("unsafe_rate",),
    max_latency_ratio=2.5,
)


def case(number: int, *, split: Split = Split.TEST, question: str = "週報を早く書くには") -> Case:
    return Case(
        id=f"c-{number:03}",
        question=question,
        type=CaseType.HOW_TO,
        group=f"g-{number // 2:03}",
        split=split,
    )


def run(
    scores: Mapping[str, Mapping[str, float]] | None = None,
    *,
    cases: Sequence[Case] = tuple(case(number) for number in range(60)),
    wrong: Mapping[str, Sequence[int]] | None = None,
    change: Callable[[Asked], Asked] = lambda asked: asked,
    latency: float = 100.0,
) -> Results:
    """Return a run in which everything is right but the cases whose numbers are `wrong`."""
    asked = tuple(change(Asked(one, Prediction(one.id, answer="答え"))) for one in cases)
    wrong = wrong or {}
    values = {
        "right_rate": {one.id: 1.0 for one in cases},
        "unsafe_rate": {one.id: 0.0 for one in cases},
        "latency_p95": {one.id: latency for one in cases},
    }
    for metric, numbers in wrong.items():
        for number in numbers:
            values[metric][f"c-{number:03}"] = 1 - values[metric][f"c-{number:03}"]
    found = {
        name: {
            one: Score(value, why="違う答え")
            for one, value in (values | (scores or {}))[name].items()
        }
        for name in values
    }
    digests = {one.id: hashlib.sha256(one.question.encode()).hexdigest() for one in cases}
    return Results(
        metrics=summarise(found, asked, METRICS),
        scores=found,
        asked=asked,
        fingerprint=Fingerprint("corpus", digests, "0.1.0", "inprocess"),
        machine_ms=10.0,
    )


def judged(
    results: Results,
    baseline: Baseline | None = None,
    *,
    rules: GateRules = RULES,
    known: KnownFailures = NOTHING_KNOWN,
    metrics: Sequence[Metric] = METRICS,
) -> GateReport:
    return judge_gate(results, baseline, rules, known, metrics=metrics, today=TODAY)


def blessed(results: Results, reason: str = "") -> Baseline:
    return bless(results, judged(results), reason=reason, today=TODAY)


def without(results: Results, name: str) -> Results:
    """Return the results with all scores of a metric gone."""
    scores = {**results.scores, name: {}}
    return replace(results, scores=scores, metrics=summarise(scores, results.asked, METRICS))
