"""A small town hall whose documents all change with every edition, and what must hold of its data.

Every document says the number of its edition: a mix of two versions shows at once.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

from assistant.adapters.readers import default_readers
from assistant.adapters.sqlite.store import SqliteStore
from assistant.corpus.publishing.publish import Publisher
from assistant.corpus.publishing.versions import load_documents
from assistant.domain import Query
from assistant.errors import KatsuyoError
from assistant.ports import Store
from assistant.search.engine import SearchEngine
from tests.fakes import FakeEmbedder
from tests.search.small_world import engine_on

DOCUMENTS = 24
"""Two batches of vectors."""

COMPANY = """\
company: {name: みどり市役所}
departments: [{name: 市民課}]
consultation: {name: 相談室}
"""


def write_edition(corpus: Path, edition: int) -> None:
    """Write every document anew, each with the number of the edition in it."""
    (corpus / "manuals").mkdir(parents=True, exist_ok=True)
    (corpus / "company.yaml").write_text(COMPANY, encoding="utf-8")
    for place in range(DOCUMENTS):
        text = f"# 手順{place}\n\n第{edition}回 の 改訂 です。窓口{place}では番号札を渡します。\n"
        (corpus / "manuals" / f"{place:02}.md").write_text(text, encoding="utf-8")


def database(data: Path) -> Path:
    return data / "katsuyo.sqlite3"


def publisher_on(
    store: Store, data: Path, *, lock_wait: timedelta = timedelta(seconds=30)
) -> Publisher:
    return Publisher(
        store,
        readers=default_readers(),
        embedder_loader=FakeEmbedder,
        embedder_name=FakeEmbedder().name,
        lock_path=data / "publish.lock",
        lock_wait=lock_wait,
    )


def edition_of(text: str) -> int:
    return int(text.split("第")[1].split("回")[0])


def live_edition(store: SqliteStore) -> int:
    """Return the one edition that every live document holds; 0 if nothing is live."""
    live = store.live()
    if live is None:
        return 0
    documents = load_documents(store, version_id=live.id)
    editions = {edition_of(one.text) for document in documents for one in document.passages}
    assert len(documents) == DOCUMENTS
    assert len(editions) == 1, f"第{live.id}版 mixes {editions}"
    return editions.pop()


def search_edition(engine: SearchEngine) -> int:
    """Ask, and return the one edition that the whole answer comes from."""
    hits = engine.search(Query("改訂 です。"), limit=DOCUMENTS)
    editions = {edition_of(hit.passage.text) for hit in hits}
    assert len(hits) == DOCUMENTS, f"{len(hits)} hits"
    assert len(editions) == 1, f"an answer mixes {editions}"
    return editions.pop()


class Asker:
    """Someone who asks the whole time, and notes every answer that must not have been given."""

    def __init__(self, engine: SearchEngine) -> None:
        self._engine = engine
        self._done = threading.Event()
        self.allowed: frozenset[int] = frozenset()
        """The editions that may answer now: the live one, and the one that is being published."""
        self.answers = 0
        self.wrong: list[str] = []

    def ask(self) -> None:
        while not self._done.wait(0.2):
            before = self.allowed
            try:
                edition = search_edition(self._engine)
            except (AssertionError, KatsuyoError) as error:
                self.wrong.append(str(error))
                continue
            if edition not in before | self.allowed:
                self.wrong.append(f"{edition} answered, not one of {sorted(self.allowed)}")
            self.answers += 1

    def stop(self) -> None:
        """End after one more answer."""
        last = self.answers
        while self.answers == last and not self.wrong:
            time.sleep(0.01)
        self._done.set()


@contextmanager
def asking(data: Path, *, live: int) -> Iterator[Asker]:
    """Let someone ask the data folder in this process, which no fault reaches, until the end."""
    with closing(SqliteStore(database(data))) as store:
        asker = Asker(engine_on(store, data))
        asker.allowed = frozenset({live})
        thread = threading.Thread(target=asker.ask)
        thread.start()
        try:
            yield asker
        finally:
            asker.stop()
            thread.join()
    assert asker.wrong == []
