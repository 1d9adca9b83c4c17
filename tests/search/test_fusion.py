"""How the legs' scores become one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.search.fusion import Leg, Top, fuse, top


def leg(weight: float, *scores: float, present: tuple[bool, ...] = ()) -> Leg:
    values = np.array(scores, dtype=np.float32)
    known = np.array(present) if present else None
    return Leg(weight, Top.of(np.arange(len(values)), values), values, known)


def test_a_leg_alone_spans_zero_to_one() -> None:
    assert fuse([leg(0.4, 2, 6, 4)]).tolist() == pytest.approx([0, 1, 0.5])


def test_legs_count_by_their_weights() -> None:
    fused = fuse([leg(0.4, 1, 0), leg(0.6, 0.80, 0.90)])
    assert fused.tolist() == pytest.approx([0.4, 0.6])


def test_a_passage_without_a_vector_is_ranked_by_its_words() -> None:
    fused = fuse([leg(0.5, 3, 3, 0), leg(0.5, 0.9, 0, 0.8, present=(True, False, True))])
    assert fused[1] == pytest.approx(1.0)


def test_a_leg_that_found_nothing_gives_nothing() -> None:
    assert fuse([leg(0.5, 0, 0), leg(0.5, 0.9, 0.8)]).tolist() == pytest.approx([0.5, 0.0])


def test_one_passage_gets_the_whole() -> None:
    assert fuse([leg(1, 0.7)]).tolist() == [1.0]


def test_rows_without_a_score_are_not_proposed() -> None:
    proposed = top(np.array([0, 2, 0, 1], dtype=np.float32))
    assert sorted(proposed.rows.tolist()) == [1, 3]
    assert (proposed.low, proposed.high) == (0, 2)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 50, width=32), min_size=1, max_size=300), st.floats(0.1, 0.9))
def test_fused_scores_are_shares(scores: list[float], weight: float) -> None:
    fused = fuse([leg(weight, *scores), leg(1 - weight, *reversed(scores))])
    assert ((fused >= 0) & (fused <= 1 + 1e-6)).all()
