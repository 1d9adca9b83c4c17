"""On the real store and the real vector index: every answer comes wholly from one version."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.adapters.chroma.index import ChromaIndex
from assistant.adapters.sqlite.store import SqliteStore
from assistant.domain import Query
from assistant.search.engine import SearchEngine
from assistant.search.resilient import ResilientIndex
from tests.fakes import FakeEmbedder
from tests.search.small_world import document, embed, engine_on, publish

PAGES = 8
EDITIONS = 6
ROLLBACKS = 12


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path / "katsuyo.sqlite3")
    yield store
    store.close()


@pytest.fixture
def chroma(tmp_path: Path) -> Iterator[ChromaIndex]:
    chroma = ChromaIndex(tmp_path / "chroma", embedder=FakeEmbedder().name)
    yield chroma
    chroma.close()


@pytest.mark.slow
def test_answers_during_publishing_and_rollback_come_from_one_version(
    store: SqliteStore, chroma: ChromaIndex, tmp_path: Path
) -> None:
    embedder, index = FakeEmbedder(), ResilientIndex(chroma)
    versions = [_publish(store, embedder, edition=0)]
    engine = engine_on(store, tmp_path, embedder=lambda: embedder, index=index)
    done = threading.Event()
    failures: list[str] = []
    askers = [threading.Thread(target=_ask, args=(engine, done, failures)) for _ in range(2)]
    for asker in askers:
        asker.start()
    try:
        for edition in range(1, EDITIONS):
            versions.append(_publish(store, embedder, edition=edition))
            done.wait(0.2)
        for turn in range(ROLLBACKS):
            store.go_live(versions[turn * 5 % EDITIONS])
            done.wait(turn % 4 * 0.1)
    finally:
        done.set()
        for asker in askers:
            asker.join()
    assert failures == []
    store.go_live(versions[2])
    assert {hit.passage.text.split()[0] for hit in engine.search(Query("手順"))} == {"第2版"}
    index.wait(10)


def _publish(store: SqliteStore, embedder: FakeEmbedder, *, edition: int) -> int:
    pages = [document(f"manuals/{n}.md", f"第{edition}版 の 手順 {n}") for n in range(PAGES)]
    embed(store, embedder, *pages)
    return publish(store, *pages)


def _ask(engine: SearchEngine, done: threading.Event, failures: list[str]) -> None:
    """Note every result that is not one edition's, whole, with the vectors' word on each hit."""
    while not done.is_set():
        snapshot = engine.snapshot()
        hits = engine.search(Query("手順 の 確認"), snapshot=snapshot)
        editions = {hit.passage.text.split()[0] for hit in hits}
        known = {passage_id for entry in snapshot.documents for passage_id in entry.passage_ids}
        if len(editions) != 1 or {hit.passage.id for hit in hits} != known:
            failures.append(f"version {snapshot.version.id}: {sorted(editions)}, {len(hits)} hits")
        elif not all(hit.cosine for hit in hits):
            failures.append(f"version {snapshot.version.id}: a hit without its own vector")
