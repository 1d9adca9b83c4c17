"""束を読む: every case of a folder, or one error with the file and line of all that is wrong."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from assistant.domain import Problem
from assistant.errors import SuiteError
from assistant.evals.case import Case, Split, Suite
from assistant.evals.references import References
from assistant.evals.suites.border import Placed, parse_entry
from assistant.evals.suites.checks import SuiteChecker
from assistant.evals.suites.entries import case_of
from assistant.evals.suites.files import read_suite_file, suite_files

SHOWN_PROBLEMS = 20
"""Lines of a SuiteError; the rest is counted."""

_NOT_CONTENT = ("suite", "line", "group", "tags", "split", "provenance")
"""Where a case stands and how it is counted: moving or reviewing it keeps it comparable."""


def load_suite(folder: Path, *, references: References) -> Suite:
    """Return the cases of `folder` in file order. Raises SuiteError with all problems found."""
    if not folder.is_dir():
        raise SuiteError(
            f"評価の問いのフォルダ {folder} がありません。",
            remedy="--suites でフォルダを指定してください。",
        )
    paths = suite_files(folder)
    if not paths:
        raise SuiteError(
            f"{folder} に問いのファイル(.yaml / .yml / .jsonl)が1つもありません。",
            remedy="eval/README.md の「一問を足す」を見て、作ってください。",
        )
    checker = SuiteChecker(references)
    problems: list[Problem] = []
    placed: list[Placed] = []
    for path in paths:
        for one in _entries(path):
            if isinstance(one, Problem):
                problems.append(one)
            else:
                placed.append(one)
                problems += (*one.problems, *checker.problems(one))
    problems += _repeated_ids(placed)
    problems += _repeated_questions(placed)
    if problems:
        raise _error(folder, problems)
    return suite_of([_case(one, checker) for one in placed])


def suite_of(cases: Iterable[Case]) -> Suite:
    """Return the cases as a suite. Raises SuiteError if an id comes twice."""
    kept = tuple(cases)
    digests: dict[str, str] = {}
    for case in kept:
        if case.id in digests:
            raise SuiteError(
                f"問い「{case.id}」が2つあります。", remedy="どちらかの id を変えてください。"
            )
        digests[case.id] = case_digest(case)
    return Suite(kept, digests)


def case_digest(case: Case) -> str:
    """Return the SHA-256 of what is asked and expected; place, tags and review do not count."""
    content = {name: value for name, value in asdict(case).items() if name not in _NOT_CONTENT}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _entries(path: Path) -> Iterator[Placed | Problem]:
    file = read_suite_file(path)
    yield from file.problems
    for node in file.entries:
        yield parse_entry(path, node)


def _case(placed: Placed, checker: SuiteChecker) -> Case:
    case = case_of(placed.entry, suite=placed.path.stem, line=placed.node.line)
    return replace(
        case,
        department=checker.department(case.department),
        expect=replace(case.expect, department=checker.department(case.expect.department)),
    )


def _repeated_ids(placed: Sequence[Placed]) -> Iterator[Problem]:
    first: dict[str, Placed] = {}
    for one in placed:
        other = first.setdefault(one.id, one)
        if one.id and other is not one:
            reason = f"同じ id が {_place(other)} にもあります"
            yield one.problem(("id",), reason, "どちらかの id を変えてください")


def _repeated_questions(placed: Sequence[Placed]) -> Iterator[Problem]:
    """Yield a line for each question asked twice: it would count double, or contradict itself."""
    first: dict[tuple[object, ...], Placed] = {}
    for one in placed:
        if one.problems or one.entry.split is Split.DEV:  # a draft may repeat what is known
            continue
        key = (one.entry.question, one.entry.asker, one.entry.history)
        other = first.setdefault(key, one)
        if other.id != one.id:
            reason = f"同じ質問が {_place(other)} の「{other.id}」にもあります"
            yield one.problem(("question",), reason, "1つにまとめてください")


def _place(placed: Placed) -> str:
    return f"{placed.path.as_posix()}:{placed.node.line}行目"


def _error(folder: Path, problems: Sequence[Problem]) -> SuiteError:
    in_order = sorted(problems, key=lambda problem: (problem.path, problem.line or 0))
    shown = [str(problem) for problem in in_order[:SHOWN_PROBLEMS]]
    left = len(problems) - len(shown)
    more = [f"…ほかに{left}件"] if left else []
    title = f"{folder} の問いに直すところが{len(problems)}件あります。"
    return SuiteError(
        "\n".join([title, *shown, *more]),
        remedy="上の行を直して、`katsuyo eval check` で確かめてください。",
    )
