"""The next version before anything is written: what the folder holds, and what that changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assistant.corpus.publishing.changes import (
    Changes,
    compare,
    keep_last_good,
    refuse_mass_deletion,
)
from assistant.corpus.publishing.versions import documents_of
from assistant.corpus.reading import Progress, read_corpus
from assistant.corpus.shelf import Shelf, load_shelf, save_shelf
from assistant.corpus.walking import COMPANY_FILE
from assistant.domain import Company, Document, Problem, Severity, Version
from assistant.errors import MassDeletion
from assistant.ports import DocumentEntry, Reader, Store


@dataclass(frozen=True, slots=True)
class Plan:
    """The next version, as what it has otherwise than the live one."""

    live: Version | None
    company: Company
    before: tuple[Document, ...]
    """What the live version holds, without passages."""
    after: tuple[Document, ...]
    """What the next one would hold; what stays is without passages."""
    read: tuple[Document, ...]
    """What was read anew."""
    gone: tuple[str, ...]
    """Paths that the next version lacks."""
    changes: Changes
    problems: tuple[Problem, ...]

    @property
    def is_empty(self) -> bool:
        """Return whether the live version is what would be published."""
        changed = self.read or self.gone or COMPANY_FILE in self.changes.changed
        return self.live is not None and not changed


def make_plan(
    store: Store,
    corpus_dir: Path,
    *,
    readers: Sequence[Reader],
    shelf_path: Path,
    progress: Progress | None,
    today: date | None,
) -> Plan:
    """Read what changed in the folder since the live version; only the shelf is written.

    Raises SettingsError and StoreError.
    """
    live = store.live()
    shelf = load_shelf(shelf_path)
    entries = store.documents(live.id) if live is not None else []
    before = _before(store, live, entries, shelf)
    known = {document.digest: document for document in before}
    reading = read_corpus(
        corpus_dir, readers=readers, known=known, progress=progress, today=today, shelf=shelf
    )
    if reading.shelf != shelf:
        save_shelf(shelf_path, reading.shelf)
    kept = keep_last_good(
        before,
        reading.documents,
        reading.problems,
        still_there=lambda path: _is_there(corpus_dir / path),
    )
    read = tuple(one for one in reading.documents if known.get(one.digest) is not one)
    old = _whole(store, live, entries, {document.source.path for document in read})
    changes = compare([old.get(one.id, one) for one in before], kept.documents)
    if live is not None and store.company(live.id) != reading.company:
        changes = replace(changes, changed=(COMPANY_FILE, *changes.changed))
    return Plan(
        live,
        reading.company,
        before,
        kept.documents,
        read,
        changes.removed,
        changes,
        kept.problems,
    )


def _before(
    store: Store, live: Version | None, entries: Sequence[DocumentEntry], shelf: Shelf
) -> tuple[Document, ...]:
    """Return the live documents, sorted by path; those on the shelf without their passages."""
    shelved = {name: entry.digest for name, entry in shelf.entries.items()}
    unknown = {one.source.path for one in entries if shelved.get(one.source.path) != one.digest}
    whole = _whole(store, live, entries, unknown)
    return tuple(
        whole.get(one.id) or Document(one.id, one.source, (), one.digest) for one in entries
    )


def _whole(
    store: Store, live: Version | None, entries: Sequence[DocumentEntry], paths: set[str]
) -> dict[str, Document]:
    """Return the live documents at these paths with their passages, by id."""
    wanted = [entry for entry in entries if entry.source.path in paths]
    if live is None or not wanted:
        return {}
    return {one.id: one for one in documents_of(store, wanted, version_id=live.id)}


def mass_deletion_warning(plan: Plan) -> tuple[Problem, ...]:
    """Return a warning where publishing would ask first. Raises PublishRefused."""
    try:
        refuse_mass_deletion(plan.before, plan.after, plan.problems)
    except MassDeletion as refusal:
        reason, remedy = refusal.message.rstrip("。"), refusal.remedy
        return (Problem("公開前の確認", reason, remedy, Severity.WARNING),)
    return ()


def _is_there(path: Path) -> bool:
    """Return whether the file exists; a folder that cannot be asked counts as there."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
