"""What the tuning brings to finding by meaning alone, by one vector and by tokens.

python -m training.measure
python -m training.measure --voices a --tuning without_a.npz

Only what the tuning was not fitted on tells anything: without voices, the organisations held out.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from assistant.adapters.e5.embedder import E5Embedder
from assistant.adapters.e5.tuning import UNTUNED, Tuning, read_tuning, shipped_tuning
from assistant.corpus.token_rows import packed, unpacked
from assistant.ports import Read
from assistant.search.late import TokenBlock
from training.lessons import indexed
from training.reading import HELD_OUT, Intent, Organisation, read_organisations

_VECTORS, _TOKENS = "vectors", "tokens"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing asked: where the right passage came in each wording, 0 is first."""

    ranks: tuple[int, ...]
    firsts: tuple[int, ...]
    """Which passage came first."""
    clauses: tuple[bool, ...]
    """Whether the deciding clause is nearer than every other clause; empty for other questions."""


@dataclass(frozen=True, slots=True)
class _Passages:
    """An organisation's passages as the product keeps them."""

    vectors: NDArray[np.float32]
    tokens: TokenBlock

    def near(self, questions: Sequence[Read], way: str) -> NDArray[np.float32]:
        """Return (questions, passages)."""
        if way == _VECTORS:
            return np.stack([question.vector for question in questions]) @ self.vectors.T
        return np.stack([self.tokens.late(question) for question in questions])


def main(arguments: list[str] | None = None) -> int:
    """Print the model as its wheel brings it, and tuned."""
    parser = argparse.ArgumentParser(prog="python -m training.measure", description=__doc__)
    parser.add_argument("--voices", nargs="+", help="default: the organisations held out")
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
        for way, means in measured(organisations, tuning).items():
            values = " | ".join(f"{value:.3f}" for value in means)
            print(f"| {name}, by {way} | {values} |", flush=True)
    return 0


def measured(organisations: Sequence[Organisation], tuning: Tuning) -> dict[str, tuple[float, ...]]:
    """Return recall@1, recall@5, MRR, agreement of the wordings, and clause accuracy (0–1).

    By the vectors, and by the tokens where the tuning has a head for them.
    """
    ways = (_VECTORS, _TOKENS) if tuning.head.width else (_VECTORS,)
    found: dict[str, list[Found]] = {way: [] for way in ways}
    with TemporaryDirectory() as folder:
        embedder = E5Embedder(Path(folder), tuning=tuning)
        for one in organisations:
            for way, each in _found(one, embedder, ways):
                found[way].append(each)
    return {way: _means(each) for way, each in found.items()}


def _means(found: Sequence[Found]) -> tuple[float, ...]:
    ranks = [rank for each in found for rank in each.ranks]
    return (
        fmean(rank == 0 for rank in ranks),
        fmean(rank < 5 for rank in ranks),
        fmean(1 / (rank + 1) for rank in ranks),
        fmean(first == each.firsts[0] for each in found for first in each.firsts[1:]),
        fmean(right for each in found for right in each.clauses),
    )


def _found(
    organisation: Organisation, embedder: E5Embedder, ways: Sequence[str]
) -> Iterator[tuple[str, Found]]:
    texts = organisation.texts
    whole = _passages(embedder, [indexed(text) for text in texts])
    bare = _passages(embedder, [text.text for text in texts])
    others = np.array([text.clause is None for text in texts])
    for row, text in enumerate(texts):
        for asked in text.asked:
            questions = [embedder.read_query(wording) for wording in asked.wordings]
            decided = text.clause is not None and asked.intent is Intent.MAY
            for way in ways:
                scores = whole.near(questions, way)
                ranks = (scores > scores[:, row, None]).sum(axis=1)
                nearest = np.where(others, -1, bare.near(questions, way)).argmax(axis=1)
                yield (
                    way,
                    Found(
                        ranks=tuple(ranks.tolist()),
                        firsts=tuple(scores.argmax(axis=1).tolist()),
                        clauses=tuple((nearest == row).tolist()) if decided else (),
                    ),
                )


def _passages(embedder: E5Embedder, texts: Sequence[str]) -> _Passages:
    read, width = embedder.read_passages(texts), embedder.token_width
    rows = packed([each.tokens for each in read], width=width)
    tokens = [unpacked(row, width=width) for row in rows]
    return _Passages(np.stack([each.vector for each in read]), TokenBlock.of(tokens))


if __name__ == "__main__":
    raise SystemExit(main())
