"""Follow-ups find what their standalone forms find.

    python -m benchmarks.follow_ups DATA_DIR [--misses]

DATA_DIR: where the sample company has been published. A pair is asked twice: as the second turn of
a conversation whose first turn was really answered, and standing alone. recall@5: the share of the
right places that the first five passages hold. 1 is returned where the follow-ups are more than
three points behind.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from assistant.answering.question.turns import turns_of
from assistant.app import App
from assistant.domain import Answer, Passage, Question
from assistant.settings import Settings

_PAIRS = Path(__file__).with_suffix(".tsv")
_DEPTH = 5
_WITHIN = 0.03


@dataclass(frozen=True, slots=True)
class Pair:
    """Two turns, the second one also as a question of its own."""

    department: str
    first: str
    follow_up: str
    alone: str
    places: tuple[str, ...]
    """`path` or `path#words that stand there`."""


def pairs() -> list[Pair]:
    """Return the pairs of the set."""
    rows = [line.split("\t") for line in _PAIRS.read_text(encoding="utf-8").splitlines()]
    return [
        Pair(department, first, follow_up, alone, tuple(places.split("|")))
        for department, first, follow_up, alone, places in rows
        if not department.startswith("#")
    ]


def main(data: Path, *, misses: bool = False) -> int:
    """Print both recalls; 1 if the follow-ups fall behind."""
    app = App(Settings(corpus_dir=Path("corpus"), data_dir=data))
    told = {pair.first: _asked(app, pair, pair.first) for pair in pairs()}
    followed, alone = [], []
    for pair in pairs():
        second = _asked(app, pair, pair.follow_up, told[pair.first])
        followed.append(_recall(second, pair))
        alone.append(_recall(_asked(app, pair, pair.alone), pair))
        if misses and followed[-1] < alone[-1]:
            print(f"{pair.first} / {pair.follow_up} -> {second.query.text}")
    print(f"{len(followed)} pairs, recall@{_DEPTH}")
    print(f"standing alone {fmean(alone):.3f}")
    print(f"as follow-ups  {fmean(followed):.3f}")
    return 1 if fmean(followed) < fmean(alone) - _WITHIN else 0


def _asked(app: App, pair: Pair, text: str, before: Answer | None = None) -> Answer:
    history = turns_of(before) if before else ()
    return app.assistant.ask(Question(text, pair.department, history))


def _recall(answer: Answer, pair: Pair) -> float:
    return fmean(
        any(_is_at(place, passage) for passage in answer.found[:_DEPTH]) for place in pair.places
    )


def _is_at(place: str, passage: Passage) -> bool:
    path, _, words = place.partition("#")
    return passage.source.path == path and words in passage.text


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--misses", action="store_true", help="print what only stands alone finds")
    options = parser.parse_args()
    raise SystemExit(main(options.data, misses=options.misses))
