"""Right documents among the first five: as search ranks them, and as the answer tells them.

    python -m benchmarks.documents DATA_DIR [CORPUS_DIR EVAL_DIR]

DATA_DIR: where that company has been published; the sample company by default. Cases that are kept
for the last look (`split: holdout`) are counted apart and never shown one by one.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import fmean

from assistant.app import App
from assistant.domain import Question
from assistant.evals.case import Case, Split
from assistant.evals.metrics.ndcg import ndcg
from assistant.evals.metrics.recall import recall
from assistant.evals.ranking import Ranking, document_grades
from assistant.evals.reading import load_references
from assistant.evals.suites.loading import load_suite
from assistant.settings import Settings

_SEARCHED, _TOLD = "as search ranks them", "as the answer tells them"


def main(data: Path, corpus: Path, evals: Path) -> None:
    """Print recall@5 / nDCG@10 by type of question."""
    app = App(Settings(corpus_dir=corpus, data_dir=data))
    figures: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for case in load_suite(evals / "suites", references=load_references(corpus)).cases:
        if not document_grades(case):
            continue
        held = case.split is Split.HOLDOUT
        for order, paths in _asked(app, case):
            ranking = _ranking(case, paths)
            each = (recall(ranking, k=5), ndcg(ranking, k=10))
            figures["holdout" if held else "written", order].append(each)
            if not held:
                figures[case.type.value, order].append(each)
    _print(figures)


def _asked(app: App, case: Case) -> Iterable[tuple[str, Sequence[str]]]:
    question = Question(case.question, case.department, tuple(case.history))
    answer = app.assistant.ask(question)
    hits = app.engine.search(answer.query) if answer.query.text else []
    yield _SEARCHED, list(dict.fromkeys(hit.passage.source.path for hit in hits))
    yield _TOLD, answer.retrieved


def _ranking(case: Case, paths: Sequence[str]) -> Ranking:
    grades = document_grades(case)
    found = ((rank, grades[path]) for rank, path in enumerate(paths, 1) if path in grades)
    return Ranking(tuple(grades.values()), tuple(found), ())


def _print(figures: dict[tuple[str, str], list[tuple[float, float]]]) -> None:
    print("recall@5 / nDCG@10 of documents")
    print(f"| cases | n | {_SEARCHED} | {_TOLD} |\n|---|---|---|---|")
    for name in dict.fromkeys(name for name, _ in figures):
        columns = [figures[name, order] for order in (_SEARCHED, _TOLD)]
        cells = [
            f"{fmean(first for first, _ in each):.3f} / {fmean(last for _, last in each):.3f}"
            for each in columns
        ]
        print(f"| {name} | {len(columns[0])} | {' | '.join(cells)} |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.documents", description=__doc__)
    parser.add_argument("data", type=Path, help="where that company has been published")
    parser.add_argument("corpus", type=Path, nargs="?", default=Path("corpus"))
    parser.add_argument("evals", type=Path, nargs="?", default=Path("eval"))
    options = parser.parse_args()
    main(options.data, options.corpus, options.evals)
