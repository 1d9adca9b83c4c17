"""From 下書き to what employees read, and back: each step whole or not at all."""

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from assistant.corpus.decoding import read_text
from assistant.corpus.frontmatter import split_front_matter
from assistant.corpus.intake.fields import with_fields
from assistant.corpus.intake.intake import Intake
from assistant.corpus.intake.placing import Change, Changes, target_of
from assistant.corpus.intake.submission import Submission
from assistant.corpus.loading import has_front_matter
from assistant.corpus.publishing.publish import Publisher, PublishReport
from assistant.corpus.reading import Progress
from assistant.corpus.walking import SIDECAR_SUFFIX
from assistant.corpus.yamlfile import YamlError
from assistant.domain import Severity, Source, Version
from assistant.errors import DocumentError, StoreError
from assistant.ports import DocumentEntry, Store


@dataclass(frozen=True, slots=True)
class By:
    """Who does it, and how far it is."""

    author: str
    progress: Progress | None = None


class Releases:
    """The one way by which the page changes what employees read. One at a time."""

    def __init__(
        self,
        intake: Intake,
        changes: Changes,
        publisher: Publisher,
        store: Store,
        *,
        today: Callable[[], date],
    ) -> None:
        """Touch nothing yet."""
        self.intake = intake
        self._changes = changes
        self._publisher = publisher
        self._store = store
        self._corpus = intake.corpus_dir
        self._today = today
        self._lock = threading.Lock()

    def publish(self, submission: Submission, by: By) -> PublishReport:
        """Put a 下書き into the corpus folder and publish it. Raises KatsuyoError: nothing changed.

        The 下書き is kept until the new version is live, and with what can be taken back after it.
        """
        with self._lock:
            loaded = self.intake.load(submission)
            if loaded.document is None:
                raise _unreadable(loaded.problems[0].reason, loaded.problems[0].remedy)
            if self.intake.collision(submission):
                raise DocumentError(
                    f"{submission.path} には、もう別の資料があります。",
                    remedy="差しかえるか、別の名前で足すかを選んでください。",
                )
            title = loaded.document.source.title
            what = "を差しかえ" if submission.replacing else "を追加"
            files = self.intake.files(submission)
            return self._release(files, by, summary=f"「{title}」{what}", draft=submission)

    def withdraw(self, source: Source, by: By, *, reason: str) -> PublishReport:
        """Take a document out of all answers, its reason kept. Raises KatsuyoError."""
        reason = " ".join(reason.split())
        if not reason:
            raise DocumentError(
                "取り下げる理由が、まだ書かれていません。",
                remedy="「手順が変わったため」のように、ひとことで大丈夫です。",
            )
        fields = {"status": "retracted", "status_reason": reason}
        return self._describe(source, fields, by, summary=f"「{source.title}」を取り下げ")

    def restore(self, source: Source, by: By) -> PublishReport:
        """Let a withdrawn document answer again. Raises KatsuyoError."""
        fields = {"status": "current", "status_reason": ""}
        return self._describe(source, fields, by, summary=f"「{source.title}」をまた使う")

    def renew(self, source: Source, by: By, *, review_by: date) -> PublishReport:
        """Note that a document was looked through, and until when it is good now."""
        fields = {"review_by": review_by.isoformat()}
        return self._describe(source, fields, by, summary=f"「{source.title}」を見直し")

    def can_undo(self) -> Change | None:
        """Return the change that led to the live version, if the page made it."""
        live = self._store.live()
        change = self._changes.of_version(live.id) if live else None
        return change if change and change.previous is not None else None

    def undo(self, version: int) -> Version:
        """Put files, version and 下書き back to what they were before `version`.

        Raises StoreError if something else was published since.
        """
        with self._lock:
            change = self.can_undo()
            if change is None or change.version != version or change.previous is None:
                raise StoreError(
                    "この公開は、もう取り消せません。",
                    remedy="あとから別の公開がありました。「版」のページで、戻す版を選んでください。",
                )
            self._bring_back_draft(change)
            self._changes.take_back(change)
            return self._publisher.rollback(change.previous)

    def rollback(self, version: int) -> Version:
        """Let a kept version answer again; the folder stays as it is. Raises StoreError."""
        with self._lock:
            return self._publisher.rollback(version)

    def recover(self) -> None:
        """Settle what a crash left half done, before anything is published. Raises StoreError."""
        with self._lock:
            self.intake.area.clear_leftovers()
            for change in self._changes.recover(self._live_version_of):
                self._put_draft_away(change)

    def _describe(
        self, source: Source, fields: Mapping[str, str], by: By, *, summary: str
    ) -> PublishReport:
        with self._lock:
            path, text = self._described(source.path, fields)
            return self._release({path: text.encode()}, by, summary=summary)

    def _described(self, path: str, fields: Mapping[str, str]) -> tuple[str, str]:
        """Return the file that holds these fields, front matter or sidecar, and its new text."""
        file = target_of(self._corpus, path)
        sidecar = target_of(self._corpus, path + SIDECAR_SUFFIX)
        try:
            if not sidecar.is_file() and has_front_matter(file):
                text = file.read_bytes().decode("utf-8")
                parts = split_front_matter(text.replace("\r\n", "\n"))
                if parts.yaml:
                    return path, f"---\n{with_fields(parts.yaml, fields)}---\n{parts.body}"
            standing = read_text(sidecar) if sidecar.is_file() else ""
            return path + SIDECAR_SUFFIX, with_fields(standing, fields)
        except UnicodeDecodeError:
            return path + SIDECAR_SUFFIX, with_fields("", fields)
        except OSError as error:
            raise _unreadable(
                f"{path} を開けません({error.strerror})", "資料フォルダにあるか確かめてください"
            ) from error
        except YamlError as error:
            raise _unreadable(f"{path} の{error.line}行目: {error.reason}", "") from error

    def _release(
        self,
        files: Mapping[str, bytes],
        by: By,
        *,
        summary: str,
        draft: Submission | None = None,
    ) -> PublishReport:
        live = self._store.live()
        change = self._changes.put(
            files, previous=live.id if live else None, draft=draft.id if draft else ""
        )
        published = False
        try:
            report = self._publisher.publish(
                self._corpus,
                author=by.author,
                summary=summary,
                progress=by.progress,
                today=self._today(),
            )
            _refuse_unread(report, change)
            published = True
        finally:
            if not published:
                self._changes.take_back(change)
        change = self._changes.finish(change, report.version.id)
        self._put_draft_away(change)
        return report

    def _put_draft_away(self, change: Change) -> None:
        """Keep a published 下書き with its change, so that taking back brings it back."""
        lies = self.intake.area.place(change.draft) if change.draft else None
        if lies is not None and lies.is_dir() and change.folder.is_dir():
            with suppress(OSError):  # it is live: a 下書き left over does no harm
                lies.rename(change.folder / "draft")

    def _bring_back_draft(self, change: Change) -> None:
        kept = change.folder / "draft"
        if change.draft and kept.is_dir():
            kept.rename(self.intake.area.place(change.draft))

    def _live_version_of(self, change: Change) -> int | None:
        """Return the live version if it holds the documents of a change as they now stand."""
        live = self._store.live()
        if live is None or live.id == change.previous:
            return None
        there = {entry.source.path: entry for entry in self._store.documents(live.id)}
        whole = all(self._is_as_published(path, there.get(path)) for path in change.described)
        return live.id if whole else None

    def _is_as_published(self, path: str, entry: DocumentEntry | None) -> bool:
        document = self.intake.standing(path)
        return bool(entry and document and entry.digest == document.digest)


def _refuse_unread(report: PublishReport, change: Change) -> None:
    for problem in report.problems:
        if problem.severity is Severity.ERROR and problem.path in change.described:
            raise _unreadable(problem.reason, problem.remedy)


def _unreadable(reason: str, remedy: str) -> DocumentError:
    return DocumentError(f"公開できませんでした: {reason}。", remedy=remedy)
