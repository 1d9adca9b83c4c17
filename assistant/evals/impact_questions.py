"""What both versions are asked: the suites' cases, employees' questions, what documents ask."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.answering.impact import Origin
from assistant.app import App
from assistant.corpus.names import resolve_departments
from assistant.domain import Company, Problem
from assistant.evals.case import Case, CaseType
from assistant.evals.folder import EvalFolder
from assistant.evals.generated.cases import generated_cases
from assistant.evals.references import References
from assistant.evals.suites.border import parse_entry
from assistant.evals.suites.entries import case_of
from assistant.evals.suites.files import read_suite_file, suite_files

MOST_QUESTIONS = 200
"""Questions that are asked twice: 200 took 15 s on two busy cores, half of it embedding."""

_MOST_ASKED = 60
"""Of them at most so many are employees': the newest."""

_MOST_JUDGED = 100
"""So many with an expected verdict, unless there are few others: those show everything else."""

EVAL_FOLDER = "eval"
"""Name of the folder with the suites, beside that of the corpus."""


@dataclass(frozen=True, slots=True)
class ImpactQuestion:
    """A question, and where it comes from."""

    case: Case
    origin: Origin


@dataclass(frozen=True, slots=True)
class ImpactQuestions:
    """What is asked, and what was left aside."""

    chosen: tuple[ImpactQuestion, ...]
    left_out: int = 0
    problems: tuple[Problem, ...] = ()


def eval_folder(app: App) -> EvalFolder:
    """Return the folder with the suites of this company; it need not be there."""
    return EvalFolder(app.settings.corpus_dir.resolve().parent / EVAL_FOLDER)


def judged_questions(app: App, company: Company) -> ImpactQuestions:
    """Return the cases with an expected verdict, those of type rule first. Raises OSError."""
    cases, problems = _suite_cases(eval_folder(app).suites, company)
    judged = [_of_suite(case) for case in _rules_first(cases) if case.expect.verdict is not None]
    return _limited(judged, problems)


def all_questions(app: App, references: References) -> ImpactQuestions:
    """Return employees' newest questions, then the suites', rules first. Raises OSError.

    A company without suites gets questions made from `references`. Beyond MOST_QUESTIONS they are
    drawn: rules by the order of the files, others evenly over all suites. Raises StoreError too.
    """
    folder = eval_folder(app).suites
    asked = [ImpactQuestion(case, Origin.ASKED) for case in _asked(app)[:_MOST_ASKED]]
    if not folder.is_dir():
        made = [ImpactQuestion(one, Origin.DOCUMENTS) for one in generated_cases(references)]
        return _limited([*asked, *_evenly(made, MOST_QUESTIONS - len(asked))], (), of=made)
    cases, problems = _suite_cases(folder, references.company)
    judged = [_of_suite(case) for case in _rules_first(cases) if case.expect.verdict is not None]
    others = [_of_suite(case) for case in cases if case.expect.verdict is None]
    room = MOST_QUESTIONS - len(asked)
    first = judged[: max(_MOST_JUDGED, room - len(others))]
    chosen = [*asked, *first, *_evenly(others, max(0, room - len(first)))]
    return _limited(chosen, problems, of=[*judged, *others])


def _of_suite(case: Case) -> ImpactQuestion:
    return ImpactQuestion(case, Origin.SUITE)


def _rules_first(cases: Iterable[Case]) -> list[Case]:
    return sorted(cases, key=lambda case: case.type is not CaseType.RULE)


def _limited(
    questions: Sequence[ImpactQuestion],
    problems: tuple[Problem, ...],
    *,
    of: Sequence[ImpactQuestion] | None = None,
) -> ImpactQuestions:
    """Return the first questions, and how many `of` all that could be asked are left out."""
    chosen = tuple(questions[:MOST_QUESTIONS])
    asked = sum(one.origin is Origin.ASKED for one in chosen)
    whole = len(questions) if of is None else asked + len(of)
    return ImpactQuestions(chosen, whole - len(chosen), problems)


def _evenly(questions: Sequence[ImpactQuestion], count: int) -> list[ImpactQuestion]:
    """Return `count` of the questions from all over them, in their order."""
    if count >= len(questions):
        return list(questions)
    return [questions[place * len(questions) // count] for place in range(count)]


def _asked(app: App) -> list[Case]:
    """Return what employees asked, newest first, each wording of a department once."""
    seen = {(one.safe_text, one.department): one for one in app.questions.recent()}
    return [
        Case(id=f"asked-{n}", question=text, type=CaseType.HOW_TO, department=department)
        for n, (text, department) in enumerate(seen, start=1)
    ]


def _suite_cases(folder: Path, company: Company) -> tuple[list[Case], tuple[Problem, ...]]:
    """Return the cases in file order, and what is unreadable.

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
                case = case_of(placed.entry, suite=path.stem, line=placed.node.line)
                names = resolve_departments([case.department], company).names
                cases.append(replace(case, department=names[0]) if names else case)
    return cases, tuple(problems)
