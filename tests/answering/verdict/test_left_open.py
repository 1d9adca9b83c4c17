"""What a clause leaves open of a question speaks against it, by what was learned of the words."""

from pathlib import Path

import numpy as np
import pytest

from assistant.adapters.e5.embedder import E5Embedder
from assistant.answering.verdict.left_open import shipped, traits_of
from assistant.search.late import TokenBlock

CLAUSE = "カルテの写し、患者さんの写真"


def test_a_clause_that_holds_all_of_the_question_leaves_nothing_open() -> None:
    tokens = np.eye(3, 8, dtype=np.float32)
    assert not traits_of(tokens, np.ones((3, 2), dtype=np.float32)).any()


def test_each_clause_is_told_by_itself() -> None:
    chance = np.random.default_rng(3)
    tokens = chance.normal(size=(5, 8)).astype(np.float32)
    near = chance.uniform(-1, 1, size=(5, 4)).astype(np.float32)
    alone = np.vstack([traits_of(tokens, near[:, [place]]) for place in range(4)])
    assert np.allclose(traits_of(tokens, near), alone, atol=1e-5)


@pytest.mark.slow
def test_another_subject_speaks_more_against_a_clause_than_another_way_to_ask(
    embedder: Path,
) -> None:
    reader = E5Embedder(embedder)
    assert shipped().embedder == reader.name
    block = TokenBlock.of([read.tokens for read in reader.read_passages([CLAUSE])])

    def odds(question: str) -> float:
        read = reader.read_query(question)
        return float(shipped().told(read.tokens, block.near(read))[0])

    plain, polite = (
        odds("カルテの写しを入れていい?"),
        odds("カルテの写し、入れても大丈夫でしょうか"),
    )
    other = odds("待合室の音楽をAIに作曲させていい?")
    assert other < min(plain, polite)
