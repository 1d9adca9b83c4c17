"""Fits the weights that tell what a number in a sentence is: a figure, whose number, a code.

python -m training.numbers assistant/answering/guard/told.npz [--leave-out set6]
"""

import argparse
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.guard.folding import folded
from assistant.answering.guard.numerals import BUCKETS, Numeral, numerals, traits
from assistant.answering.guard.spans import Span
from assistant.answering.guard.told import KINDS, SCALE
from training.made_figures import made
from training.names import LEARNED_FROM, written
from training.naming import Marked
from training.reading import earlier_organisations

_MADE = 40_000
_STRENGTH = 3.0
"""Inverse strength of the ridge; 10 and 30 were no better on sets left out."""
_WEIGHT = 6
"""Of a sentence that somebody wrote, against one that was put together."""
_SEEN = 2
"""Numbers that a trait must stand beside."""
_SEED = 20261122
_MEASURE = re.compile(r"[円%億万兆名台店社倍人]|ドル|か月")


@dataclass(frozen=True, slots=True)
class Example:
    """The traits of a number, what it is (0: nothing, else KINDS from 1), and its weight."""

    rows: list[int]
    kind: int
    weight: float = 1


def examples(sentence: Marked, tokenizer: SudachiTokenizer) -> Iterator[Example]:
    """Yield the numbers of a sentence; those within another kind of secret teach nothing."""
    words = tokenizer.morphemes(sentence.text)
    found = numerals(sentence.text, words)
    if not found:
        return
    spans = [*sentence.names, *sentence.others]
    for numeral, rows in zip(found, traits(sentence.text, words, found), strict=True):
        touched = [span for span in spans if span.start < numeral.end and numeral.start < span.end]
        if all(_teaches(sentence.text, numeral, span) for span in touched):
            kind = KINDS.index(touched[0].category) + 1 if touched else 0
            yield Example(rows, kind)


def _teaches(text: str, numeral: Numeral, span: Span) -> bool:
    """Tell whether a number within `span` is what makes it a secret."""
    words = text[span.start : span.end]
    if span.category not in KINDS:
        return False
    if span.category is KINDS[0] and len(words) > _AMOUNT:
        return bool(_MEASURE.search(text, numeral.end - 1, numeral.end + 3))
    return span.category is not KINDS[2] or bool(re.fullmatch(r"[#\d *A-Z-]+", words))


_AMOUNT = 12
"""Characters; a longer span tells a figure in words around it."""


def gathered(sentences: Iterable[Marked], tokenizer: SudachiTokenizer) -> Iterator[Example]:
    """Yield the examples of written and of invented sentences, and of questions without secrets."""
    chance = random.Random(_SEED)
    for sentence in sentences:
        for example in examples(sentence, tokenizer):
            yield replace(example, weight=_WEIGHT)
    for one in made(chance, _MADE):
        if folded(one.text).text == one.text:
            yield from examples(one, tokenizer)
    for organisation in earlier_organisations():
        for text in organisation.texts:
            for wording in (text.text, *(one for each in text.asked for one in each.wordings)):
                yield from examples(Marked(folded(wording).text, ()), tokenizer)


def fit(data: Sequence[Example]) -> tuple[Any, Any]:
    """Return weights (BUCKETS, kinds) and intercepts, as against a number that says nothing."""
    import numpy
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    lengths = [len(one.rows) for one in data]
    columns = numpy.concatenate([one.rows for one in data])
    values = numpy.repeat([1 / length**0.5 for length in lengths], lengths)
    ends = numpy.concatenate([[0], numpy.cumsum(lengths)])
    matrix = csr_matrix((values, columns, ends), shape=(len(data), BUCKETS))
    known = numpy.bincount(columns, minlength=BUCKETS) >= _SEEN
    kept = numpy.flatnonzero(known)
    learned = LogisticRegression(C=_STRENGTH, max_iter=100, tol=2e-3)
    learned.fit(matrix[:, kept], [one.kind for one in data], [one.weight for one in data])
    table = numpy.zeros((BUCKETS, len(KINDS)), dtype=numpy.float32)
    table[kept] = (learned.coef_[1:] - learned.coef_[:1]).T
    return table, (learned.intercept_[1:] - learned.intercept_[0]).astype(numpy.float32)


def save(path: Path, table: Any, intercept: Any) -> None:
    """Write the weights in 254 steps."""
    import numpy

    small = numpy.clip(numpy.rint(table * SCALE), -127, 127).astype(numpy.int8)
    numpy.savez_compressed(path, table=small, intercept=intercept)


def main(arguments: list[str] | None = None) -> None:
    """Fit on all sets but those left out, and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m training.numbers", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--leave-out", action="append", default=[], choices=LEARNED_FROM)
    options = parser.parse_args(arguments)
    data = list(gathered(written(options.leave_out), SudachiTokenizer()))
    save(options.out, *fit(data))
    print(f"{len(data)} numbers, {options.out.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
