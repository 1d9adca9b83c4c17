"""Passages beside a question, token by token."""

from pathlib import Path

import numpy as np
import pytest

from assistant.adapters.e5.embedder import E5Embedder
from assistant.corpus.text import search_text, text_key
from assistant.corpus.token_rows import rows_of
from assistant.domain import Document, Query
from assistant.ports import Read, Store
from assistant.search.late import KeptTokens, TokenBlock, read_query, reranked
from tests.fakes import FakeEmbedder, FakeTokenEmbedder, MemoryStore
from tests.search.small_world import document, embed, engine_on, publish

READER = FakeTokenEmbedder()


def keep(store: Store, embedder: FakeTokenEmbedder, *documents: Document) -> None:
    """Save all that publishing saves of these documents."""
    passages = [passage for each in documents for passage in each.passages]
    keys = [text_key(passage) for passage in passages]
    for space, rows in rows_of(embedder, [search_text(passage) for passage in passages]):
        store.save_vectors(keys, rows, embedder=space)


def block(*texts: str) -> TokenBlock:
    return TokenBlock.of([each.tokens for each in READER.read_passages(texts)])


def test_a_text_that_holds_each_word_is_nearer_than_one_that_repeats_a_single_one() -> None:
    scores = block("見積 の 比較", "見積 見積 見積 見積", "").late(READER.read_query("見積 比較"))
    assert scores.tolist() == [1.0, 0.5, 0.0]


def test_a_short_text_is_covered_by_a_question_that_names_all_of_it_among_much_else() -> None:
    scores = block("見積 比較", "見積 の 送り 先 一覧", "").covered(
        READER.read_query("表 で 見積 比較")
    )
    assert scores[0] == 1.0
    assert 0 < scores[1] < 1.0
    assert scores[2] == 0.0


@pytest.mark.parametrize("read", [READER.read_query(""), Read(np.ones(4), np.ones((2, 3)))])
def test_a_question_without_tokens_or_with_those_of_another_model_is_near_to_nothing(
    read: Read,
) -> None:
    one = block("見積 の 比較")
    assert one.late(read).tolist() == one.covered(read).tolist() == [0.0]


def test_the_passage_that_names_what_is_asked_goes_before_one_that_search_found_better() -> None:
    scores = np.array([0.9, 0.8, 0.1], dtype=np.float32)
    late = np.array([0.2, 0.9, 0.3], dtype=np.float32)
    assert np.argmax(reranked(scores, late)) == 1


def test_a_passage_without_tokens_keeps_its_place_by_the_legs_alone() -> None:
    scores = np.array([0.9, 0.8, 0.1], dtype=np.float32)
    late = np.array([0.0, 0.9, 0.3], dtype=np.float32)
    assert reranked(scores, late)[0] == scores[0]
    assert np.array_equal(reranked(scores, np.zeros(3, dtype=np.float32)), scores)


def test_tokens_are_asked_of_the_store_once() -> None:
    store, one = MemoryStore(), document("manuals/a.md", "見積 の 比較")
    keep(store, READER, one)
    tokens = KeptTokens(store)
    question = READER.read_query("見積")
    first = tokens.compared(question, one.passages, embedder=READER.name).late
    store.vectors = None  # type: ignore[assignment] — whoever asks it again fails
    again = tokens.compared(question, one.passages, embedder=READER.name).late
    assert again == first == [1.0]


def test_what_was_learned_of_an_embedders_tokens_is_told_of_no_other() -> None:
    store, one = MemoryStore(), document("manuals/a.md", "見積 の 比較")
    keep(store, READER, one)
    ours = FakeTokenEmbedder(name=E5Embedder.name)
    keep(store, ours, one)

    told = [
        KeptTokens(store).compared(each.read_query("見積"), one.passages, embedder=each.name)
        for each in (READER, ours)
    ]

    assert told[0].answerability == [0.0]
    assert told[1].answerability != [0.0]


def test_hits_tell_how_near_they_come_token_by_token(tmp_path: Path) -> None:
    store = MemoryStore()
    documents = document("manuals/a.md", "見積 の 比較"), document("manuals/b.md", "会議 の 見積")
    publish(store, *documents)
    keep(store, READER, *documents)

    hits = engine_on(store, tmp_path, embedder=FakeTokenEmbedder).search(Query("見積 比較"))

    assert [hit.passage.source.path for hit in hits] == ["manuals/a.md", "manuals/b.md"]
    assert hits[0].late > hits[1].late > 0


def test_without_tokens_hits_tell_none(tmp_path: Path) -> None:
    store, one = MemoryStore(), document("manuals/a.md", "見積 の 比較")
    publish(store, one)
    embed(store, FakeEmbedder(), one)

    (hit,) = engine_on(store, tmp_path).search(Query("見積"))

    assert hit.cosine
    assert hit.late == 0
    assert read_query(FakeEmbedder(), "見積").tokens.size == 0
