"""The judge beside the metrics of code: what it gets to see, and what its scores may decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.evals.claims import answer_text, claims_of
from assistant.evals.gate.report import Check, GateFinding, GateWord, finding
from assistant.evals.judge.calibration import Agreement, Corrected, corrected_mean, counts
from assistant.evals.judge.judging import Judge, JudgeReport
from assistant.evals.judge.rubrics import Material, rubrics
from assistant.evals.metric import Asked, Metric, Score
from assistant.evals.references import References


@dataclass(frozen=True, slots=True)
class Judged:
    """What a judge said of a run, and on which metrics its word counts."""

    report: JudgeReport
    report_only: Mapping[str, str]
    """By metric: why it decides nothing (Japanese)."""
    findings: tuple[GateFinding, ...]
    """Judge errors of metrics that count."""
    notes: tuple[str, ...]


def judged_metrics() -> tuple[Metric, ...]:
    """Return the judged metrics; their scores come from the judge, not from code."""
    return tuple(Metric(rubric.name, rubric.title, _judged_elsewhere) for rubric in rubrics())


def judged_run(
    judge: Judge,
    asked: Sequence[Asked],
    references: References,
    *,
    agreements: Mapping[str, Agreement],
) -> Judged:
    """Ask the judge about every answered case of a run."""
    materials = {
        one.case.id: material_of(one, references)
        for one in asked
        if one.prediction.ok and not one.prediction.abstained
    }
    report = judge.report(materials)
    report_only = {
        rubric.name: why
        for rubric in rubrics()
        if (
            why := counts(
                agreements.get(rubric.name), rubric, model=judge.model.name, rules=judge.rules
            )
        )
    }
    return Judged(
        report=report,
        report_only=report_only,
        findings=tuple(_errors(judge, report, report_only)),
        notes=tuple(_notes(report, report_only, agreements)),
    )


def material_of(asked: Asked, references: References) -> Material:
    """Return what the judge sees of an answer: the cited passages whole, from the corpus."""
    told = asked.prediction
    passages = {
        passage.id: passage.text
        for citation in told.citations
        for passage in references.cited_passages(citation)
    }
    return Material(
        question=told.safe_text or asked.case.question,
        department=asked.case.department,
        answer=answer_text(told),
        claims=tuple(claim.text for claim in claims_of(told)),
        passages=tuple(passages.values()),
    )


def _judged_elsewhere(_asked: Asked, _references: References) -> Score | None:
    return None


def _errors(
    judge: Judge, report: JudgeReport, report_only: Mapping[str, str]
) -> Sequence[GateFinding]:
    limit = judge.rules.max_error_share
    return [
        finding(
            Check.ERRORS,
            rubric.name,
            f"{rubric.title}: {share:.1%} の問いを採点できませんでした(上限 {limit:.0%})。",
            ok=False,
            word=GateWord.INSUFFICIENT_DATA,
        )
        for rubric in rubrics()
        if rubric.name not in report_only and (share := report.error_share(rubric.name)) > limit
    ]


def _notes(
    report: JudgeReport, report_only: Mapping[str, str], agreements: Mapping[str, Agreement]
) -> Sequence[str]:
    notes = [f"AIの採点: {report.calls}回聞きました(約{report.yen:.0f}円)。"]
    for rubric in rubrics():
        failed = len(report.errors.get(rubric.name, {}))
        if failed:
            reason = next(iter(report.errors[rubric.name].values()))
            notes.append(f"{rubric.title}: {failed}件は採点できませんでした(例: {reason})。")
        if rubric.name in report_only:
            notes.append(f"{rubric.title}は参考値です: {report_only[rubric.name]}。")
            continue
        values = [score.value for score in report.scores[rubric.name].values()]
        if values:
            notes.append(_told(rubric.title, corrected_mean(values, agreements[rubric.name])))
    return notes


def _told(title: str, corrected: Corrected) -> str:
    return (
        f"{title}: 人の採点で直すと {corrected.value:.2f}"
        f"(95%区間 {corrected.low:.2f}〜{corrected.high:.2f})。"
    )
