"""Near misses, told by the tokens of the question that a passage leaves open."""

from pathlib import Path

import numpy as np
import pytest

from assistant.adapters.e5.embedder import E5Embedder
from assistant.search.answerability import shipped, traits
from assistant.search.late import TokenBlock

pytestmark = pytest.mark.slow

PASSAGE = "AI相談会\n毎月第3木曜の18時から、別館の2階で開きます。申し込みは要りません。"
ANSWERED = ("AI相談会は何曜日ですか", "AIの会ってどこでやってるの?", "AI相談会 申し込み 必要?")
MISSED = (
    "AI相談会の先生はどなたですか",
    "AIの会に出ると年いくらかかる?",
    "相談会 パソコン メーカー",
)


def test_the_weights_are_those_of_the_embedder_that_ships() -> None:
    assert shipped().embedder == E5Embedder.name


def test_what_a_passage_tells_is_likelier_than_what_it_leaves_out(embedder: Path) -> None:
    reader = E5Embedder(embedder)
    block = TokenBlock.of([read.tokens for read in reader.read_passages([PASSAGE])])

    def odds(question: str) -> float:
        read = reader.read_query(question)
        return float(shipped().told(read.tokens, block.near(read))[0])

    assert min(map(odds, ANSWERED)) > max(map(odds, MISSED))


def test_traits_are_told_of_each_passage_by_itself() -> None:
    chance = np.random.default_rng(1)
    tokens = chance.normal(size=(5, 8)).astype(np.float32)
    near = chance.uniform(-1, 1, size=(5, 3)).astype(np.float32)

    whole = traits(tokens, near)

    assert whole.shape == (3, 4 + 2 * 8)
    alone = np.vstack([traits(tokens, near[:, [place]]) for place in range(3)])
    assert np.allclose(whole, alone, atol=1e-5)


def test_a_passage_that_holds_all_of_the_question_leaves_nothing_open() -> None:
    tokens = np.eye(4, 8, dtype=np.float32)
    assert not traits(tokens, np.ones((4, 1), dtype=np.float32))[0, -8:].any()
