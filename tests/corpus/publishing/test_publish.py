"""What DX staff rely on when they publish: nothing lost, nothing half done, told in words."""

import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.corpus.lock import exclusive
from assistant.corpus.publishing.publish import Publisher, PublishReport
from assistant.domain import Block, BlockKind, Problem, Severity
from assistant.errors import DocumentError, ModelError, PublishRefused, SettingsError, StoreError
from assistant.ports import Embedder, Extract, Vectors
from tests.fakes import BrokenEmbedder, FakeEmbedder, MemoryStore

COMPANY = """\
company: {name: みどり市役所}
departments: [{name: 市民課}]
consultation: {name: 相談室}
"""


class LineReader:
    """Every line is a paragraph; a file that says 壊れた cannot be read."""

    suffixes = (".md",)

    def __init__(self) -> None:
        self.read_paths: list[str] = []

    def read(self, path: Path) -> Extract:
        self.read_paths.append(path.name)
        text = path.read_text(encoding="utf-8")
        if "壊れた" in text:
            raise DocumentError("壊れています。", remedy="保存し直してください。", path=path)
        return Extract(tuple(Block(BlockKind.PARAGRAPH, line) for line in text.splitlines()))


class Office:
    """A corpus folder, a store and a publisher, as one test needs them."""

    def __init__(self, folder: Path, *, embedder: Embedder | None = None) -> None:
        self.corpus = folder / "corpus"
        self.corpus.mkdir()
        (self.corpus / "company.yaml").write_text(COMPANY, encoding="utf-8")
        self.store = MemoryStore()
        self.reader = LineReader()
        self.embedder = embedder or FakeEmbedder()
        self.loaded = 0
        self.lock = folder / "publish.lock"
        self.publisher = self.publisher_with()

    def publisher_with(self, *, embedder_name: str = "") -> Publisher:
        return Publisher(
            self.store,
            readers=[self.reader],
            embedder_loader=self._load,
            embedder_name=embedder_name,
            lock_path=self.lock,
            lock_wait=timedelta(0),
        )

    def write(self, name: str, text: str) -> None:
        path = self.corpus / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def publish(self, *, allow_mass_deletion: bool = False) -> PublishReport:
        self.reader.read_paths.clear()
        return self.publisher.publish(
            self.corpus, author="佐藤", allow_mass_deletion=allow_mass_deletion
        )

    def texts(self) -> list[str]:
        """Return what is live, as one text a document."""
        live = self.store.live()
        assert live is not None
        return [
            " ".join(one.text for one in self.store.passages(entry.passage_ids))
            for entry in self.store.documents(live.id)
        ]

    def missing(self) -> int:
        live = self.store.live()
        assert live is not None
        return len(self.store.missing_vectors(live.id, embedder=self.embedder.name))

    def _load(self) -> Embedder:
        self.loaded += 1
        return self.embedder


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.write("manuals/a.md", "印刷機の紙づまりは、ふたを開けて取り除きます。")
    office.write("manuals/b.md", "会議室は前日までに予約します。")
    return office


def errors(report: PublishReport) -> list[Problem]:
    return [problem for problem in report.problems if problem.severity is Severity.ERROR]


def test_the_first_publish_is_live_with_all_vectors(office: Office) -> None:
    report = office.publish()
    assert report.version.live
    assert report.version.author == "佐藤"
    assert report.added == ("manuals/a.md", "manuals/b.md")
    assert (report.changed, report.removed, report.unchanged) == ((), (), 0)
    assert report.embedded == 2
    assert office.missing() == 0
    assert "追加2件" in report.version.summary


def test_the_first_version_answers_before_its_vectors_are_there(tmp_path: Path) -> None:
    live_at_embedding: list[bool] = []

    class Watching(FakeEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> Vectors:
            live_at_embedding.append(office.store.live() is not None)
            return super().embed_passages(texts)

    office = Office(tmp_path, embedder=Watching())
    office.write("manuals/a.md", "最初の文")
    office.publish()
    assert live_at_embedding == [True]


def test_a_later_version_goes_live_only_with_its_vectors(tmp_path: Path) -> None:
    live_at_embedding: list[int] = []

    class Watching(FakeEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> Vectors:
            live = office.store.live()
            live_at_embedding.append(live.id if live else 0)
            return super().embed_passages(texts)

    office = Office(tmp_path, embedder=Watching())
    office.write("manuals/a.md", "最初の文")
    first = office.publish().version.id
    office.write("manuals/a.md", "あとの文")
    second = office.publish().version.id
    assert live_at_embedding == [first, first]
    assert second > first


def test_publishing_again_without_a_change_does_nothing(office: Office) -> None:
    first = office.publish()
    again = office.publish()
    assert again.version == first.version
    assert (again.added, again.changed, again.removed) == ((), (), ())
    assert (again.unchanged, again.embedded) == (2, 0)
    assert office.reader.read_paths == []
    assert len(office.store.versions()) == 1


def test_an_unchanged_corpus_does_not_load_an_embedder_whose_name_is_known(office: Office) -> None:
    office.publish()
    office.loaded = 0
    office.publisher = office.publisher_with(embedder_name=office.embedder.name)
    office.publish()
    assert office.loaded == 0


def test_only_what_changed_is_read_and_embedded_again(office: Office) -> None:
    office.publish()
    office.write("manuals/b.md", "会議室は当日でも予約できます。")
    office.write("manuals/c.md", "出張は上長に届け出ます。")
    report = office.publish()
    assert (report.added, report.changed) == (("manuals/c.md",), ("manuals/b.md",))
    assert (report.unchanged, report.embedded) == (1, 2)
    assert office.reader.read_paths == ["b.md", "c.md"]


def test_a_removed_document_is_gone_from_the_new_version(office: Office) -> None:
    office.publish()
    (office.corpus / "manuals/b.md").unlink()
    report = office.publish()
    assert report.removed == ("manuals/b.md",)
    assert len(office.texts()) == 1


def test_a_changed_company_file_makes_a_new_version(office: Office) -> None:
    first = office.publish()
    office.write("company.yaml", COMPANY.replace("市民課", "税務課"))
    report = office.publish()
    assert report.version.id > first.version.id
    assert report.changed == ("company.yaml",)
    assert report.embedded == 0
    assert office.store.company(report.version.id).departments[0].name == "税務課"


def test_a_bad_file_stops_nothing_and_is_told_in_one_line(office: Office) -> None:
    office.write("manuals/bad.md", "壊れた")
    report = office.publish()
    assert [problem.path for problem in errors(report)] == ["manuals/bad.md"]
    assert len(office.texts()) == 2


def test_a_file_that_broke_keeps_its_published_content(office: Office) -> None:
    office.publish()
    office.write("manuals/a.md", "壊れた")
    office.write("manuals/b.md", "会議室は新しくなりました。")
    report = office.publish()
    assert report.removed == ()
    assert "紙づまり" in office.texts()[0]
    assert "新しく" in office.texts()[1]
    [problem] = errors(report)
    assert problem.path == "manuals/a.md"
    assert "公開中の版の内容をそのまま使います" in problem.remedy


def test_a_file_that_broke_is_kept_even_when_nothing_else_changed(office: Office) -> None:
    first = office.publish()
    office.write("manuals/a.md", "壊れた")
    report = office.publish()
    assert report.version == first.version
    assert len(errors(report)) == 1


def test_a_repaired_file_replaces_what_was_kept(office: Office) -> None:
    office.publish()
    office.write("manuals/a.md", "壊れた")
    office.publish()
    office.write("manuals/a.md", "印刷機は新しくなりました。")
    report = office.publish()
    assert report.changed == ("manuals/a.md",)
    assert errors(report) == []


def test_a_vanished_folder_is_not_taken_for_a_deletion(office: Office) -> None:
    for number in range(10):
        office.write(f"manuals/{number}.md", f"手順{number}を守ります。")
    first = office.publish()
    for number in range(6):
        (office.corpus / f"manuals/{number}.md").unlink()
    with pytest.raises(PublishRefused, match="12件のうち6件") as caught:
        office.publish()
    assert "--yes" in caught.value.remedy
    assert office.store.live() == first.version
    report = office.publish(allow_mass_deletion=True)
    assert len(report.removed) == 6


def test_an_empty_corpus_is_refused(office: Office) -> None:
    for path in (office.corpus / "manuals").iterdir():
        path.unlink()
    with pytest.raises(PublishRefused, match="1つもありません"):
        office.publish()
    assert office.store.versions() == []


def test_a_broken_company_file_changes_nothing(office: Office) -> None:
    first = office.publish()
    office.write("company.yaml", "company: [")
    with pytest.raises(SettingsError):
        office.publish()
    assert office.store.live() == first.version


def test_only_the_embedder_before_this_one_keeps_its_vectors(office: Office) -> None:
    office.publish()
    for name in ("second", "third"):
        office.embedder = FakeEmbedder(name=name)
        office.publish()

    assert set(office.store.spaces()) == {"third", "second"}
    assert office.missing() == 0


def test_a_failing_embedder_leaves_keyword_search_and_says_so(tmp_path: Path) -> None:
    office = Office(tmp_path, embedder=BrokenEmbedder())
    office.write("manuals/a.md", "最初の文")
    for text in ("最初の文", "あとの文"):
        office.write("manuals/a.md", text)
        report = office.publish()
        assert report.version.live
        assert office.texts() == [text]
        [problem] = [one for one in report.problems if "キーワードだけ" in one.reason]
        assert problem.severity is Severity.WARNING


def test_vectors_that_were_interrupted_are_finished_by_the_next_publish(tmp_path: Path) -> None:
    class FailingOnce(FakeEmbedder):
        failed = False

        def embed_passages(self, texts: Sequence[str]) -> Vectors:
            if not self.failed and len(self.embedded) >= 64:
                self.failed = True
                raise ModelError("止まりました。")
            return super().embed_passages(texts)

    office = Office(tmp_path, embedder=FailingOnce())
    for number in range(100):
        office.write(f"manuals/{number}.md", f"手順{number}を守ります。")
    office.publish()
    assert office.missing() == 36
    report = office.publish()
    assert report.embedded == 36
    assert office.missing() == 0
    assert len(office.store.versions()) == 1


def test_a_version_left_by_an_interrupted_publish_is_used_not_repeated(tmp_path: Path) -> None:
    class Interrupted(FakeEmbedder):
        stop = False

        def embed_passages(self, texts: Sequence[str]) -> Vectors:
            if self.stop:
                self.stop = False
                raise KeyboardInterrupt
            return super().embed_passages(texts)

    embedder = Interrupted()
    office = Office(tmp_path, embedder=embedder)
    office.write("manuals/a.md", "最初の文")
    office.publish()
    office.write("manuals/a.md", "あとの文")
    embedder.stop = True
    with pytest.raises(KeyboardInterrupt):
        office.publish()
    assert office.texts() == ["最初の文"]
    report = office.publish()
    assert office.texts() == ["あとの文"]
    assert [version.id for version in office.store.versions()] == [report.version.id, 1]


def test_rolling_back_brings_the_version_before_back(office: Office) -> None:
    first = office.publish().version
    office.write("manuals/b.md", "会議室は予約なしで使えます。")
    second = office.publish().version
    assert office.publisher.rollback() == first
    assert "前日まで" in office.texts()[1]
    assert office.publisher.rollback(second.id) == second
    assert "予約なし" in office.texts()[1]


def test_rolling_back_without_an_earlier_version_says_so(office: Office) -> None:
    office.publish()
    with pytest.raises(StoreError, match="戻せる版がありません"):
        office.publisher.rollback()
    with pytest.raises(StoreError, match="第9版"):
        office.publisher.rollback(9)


def test_a_second_publisher_is_told_who_is_publishing(office: Office) -> None:
    told = pytest.raises(StoreError, match=rf"鈴木、.*プロセス {os.getpid()}")
    with exclusive(office.lock, who="鈴木"), told:
        office.publish()
    assert office.publish().version.live


def test_progress_is_told_for_files_and_vectors(office: Office) -> None:
    told: list[tuple[int, int, str]] = []
    office.publisher.publish(
        office.corpus,
        author="佐藤",
        progress=lambda done, total, item: told.append((done, total, item)),
    )
    assert any(item.endswith("a.md") for _, _, item in told)
    assert told[-1] == (2, 2, "意味検索の準備")
