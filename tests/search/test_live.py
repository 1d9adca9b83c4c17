"""One question sees one version; new versions and vectors are taken in without a restart."""

import threading
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.domain import Kind, Query, Status
from assistant.errors import StoreError
from assistant.ports import Vectors
from assistant.search.exact import ExactIndex
from tests.fakes import FakeEmbedder, MemoryStore
from tests.search.small_world import SpacedTokenizer, document, embed, engine_on, publish

pytestmark = pytest.mark.slow

OLD = document("faqs/a.csv", "締切 は 月末")
NEW = document("faqs/a.csv", "締切 は 二十日")


def eventually(condition) -> None:
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_question_in_hand_keeps_its_version(tmp_path: Path) -> None:
    store = MemoryStore()
    publish(store, OLD)
    engine = engine_on(store, tmp_path)
    before = engine.snapshot()
    publish(store, NEW)
    assert engine.search(Query("締切"), snapshot=before)[0].passage.text == "締切 は 月末"
    assert before.document(OLD.id) == OLD
    assert engine.search(Query("締切"))[0].passage.text == "締切 は 二十日"


def test_rolling_back_answers_from_the_version_before(tmp_path: Path) -> None:
    store = MemoryStore()
    first = publish(store, OLD)
    publish(store, NEW)
    engine = engine_on(store, tmp_path)
    assert engine.search(Query("締切"))[0].passage.text == "締切 は 二十日"
    store.go_live(first)
    assert engine.search(Query("締切"))[0].passage.text == "締切 は 月末"


def test_questions_during_publishing_never_see_two_versions(tmp_path: Path) -> None:
    store, embedder = MemoryStore(), FakeEmbedder()
    editions = [
        [document(f"manuals/{n}.md", f"第{edition}版 の 手順 {n}") for n in range(5)]
        for edition in range(6)
    ]
    for edition in editions:
        embed(store, embedder, *edition)
    publish(store, *editions[0])
    engine = engine_on(store, tmp_path, embedder=lambda: embedder)
    mixed: list[set[str]] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            found = {hit.passage.text.split()[0] for hit in engine.search(Query("手順"))}
            if len(found) != 1:
                mixed.append(found)

    askers = [threading.Thread(target=ask) for _ in range(3)]
    for asker in askers:
        asker.start()
    for edition in editions[1:]:
        publish(store, *edition)
        time.sleep(0.05)
    done.set()
    for asker in askers:
        asker.join()
    assert mixed == []
    assert engine.search(Query("手順"))[0].passage.text.startswith("第5版")


def test_words_answer_at_once_and_vectors_are_taken_in_as_they_come(tmp_path: Path) -> None:
    store, embedder = MemoryStore(), FakeEmbedder()
    other = document("manuals/b.md", "録音 の 注意")
    publish(store, OLD, other)
    engine = engine_on(store, tmp_path, embedder=lambda: embedder)
    assert engine.search(Query("締切"))[0].cosine == 0
    assert engine.snapshot().vector_share == 0
    embed(store, embedder, OLD)
    eventually(lambda: engine.snapshot().vector_share == 0.5)
    embed(store, embedder, other)
    eventually(lambda: engine.snapshot().vector_share == 1)
    assert engine.search(Query("締切"))[0].cosine > 0


def test_a_restart_analyses_nothing_again(tmp_path: Path) -> None:
    store, embedder, tokenizer = MemoryStore(), FakeEmbedder(), SpacedTokenizer()
    publish(store, OLD)
    embed(store, embedder, OLD)
    engine_on(store, tmp_path, embedder=lambda: embedder, tokenizer=tokenizer).snapshot()
    first = len(tokenizer.analysed)
    again = engine_on(store, tmp_path, embedder=lambda: embedder, tokenizer=tokenizer).snapshot()
    assert len(tokenizer.analysed) == first == 1
    assert again.vector_share == 1


def test_only_new_passages_are_analysed_when_the_next_version_goes_live(tmp_path: Path) -> None:
    store, tokenizer = MemoryStore(), SpacedTokenizer()
    publish(store, OLD)
    engine = engine_on(store, tmp_path, tokenizer=tokenizer)
    engine.snapshot()
    publish(store, OLD, document("manuals/b.md", "録音 の 注意"))
    engine.snapshot()
    assert tokenizer.analysed == ["a.csv\n締切 は 月末", "b.md\n録音 の 注意"]


@pytest.mark.parametrize("damage", ["cut", "garbage", "gone"])
def test_a_damaged_index_is_built_again(tmp_path: Path, damage: str) -> None:
    store = MemoryStore()
    publish(store, OLD)
    engine_on(store, tmp_path).snapshot()
    for file in (tmp_path / "index").glob("*/*/*"):
        if damage == "gone":
            file.unlink()
        else:
            file.write_bytes(file.read_bytes()[:20] if damage == "cut" else b"\x00" * 9)
    assert engine_on(store, tmp_path).search(Query("締切"))


def test_old_indexes_do_not_pile_up(tmp_path: Path) -> None:
    store = MemoryStore()
    engine = engine_on(store, tmp_path)
    for number in range(6):
        publish(store, document("faqs/a.csv", f"締切 は {number} 日"))
        engine.snapshot()
    assert len(list((tmp_path / "index").iterdir())) <= 3


def test_an_index_folder_that_cannot_be_written_says_where_and_what_to_do(tmp_path: Path) -> None:
    store = MemoryStore()
    publish(store, OLD)
    (tmp_path / "index").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(StoreError, match="空き容量") as caught:
        engine_on(store, tmp_path).snapshot()
    assert str(tmp_path / "index") in str(caught.value)


class _FailingIndex(ExactIndex):
    def nearest(self, vector, *, limit: int) -> list[tuple[str, float]]:
        raise StoreError("壊れています。")


class _ForgetfulIndex(ExactIndex):
    def sync(self, ids: Sequence[str], vectors: Vectors) -> None:
        super().sync(ids[:1], np.asarray(vectors[:1]))


class _AskedIndex(ExactIndex):
    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def nearest(self, vector, *, limit: int) -> list[tuple[str, float]]:
        self.asked += 1
        return super().nearest(vector, limit=limit)


@pytest.mark.parametrize(("scanned", "asked"), [(8, False), (7, True)])
def test_the_vector_index_is_asked_only_where_a_scan_is_dearer(
    tmp_path: Path, *, scanned: int, asked: bool
) -> None:
    store, embedder, index = MemoryStore(), FakeEmbedder(), _AskedIndex()
    pages = [document(f"manuals/{n}.md", f"{n} 章 の 録音") for n in range(8)]
    publish(store, *pages)
    embed(store, embedder, *pages)
    engine = engine_on(store, tmp_path, embedder=lambda: embedder, index=index, scanned=scanned)
    eventually(lambda: engine.snapshot() and len(index) == 8)
    assert len(engine.search(Query("録音"))) == 8
    assert bool(index.asked) is asked


@pytest.mark.parametrize("index", [_FailingIndex, _ForgetfulIndex])
def test_a_vector_index_that_fails_changes_no_answer(
    tmp_path: Path, index: type[ExactIndex]
) -> None:
    store, embedder = MemoryStore(), FakeEmbedder()
    pages = [document(f"manuals/{n}.md", f"{n} 章 の 録音 と {n * 7} の 話") for n in range(8)]
    publish(store, *pages)
    embed(store, embedder, *pages)
    answers = []
    for name, kind in (("right", ExactIndex), ("wrong", index)):
        engine = engine_on(store, tmp_path / name, embedder=lambda: embedder, index=kind())
        engine.snapshot()
        time.sleep(0.1)
        hits = engine.search(Query("録音 の 話"))
        answers.append([(hit.passage.id, round(hit.score, 5)) for hit in hits])
    assert answers[0] == answers[1]


def test_a_snapshot_knows_rules_kinds_and_what_was_withdrawn(tmp_path: Path) -> None:
    store = MemoryStore()
    rule = document("rules/rule.md", "第一条", "第二条")
    gone = document("stories/gone.md", "撤回 した 話", status=Status.RETRACTED)
    draft = document("rules/next.md", "次 の 第一条", status=Status.DRAFT)
    publish(store, rule, gone, draft, OLD)
    snapshot = engine_on(store, tmp_path).snapshot()
    assert [passage.text for passage in snapshot.rules] == ["第一条", "第二条"]
    assert snapshot.passages_of(Kind.STORY) == ()
    assert [source.path for source in snapshot.withdrawn] == ["stories/gone.md"]
    assert snapshot.document(gone.id) == gone
    assert snapshot.document(draft.id) is None
    assert snapshot.document("nothing") is None
    assert len(snapshot.documents) == 4
    assert snapshot.company.name == "みどり市役所"
    assert snapshot.passage(rule.passages[1].id).text == "第二条"
    with pytest.raises(KeyError):
        snapshot.passage(draft.passages[0].id)
