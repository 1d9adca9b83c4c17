"""What passages have in common tells none of them apart."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from assistant.search.centred import centres_of
from assistant.search.vectors import VectorRows

BASE, FORM, TOPIC, OTHER, *_ = np.eye(16, dtype=np.float32)
"""What all texts share, what all templates share, and two topics."""
ALL = np.arange(600)


def unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True), dtype=np.float32)


def whole(rows: NDArray[np.float32]) -> VectorRows:
    return VectorRows("fake", unit(rows), np.ones(len(rows), dtype=np.bool_))


def test_a_manual_on_the_topic_is_not_behind_all_templates_because_a_template_was_named() -> None:
    rows = BASE + 0.1 * np.random.default_rng(0).normal(size=(600, 16)).astype(np.float32)
    rows[300:] += 0.5 * FORM
    rows[0] = BASE + 0.3 * TOPIC
    vectors, asked = whole(rows), unit(BASE + 0.6 * FORM + 0.3 * TOPIC)
    raw = vectors.cosines(ALL, asked)
    centred = centres_of(vectors, (ALL >= 300).astype(np.int32)).look(vectors, ALL, asked).scores
    assert raw[0] < raw[300:].mean()
    assert centred[0] > centred[300:].mean()


def test_a_passage_like_the_best_one_gains_by_it() -> None:
    rows = np.tile(BASE, (600, 1))
    rows[0] = BASE + 0.5 * TOPIC
    rows[1] = BASE + 0.5 * TOPIC + 0.5 * OTHER
    vectors, asked = whole(rows), unit(BASE + 0.2 * OTHER)
    look = centres_of(vectors, np.zeros(600, dtype=np.int32)).look(vectors, ALL, asked)
    assert look.again(1)[0] > look.scores[0]


@given(st.integers(1, 5), st.integers(0, 4))
def test_a_company_of_a_few_passages_has_a_finite_order(size: int, vector_of: int) -> None:
    matrix = unit(np.ones((size, 3), dtype=np.float32) + np.eye(size, 3, dtype=np.float32))
    vectors = VectorRows("fake", matrix, np.ones(size, dtype=np.bool_))
    centres = centres_of(vectors, np.zeros(size, dtype=np.int32))
    scores = centres.look(vectors, np.arange(size), matrix[vector_of % size]).again(0)
    assert np.isfinite(scores).all()
    assert (np.abs(scores) <= 1.2).all()
