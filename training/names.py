"""Fits the weights that find people and companies in what employees type.

    python -m training.names assistant/answering/guard/names.npz
    python -m training.names without_set5.npz --leave-out set5

Left out, a set is measured with the other weights in the package's place (README.md).
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.guard.folding import folded
from assistant.answering.guard.named import LABELS, SCALE
from assistant.answering.guard.traits import BUCKETS, traits
from assistant.domain import Category, Kind
from training.naming import Marked, called, named, placed, read_marked, varied
from training.reading import earlier_organisations

SETS = Path("tests/answering/guard_sets")
LEARNED_FROM = (
    *("set1", "set2", "set2b", "set3", "set5", "set6", "set7", "set8", "set9", "set10"),
    *("set12", "set13", "set14", "set15", "set16", "set17"),
)
"""Sets of sentences that the weights may know; every other set is left for measuring."""
LOOK_ALIKES = Path("training/look_alikes.tsv")
"""Prices and counts on show, and names, in the sets' format, beside what differs in one thing."""

_INVENTED = 4
"""Copies of a sentence with other names in it."""
_PLACED_SHARE, _CALLED_SHARE = 0.25, 0.2
"""Of the wordings, those that are also read with a place, or with «運転手さん», before them."""
_SEED = 20261122
_SEVERAL = 6
"""Texts that a trait must stand in; what fewer hold is chance, and makes the file large."""
_EPOCHS = 4
_BATCH = 64
_RATE = 0.01
_DECAY = 2e-6
_DROPPED = 0.25
"""Share of traits that a step does not see: no single word may decide."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """Traits (words, kinds) of one text and the label of each word."""

    traits: Any
    labels: list[int]


def written(left_out: Sequence[str] = ()) -> Iterator[Marked]:
    """Yield the sentences that somebody wrote, but for the sets `left_out`."""
    sets = [name for name in LEARNED_FROM if name not in left_out]
    for path in (*(SETS / f"{name}.tsv" for name in sets), LOOK_ALIKES):
        yield from read_marked(path)


def lessons(
    sentences: Sequence[Marked], tokenizer: SudachiTokenizer, *, copies: int
) -> Iterator[Lesson]:
    """Yield each sentence, with invented names, and with holes where something else stood."""
    chance = random.Random(_SEED)
    for sentence in sentences:
        yield lesson(sentence, tokenizer)
        if not sentence.names and not sentence.others:
            continue
        for _ in range(copies):
            yield lesson(varied(sentence, chance), tokenizer)


def lesson(sentence: Marked, tokenizer: SudachiTokenizer) -> Lesson:
    """Return traits and labels: a word that shares a character with a name belongs to it."""
    words = tokenizer.morphemes(sentence.text)
    labels = [0] * len(words)
    for span in sentence.names:
        inner = [
            n for n, word in enumerate(words) if word.start < span.end and span.start < word.end
        ]
        first = 1 if span.category is Category.PERSON else 3
        for n in inner:
            labels[n] = first if n == inner[0] else first + 1
    return Lesson(traits(sentence.text, words, tokenizer.is_surname), labels)


def plain(tokenizer: SudachiTokenizer) -> Iterator[Lesson]:
    """Yield the wordings of the invented organisations, and those with a name for somebody."""
    chance = random.Random(_SEED)
    for organisation in earlier_organisations():
        wordings = [
            *(one for text in organisation.texts for asked in text.asked for one in asked.wordings),
            *(one for miss in organisation.near_misses for one in miss),
            *(text.text for text in organisation.texts if text.kind is not Kind.STORY),
        ]
        for wording in wordings:
            sentence = Marked(folded(wording).text, ())
            yield lesson(sentence, tokenizer)
            told = named(sentence.text, chance)
            if told:
                yield lesson(told, tokenizer)
            if chance.random() < _PLACED_SHARE:
                yield lesson(placed(sentence.text, chance), tokenizer)
            if chance.random() < _CALLED_SHARE:
                yield lesson(called(sentence.text, chance), tokenizer)


def fit(data: Sequence[Lesson], *, epochs: int = _EPOCHS) -> tuple[Any, Any]:
    """Return weights (BUCKETS, labels) and transitions (labels, labels) of a linear-chain CRF."""
    import torch

    torch.manual_seed(_SEED)
    chance = random.Random(_SEED)
    count = len(LABELS)
    seen = _seen(data)
    table = torch.zeros(BUCKETS, count, requires_grad=True)
    moves = torch.zeros(count, count, requires_grad=True)
    steps = torch.optim.Adam([table, moves], lr=_RATE)
    order = sorted(range(len(data)), key=lambda n: len(data[n].labels))
    batches = [order[n : n + _BATCH] for n in range(0, len(order), _BATCH)]
    for epoch in range(epochs):
        chance.shuffle(batches)
        for group in steps.param_groups:
            group["lr"] = _RATE * (1 - epoch / epochs)
        total = 0.0
        for batch in batches:
            loss = _loss([data[n] for n in batch], table, moves)
            steps.zero_grad()
            loss.backward()
            steps.step()
            with torch.no_grad():
                table *= torch.from_numpy(seen)
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total / len(batches):.4f}", flush=True)
    return table.detach().numpy() * seen, moves.detach().numpy()


def _seen(data: Sequence[Lesson]) -> Any:
    """Return 1 for each trait of several texts, 0 for the others: a trait of one text is chance."""
    import numpy

    texts = numpy.zeros((BUCKETS, 1), dtype=numpy.float32)
    for one in data:
        texts[numpy.unique(one.traits)] += 1
    return (texts >= _SEVERAL).astype(numpy.float32)


def _loss(batch: Sequence[Lesson], table: Any, moves: Any) -> Any:
    import numpy
    import torch

    longest = max(len(one.labels) for one in batch)
    width = batch[0].traits.shape[1]
    rows = numpy.zeros((len(batch), longest, width), dtype=numpy.int64)
    labels = numpy.zeros((len(batch), longest), dtype=numpy.int64)
    mask = numpy.zeros((len(batch), longest), dtype=bool)
    for n, one in enumerate(batch):
        rows[n, : len(one.labels)] = one.traits
        labels[n, : len(one.labels)] = one.labels
        mask[n, : len(one.labels)] = True
    there = torch.from_numpy(mask)
    truth = torch.from_numpy(labels)
    kept = (torch.rand(rows.shape) >= _DROPPED).float() / (1 - _DROPPED)
    index = torch.from_numpy(rows).reshape(-1, width)
    scores = torch.nn.functional.embedding_bag(
        index, table, per_sample_weights=kept.reshape(-1, width), mode="sum"
    ).reshape(len(batch), longest, -1)
    gold = (scores.gather(2, truth[:, :, None])[:, :, 0] * there).sum(1)
    gold = gold + (moves[truth[:, :-1], truth[:, 1:]] * there[:, 1:]).sum(1)
    state = scores[:, 0]
    for at in range(1, longest):
        following = torch.logsumexp(state[:, :, None] + moves[None], 1) + scores[:, at]
        state = torch.where(there[:, at, None], following, state)
    used = table[index.unique()]
    return (torch.logsumexp(state, 1) - gold).mean() + _DECAY * (used**2).sum()


def save(path: Path, table: Any, moves: Any) -> None:
    """Write both as int8; SCALE steps are one unit."""
    import numpy

    def small(values: Any) -> Any:
        return numpy.clip(numpy.rint(values * SCALE), -127, 127).astype(numpy.int8)

    weights = small(table[:, 1:] - table[:, :1])
    weights[numpy.abs(weights) < _LEAST] = 0
    numpy.savez_compressed(path, table=weights, moves=small(moves))


_LEAST = 3
"""Steps below which a weight counts nothing: with those of two the file is 8% larger, and the sets
are read the same but for a sentence here and there."""


def main(arguments: list[str] | None = None) -> None:
    """Fit on all sets but those left out, and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m training.names", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--leave-out", action="append", default=[], choices=LEARNED_FROM)
    options = parser.parse_args(arguments)
    tokenizer = SudachiTokenizer()
    sentences = list(written(options.leave_out))
    data = [*lessons(sentences, tokenizer, copies=_INVENTED), *plain(tokenizer)]
    table, moves = fit(data)
    save(options.out, table, moves)
    print(f"{len(data)} texts, {options.out.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
