"""Refusals of answerable questions and answers to unanswerable ones, as employees type them.

    python -m benchmarks.colloquial DATA_DIR

DATA_DIR: where the sample company has been published.
"""

import argparse
from collections import Counter
from pathlib import Path

from assistant.app import App
from assistant.domain import AnswerStatus, Question
from assistant.settings import Settings

_QUESTIONS = Path(__file__).with_suffix(".tsv")


def main(data: Path) -> None:
    """Print each wrong one, then the shares."""
    app = App(Settings(corpus_dir=Path("corpus"), data_dir=data))
    asked: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for line in _QUESTIONS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        kind, department, question = line.split("\t")
        answer = app.assistant.ask(Question(question, department))
        answered = answer.status is AnswerStatus.ANSWERED
        asked[kind] += 1
        if answered != (kind == "answerable"):
            wrong[kind] += 1
            print(f"{kind}: {department} {question}")
    for kind, total in asked.items():
        print(f"{kind:13} n={total:4} wrong {wrong[kind] / total:.3f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.colloquial", description=__doc__)
    parser.add_argument("data", type=Path, help="where the sample company has been published")
    main(parser.parse_args().data)
