"""What is remembered of the files: an untouched one is not opened, a touched one always is."""

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.adapters.readers import default_readers
from assistant.corpus.publishing.publish import Publisher, PublishReport
from assistant.corpus.publishing.versions import load_state
from assistant.corpus.reading import CorpusReading, read_corpus
from assistant.corpus.shelf import Shelf, ShelfEntry, load_shelf, save_shelf, stamp_of
from assistant.domain import Document
from tests.fakes import FakeEmbedder, MemoryStore

COMPANY = "company: {name: みどり市役所}\ndepartments: [{name: 市民課}]\n"


class Office:
    """A folder, and what is published of it."""

    def __init__(self, folder: Path) -> None:
        self.corpus = folder / "corpus"
        self.shelf = folder / "data" / "shelf.json"
        self.store = MemoryStore()
        self.write("company.yaml", COMPANY)

    def write(self, name: str, text: str) -> Path:
        path = self.corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def publish(self, store: MemoryStore | None = None) -> PublishReport:
        publisher = Publisher(
            store or self.store,
            readers=default_readers(),
            embedder_loader=FakeEmbedder,
            lock_path=self.shelf.parent
            / ("publish.lock" if store is None else "whole/publish.lock"),
        )
        return publisher.publish(self.corpus, author="佐藤", allow_mass_deletion=True)

    def read(self, known: dict[str, Document], shelf: Shelf) -> CorpusReading:
        return read_corpus(self.corpus, readers=default_readers(), known=known, shelf=shelf)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.write("manuals/a.md", "# 印刷\n\nふたを開けて取り除きます。\n")
    office.write("manuals/b.md", "# 会議室\n\n前日までに予約します。\n")
    return office


def first_reading(office: Office) -> tuple[CorpusReading, dict[str, Document]]:
    reading = office.read({}, Shelf())
    return reading, {document.digest: document for document in reading.documents}


def test_a_file_that_the_shelf_knows_is_not_opened(office: Office) -> None:
    reading, known = first_reading(office)
    path = office.write("manuals/a.md", "# 別\n\n内容がすっかり変わりました。\n")
    before = reading.shelf.entries["manuals/a.md"]
    now = replace(before, stamp=(*before.stamp[:-1], *stamp_of([str(path)])))
    trusted = replace(reading.shelf, entries={**reading.shelf.entries, "manuals/a.md": now})
    assert office.read(known, trusted).documents == reading.documents
    assert office.read(known, reading.shelf).documents != reading.documents


def test_a_file_that_changed_under_the_same_time_and_size_is_read_again(office: Office) -> None:
    reading, known = first_reading(office)
    path = office.corpus / "manuals/b.md"
    times = path.stat()
    text = path.read_text(encoding="utf-8").replace("前日", "当日")
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert path.stat().st_size == times.st_size
    _, changed = office.read(known, reading.shelf).documents
    assert "当日" in changed.passages[0].text


@pytest.mark.parametrize("name", ["manuals/a.md.meta.yaml", "manuals/_meta.yaml", "_meta.yaml"])
def test_details_that_come_beside_a_file_are_noticed(office: Office, name: str) -> None:
    reading, known = first_reading(office)
    office.write(name, "owner: 総務部\n")
    documents = office.read(known, reading.shelf).documents
    assert documents[0].source.owner == "総務部"


def test_another_department_in_company_yaml_has_everything_read_again(office: Office) -> None:
    reading, known = first_reading(office)
    office.write("company.yaml", COMPANY.replace("市民課", "税務課"))
    assert office.read(known, reading.shelf).shelf.made_by != reading.shelf.made_by


def test_a_file_that_was_just_written_is_opened_once_more(tmp_path: Path) -> None:
    now = time.time_ns()
    entries = {
        "fresh.md": ShelfEntry(((9, now, now, 1),), "d", "t"),
        "old.md": ShelfEntry(((9, now - 10**10, now - 10**10, 2),), "d", "t"),
    }
    save_shelf(tmp_path / "shelf.json", Shelf("1", entries))
    kept = load_shelf(tmp_path / "shelf.json")
    assert kept.entries["fresh.md"].stamp == ()
    assert kept.entries["old.md"] == entries["old.md"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format": 1, "entries": {"a": [1]}}'])
def test_a_damaged_shelf_only_costs_time(office: Office, content: bytes) -> None:
    office.publish()
    office.shelf.write_bytes(content)
    office.write("manuals/b.md", "# 会議室\n\n当日でも予約できます。\n")
    report = office.publish()
    assert (report.changed, report.unchanged, report.removed) == (("manuals/b.md",), 1, ())


def test_warnings_are_those_of_a_folder_that_is_read_whole(office: Office) -> None:
    office.write("manuals/twin.md", "# 印刷\n\nふたを開けて取り除きます。\n")
    office.write("manuals/odd.md", "---\ncolour: red\n---\n# 色\n\n色を選びます。\n")
    office.publish()
    again = office.publish()
    assert any("中身が同じです" in problem.reason for problem in again.problems)
    assert any("colour" in problem.reason for problem in again.problems)
    whole = office.publish(MemoryStore())
    assert set(again.problems) <= set(whole.problems)


writes = st.lists(
    st.dictionaries(
        st.sampled_from([f"manuals/{n}.md" for n in range(5)]),
        st.sampled_from(["", "予約は前日まで", "予約は当日まで", "鍵は総務部", "壊れた\x00"]),
        min_size=1,
        max_size=3,
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rounds=writes)
def test_what_is_published_in_steps_is_what_one_publish_would_give(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[dict[str, str]]
) -> None:
    office = Office(tmp_path_factory.mktemp("office"))
    office.write("manuals/always.md", "# いつも\n\n番号札を取ります。\n")
    for round_ in rounds:
        for name, text in round_.items():
            if text:
                office.write(name, f"# 手順\n\n{text}。\n")
            else:
                (office.corpus / name).unlink(missing_ok=True)
        office.publish()
        whole = MemoryStore()
        office.publish(whole)
        stepwise = load_state(office.store, office.store.live())
        assert stepwise == load_state(whole, whole.live())
