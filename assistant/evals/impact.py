"""影響プレビュー: the next version answers beside the live one, and nobody else sees it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from assistant.answering.assistant import Assistant
from assistant.answering.impact import (
    AnswerChange,
    Impact,
    MetricMove,
    Origin,
    Told,
    compare_told,
    gravest_first,
    told_by,
)
from assistant.answering.render import to_json
from assistant.app import App
from assistant.corpus.publishing.publish import PublishReport
from assistant.corpus.publishing.versions import load_state
from assistant.corpus.reading import Progress
from assistant.domain import Content, Kind, Question, Version
from assistant.errors import KatsuyoError
from assistant.evals.case import Split
from assistant.evals.contract import parse_prediction
from assistant.evals.impact_questions import (
    EVAL_FOLDER,
    ImpactQuestion,
    ImpactQuestions,
    all_questions,
    eval_folder,
    judged_questions,
)
from assistant.evals.metric import Asked, Better, Metric, Score
from assistant.evals.metrics import all_metrics, latency
from assistant.evals.prediction import Prediction
from assistant.evals.references import References
from assistant.evals.resampling import counts_of
from assistant.evals.scoring import score_run
from assistant.evals.targets.in_order import in_order
from assistant.evals.targets.in_process import TIMEOUT
from assistant.evals.targets.target import Asking
from assistant.search.index import is_searchable

_WORKERS = 2

_DOING = "答えをくらべています"


@dataclass(frozen=True, slots=True)
class _Answered:
    """Everything that one version answered, in the order of the questions."""

    predictions: Sequence[Prediction]
    told: Mapping[str, Told]
    """By the question's id; absent where no answer came."""


def preview_impact(
    app: App, *, corpus_dir: Path | None = None, progress: Progress | None = None
) -> Impact:
    """Build the next version as a draft and tell which answers it would change.

    `corpus_dir`: another folder than the company's, such as one with a change to be tried.

    Nothing goes live, and `publish` afterwards has its vectors already. `progress` is told of
    files, vectors and questions in turn. Raises what publishing raises.
    """
    report = app.prepare(corpus_dir=corpus_dir, progress=progress)
    if report.replaced is None:
        return Impact(report)
    try:
        references = _references(app, report.replaced)
        questions = all_questions(app, references)
        impact, old, new = _compared(app, report, questions, progress=progress)
    except OSError as error:
        return Impact(report, failure=_unreadable(error))
    pairs = (references, _references(app, report.version))
    return replace(impact, metrics=tuple(_moves(questions.chosen, (old, new), pairs)))


def published_impact(
    app: App, report: PublishReport, *, progress: Progress | None = None
) -> Impact | None:
    """Return what the version that was just published does to the suites' verdicts.

    None where rule and company.yaml are the same, or no suites stand beside the corpus. What goes
    wrong is told in the result: the version is live already.
    """
    if report.replaced is None or not eval_folder(app).suites.is_dir():
        return None
    try:
        if _judging(app, report.replaced) == _judging(app, report.version):
            return None
        questions = judged_questions(app, app.store.company(report.version.id))
        return _compared(app, report, questions, progress=progress)[0]
    except KatsuyoError as error:
        return Impact(report, failure=str(error))
    except OSError as error:
        return Impact(report, failure=_unreadable(error))


def _unreadable(error: OSError) -> str:
    return f"{EVAL_FOLDER} フォルダの問いを読めません({error.strerror})。"


def _judging(app: App, version: Version) -> tuple[object, ...]:
    """Return what verdicts are judged by: company.yaml, and the clauses where they stand."""
    ids = [
        passage_id
        for entry in app.store.documents(version.id)
        if entry.source.kind is Kind.RULE and is_searchable(entry.source)
        for passage_id in entry.passage_ids
    ]
    passages = app.store.passages(ids, version_id=version.id)
    clauses: list[tuple[str, tuple[str, ...], Content]] = [
        (passage.text, passage.headings, passage.content) for passage in passages
    ]
    return app.store.company(version.id), clauses


def _references(app: App, version: Version) -> References:
    state = load_state(app.store, version)
    return References(state.company, {one.source.path: one for one in state.documents})


def _compared(
    app: App,
    report: PublishReport,
    questions: ImpactQuestions,
    *,
    progress: Progress | None,
) -> tuple[Impact, _Answered, _Answered]:
    """Ask both versions everything."""
    assert report.replaced is not None  # noqa: S101 — the callers look
    chosen = questions.chosen
    old = _answers(app, report.replaced, chosen, progress=_half(progress, 0))
    new = _answers(app, report.version, chosen, progress=_half(progress, 1))
    changes = list(_changes(chosen, old.told, new.told))
    both = old.told.keys() & new.told.keys()
    shown = [change for case, change in changes if case.case.split is not Split.HOLDOUT]
    impact = Impact(
        report,
        changes=tuple(sorted(shown, key=gravest_first)),
        hidden=len(changes) - len(shown),
        unchanged=len(both) - len(changes),
        failed=len(chosen) - len(both),
        left_out=questions.left_out,
        asked=sum(one.origin is Origin.ASKED for one in chosen),
        problems=questions.problems,
    )
    return impact, old, new


def _half(progress: Progress | None, half: int) -> Progress:
    """Return the progress of the first (0) or second (1) of two equal works."""

    def told(done: int, total: int, _: str) -> None:
        if progress is not None:
            progress(half * total + done, 2 * total, _DOING)

    return told


def _answers(
    app: App, version: Version, chosen: Sequence[ImpactQuestion], *, progress: Progress
) -> _Answered:
    if not chosen:
        return _Answered((), {})
    told: dict[str, Told] = {}
    ask = partial(_answer, app.assistant_of(version), told)
    cases = [one.case for one in chosen]
    asking = [Asking(case.id, case.question, case.department, case.history) for case in cases]
    predictions = []
    for prediction in in_order(asking, ask, workers=_WORKERS, timeout=TIMEOUT):
        predictions.append(prediction)
        progress(len(predictions), len(asking), "")
    answered = {one.id: told[one.id] for one in predictions if one.ok}
    return _Answered(predictions, answered)


def _answer(assistant: Assistant, told: dict[str, Told], asking: Asking) -> Prediction:
    answer = assistant.ask(Question(asking.question, asking.department, asking.history))
    told[asking.id] = told_by(answer)
    return parse_prediction(to_json(answer, id=asking.id), id=asking.id)


def _changes(
    chosen: Sequence[ImpactQuestion], old: Mapping[str, Told], new: Mapping[str, Told]
) -> Iterator[tuple[ImpactQuestion, AnswerChange]]:
    for question in chosen:
        case = question.case
        before, after = old.get(case.id), new.get(case.id)
        kind = compare_told(before, after) if before and after else None
        if before and after and kind is not None:
            yield (
                question,
                AnswerChange(
                    origin=question.origin,
                    id="" if question.origin is Origin.ASKED else case.id,
                    question=case.question,
                    department=case.department,
                    kind=kind,
                    before=before,
                    after=after,
                    expected=case.expect.verdict if question.origin is Origin.SUITE else None,
                ),
            )


def _moves(
    chosen: Sequence[ImpactQuestion],
    answered: tuple[_Answered, _Answered],
    references: tuple[References, References],
) -> Iterator[MetricMove]:
    """Yield the metrics that move; each version's answers are held against its own documents."""
    places = [n for n, one in enumerate(chosen) if one.origin is Origin.SUITE]
    if not places:
        return
    old, new = (
        score_run([Asked(chosen[n].case, one.predictions[n]) for n in places], documents)
        for one, documents in zip(answered, references, strict=True)
    )
    for metric in all_metrics():
        if metric in latency.METRICS:
            continue
        before, after = _value(metric, old[metric.name]), _value(metric, new[metric.name])
        if before == before and after == after and before != after:
            better = (after > before) is (metric.better is Better.HIGHER)
            cases = len(new[metric.name])
            yield MetricMove(metric.name, metric.title, before, after, better=better, cases=cases)


def _value(metric: Metric, scores: Mapping[str, Score]) -> float:
    if not scores:
        return float("nan")
    return float(metric.aggregate(np.sum([counts_of(one) for one in scores.values()], axis=0)))
