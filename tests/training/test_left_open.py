"""Fitting what a clause leaves open of a question."""

from dataclasses import fields

import numpy as np
import pytest

pytest.importorskip("scipy", reason='needs pip install "katsuyo[train]"')

from assistant.answering.verdict.signs import Signs
from training.left_open import fit
from training.verdicts import Asked


def asked() -> list[Asked]:
    """Return questions that a clause answers unless it leaves their first token open.

    The second one, «いい?», is left open by every clause.
    """
    size = len(fields(Signs))

    def one(*, answered: bool) -> Asked:
        left = np.array([[0.0 if answered else 5.0, 5.0]])
        return Asked("a-shop", (), np.zeros((1, size)), left, 0 if answered else None)

    return [one(answered=answered) for answered in (True, False) * 30]


def test_what_parts_questions_from_those_that_no_clause_answers_is_learned() -> None:
    subject, ending = fit(asked())
    assert subject < -0.5
    assert ending > 0


def test_the_last_sign_is_what_the_weights_tell() -> None:
    told = asked()[1].with_left_open(np.array([-2.0, 0.0]))
    assert told.signs[0, -1] == -10.0
    assert told.alone().signs[0, -1] == 0.0
