"""What search finds, and what it never shows."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import Kind, Query, Status
from assistant.errors import IndexMissing, ModelError
from assistant.ports import Embedder
from tests.fakes import BrokenEmbedder, FakeEmbedder, MemoryStore
from tests.search.small_world import SpacedTokenizer, document, embed, engine_on, publish

WEEKLY = document("faqs/weekly.csv", "週報 を 早く 書く コツ", "出張 の 精算 方法")
MINUTES = document("manuals/minutes.md", "議事録 を まとめる 手順", "録音 の 注意")


def paths(hits: list) -> list[str]:
    return [hit.passage.source.path for hit in hits]


def test_the_passage_with_the_words_of_the_question_comes_first(tmp_path: Path) -> None:
    store = MemoryStore()
    publish(store, WEEKLY, MINUTES)
    hits = engine_on(store, tmp_path).search(Query("議事録 の 手順"))
    assert hits[0].passage.text == "議事録 を まとめる 手順"
    assert hits[0].bm25 > 0


def test_a_synonym_finds_what_the_word_does_not(tmp_path: Path) -> None:
    store = MemoryStore()
    publish(store, WEEKLY, MINUTES)
    tokenizer = SpacedTokenizer({"ミーティングメモ": "7", "議事録": "7"})
    hits = engine_on(store, tmp_path, tokenizer=tokenizer).search(Query("ミーティングメモ"))
    assert paths(hits)[0] == "manuals/minutes.md"
    assert hits[0].coverage == pytest.approx(1.0)


def test_what_people_call_a_tool_finds_what_is_written_of_it(tmp_path: Path) -> None:
    store = MemoryStore()
    guide = document("manuals/chat.md", "みどりチャット には 三千字 まで 入る")
    publish(store, WEEKLY, MINUTES, guide)
    hits = engine_on(store, tmp_path).search(Query("ミドチャ"))
    assert paths(hits)[0] == "manuals/chat.md"
    assert hits[0].coverage == pytest.approx(1.0)


def test_meaning_finds_what_shares_no_word(tmp_path: Path) -> None:
    store, embedder = MemoryStore(), FakeEmbedder()
    publish(store, WEEKLY, MINUTES)
    embed(store, embedder, WEEKLY, MINUTES)
    hits = engine_on(store, tmp_path, embedder=lambda: embedder).search(Query("録音"))
    assert hits[0].passage.text == "録音 の 注意"
    assert hits[0].cosine > hits[-1].cosine


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUPERSEDED, Status.RETRACTED])
def test_only_documents_that_hold_now_are_found(tmp_path: Path, status: Status) -> None:
    store, embedder = MemoryStore(), FakeEmbedder()
    old = document("rules/old.md", "議事録 は 手書き", status=status)
    publish(store, WEEKLY, old)
    embed(store, embedder, WEEKLY, old)
    hits = engine_on(store, tmp_path, embedder=lambda: embedder).search(Query("議事録 は 手書き"))
    assert "rules/old.md" not in paths(hits)


def test_a_document_for_some_departments_is_found_by_nobody_yet(tmp_path: Path) -> None:
    store = MemoryStore()
    publish(store, WEEKLY, document("manuals/board.md", "役員 会議", audience=("役員室",)))
    query = Query("役員 会議", department="役員室")
    assert engine_on(store, tmp_path).search(query) == []


def test_own_department_goes_first_among_equals(tmp_path: Path) -> None:
    store = MemoryStore()
    tax = document("stories/a.md", "週報 を 半分 に", departments=("税務課",))
    citizens = document("stories/b.md", "週報 を 半分 に", departments=("市民課",))
    publish(store, tax, citizens)
    engine = engine_on(store, tmp_path)
    own = engine.search(Query("週報 を 半分 に", department="市民課"))
    near = engine.search(Query("週報 を 半分 に", department="土木課", neighbours=("市民課",)))
    assert paths(own)[0] == paths(near)[0] == "stories/b.md"


def test_the_kind_that_is_asked_for_goes_first_among_equals(tmp_path: Path) -> None:
    store = MemoryStore()
    publish(
        store,
        document("manuals/x.md", "週報 の 書き方"),
        document("templates/x.md", "週報 の 書き方"),
    )
    hits = engine_on(store, tmp_path).search(Query("週報", kinds=(Kind.TEMPLATE,)))
    assert paths(hits)[0] == "templates/x.md"


def test_coverage_tells_how_much_of_the_question_a_passage_holds(tmp_path: Path) -> None:
    store = MemoryStore()
    publish(store, WEEKLY, MINUTES)
    hits = engine_on(store, tmp_path).search(Query("議事録 パラグライダー"))
    assert 0 < hits[0].coverage < 0.5


def test_without_an_embedder_words_answer_and_a_notice_says_so(tmp_path: Path) -> None:
    def missing() -> Embedder:
        raise ModelError("重みがありません。")

    store = MemoryStore()
    publish(store, WEEKLY)
    engine = engine_on(store, tmp_path, embedder=missing)
    assert engine.search(Query("週報"))[0].passage.text.startswith("週報")
    assert "言葉の一致だけ" in engine.notice


def test_an_embedder_that_fails_at_a_question_never_fails_the_asker(tmp_path: Path) -> None:
    store = MemoryStore()
    publish(store, WEEKLY)
    engine = engine_on(store, tmp_path, embedder=BrokenEmbedder)
    assert engine.search(Query("週報"))
    assert engine.notice


def test_no_notice_while_everything_works(tmp_path: Path) -> None:
    store = MemoryStore()
    publish(store, WEEKLY)
    engine = engine_on(store, tmp_path)
    engine.search(Query("週報"))
    assert engine.notice == ""


def test_before_the_first_publish_search_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="publish"):
        engine_on(MemoryStore(), tmp_path).search(Query("週報"))


@pytest.mark.parametrize("text", ["", "  \n", "\x00", "😀😀", "\ud800", "a" * 20_000, "？！。"])
def test_any_text_gets_a_list(tmp_path: Path, text: str) -> None:
    store, embedder = MemoryStore(), FakeEmbedder()
    publish(store, WEEKLY)
    embed(store, embedder, WEEKLY)
    hits = engine_on(store, tmp_path, embedder=lambda: embedder).search(Query(text))
    assert all(0 <= hit.coverage <= 1 for hit in hits)


def test_a_version_without_a_searchable_passage_finds_nothing(tmp_path: Path) -> None:
    store = MemoryStore()
    publish(store, document("manuals/draft.md", "下書き", status=Status.DRAFT))
    assert engine_on(store, tmp_path).search(Query("下書き")) == []


def test_timings_are_told_with_the_hits(tmp_path: Path) -> None:
    store = MemoryStore()
    publish(store, WEEKLY)
    result = engine_on(store, tmp_path).search_timed(Query("週報"), limit=1)
    assert len(result.hits) == 1
    assert result.embed_ms >= 0
    assert result.search_ms > 0


@settings(max_examples=25, deadline=None)
@given(
    texts=st.lists(
        st.text(alphabet="週報議事録 ab", min_size=1, max_size=12), min_size=1, max_size=6
    )
)
def test_a_passage_asked_for_by_its_own_words_covers_them(
    texts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = MemoryStore()
    publish(store, document("manuals/any.md", *dict.fromkeys(texts)))
    engine = engine_on(store, tmp_path_factory.mktemp("any"))
    for text in texts:
        hits = engine.search(Query(text))
        scores = [hit.score for hit in hits]
        assert scores == sorted(scores, reverse=True)
        if text.strip():
            assert max(hit.coverage for hit in hits) == pytest.approx(1.0)
