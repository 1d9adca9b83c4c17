"""The tokens of a text as a store keeps them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.token_rows import MOST, packed, rows_of, space_of, unpacked
from tests.fakes import FakeEmbedder, FakeTokenEmbedder

WIDTH = 16


def units(seed: int, count: int) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(count, WIDTH)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@given(st.lists(st.integers(0, MOST), max_size=4), st.integers(0, 99))
def test_tokens_come_back_in_order_to_the_precision_of_a_byte(counts: list[int], seed: int) -> None:
    tokens = [units(seed + number, count) for number, count in enumerate(counts)]

    rows = packed(tokens, width=WIDTH)

    assert rows.shape == (len(tokens), MOST * WIDTH / 4)
    for row, own in zip(rows, tokens, strict=True):
        back = unpacked(row, width=WIDTH)
        assert back.shape == own.shape
        assert np.allclose(back, own, atol=0.5 / 127 + 1e-6)


def test_of_a_long_text_the_tokens_that_differ_are_kept() -> None:
    said_once = np.eye(WIDTH, dtype=np.float32)
    repeated = np.repeat(said_once[:1], 3 * MOST, axis=0)

    (row,) = packed([np.concatenate([repeated, said_once])], width=WIDTH)

    assert (unpacked(row, width=WIDTH) @ said_once.T).max(axis=0).min() > 0.99


def test_what_another_width_left_is_no_token() -> None:
    (row,) = packed([units(1, 3)], width=WIDTH)
    assert len(unpacked(row, width=48)) == 0


def test_an_embedder_that_tells_its_tokens_has_them_kept_before_the_vectors() -> None:
    embedder = FakeTokenEmbedder()
    spaces = [space for space, _ in rows_of(embedder, ["週報 の 下書き"])]
    assert spaces == [space_of(embedder.name), embedder.name]


def test_of_any_other_embedder_the_vectors_are_kept() -> None:
    embedder = FakeEmbedder()
    ((space, rows),) = rows_of(embedder, ["週報"])
    assert space == embedder.name
    assert np.array_equal(rows, embedder.embed_passages(["週報"]))
