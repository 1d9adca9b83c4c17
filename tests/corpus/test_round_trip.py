"""What reading gave is what answers: nothing of a document is lost on its way through the store."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from assistant.adapters.readers import default_readers
from assistant.adapters.sqlite.store import SqliteStore
from assistant.corpus.publishing.publish import Publisher
from assistant.corpus.publishing.versions import load_state
from assistant.corpus.reading import CorpusReading, read_corpus
from assistant.domain import Document, Passage, Query
from tests.conftest import SAMPLE
from tests.fakes import FakeEmbedder
from tests.search.small_world import engine_on

COMPANY = """\
company: {name: みどり市役所}
departments: [{name: 市民課}, {name: 税務課}]
consultation: {name: 相談室}
"""
FAQ = """\
question,answer,department,updated
申請書の控えは必要ですか,はい。一部をお渡しします。,市民課,2026-06-30
申請書の控えは要りますか,いいえ。窓口で保管します。,税務課,2026-05-01
印刷機はどこですか,二階の東側です。,,
"""
STORIES = """\
title,department,before,after,date
住民票の案内文,市民課,2時間,30分,2026-06-01
督促状の下書き,税務課,1時間,20分,2026-05-01
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a corpus whose tables tell departments and dates of their own for single rows."""
    corpus = tmp_path / "corpus"
    for name, text in (("faqs/a.csv", FAQ), ("stories/a.csv", STORIES)):
        (corpus / name).parent.mkdir(parents=True)
        (corpus / name).write_text(text, encoding="utf-8")
    (corpus / "faqs" / "_meta.yaml").write_text("updated: 2026-01-01\n", encoding="utf-8")
    (corpus / "company.yaml").write_text(COMPANY, encoding="utf-8")
    return corpus


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with closing(SqliteStore(tmp_path / "katsuyo.sqlite3")) as store:
        yield store


def publish(store: SqliteStore, corpus: Path, embedder: FakeEmbedder) -> CorpusReading:
    """Publish `corpus`, and return what reading it gives."""
    reading = read_corpus(corpus, readers=default_readers())
    Publisher(
        store,
        readers=default_readers(),
        embedder_loader=lambda: embedder,
        lock_path=corpus.parent / "publish.lock",
    ).publish(corpus, author="佐藤")
    return reading


def own(document: Document) -> list[Passage]:
    return [one for one in document.passages if one.source != document.source]


def test_rows_keep_their_own_department_and_date_when_they_are_published(
    corpus: Path, store: SqliteStore
) -> None:
    reading = publish(store, corpus, FakeEmbedder())
    faqs, stories = load_state(store, store.live()).documents
    assert (faqs, stories) == reading.documents
    assert [(one.source.departments, one.source.updated) for one in faqs.passages] == [
        (("市民課",), date(2026, 6, 30)),
        (("税務課",), date(2026, 5, 1)),
        ((), date(2026, 1, 1)),
    ]
    assert [one.source.departments for one in stories.passages] == [("市民課",), ("税務課",)]


def test_the_row_of_the_askers_department_goes_first_and_says_whose_it_is(
    corpus: Path, store: SqliteStore
) -> None:
    publish(store, corpus, FakeEmbedder())
    search = partial(engine_on(store, corpus.parent).search, limit=1)
    for department in ("市民課", "税務課"):
        (hit,) = search(Query("申請書の控え", department=department))
        assert hit.passage.source.departments == (department,)


def test_a_snapshot_keeps_the_departments_of_its_own_version(
    corpus: Path, store: SqliteStore
) -> None:
    before = publish(store, corpus, FakeEmbedder())
    engine = engine_on(store, corpus.parent)
    snapshot = engine.snapshot()
    moved = FAQ.replace("税務課,2026-05-01", "市民課,2026-05-02")
    (corpus / "faqs" / "a.csv").write_text(moved, encoding="utf-8")
    after = publish(store, corpus, FakeEmbedder())
    for held, reading in ((snapshot, before), (engine.snapshot(), after)):
        documents = [held.document(entry.id) for entry in held.documents]
        assert documents == list(reading.documents)


def test_a_new_department_is_a_change_that_embeds_nothing_again(
    corpus: Path, store: SqliteStore
) -> None:
    embedder = FakeEmbedder()
    publish(store, corpus, embedder)
    embedded = len(embedder.embedded)
    (corpus / "faqs" / "a.csv").write_text(FAQ.replace("税務課", "市民課"), encoding="utf-8")
    publish(store, corpus, embedder)
    faqs, _ = load_state(store, store.live()).documents
    assert faqs.passages[1].source.departments == ("市民課",)
    assert len(embedder.embedded) == embedded
    assert len(store.versions()) == 2


@pytest.mark.slow
def test_every_document_of_the_sample_company_is_published_as_it_was_read(
    store: SqliteStore, tmp_path: Path
) -> None:
    reading = read_corpus(SAMPLE, readers=default_readers())
    version = store.publish(reading.company, reading.documents, author="佐藤", summary="")
    live = store.go_live(version.id)
    assert sum(len(own(document)) for document in reading.documents) > 0
    assert load_state(store, live).documents == reading.documents
    snapshot = engine_on(store, tmp_path).snapshot()
    for document in reading.documents:
        found = snapshot.document(document.id)
        assert found is None or found == document
    searchable = [one for each in reading.documents for one in each.passages]
    sources = {one.id: one.source for one in searchable}
    index = snapshot.index
    assert [index.sources[place] for place in index.source_of] == [sources[i] for i in index.ids]
