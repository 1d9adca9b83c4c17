"""One suite for every Store: what each must keep, whatever it is made of."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.adapters.sqlite.store import SqliteStore
from assistant.corpus.text import text_key
from assistant.domain import Company, Department, Document, Kind, Passage, Source, Status
from assistant.errors import StoreError
from assistant.ports import Store
from tests.fakes import MemoryStore

COMPANY = Company(name="見本商事", departments=(Department("経理部", aliases=("経理",)),))


@pytest.fixture(params=["sqlite", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "memory":
        yield MemoryStore()
        return
    with closing(SqliteStore(tmp_path / "data" / "katsuyo.sqlite3")) as real:
        yield real


def document(name: str, *texts: str, status: Status = Status.CURRENT, digest: str = "") -> Document:
    source = Source(
        path=f"manuals/{name}.md",
        title=name,
        kind=Kind.MANUAL,
        updated=date(2026, 4, 1),
        status=status,
        extra={"備考": "なし"},
    )
    passages = tuple(
        Passage(id=f"{name}-{text}", source=source, ordinal=place, headings=("章",), text=text)
        for place, text in enumerate(texts)
    )
    return Document(name, source, passages, digest=digest or "-".join((status, *texts)))


def publish(store: Store, *documents: Document, live: bool = True) -> int:
    version = store.publish(COMPANY, documents, author="佐藤", summary="更新")
    return store.go_live(version.id).id if live else version.id


def test_nothing_is_live_before_the_first_publish(store: Store) -> None:
    assert store.live() is None
    assert store.versions() == []


def test_a_published_version_is_not_live_until_the_pointer_moves(store: Store) -> None:
    version = store.publish(COMPANY, [document("a", "い", "ろ")], author="佐藤", summary="最初")
    assert store.live() is None
    assert (version.documents, version.passages, version.live) == (1, 2, False)
    live = store.go_live(version.id)
    assert version.draft
    assert live == replace(version, live=True, draft=False)
    assert store.live() == live
    assert (live.author, live.summary) == ("佐藤", "最初")
    assert live.created.utcoffset() is not None


def test_company_and_documents_come_back_as_they_were_published(store: Store) -> None:
    second, first = document("b", "に"), document("a", "い", "ろ", "は")
    version_id = publish(store, second, first)
    assert store.company(version_id) == COMPANY
    entries = store.documents(version_id)
    assert [entry.source for entry in entries] == [first.source, second.source]
    assert [entry.digest for entry in entries] == [first.digest, second.digest]
    assert entries[0].passage_ids == ("a-い", "a-ろ", "a-は")
    assert tuple(store.passages(entries[0].passage_ids)) == first.passages


def test_a_passage_keeps_the_department_and_date_of_its_own(store: Store) -> None:
    whole = document("a", "い", "ろ", "は")
    row = replace(whole.source, departments=("経理部",), updated=date(2026, 6, 30))
    undated = replace(whole.source, updated=None)
    passages = tuple(
        replace(passage, source=source)
        for passage, source in zip(whole.passages, (row, whole.source, undated), strict=True)
    )
    version_id = publish(store, replace(whole, passages=passages))
    (entry,) = store.documents(version_id)
    assert entry.source == whole.source
    assert [entry.source_of(each) for each in entry.passage_ids] == [row, whole.source, undated]
    assert tuple(store.passages(entry.passage_ids)) == passages


def test_a_passage_that_moves_to_another_department_stays_where_it_was_in_the_old_version(
    store: Store,
) -> None:
    whole = document("a", "い")
    (passage,) = whole.passages
    versions = {}
    for name in ("経理部", "営業部"):
        moved = replace(passage, source=replace(whole.source, departments=(name,)))
        versions[name] = publish(store, replace(whole, passages=(moved,)))
    assert store.passages(["a-い"])[0].source.departments == ("営業部",)
    for name, version_id in versions.items():
        assert store.passages(["a-い"], version_id=version_id)[0].source.departments == (name,)
        assert store.documents(version_id)[0].source_of("a-い").departments == (name,)


def test_a_document_without_passages_is_kept(store: Store) -> None:
    version_id = publish(store, document("empty"))
    assert store.documents(version_id)[0].passage_ids == ()


def test_passages_come_in_the_order_asked_for_with_repeats(store: Store) -> None:
    publish(store, document("a", "い", "ろ"))
    found = store.passages(["a-ろ", "a-い", "a-ろ"])
    assert [passage.text for passage in found] == ["ろ", "い", "ろ"]


def test_an_unknown_passage_or_version_is_a_store_error(store: Store) -> None:
    publish(store, document("a", "い"))
    with pytest.raises(StoreError):
        store.passages(["a-い", "no-such-passage"])
    for ask in (store.company, store.documents, store.go_live):
        with pytest.raises(StoreError):
            ask(99)
    assert store.live() is not None


def test_a_withdrawn_document_keeps_its_old_status_in_the_old_version_only(store: Store) -> None:
    old = publish(store, document("a", "い"))
    new = publish(store, document("a", "い", status=Status.RETRACTED), live=False)
    assert store.passages(["a-い"])[0].source.status is Status.CURRENT
    assert store.passages(["a-い"], version_id=new)[0].source.status is Status.RETRACTED
    store.go_live(new)
    assert store.passages(["a-い"])[0].source.status is Status.RETRACTED
    assert store.passages(["a-い"], version_id=old)[0].source.status is Status.CURRENT


def test_passages_of_a_version_that_is_not_live_can_be_read(store: Store) -> None:
    publish(store, document("a", "い"))
    new = publish(store, document("b", "ろ"), live=False)
    assert store.passages(["b-ろ"])[0].text == "ろ"
    assert store.passages(["b-ろ"], version_id=new)[0].text == "ろ"


def test_rolling_back_brings_the_old_documents_back(store: Store) -> None:
    first = publish(store, document("a", "い"))
    second = publish(store, document("a", "ろ"))
    assert store.go_live(first).id == first
    assert [version.live for version in store.versions()] == [False, True]
    assert store.documents(second)[0].passage_ids == ("a-ろ",)


def test_the_last_ten_versions_and_the_live_one_are_kept(store: Store) -> None:
    first = publish(store, document("a", "0"))
    later = []
    for n in range(1, 13):
        later.append(publish(store, document("a", str(n))))
        store.go_live(first)
    assert [version.id for version in store.versions()] == [*reversed(later[-10:]), first]
    assert store.passages(["a-0"])[0].text == "0"
    store.go_live(later[-1])
    publish(store, document("a", "13"))
    with pytest.raises(StoreError):
        store.passages(["a-0"])


def test_a_new_draft_takes_the_place_of_the_one_before(store: Store) -> None:
    live = publish(store, document("a", "い"))
    first = publish(store, document("a", "ろ"), live=False)
    second = publish(store, document("a", "は"), live=False)
    assert [(one.id, one.draft) for one in store.versions()] == [(second, True), (live, False)]
    with pytest.raises(StoreError):
        store.go_live(first)
    store.go_live(second)
    third = publish(store, document("a", "に"), live=False)
    assert [one.id for one in store.versions()] == [third, second, live]


def test_the_editions_of_a_document_are_told_by_version(store: Store) -> None:
    first = publish(store, document("a", "い", "ろ"), document("b", "は"))
    second = publish(store, document("a", "い", status=Status.RETRACTED), document("b", "は"))
    third = publish(store, document("b", "は"))
    found = store.editions("manuals/a.md")
    assert list(found) == [first, second]
    assert [found[first]] == [e for e in store.documents(first) if e.id == "a"]
    assert found[second].source.status is Status.RETRACTED
    assert list(store.editions("manuals/b.md")) == [first, second, third]
    assert store.editions("manuals/none.md") == {}


def test_vectors_are_cached_by_text_and_embedder(store: Store) -> None:
    vectors = np.eye(3, dtype=np.float32)
    store.save_vectors(["x", "y", "z"], vectors, embedder="e1")
    store.save_vectors(["y"], vectors[:1], embedder="e2")
    found = store.vectors(["y", "z", "w"], embedder="e1")
    assert set(found) == {"y", "z"}
    assert found["y"].dtype == np.float32
    np.testing.assert_array_equal(found["y"], vectors[1])
    np.testing.assert_array_equal(store.vectors(["y"], embedder="e2")["y"], vectors[0])


def test_saving_a_vector_again_replaces_it(store: Store) -> None:
    store.save_vectors(["x"], np.eye(2, dtype=np.float32)[:1], embedder="e")
    store.save_vectors(["x"], np.eye(2, dtype=np.float32)[1:], embedder="e")
    np.testing.assert_array_equal(store.vectors(["x"], embedder="e")["x"], [0, 1])


def test_spaces_are_told_last_written_first_and_can_be_dropped(store: Store) -> None:
    for embedder in ("e1", "e2", "e3", "e1"):
        store.save_vectors(["x"], np.eye(2, dtype=np.float32)[:1], embedder=embedder)
    assert store.spaces() == ["e1", "e3", "e2"]

    store.drop_vectors(["e3", "nobody's"])

    assert store.spaces() == ["e1", "e2"]
    assert store.vectors(["x"], embedder="e3") == {}
    assert set(store.vectors(["x"], embedder="e2")) == {"x"}


def test_terms_are_cached_by_text_and_tokenizer(store: Store) -> None:
    store.save_terms({"x": "週報 書く", "y": ""}, tokenizer="t1")
    assert store.terms(["x", "y", "z"], tokenizer="t1") == {"x": "週報 書く", "y": ""}
    assert store.terms(["x"], tokenizer="t2") == {}


def test_more_ids_than_sqlite_has_parameters_can_be_asked_for(store: Store) -> None:
    publish(store, document("a", "い"))
    ids = [f"no-{n}" for n in range(40_000)]
    assert store.vectors(ids, embedder="e") == {}
    assert store.terms(ids, tokenizer="t") == {}
    assert len(store.passages(["a-い"] * 40_000)) == 40_000


def test_missing_vectors_names_one_passage_for_every_text_without_one(store: Store) -> None:
    same = document("a", "い", "ろ")
    version_id = publish(store, same)
    assert store.missing_vectors(version_id, embedder="e") == ["a-い", "a-ろ"]
    store.save_vectors([text_key(same.passages[0])], np.eye(2, dtype=np.float32)[:1], embedder="e")
    assert store.missing_vectors(version_id, embedder="e") == ["a-ろ"]
    assert store.missing_vectors(version_id, embedder="other") == ["a-い", "a-ろ"]


def test_verify_counts_what_is_kept_and_what_lacks_vectors(store: Store) -> None:
    health = store.verify(embedder="e")
    assert health.ok
    assert health.versions == health.missing_vectors == 0
    publish(store, document("a", "い", "ろ"))
    store.save_vectors(["k"], np.eye(2, dtype=np.float32)[:1], embedder="e")
    health = store.verify(embedder="e")
    assert (health.versions, health.documents, health.passages, health.vectors) == (1, 1, 2, 1)
    assert health.missing_vectors == 2
