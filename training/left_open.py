"""Fit what a clause leaves open of a question: `python -m training.left_open` tells how well.

A conditional logit over the clauses of a rule and none, beside what the signs are worth, on the
organisations that the embedder was not tuned on. Needs the extra `train`.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.adapters.e5.embedder import E5Embedder
from assistant.answering.verdict import left_open
from assistant.answering.verdict.left_open import WEIGHTS
from training.reading import read_organisations
from training.verdicts import Asked, asked_of, conditional_logit, shipped, told_of

FILE = Path(left_open.__file__).with_name(WEIGHTS)
_RIDGE = 0.015
"""By question. From .003 to .025 as much is found of voices left out; the stronger, the less is
lost where the words of the rule are asked for."""


def main(arguments: list[str] | None = None) -> int:
    """Print what it finds of voices left out, and write the weights of all."""
    parser = argparse.ArgumentParser(prog="python -m training.left_open", description=__doc__)
    parser.add_argument("--out", type=Path, default=FILE, help="default: the package's")
    options = parser.parse_args(arguments)
    questions = list(asked_of(read_organisations()))
    signs = [shipped()] * len(questions)
    told = sum(one.answer is not None for one in questions)
    print(f"{told} questions that a clause answers, {len(questions) - told} that none does")
    print("by the signs alone:", told_of([one.alone() for one in questions], signs))
    print("with it, its voice left out:", told_of(_left_out(questions), signs))
    weights = fit(questions).astype(np.float32)
    np.savez_compressed(options.out, embedder=E5Embedder.name, weights=weights)
    print(f"{options.out}: written")
    return 0


def fit(questions: Sequence[Asked]) -> NDArray[np.float64]:
    """Return the weights, as many as a token is wide."""
    now = shipped()
    alone = [one.alone() for one in questions]
    return conditional_logit(
        [one.left_open for one in questions],
        [one.answer for one in questions],
        before=np.zeros(questions[0].left_open.shape[1]),
        ridge=_RIDGE,
        worths=[one.signs @ now[:-1] + now[-1] for one in alone],
    )


def _left_out(questions: Sequence[Asked]) -> list[Asked]:
    """Return each question by weights that saw nothing of its voice."""
    voices = sorted({_voice(one) for one in questions})
    fitted = {v: fit([one for one in questions if _voice(one) != v]) for v in voices}
    return [one.with_left_open(fitted[_voice(one)]) for one in questions]


def _voice(one: Asked) -> str:
    return one.organisation.partition("-")[0]


if __name__ == "__main__":
    raise SystemExit(main())
