"""Fitting whether a passage answers: near misses of a voice left out are told."""

import numpy as np
import pytest

pytest.importorskip("sklearn", reason='needs pip install "katsuyo[train]"')

from training.answerability import Asked, auc, fit, left_out


def asked(organisation: str, *, seed: int) -> list[Asked]:
    """Return what only the second trait parts; nearness is chance."""
    chance = np.random.default_rng(seed)
    return [
        Asked(
            organisation,
            np.array([1, (1 if known else -1) + chance.normal(0, 0.3), 0], dtype=np.float32),
            late=float(chance.uniform()),
            answered=known,
        )
        for known in (True, False) * 40
    ]


def test_near_misses_of_a_voice_that_was_left_out_are_told_by_what_others_taught() -> None:
    every = [*asked("a-shop", seed=1), *asked("a-mill", seed=2), *asked("b-farm", seed=3)]

    assert auc(every, left_out(every)) > 0.95
    assert auc(every, [one.late for one in every]) < 0.7


def test_the_trait_that_parts_them_weighs_most() -> None:
    weights = fit(asked("a-shop", seed=1))
    assert np.abs(weights).argmax() == 1
    assert weights[1] > 0
