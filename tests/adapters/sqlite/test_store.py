"""What only the file on disk has: exact round trips, damage, permissions, full disks."""

import json
import sqlite3
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Select
from sqlalchemy.dialects import sqlite

from assistant.adapters.sqlite import queries, rows
from assistant.adapters.sqlite.errors import store_errors
from assistant.adapters.sqlite.store import SqliteStore
from assistant.corpus.publishing.versions import load_documents
from assistant.corpus.text import text_key
from assistant.domain import (
    Clause,
    Company,
    Content,
    Document,
    FaqPair,
    Kind,
    Measure,
    Passage,
    Prose,
    Source,
    Story,
    Template,
)
from assistant.errors import StoreError

ROOT = Path(__file__).resolve().parents[3]
SOURCE = Source(path="faqs/a.csv", title="よくある質問", kind=Kind.FAQ)
PROSE = Prose()


def passage(name: str, content: Content = PROSE) -> Passage:
    return Passage(id=name, source=SOURCE, ordinal=0, headings=(), text=name, content=content)


def document(*passages: Passage, source: Source = SOURCE) -> Document:
    return Document(id="a", source=source, passages=passages, digest="d")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "katsuyo.sqlite3"


TEXTS = st.text(max_size=20)
MEASURES = st.builds(Measure, original=TEXTS, duration=st.none() | st.timedeltas(), per=TEXTS)
CONTENTS = st.one_of(
    st.builds(Prose),
    st.builds(Clause),
    st.builds(FaqPair, question=TEXTS, answer=TEXTS),
    st.builds(
        Story,
        task=TEXTS,
        before=st.none() | MEASURES,
        told_on=st.none() | st.dates(),
    ),
    st.builds(Template, body=TEXTS, slots=st.lists(TEXTS, max_size=3).map(tuple)),
)


SOURCES = st.builds(
    Source,
    path=TEXTS,
    title=TEXTS,
    departments=st.lists(TEXTS, max_size=3).map(tuple),
    updated=st.none() | st.dates(),
    extra=st.dictionaries(TEXTS, TEXTS, max_size=2),
)


@given(st.from_type(Company))
@settings(max_examples=30, deadline=None)
def test_a_company_comes_back_exactly_as_it_was_stored(company: Company) -> None:
    assert rows.company_of(rows.to_json(company)) == company


@settings(deadline=None)
@given(SOURCES, CONTENTS, TEXTS, st.lists(TEXTS, max_size=3), st.none() | st.integers(1, 999))
def test_a_passage_comes_back_exactly_as_it_was_stored(
    source: Source, content: Content, text: str, headings: list[str], page: int | None
) -> None:
    before = Passage("id", source, 3, tuple(headings), text, content, page)
    after = rows.passage_of(rows.passage_row(before), rows.source_of(rows.to_json(source)))
    assert after == before
    assert type(after.content) is type(content)


@settings(deadline=None)
@given(SOURCES, SOURCES)
def test_the_source_of_a_row_comes_back_exactly_as_it_was_stored(
    whole: Source, row: Source
) -> None:
    own = rows.own_json(row, whole)
    assert rows.source_of(rows.to_json(whole), own) == row
    assert (own is None) == (row == whole)
    assert rows.own_json(whole, whole) is None


def test_contents_with_equal_fields_keep_their_class(path: Path) -> None:
    with closing(SqliteStore(path)) as store:
        contents = (Prose(), Story(task="週報"), Template(body="本文", task="週報"))
        passages = [passage(str(place), one) for place, one in enumerate(contents)]
        store.publish(Company("会社", ()), [document(*passages)], author="", summary="")
        assert [one.content for one in store.passages(["0", "1", "2"])] == list(contents)


def test_a_reopened_store_has_everything(path: Path) -> None:
    with closing(SqliteStore(path)) as store:
        version = store.publish(
            Company("会社", ()), [document(passage("p"))], author="佐藤", summary="初回"
        )
        store.go_live(version.id)
        store.save_vectors(["k"], np.eye(2, dtype=np.float32)[:1], embedder="e")
    with closing(SqliteStore(path)) as store:
        live = store.live()
        assert live is not None
        assert (live.id, live.author, live.created) == (version.id, "佐藤", version.created)
        assert store.passages(["p"]) == [passage("p")]
        assert list(store.vectors(["k"], embedder="e")) == ["k"]


def test_the_file_and_its_folder_are_the_owners_alone(path: Path) -> None:
    with closing(SqliteStore(path)) as store:
        store.save_terms({"k": "秘密"}, tokenizer="t")
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert set(modes.values()) == {0o600}


def test_versions_share_what_did_not_change(path: Path) -> None:
    with closing(SqliteStore(path)) as store:
        for author in ("佐藤", "鈴木", "田中"):
            version = store.publish(
                Company("会社", ()), [document(passage("p"))], author=author, summary=""
            )
            store.go_live(version.id)
        health = store.verify()
    assert (health.versions, health.documents, health.passages) == (3, 1, 1)


def test_a_second_store_of_a_process_does_not_take_the_log_from_the_first(path: Path) -> None:
    """Closing a file drops the locks of a whole process: SQLite's well-known trap."""
    publish = """if True:
        import sys
        from pathlib import Path
        from assistant.adapters.sqlite.store import SqliteStore
        from assistant.domain import Company
        store = SqliteStore(Path(sys.argv[1]))
        store.go_live(store.publish(Company("会社", ()), [], author="別", summary="").id)
        store.close()
    """
    with closing(SqliteStore(path)) as first:
        assert first.versions() == []
        SqliteStore(path).close()
        subprocess.run([sys.executable, "-c", publish, str(path)], check=True, cwd=ROOT)
        assert path.with_name(path.name + "-wal").exists()
        live = first.live()
        assert live is not None and live.author == "別"


def test_what_no_version_holds_is_gone_from_the_file(path: Path) -> None:
    with closing(SqliteStore(path)) as store:
        for number in range(12):
            text = "消えるべき文章" if number == 0 else f"本文{number}"
            version = store.publish(
                Company("会社", ()), [document(passage(text))], author="", summary=""
            )
            store.go_live(version.id)
        assert store.verify().passages == 10
    assert "消えるべき文章".encode() not in path.read_bytes()


def test_a_newer_schema_is_refused_in_words(path: Path) -> None:
    SqliteStore(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE schema SET version = 99")
        connection.commit()
    with pytest.raises(StoreError, match="新しい活用ナビ") as caught:
        SqliteStore(path)
    assert caught.value.remedy


def test_a_file_of_the_first_schema_keeps_every_version_and_takes_new_ones(path: Path) -> None:
    whole = document(passage("p"))
    with closing(SqliteStore(path)) as store:
        first = store.publish(Company("会社", ()), [whole], author="佐藤", summary="")
        store.go_live(first.id)
        store.save_vectors([text_key(passage("p"))], np.eye(1, dtype=np.float32), embedder="e")
    make_first_schema(path)

    row = replace(SOURCE, departments=("経理部",), updated=date(2026, 6, 30))
    moved = replace(whole, passages=(replace(passage("p"), source=row),))
    with closing(SqliteStore(path)) as store:
        assert load_documents(store, version_id=first.id) == (whole,)
        second = store.publish(Company("会社", ()), [moved], author="佐藤", summary="")
        assert store.missing_vectors(second.id, embedder="e") == []
        assert store.go_live(second.id).live
        assert load_documents(store, version_id=second.id) == (moved,)
        assert store.go_live(first.id).live
        assert store.passages(["p"]) == [passage("p")]
        assert store.verify().ok


def test_several_processes_may_open_a_file_of_the_first_schema_at_once(path: Path) -> None:
    SqliteStore(path).close()
    make_first_schema(path)
    with ThreadPoolExecutor(4) as pool:
        for store in pool.map(lambda _: SqliteStore(path), range(8)):
            store.close()
    with closing(SqliteStore(path)) as store:
        assert store.versions() == []


def test_a_file_of_the_first_schema_that_cannot_be_brought_up_to_date_is_told(path: Path) -> None:
    SqliteStore(path).close()
    make_first_schema(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE document_passages")
    for _ in range(2):
        with pytest.raises(StoreError) as caught:
            SqliteStore(path)
        assert caught.value.remedy


def make_first_schema(path: Path) -> None:
    """Make the file what it would be if the program before had written it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE document_passages DROP COLUMN own")
        connection.execute("ALTER TABLE versions DROP COLUMN draft")
        connection.execute("UPDATE schema SET version = 1")
        connection.commit()


def test_a_file_that_is_no_database_is_told_with_a_remedy(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is not a database, " * 100)
    with pytest.raises(StoreError, match="壊れています") as caught:
        SqliteStore(path)
    assert "katsuyo publish" in caught.value.remedy


def test_a_damaged_file_is_told_with_a_remedy(path: Path) -> None:
    with closing(SqliteStore(path)) as store:
        passages = [passage(f"{place} {'長い文章' * 50}") for place in range(500)]
        version = store.publish(Company("会社", ()), [document(*passages)], author="", summary="")
        store.go_live(version.id)
    data = bytearray(path.read_bytes())
    data[8192:-4096] = b"\xa5" * (len(data) - 12288)
    path.write_bytes(bytes(data))
    with (
        pytest.raises(StoreError, match="壊れています") as caught,
        closing(SqliteStore(path)) as store,
    ):
        store.passages([one.id for one in passages])
    assert caught.value.remedy


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE documents SET source = '{'",
        "UPDATE document_passages SET own = '{'",
        "UPDATE document_passages SET own = '[1]'",
        """UPDATE document_passages SET own = '{"updated": "いつか"}'""",
    ],
)
def test_a_row_that_was_changed_by_hand_is_a_store_error(path: Path, damage: str) -> None:
    with closing(SqliteStore(path)) as store:
        version = store.publish(
            Company("会社", ()), [document(passage("p"))], author="", summary=""
        )
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(damage)
            connection.execute("UPDATE versions SET company = '[]'")
            connection.commit()
        for ask in (store.company, store.documents):
            with pytest.raises(StoreError):
                ask(version.id)
        with pytest.raises(StoreError):
            store.passages(["p"])


@pytest.mark.parametrize("folder", ["/proc/katsuyo", "file/in/the/way"])
def test_a_folder_that_cannot_be_written_is_told_with_a_remedy(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError) as caught:
        SqliteStore(tmp_path / folder / "katsuyo.sqlite3")
    assert "KATSUYO_DATA_DIR" in caught.value.remedy


def test_a_full_disk_is_told_as_such(path: Path) -> None:
    with closing(sqlite3.connect(path.parent.parent / "small.sqlite3")) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.execute("PRAGMA max_page_count = 2")
        with pytest.raises(StoreError, match="空きがなくなりました") as caught, store_errors(path):
            connection.execute("INSERT INTO t VALUES (zeroblob(100000))")
    assert "あけて" in caught.value.remedy


def test_a_read_only_file_is_told_as_such(path: Path) -> None:
    SqliteStore(path).close()
    with (
        closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection,
        pytest.raises(StoreError, match="書き込めません"),
        store_errors(path),
    ):
        connection.execute("DELETE FROM versions")


def test_a_text_that_cannot_be_stored_is_told_and_changes_nothing(path: Path) -> None:
    with closing(SqliteStore(path)) as store:
        with pytest.raises(StoreError, match=r"U\+D800"):
            store.publish(Company("会社", ()), [document(passage("\ud800"))], author="", summary="")
        assert store.versions() == []
        assert store.verify().documents == 0


def test_readers_go_on_while_another_thread_publishes(path: Path) -> None:
    seen: list[int] = []
    with closing(SqliteStore(path)) as store:

        def publish(number: int) -> None:
            passages = [passage(f"{number}-{place}") for place in range(20)]
            version = store.publish(
                Company("会社", ()), [document(*passages)], author="", summary=""
            )
            store.go_live(version.id)

        publish(0)
        writer = threading.Thread(target=lambda: [publish(number) for number in range(1, 15)])
        writer.start()
        while writer.is_alive():
            live = store.live()
            assert live is not None
            ids = store.documents(live.id)[0].passage_ids
            assert len({one.id.split("-")[0] for one in store.passages(ids)}) == 1
            seen.append(live.id)
        writer.join()
    assert seen == sorted(seen)


@pytest.mark.parametrize("query", [queries.passages_in(1), queries.PASSAGES_ANYWHERE])
def test_looking_up_passages_starts_at_the_passages_and_not_at_the_whole_version(
    path: Path, query: Select[tuple[object, ...]]
) -> None:
    SqliteStore(path).close()
    statement = query.compile(dialect=sqlite.dialect())
    given = (json.dumps(["a"]), 1)[: len(statement.params)]
    with closing(sqlite3.connect(path)) as connection:
        steps = connection.execute(f"EXPLAIN QUERY PLAN {statement}", given).fetchall()
    assert "SEARCH passages USING INDEX ix_passages_id" in steps[0][3]
