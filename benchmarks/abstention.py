"""Fit the constants of `answering.abstain`: does the evidence answer the question?

    python -m benchmarks.abstention DATA_DIR [COMPANY ...]

DATA_DIR: where the sample company has been published. COMPANY: a folder with `corpus/` and
`eval/suites/` of another company: one alone cannot tell what is its own and what is general.

Fitted on the suites (dev and test; holdout stays unseen) and benchmarks/colloquial.tsv. Each
company is scored by constants fitted without it; the table of reliability tells how often
questions of each probability were answerable. JaQuAD, lawqa and debian_faq_ja only check: no
company they are, and nobody at work asks like that. Near miss: an answerable question with its
documents taken out of the hits.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.abstention.abstain import BIAS, WEIGHTS, Features, features
from assistant.answering.japanese.words import Topics
from assistant.app import App
from assistant.settings import Settings
from benchmarks.abstention_sets import PUBLIC, Asking, colloquial, companies, public, suites

Floats = NDArray[np.float64]

_OWN = frozenset({"suites", "colloquial"})
"""Both ask the sample company: neither is scored by constants that saw the other."""
_LARGEST = 2.0
"""Weight of the suites of the sample company, the only ones with hundreds of passages."""
_RIDGE = 1.0
_BINS = (0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Sample:
    """Features of one question's hits (1 first, for the bias), and what was asked."""

    name: str
    kind: str
    row: tuple[float, ...]


def main(data: Path, folders: Sequence[Path] = ()) -> None:
    """Print each set under the others' constants, the reliability, the constants of all."""
    samples = list(_samples(data, folders))
    asked = [one for one in samples if one.name not in PUBLIC and one.kind != "near"]
    chances = np.full(len(samples), np.nan)
    for name in dict.fromkeys(one.name for one in samples):
        kin = _OWN if name in _OWN else {name}
        others = [one for one in asked if one.name not in kin]
        if not others:
            print(f"{name:15} no other company to compare with")
            continue
        weights = _fit(others)
        own = [n for n, one in enumerate(samples) if one.name == name]
        chances[own] = _probability(_rows([samples[n] for n in own]), weights)
        chosen, seen = [samples[n] for n in own], chances[own]
        near, unknown = (_auc(chosen, seen, kind) for kind in ("near", "unanswerable"))
        print(f"{name:15} AUC near miss {near:.3f}  unanswerable {unknown:.3f}")
    _print_reliability(samples, chances)
    names = ("bias", *(each.name for each in fields(Features)))
    print(f"{'':12}  fitted  in use")
    for name, value, used in zip(names, _fit(asked), (BIAS, *astuple(WEIGHTS)), strict=True):
        print(f"{name:12}  {value:6.2f}  {used:6.2f}")


def _samples(data: Path, folders: Sequence[Path]) -> Iterator[Sample]:
    own = App(Settings(corpus_dir=Path("corpus"), data_dir=data))
    topics = Topics(SudachiTokenizer())
    for asking in (*suites(own, "suites", Path()), *colloquial(own)):
        yield from _of(asking, topics)
    with tempfile.TemporaryDirectory() as folder:
        for asking in (*companies(folders, Path(folder)), *public(Path(folder))):
            yield from _of(asking, topics)


def _of(asking: Asking, topics: Topics) -> Iterator[Sample]:
    for kind, hits in asking.cases():
        seen = features(asking.query, hits, topics=topics, setting=asking.setting(hits))
        yield Sample(asking.name, kind, (1.0, *astuple(seen)))


def _print_reliability(samples: Sequence[Sample], chances: Floats) -> None:
    """Of questions to companies: what was promised and what came, by probability."""
    asked = [n for n, one in enumerate(samples) if one.name not in PUBLIC and one.kind != "near"]
    good = np.array([samples[n].kind == "answerable" for n in asked])
    seen = chances[asked]
    print("probability   n     mean  answerable")
    for low, high in pairwise(_BINS):
        within = (seen >= low) & (seen < high)
        if within.any():
            mean, share = seen[within].mean(), good[within].mean()
            print(f"{low:.1f}–{high:.1f}     {within.sum():4}    {mean:.2f}    {share:.2f}")


def _fit(samples: Sequence[Sample], rounds: int = 60) -> Floats:
    """Logistic regression by Newton's method, ridge on all but the bias; not balanced.

    A set of 400 questions counts twice as much as one of 100.
    """
    rows = _rows(samples)
    wanted = np.array([sample.kind == "answerable" for sample in samples], dtype=float)
    sizes = Counter(one.name for one in samples)
    weight = np.array([(100 / sizes[one.name]) ** 0.5 for one in samples])
    weight *= [_LARGEST if one.name == "suites" else 1.0 for one in samples]
    ridge = _RIDGE * np.eye(rows.shape[1])
    ridge[0, 0] = 0.01
    weights: Floats = np.zeros(rows.shape[1])
    for _ in range(rounds):
        chance = _probability(rows, weights)
        gradient = rows.T @ (weight * (wanted - chance)) - ridge @ weights
        curve = (rows * (weight * chance * (1 - chance))[:, None]).T @ rows + ridge
        weights = weights + np.linalg.solve(curve, gradient)
    return weights


def _rows(samples: Sequence[Sample]) -> Floats:
    return np.array([sample.row for sample in samples])


def _probability(rows: Floats, weights: Floats) -> Floats:
    chance: Floats = 1 / (1 + np.exp(-rows @ weights))
    return chance


def _auc(samples: Sequence[Sample], chances: Floats, kind: str) -> float:
    kinds = np.array([sample.kind for sample in samples])
    good, bad = chances[kinds == "answerable"], chances[kinds == kind]
    if not len(good) or not len(bad):
        return float("nan")
    return float((good[:, None] > bad[None, :]).mean() + 0.5 * (good[:, None] == bad).mean())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.abstention", description=__doc__)
    parser.add_argument("data", type=Path, help="where the sample company has been published")
    parser.add_argument("companies", type=Path, nargs="*", help="folders of other companies")
    options = parser.parse_args()
    main(options.data, options.companies)
