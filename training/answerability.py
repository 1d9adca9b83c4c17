"""Fit whether a passage answers: `python -m training.answerability` tells how well and writes it.

A logistic regression on the passage whose tokens come nearest, of all that an organisation has:
what its people ask against what none of its texts answers. Fitted on organisations that the
embedder was not tuned on, whose tokens are near only where they are near for everybody. Needs the
extra `train`.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.adapters.e5.embedder import E5Embedder
from assistant.corpus.token_rows import packed, unpacked
from assistant.search import answerability
from assistant.search.answerability import WEIGHTS, traits
from assistant.search.late import TokenBlock
from training.lessons import indexed
from training.reading import Organisation, is_unseen, read_organisations

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

FILE = Path(answerability.__file__).with_name(WEIGHTS)
_STRENGTH = 0.1
"""Inverse strength of the ridge."""
_NEAR_MISS = 3.0
"""What a near miss weighs beside a question that is answered: there are five times as many."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One wording beside the nearest passage."""

    organisation: str
    traits: NDArray[np.float32]
    late: float
    """How near that passage comes."""
    answered: bool


def main(arguments: list[str] | None = None) -> int:
    """Print how well organisations left out are told, and write the weights of all."""
    parser = argparse.ArgumentParser(prog="python -m training.answerability", description=__doc__)
    parser.add_argument("--out", type=Path, default=FILE, help="default: the package's")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        embedder = E5Embedder(Path(folder))
        asked = [
            one
            for each in filter(is_unseen, read_organisations())
            for one in questions(each, embedder)
        ]
    missed = sum(not one.answered for one in asked)
    print(f"{len(asked) - missed} wordings that a text answers, {missed} near misses")
    print(f"AUC of an organisation, by nearness alone: {auc(asked, [o.late for o in asked]):.3f}")
    print(f"fitted, its voice left out: {auc(asked, left_out(asked)):.3f}")
    np.savez_compressed(options.out, embedder=E5Embedder.name, weights=fit(asked))
    print(f"{options.out}: written")
    return 0


def questions(organisation: Organisation, embedder: E5Embedder) -> Iterator[Asked]:
    """Yield every wording of an organisation."""
    read = embedder.read_passages([indexed(text) for text in organisation.texts])
    width = embedder.token_width
    rows = packed([each.tokens for each in read], width=width)
    block = TokenBlock.of([unpacked(row, width=width) for row in rows])
    answered = (a.wordings for text in organisation.texts for a in text.asked)
    for known, wordings in ((True, answered), (False, organisation.near_misses)):
        for wording in (each for group in wordings for each in group):
            question = embedder.read_query(wording)
            near = block.near(question)
            late = near.mean(axis=0)
            best = [int(late.argmax())]
            own = traits(question.tokens, near[:, best])[0]
            yield Asked(organisation.name, own, float(late[best[0]]), known)


def fit(asked: Sequence[Asked]) -> NDArray[np.float32]:
    """Return the weights of the traits."""
    return np.asarray(_fitted(asked).coef_[0], dtype=np.float32)


def left_out(asked: Sequence[Asked]) -> list[float]:
    """Return the log-odds of each by weights that saw nothing of its voice."""
    voices = sorted({_voice(one) for one in asked})
    fitted = {v: fit([one for one in asked if _voice(one) != v]) for v in voices}
    return [float(one.traits @ fitted[_voice(one)]) for one in asked]


def auc(asked: Sequence[Asked], worth: Sequence[float]) -> float:
    """Return how often an answered question is above a near miss, the mean of organisations."""
    from sklearn.metrics import roc_auc_score

    by_name: dict[str, list[tuple[bool, float]]] = {}
    for one, value in zip(asked, worth, strict=True):
        by_name.setdefault(one.organisation, []).append((one.answered, value))
    return fmean(float(roc_auc_score(*zip(*each, strict=True))) for each in by_name.values())


def _fitted(asked: Sequence[Asked]) -> "LogisticRegression":
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(
        C=_STRENGTH, fit_intercept=False, class_weight={0: _NEAR_MISS, 1: 1.0}, max_iter=2_000
    )
    return model.fit(np.stack([one.traits for one in asked]), [one.answered for one in asked])


def _voice(one: Asked) -> str:
    return one.organisation.partition("-")[0]


if __name__ == "__main__":
    raise SystemExit(main())
