"""What the pages of 資料の管理 work on: 下書き, examinations that are remembered, running jobs."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from assistant.answering.impact import Impact
from assistant.corpus.intake.examined import Examined, Inspect
from assistant.corpus.intake.releasing import By, Releases
from assistant.corpus.intake.staging import staged
from assistant.corpus.intake.submission import Submission
from assistant.corpus.publishing.differences import document_diff
from assistant.corpus.publishing.history import (
    ChangedDocument,
    document_history,
    document_of,
    version_diff,
)
from assistant.corpus.reading import Progress
from assistant.domain import Company, Document, Version
from assistant.errors import DocumentError
from assistant.ports import DocumentEntry, Store
from assistant.web.editor.document_page import Happened
from assistant.web.editor.home_view import Waiting
from assistant.web.editor.jobs import Job, Jobs
from assistant.web.editor.versions_page import Told
from assistant.web.needs import Preview

_T = TypeVar("_T")

_LISTED = 100
"""下書き that the first page shows, the newest."""
_REMEMBERED = 2 * _LISTED
"""Examinations kept in memory; a forgotten one is made again when its page is opened."""
_COMPARED = 10
"""Versions whose changes are told in the list."""


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What an examination depends on."""

    submission: Submission
    version: int


class Workbench:
    """Joins what is on disk with what runs now; safe to share between threads."""

    def __init__(
        self,
        releases: Releases,
        store: Store,
        *,
        inspect: Inspect,
        preview: Preview,
        today: Callable[[], date],
    ) -> None:
        """Read nothing yet."""
        self.releases = releases
        self.intake = releases.intake
        self.jobs = Jobs()
        self.today = today
        self._store = store
        self._inspect = inspect
        self._preview = preview
        self._lock = threading.Lock()
        self._known: OrderedDict[str, tuple[_Stamp, Examined]] = OrderedDict()
        self._differences: dict[tuple[int, int], tuple[ChangedDocument, ...]] = {}
        self._impacts: OrderedDict[str, tuple[_Stamp, Impact]] = OrderedDict()

    def waiting(self) -> list[Waiting]:
        """Return the newest 下書き with what is known of them; what is unknown is looked at now."""
        return [self.look(submission) for submission in self.intake.area.all()[:_LISTED]]

    def look(self, submission: Submission) -> Waiting:
        """Return what is known of a 下書き, and the job that finds out what is not."""
        stamp = self._stamp(submission)
        with self._lock:
            known = self._known.get(submission.id)
        if known is not None and known[0] == stamp:
            return Waiting(submission, known[1], self.jobs.running(submission.id))
        job = self.jobs.start(
            lambda progress: self._examine(submission, stamp, progress),
            about=submission.id,
            doing="読みとって、確かめています",
            go=f"/editor/drafts/{submission.id}",
        )
        return Waiting(submission, None, job)

    def readable(self, submission: Submission) -> Document:
        """Return the 下書き as a document. Raises DocumentError."""
        known = self.look(submission).examined
        loaded = known or self.intake.load(submission)
        if loaded.document is None:
            raise DocumentError(loaded.problems[0].reason, remedy=loaded.problems[0].remedy)
        return loaded.document

    def impact(self, submission: Submission) -> Impact | None:
        """Return what a 下書き would change, if that was looked for since it is as it is."""
        with self._lock:
            known = self._impacts.get(submission.id)
        return known[1] if known and known[0] == self._stamp(submission) else None

    def comparing(self, submission: Submission) -> Job | None:
        """Return the job that looks for what a 下書き would change."""
        return self.jobs.running(f"impact-{submission.id}")

    def compare(self, submission: Submission) -> Job:
        """Begin to ask the old and the new version the same questions."""
        stamp = self._stamp(submission)

        def work(progress: Progress) -> None:
            with staged(self.intake, submission) as folder:
                impact = self._preview(corpus_dir=folder, progress=progress)
            self._remember(self._impacts, submission, (stamp, impact))

        return self.jobs.start(
            work,
            about=f"impact-{submission.id}",
            doing="答えがどう変わるか、くらべています",
            go=f"/editor/drafts/{submission.id}/preview",
        )

    def publish(self, submission: Submission, author: str) -> Job:
        """Begin to publish a 下書き."""

        def work(progress: Progress) -> None:
            self.releases.publish(submission, By(author, progress))

        return self._release(work, about=f"publish-{submission.id}")

    def publishing(self, submission: Submission) -> Job | None:
        """Return the job that publishes a 下書き now."""
        return self.jobs.running(f"publish-{submission.id}")

    def withdraw(self, document: Document, author: str, *, reason: str) -> Job:
        """Begin to take a document out of all answers. Raises DocumentError without a reason."""

        def work(progress: Progress) -> None:
            self.releases.withdraw(document.source, By(author, progress), reason=reason)

        return self._release(work, about=f"document-{document.id}")

    def restore(self, document: Document, author: str) -> Job:
        """Begin to let a withdrawn document answer again."""

        def work(progress: Progress) -> None:
            self.releases.restore(document.source, By(author, progress))

        return self._release(work, about=f"document-{document.id}")

    def renew(self, document: Document, author: str, *, review_by: date) -> Job:
        """Begin to note that a document was looked through."""

        def work(progress: Progress) -> None:
            self.releases.renew(document.source, By(author, progress), review_by=review_by)

        go = f"/editor/documents/{document.id}"
        return self._release(work, about=f"document-{document.id}", go=go)

    def company(self) -> Company:
        """Return company.yaml as it stands in the folder. Raises SettingsError."""
        return self.intake.company()

    def entries(self) -> list[DocumentEntry]:
        """Return the documents of the live version, sorted by path."""
        live = self._store.live()
        return self._store.documents(live.id) if live else []

    def document(self, document_id: str) -> Document:
        """Return a document of the live version, whatever its state. Raises DocumentError."""
        live = self._store.live()
        for entry in self.entries():
            if live is not None and entry.id == document_id:
                found = document_of(self._store, entry.source.path, version_id=live.id)
                if found is not None:
                    return found
        raise DocumentError(
            "この資料は、いま公開している版にありません。",
            remedy="資料の一覧から選び直してください。",
        )

    def happened(self, document: Document) -> list[Happened]:
        """Return the history of a document, newest first, each entry with what it changed."""
        path = document.source.path
        changes = document_history(self._store, path)
        editions = [document_of(self._store, path, version_id=one.version_id) for one in changes]
        older = [*editions, None][1:]
        return [
            Happened(change, document_diff(before, after) if before else None)
            for change, before, after in zip(changes, older, editions, strict=True)
        ]

    def versions(self) -> list[Told]:
        """Return the kept versions, newest first, with what each changed."""
        versions = [one for one in self._store.versions() if not one.draft]
        older: list[Version | None] = [*versions, None][1:]
        told = []
        for number, (version, before) in enumerate(zip(versions, older, strict=True)):
            changed: tuple[ChangedDocument, ...] = ()
            if before is not None and number < _COMPARED:
                changed = self._changed(before, version)
            told.append(Told(version, changed))
        return told

    def _changed(self, before: Version, after: Version) -> tuple[ChangedDocument, ...]:
        """Return what differs between two versions, which never change themselves."""
        pair = (before.id, after.id)
        if pair not in self._differences:
            self._differences[pair] = version_diff(self._store, before, after).documents
        return self._differences[pair]

    def _release(
        self, work: Callable[[Progress], None], *, about: str, go: str = "/editor/versions"
    ) -> Job:
        return self.jobs.start(work, about=about, doing="公開しています", go=go, lane="release")

    def _stamp(self, submission: Submission) -> _Stamp:
        live = self._store.live()
        return _Stamp(submission, live.id if live else 0)

    def _examine(self, submission: Submission, stamp: _Stamp, progress: Progress) -> None:
        progress(0, 1, submission.name)
        examined = self.intake.examine(submission, inspect=self._inspect, today=self.today())
        self._remember(self._known, submission, (stamp, examined))

    def _remember(self, place: OrderedDict[str, _T], submission: Submission, found: _T) -> None:
        with self._lock:
            place[submission.id] = found
            while len(place) > _REMEMBERED:
                place.popitem(last=False)
