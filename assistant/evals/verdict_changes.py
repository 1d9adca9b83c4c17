"""変わる判定: which verdicts of the suites a new rule changes, told as soon as it is published."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from assistant.answering.assistant import Assistant
from assistant.answering.render import to_json
from assistant.app import App
from assistant.corpus.publish import PublishReport
from assistant.corpus.reading import Progress
from assistant.domain import Content, Kind, Problem, Question, VerdictKind, Version
from assistant.errors import KatsuyoError
from assistant.evals.case import Case, CaseType, Split
from assistant.evals.contract import parse_prediction
from assistant.evals.folder import EvalFolder
from assistant.evals.prediction import Prediction
from assistant.evals.suite_border import parse_entry
from assistant.evals.suite_entries import case_of
from assistant.evals.suite_files import read_suite_file, suite_files
from assistant.evals.targets.in_order import in_order
from assistant.evals.targets.in_process import TIMEOUT
from assistant.evals.targets.target import Asking
from assistant.search.index import is_searchable

MOST_CASES = 200
"""Questions that are judged twice, those of type rule first: 200 took 15 s on two busy cores, half
of it embedding. The new version is live by then."""

_WORKERS = 2
_FOLDER = "eval"
_STRICTNESS = {
    VerdictKind.ALLOWED: 0,
    VerdictKind.NONE: 1,
    VerdictKind.CONDITIONAL: 1,
    VerdictKind.ASK_DESK: 2,
    VerdictKind.PROHIBITED: 3,
}


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A question of the suites that the new rule judges in another way."""

    id: str
    question: str
    before: VerdictKind
    after: VerdictKind
    clause: str
    """Of the new rule; empty where no clause decides."""
    expected: VerdictKind | None
    """What the suite says is right."""


@dataclass(frozen=True, slots=True)
class VerdictChanges:
    """What a new rule does to the verdicts of the suites."""

    folder: str
    changed: tuple[VerdictChange, ...] = ()
    """Loosened verdicts first; none of the holdout, which nobody is to see."""
    hidden: int = 0
    """Changed verdicts of the holdout."""
    unchanged: int = 0
    failed: int = 0
    """Questions that got no answer from one of the two versions."""
    left_out: int = 0
    """Questions beyond MOST_CASES."""
    problems: tuple[Problem, ...] = ()
    """Entries that could not be read, and were not compared."""
    failure: str = ""
    """Why nothing could be compared (one line, Japanese)."""


def verdict_changes(
    app: App, report: PublishReport, *, progress: Progress | None = None
) -> VerdictChanges | None:
    """Return which verdicts changed with the version that was just published.

    None where the rule is the same, or no suites stand beside the corpus. What goes wrong is told
    in the result: the version is live already.
    """
    folder = EvalFolder(app.settings.corpus_dir.resolve().parent / _FOLDER).suites
    if report.replaced is None or not folder.is_dir():
        return None
    name = f"{_FOLDER}/{folder.name}"
    try:
        if _rules(app, report.replaced) == _rules(app, report.version):
            return None
        cases, problems = _judged_cases(folder)
        asked = cases[:MOST_CASES]
        old = _predictions(app, report.replaced, asked, progress)
        new = _predictions(app, report.version, asked, progress)
    except KatsuyoError as error:
        return VerdictChanges(name, failure=str(error))
    except OSError as error:
        return VerdictChanges(name, failure=f"{name} を読めません({error.strerror})。")
    shell = VerdictChanges(name, left_out=len(cases) - len(asked), problems=problems)
    return _compared(shell, list(zip(asked, old, new, strict=True)))


def _rules(app: App, version: Version) -> list[tuple[str, tuple[str, ...], Content]]:
    """Return what the clauses of a version say, and where they stand."""
    ids = [
        passage_id
        for entry in app.store.documents(version.id)
        if entry.source.kind is Kind.RULE and is_searchable(entry.source)
        for passage_id in entry.passage_ids
    ]
    passages = app.store.passages(ids, version_id=version.id)
    return [(passage.text, passage.headings, passage.content) for passage in passages]


def _judged_cases(folder: Path) -> tuple[list[Case], tuple[Problem, ...]]:
    """Return the cases with an expected verdict, those of type rule first, and what is unreadable.

    Whether their quotes still stand in the documents does not matter here: a new rule breaks some.
    """
    cases: list[Case] = []
    problems: list[Problem] = []
    for path in suite_files(folder):
        file = read_suite_file(path)
        problems += file.problems
        for placed in (parse_entry(path, node) for node in file.entries):
            if isinstance(placed, Problem):
                problems.append(placed)
            elif placed.problems:
                problems += placed.problems[:1]
            else:
                cases.append(case_of(placed.entry, suite=path.stem, line=placed.node.line))
    judged = [case for case in cases if case.expect.verdict is not None]
    return sorted(judged, key=lambda case: case.type is not CaseType.RULE), tuple(problems)


def _predictions(
    app: App, version: Version, cases: Sequence[Case], progress: Progress | None
) -> list[Prediction]:
    if not cases:
        return []
    assistant = app.assistant_of(version)
    asking = [Asking(case.id, case.question, case.department, case.history) for case in cases]
    answers = []
    ask = partial(_answer, assistant)
    for prediction in in_order(asking, ask, workers=_WORKERS, timeout=TIMEOUT):
        answers.append(prediction)
        if progress is not None:
            progress(len(answers), len(cases), f"第{version.id}版")
    return answers


def _answer(assistant: Assistant, asking: Asking) -> Prediction:
    answer = assistant.ask(Question(asking.question, asking.department, asking.history))
    return parse_prediction(to_json(answer, id=asking.id), id=asking.id)


def _compared(
    changes: VerdictChanges, judged: Sequence[tuple[Case, Prediction, Prediction]]
) -> VerdictChanges:
    told = [one for one in judged if one[1].ok and one[2].ok]
    moved = [one for one in told if one[1].verdict != one[2].verdict]
    shown = [_change(*one) for one in moved if one[0].split is not Split.HOLDOUT]
    return replace(
        changes,
        changed=tuple(sorted(shown, key=_tightened)),
        hidden=len(moved) - len(shown),
        unchanged=len(told) - len(moved),
        failed=len(judged) - len(told),
    )


def _change(case: Case, old: Prediction, new: Prediction) -> VerdictChange:
    return VerdictChange(
        id=case.id,
        question=case.question,
        before=VerdictKind(old.verdict),
        after=VerdictKind(new.verdict),
        clause=new.clause,
        expected=case.expect.verdict,
    )


def _tightened(change: VerdictChange) -> bool:
    return _STRICTNESS[change.after] >= _STRICTNESS[change.before]
