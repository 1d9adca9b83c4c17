"""eval/baseline.json: the run that later ones are compared with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from assistant.errors import KatsuyoError
from assistant.evals.case import Split
from assistant.evals.gate.report import Check, GateReport
from assistant.evals.metric import Score
from assistant.evals.results import Fingerprint, Results


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What the assistant said then, for the report's side-by-side view."""

    status: str
    verdict: str
    answer: str
    """Markdown."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """A blessed run: scores by case, latencies free of the machine, and the answers."""

    blessed: date
    reason: str
    """Why it was blessed although the gate had failed; empty = it had passed."""
    fingerprint: Fingerprint
    scores: Mapping[str, Mapping[str, Score]]
    """By metric, then by case, without `why`; latencies are left out, they never repeat."""
    error_share: float = 0.0
    """Share of the cases that ended without an answer."""
    latencies: Mapping[str, float] = field(default_factory=dict)
    """By latency metric, in multiples of `Results.machine_ms`."""
    answers: Mapping[str, KeptAnswer] = field(default_factory=dict)
    """By case id; the holdout's are not kept."""


def bless(results: Results, report: GateReport, *, reason: str, today: date) -> Baseline:
    """Make this run the baseline.

    Raises:
        KatsuyoError: The gate failed (a vanished case fails it too) and no reason is given; or
            the results are not whole, which no reason can mend.
    """
    reason = " ".join(reason.split())
    broken = [one for one in report.failures if one.check is Check.INTEGRITY]
    if broken:
        raise KatsuyoError(
            "この結果は欠けているので、基準にできません。"
            + "".join(f"\n  - {finding.line}" for finding in broken),
            remedy="\n評価をもう一度実行してください。",
        )
    failures = [one for one in report.failures if one.check is not Check.MISSING_BASELINE]
    if failures and not reason:
        raise KatsuyoError(
            f"この結果は基準にできません: {report.headline}"
            + "".join(f"\n  - {finding.line}" for finding in failures),
            remedy='\n直すか、承知のうえなら --reason "理由" を付けてください(記録に残ります)。',
        )
    return Baseline(
        blessed=today,
        reason=reason if failures else "",
        fingerprint=results.fingerprint,
        scores=_kept_scores(results),
        error_share=error_share(results),
        latencies=machine_latencies(results),
        answers=_kept_answers(results),
    )


def error_share(results: Results) -> float:
    """Return the share of the cases of which any question (paraphrases too) got no answer."""
    if not results.asked:
        return 1.0
    failed = sum(
        not all(answer.ok for answer in (one.prediction, *one.paraphrases)) for one in results.asked
    )
    return failed / len(results.asked)


def machine_latencies(results: Results) -> dict[str, float]:
    """Return each latency in multiples of `machine_ms`; empty where that was not measured."""
    if not results.machine_ms > 0:
        return {}
    return {
        metric.name: round(metric.value / results.machine_ms, 3)
        for metric in results.metrics
        if metric.unit and metric.n
    }


def _kept_scores(results: Results) -> dict[str, dict[str, Score]]:
    measured = {metric.name for metric in results.metrics if metric.unit}
    return {
        name: {one: Score(score.value, counts=score.counts) for one, score in cases.items()}
        for name, cases in results.scores.items()
        if name not in measured and cases
    }


def _kept_answers(results: Results) -> dict[str, KeptAnswer]:
    return {
        one.case.id: KeptAnswer(
            status=one.prediction.status if one.prediction.ok else one.prediction.outcome.value,
            verdict=one.prediction.verdict,
            answer=one.prediction.answer,
        )
        for one in results.asked
        if one.case.split is not Split.HOLDOUT
    }
