"""Stops between the file and the version: the old state or the new one, and the 下書き is there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from assistant.adapters.readers import default_readers
from assistant.corpus.intake.area import Area
from assistant.corpus.intake.intake import Intake
from assistant.corpus.intake.placing import Changes
from assistant.corpus.intake.releasing import By, Releases
from assistant.corpus.intake.submission import Submission
from assistant.corpus.publishing.publish import Publisher
from assistant.errors import DocumentError, StoreError
from tests.fakes import FakeEmbedder, MemoryStore
from tests.support.small_company import write_small_company

BY = By("今井")
TEXT = "# 窓口の手引き\n\n窓口では、AIに聞いた答えをそのまま渡さず、必ず課の資料と見くらべます。\n"


@dataclass
class Office:
    folder: Path
    store: MemoryStore

    @property
    def corpus(self) -> Path:
        return self.folder / "corpus"

    def releases(self, publisher_loader: Callable[[], FakeEmbedder] = FakeEmbedder) -> Releases:
        """Return what a fresh process works with."""
        readers = default_readers()
        publisher = Publisher(
            self.store,
            readers=readers,
            embedder_loader=publisher_loader,
            lock_path=self.folder / "publish.lock",
        )
        area = Area(self.folder / "drafts")
        intake = Intake(area, corpus_dir=self.corpus, readers=readers, store=self.store)
        changes = Changes(self.folder / "changes", self.corpus)
        return Releases(intake, changes, publisher, self.store, today=lambda: date(2026, 11, 22))

    def files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.corpus).as_posix(): path.read_bytes()
            for path in self.corpus.rglob("*")
            if path.is_file()
        }

    def live(self) -> set[str]:
        version = self.store.live()
        assert version is not None
        return {entry.source.path for entry in self.store.documents(version.id)}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    write_small_company(tmp_path / "corpus")
    office = Office(tmp_path, MemoryStore())
    office.releases()._publisher.publish(office.corpus, author="今井")
    return office


def hand_in(releases: Releases, name: str = "窓口の手引き.md", text: str = TEXT) -> Submission:
    coming = releases.intake.area.receive()
    coming.write(text.encode())
    return releases.intake.take(coming, name)


def broken_embedder() -> FakeEmbedder:
    raise StoreError("ディスクがいっぱいです。")


def test_a_publish_that_fails_leaves_folder_version_and_draft_as_they_were(office: Office) -> None:
    before = office.files()
    releases = office.releases(broken_embedder)
    draft = hand_in(releases)
    with pytest.raises(StoreError):
        releases.publish(draft, BY)
    assert office.files() == before
    assert "manuals/窓口の手引き.md" not in office.live()
    assert releases.intake.area.all() == [draft]


def test_a_crash_before_the_version_is_taken_back_at_the_next_start(office: Office) -> None:
    before = office.files()
    releases = office.releases()
    draft = hand_in(releases)
    live = office.store.live()
    assert live
    releases._changes.put(releases.intake.files(draft), previous=live.id, draft=draft.id)
    assert office.files() != before

    office.releases().recover()
    assert office.files() == before
    assert office.releases().intake.area.all() == [draft]


def test_a_crash_after_the_version_went_live_is_finished_at_the_next_start(office: Office) -> None:
    releases = office.releases()
    draft = hand_in(releases)
    live = office.store.live()
    assert live
    releases._changes.put(releases.intake.files(draft), previous=live.id, draft=draft.id)
    releases._publisher.publish(office.corpus, author="今井")

    again = office.releases()
    again.recover()
    assert "manuals/窓口の手引き.md" in office.live()
    assert (office.corpus / "manuals/窓口の手引き.md").exists()
    assert again.intake.area.all() == []
    change = again.can_undo()
    assert change
    again.undo(change.version or 0)
    assert again.intake.area.all() == [draft]


def test_replacing_and_taking_back_gives_the_very_bytes_again(office: Office) -> None:
    before = office.files()
    releases = office.releases()
    draft = hand_in(
        releases, "flyer.md", "# 広報チラシ\n\n2時間 → 10分になりました。市民課の例です。\n"
    )
    draft = releases.intake.replace(draft, "stories/flyer.md")
    report = releases.publish(draft, BY)
    assert report.changed == ("stories/flyer.md",)
    assert office.files() != before
    live = releases.undo(report.version.id)
    assert office.files() == before
    assert live.id == (report.replaced.id if report.replaced else 0)
    report = office.releases()._publisher.publish(office.corpus, author="今井")
    assert report.replaced is None


def test_what_was_published_since_cannot_be_undone_by_mistake(office: Office) -> None:
    releases = office.releases()
    report = releases.publish(hand_in(releases), BY)
    releases.publish(hand_in(releases, "別の手引き.md", TEXT.replace("窓口", "電話")), BY)
    with pytest.raises(StoreError, match="もう取り消せません"):
        releases.undo(report.version.id)


def test_nothing_is_put_where_a_link_leads_out_of_the_folder(office: Office) -> None:
    outside = office.folder / "outside"
    outside.mkdir()
    (office.corpus / "manuals").symlink_to(outside)
    releases = office.releases()
    with pytest.raises(DocumentError):
        releases.publish(hand_in(releases), BY)
    assert list(outside.iterdir()) == []


def test_an_upload_that_stops_halfway_is_gone_after_the_next_start(office: Office) -> None:
    releases = office.releases()
    coming = releases.intake.area.receive()
    coming.write(b"half of a fi")
    coming._file.close()
    office.releases().recover()
    assert list((office.folder / "drafts").iterdir()) == []
    assert releases.intake.area.all() == []


def test_a_withdrawal_stands_in_a_sidecar_where_the_file_has_no_front_matter(
    office: Office,
) -> None:
    releases = office.releases()
    report = releases.publish(hand_in(releases), BY)
    entry = next(
        one for one in office.store.documents(report.version.id) if "窓口" in one.source.path
    )
    releases.withdraw(entry.source, BY, reason="決まりが\n変わったため")
    path = office.corpus / "manuals/窓口の手引き.md"
    assert path.read_text(encoding="utf-8") == TEXT
    sidecar = path.with_name(path.name + ".meta.yaml").read_text(encoding="utf-8")
    assert sidecar == "status: retracted\nstatus_reason: 決まりが 変わったため\n"
