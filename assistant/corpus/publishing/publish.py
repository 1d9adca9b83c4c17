"""From the corpus folder to the next version: built beside the live one, then one pointer moves."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from assistant.corpus.lock import exclusive
from assistant.corpus.publishing.changes import refuse_mass_deletion
from assistant.corpus.publishing.planning import Plan, make_plan, mass_deletion_warning
from assistant.corpus.reading import Progress
from assistant.corpus.text import search_text, text_key
from assistant.corpus.token_rows import embedder_of, rows_of
from assistant.domain import Problem, Severity, Version
from assistant.errors import ModelError, StoreError
from assistant.ports import Embedder, Reader, Store

_BATCH = 16
"""Texts embedded and saved in one go: a second or two of work, which Ctrl+C waits for."""

_LOCK_WAIT = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What publishing did, or would do: then `version` is a draft.

    Nothing added, changed or removed = the live version stays.
    """

    version: Version
    replaced: Version | None
    """What was (or still is) live before; None for the first version, or where that one stayed."""
    added: tuple[str, ...]
    changed: tuple[str, ...]
    """`company.yaml` is named here too."""
    removed: tuple[str, ...]
    unchanged: int
    problems: tuple[Problem, ...]
    embedded: int
    """Texts that were embedded now; the others' vectors were there."""
    seconds: float


class Publisher:
    """The one way by which documents come into a store. One publisher at a time."""

    def __init__(
        self,
        store: Store,
        *,
        readers: Sequence[Reader],
        embedder_loader: Callable[[], Embedder],
        lock_path: Path,
        embedder_name: str = "",
        lock_wait: timedelta = _LOCK_WAIT,
    ) -> None:
        """Load nothing yet. Beside the lock stands what is remembered of the files.

        `embedder_name`, if it is known without loading the embedder, spares loading it when
        nothing is to be embedded.
        """
        self._store = store
        self._readers = readers
        self._embedder_loader = embedder_loader
        self._embedder_name = embedder_name
        self._lock_path = lock_path
        self._shelf_path = lock_path.with_name("shelf.json")
        self._lock_wait = lock_wait

    def publish(
        self,
        corpus_dir: Path,
        *,
        author: str,
        summary: str = "",
        progress: Progress | None = None,
        allow_mass_deletion: bool = False,
        today: date | None = None,
    ) -> PublishReport:
        """Make what is in `corpus_dir` the live version; without a change nothing is written.

        The first version answers by keywords at once and gets its vectors afterwards; a later
        one goes live with all of its vectors. With `today`, overdue reviews are warned about.
        A document or embedder that fails becomes a problem. Raises SettingsError (company.yaml),
        PublishRefused and StoreError; then nothing has changed for those who ask.
        """
        started = time.monotonic()
        with exclusive(self._lock_path, who=author, wait=self._lock_wait):
            plan = self._plan(corpus_dir, progress=progress, today=today)
            if not allow_mass_deletion:
                refuse_mass_deletion(plan.before, plan.after, plan.problems)
            version = self._stored(plan, author=author, summary=summary)
            version, embedded, failures = self._bring_live(version, progress)
        return _report(plan, version, embedded, failures=failures, started=started)

    def prepare(
        self,
        corpus_dir: Path,
        *,
        author: str,
        summary: str = "",
        progress: Progress | None = None,
        today: date | None = None,
    ) -> PublishReport:
        """Build what `publish` would make live, with its vectors, and stop there.

        The report's version is a draft that answers nobody; the next draft or publish takes its
        place and finds its vectors there. Without a change it is the live version. That so much
        is gone that `publish` would ask is a warning here. Raises what `publish` does.
        """
        started = time.monotonic()
        with exclusive(self._lock_path, who=author, wait=self._lock_wait):
            plan = self._plan(corpus_dir, progress=progress, today=today)
            asked = mass_deletion_warning(plan)
            version = self._stored(plan, author=author, summary=summary)
            embedded, failures = self._embed(version, progress)
        problems = (*asked, *failures)
        return _report(plan, version, embedded, failures=problems, started=started)

    def fill_vectors(self, version_id: int, *, progress: Progress | None = None) -> int:
        """Embed what of the version has no vector yet; returns how many texts that were.

        Every batch is saved by itself: after a stop, the next call goes on from there. Raises
        ModelError and StoreError.
        """
        named, missing = self._embedder_name, list[str]()
        if named:
            missing = self._missing(version_id, named)
            if not missing:
                return 0
        embedder = self._embedder_loader()
        if embedder.name != named:
            missing = self._missing(version_id, embedder.name)
        for start in range(0, len(missing), _BATCH):
            if progress:
                progress(start, len(missing), "意味検索の準備")
            batch = self._store.passages(missing[start : start + _BATCH], version_id=version_id)
            keys = [text_key(passage) for passage in batch]
            for space, rows in rows_of(embedder, [search_text(passage) for passage in batch]):
                self._store.save_vectors(keys, rows, embedder=space)
        if missing:
            self._forget_old(embedder.name)
            if progress:
                progress(len(missing), len(missing), "意味検索の準備")
        return len(missing)

    def rollback(self, version_id: int | None = None, *, author: str = "rollback") -> Version:
        """Make a kept version live again; by default the one before the live one.

        Raises StoreError if there is no such version.
        """
        with exclusive(self._lock_path, who=author, wait=self._lock_wait):
            if version_id is None:
                version_id = self._before_live()
            if any(kept.draft and kept.id == version_id for kept in self._store.versions()):
                raise StoreError(
                    f"第{version_id}版は、まだ公開していない下書きです。",
                    remedy="公開するには katsuyo publish を実行してください。",
                )
            return self._store.go_live(version_id)

    def _before_live(self) -> int:
        live = self._store.live()
        older = [
            kept.id
            for kept in self._store.versions()
            if live and kept.id < live.id and not kept.draft
        ]
        if not older:
            raise StoreError(
                "戻せる版がありません。", remedy="残っている版は katsuyo versions で見られます。"
            )
        return older[0]

    def _plan(self, corpus_dir: Path, *, progress: Progress | None, today: date | None) -> Plan:
        return make_plan(
            self._store,
            corpus_dir,
            readers=self._readers,
            shelf_path=self._shelf_path,
            progress=progress,
            today=today,
        )

    def _stored(self, plan: Plan, *, author: str, summary: str) -> Version:
        """Return the live version where it holds the plan already, else a new draft of it."""
        if plan.live is not None and plan.is_empty:
            return plan.live
        return self._store.publish(
            plan.company,
            plan.read,
            author=author,
            summary=summary or str(plan.changes),
            base=plan.live.id if plan.live else None,
            without=plan.gone,
        )

    def _bring_live(
        self, version: Version, progress: Progress | None
    ) -> tuple[Version, int, tuple[Problem, ...]]:
        """Embed and move the pointer, the first version in the opposite order."""
        if self._store.live() is None:
            version = self._store.go_live(version.id)
        embedded, problems = self._embed(version, progress)
        if not version.live:
            version = self._store.go_live(version.id)
        return version, embedded, problems

    def _embed(
        self, version: Version, progress: Progress | None
    ) -> tuple[int, tuple[Problem, ...]]:
        """Give the version its vectors; without an embedder it is told, and words must do."""
        try:
            return self.fill_vectors(version.id, progress=progress), ()
        except ModelError as error:
            return 0, (_without_vectors(error),)

    def _forget_old(self, embedder: str) -> None:
        """Keep this embedder's vectors and, to go back to, those of the one before it."""
        spaces = self._store.spaces()
        before = next((one for one in map(embedder_of, spaces) if one != embedder), embedder)
        old = [space for space in spaces if embedder_of(space) not in (embedder, before)]
        if old:
            self._store.drop_vectors(old)

    def _missing(self, version_id: int, embedder: str) -> list[str]:
        return self._store.missing_vectors(version_id, embedder=embedder)


def _report(
    plan: Plan,
    version: Version,
    embedded: int,
    *,
    failures: tuple[Problem, ...],
    started: float,
) -> PublishReport:
    live = plan.live
    return PublishReport(
        version=version,
        replaced=live if live and live.id != version.id else None,
        added=plan.changes.added,
        changed=plan.changes.changed,
        removed=plan.changes.removed,
        unchanged=plan.changes.unchanged,
        problems=(*plan.problems, *failures),
        embedded=embedded,
        seconds=time.monotonic() - started,
    )


def _without_vectors(error: ModelError) -> Problem:
    return Problem(
        "意味検索",
        f"{error.message.rstrip('。')}。いまはキーワードだけで探します",
        error.remedy or "katsuyo doctor で状態を確かめて、もう一度公開してください。",
        Severity.WARNING,
    )
