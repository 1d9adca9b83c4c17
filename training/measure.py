"""What the tuning brings to finding by meaning alone, on what was held out or on chosen voices.

python -m training.measure --voices a --tuning without_a.npz

Only a voice that the tuning was not fitted on tells anything.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory

import numpy as np

from assistant.adapters.e5 import E5Embedder
from assistant.adapters.e5_tuning import UNTUNED, Tuning, read_tuning, shipped_tuning
from training.lessons import indexed
from training.reading import HELD_OUT, Intent, Organisation, read_organisations


@dataclass(frozen=True, slots=True)
class Found:
    """One thing asked: where the right passage came in each wording, 0 is first."""

    ranks: tuple[int, ...]
    firsts: tuple[int, ...]
    """Which passage came first."""
    clauses: tuple[bool, ...]
    """Whether the deciding clause is nearer than every other clause; empty for other questions."""


def main(arguments: list[str] | None = None) -> int:
    """Print the model as its wheel brings it, and tuned."""
    parser = argparse.ArgumentParser(prog="python -m training.measure", description=__doc__)
    parser.add_argument("--voices", nargs="+", default=[], help="default: held out")
    parser.add_argument("--tuning", type=Path, help="default: the package's")
    options = parser.parse_args(arguments)
    organisations = [
        one
        for one in read_organisations()
        if (one.voice in options.voices if options.voices else one.name in HELD_OUT)
    ]
    tuned = read_tuning(options.tuning) if options.tuning else shipped_tuning()
    print("| | recall@1 | recall@5 | MRR | same first passage | right clause first |")
    print("|---" * 6 + "|")
    for name, tuning in (("as it comes", UNTUNED), ("tuned", tuned)):
        values = " | ".join(f"{value:.3f}" for value in measured(organisations, tuning))
        print(f"| {name} | {values} |", flush=True)
    return 0


def measured(organisations: Sequence[Organisation], tuning: Tuning) -> tuple[float, ...]:
    """Return recall@1, recall@5, MRR, agreement of the wordings, and clause accuracy (0–1)."""
    with TemporaryDirectory() as folder:
        embedder = E5Embedder(Path(folder), tuning=tuning)
        found = [each for one in organisations for each in _found(one, embedder)]
    ranks = [rank for each in found for rank in each.ranks]
    return (
        fmean(rank == 0 for rank in ranks),
        fmean(rank < 5 for rank in ranks),
        fmean(1 / (rank + 1) for rank in ranks),
        fmean(first == each.firsts[0] for each in found for first in each.firsts[1:]),
        fmean(right for each in found for right in each.clauses),
    )


def _found(organisation: Organisation, embedder: E5Embedder) -> Iterator[Found]:
    texts = organisation.texts
    vectors = embedder.embed_passages([indexed(text) for text in texts])
    bare = embedder.embed_passages([text.text for text in texts])
    others = np.array([text.clause is None for text in texts])
    for row, text in enumerate(texts):
        for asked in text.asked:
            questions = np.stack([embedder.embed_query(wording) for wording in asked.wordings])
            scores = questions @ vectors.T
            ranks = (scores > scores[:, row, None]).sum(axis=1)
            decided = text.clause is not None and asked.intent is Intent.MAY
            nearest = np.where(others, -1, questions @ bare.T).argmax(axis=1)
            yield Found(
                ranks=tuple(ranks.tolist()),
                firsts=tuple(scores.argmax(axis=1).tolist()),
                clauses=tuple((nearest == row).tolist()) if decided else (),
            )


if __name__ == "__main__":
    raise SystemExit(main())
