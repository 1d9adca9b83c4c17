"""What happened to a document, and what differs between two versions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from assistant.corpus.publishing.versions import documents_of
from assistant.domain import Document, Source, Status, Version
from assistant.ports import DocumentEntry, Store

_WITHDRAWN = frozenset({Status.SUPERSEDED, Status.RETRACTED})


class ChangeKind(StrEnum):
    """What a version did to a document."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"
    """Superseded or retracted: still told when asked by name, never evidence."""
    OLDEST = "oldest"
    """It was there in the oldest version that is kept: what came before is no longer known."""


CHANGE_NAMES = {
    ChangeKind.ADDED: "追加",
    ChangeKind.CHANGED: "変更",
    ChangeKind.REMOVED: "削除",
    ChangeKind.WITHDRAWN: "取り下げ",
    ChangeKind.OLDEST: "記録のはじまり",
}
"""How they are called in what people read."""


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """One entry of a document's history."""

    version_id: int
    when: datetime
    """UTC, aware."""
    who: str
    summary: str
    """What the whole version was about, in its publisher's words."""
    kind: ChangeKind
    title: str
    reason: str = ""
    """Why it was withdrawn, as the document says."""


@dataclass(frozen=True, slots=True)
class ChangedDocument:
    """A document that two versions do not both hold as it is."""

    path: str
    title: str
    kind: ChangeKind


@dataclass(frozen=True, slots=True)
class VersionDiff:
    """What the second of two versions holds otherwise."""

    before: Version
    after: Version
    documents: tuple[ChangedDocument, ...]
    """Sorted by path."""
    unchanged: int
    company: bool
    """Whether company.yaml differs."""

    def count(self, kind: ChangeKind) -> int:
        """Return how many documents changed in this way."""
        return sum(document.kind is kind for document in self.documents)


def document_history(store: Store, path: str) -> tuple[DocumentChange, ...]:
    """Return what the kept versions did to the document at `path`, newest first.

    Empty where none of them holds it. A draft is no history. Raises StoreError.
    """
    versions = [version for version in reversed(store.versions()) if not version.draft]
    return tuple(reversed(list(_history(versions, store.editions(path)))))


def document_of(store: Store, path: str, *, version_id: int) -> Document | None:
    """Return the document at `path` as a version has it, if it does. Raises StoreError."""
    entry = store.editions(path).get(version_id)
    return documents_of(store, [entry], version_id=version_id)[0] if entry else None


def version_diff(store: Store, before: Version, after: Version) -> VersionDiff:
    """Return which documents `after` adds, changes, removes and withdraws. Raises StoreError."""
    old = {entry.source.path: entry for entry in store.documents(before.id)}
    new = {entry.source.path: entry for entry in store.documents(after.id)}
    changed = []
    for path in sorted(old.keys() | new.keys()):
        kind = _kind(old.get(path), new.get(path))
        if kind is not None:
            changed.append(ChangedDocument(path, (new.get(path) or old[path]).source.title, kind))
    return VersionDiff(
        before,
        after,
        documents=tuple(changed),
        unchanged=len(old.keys() | new.keys()) - len(changed),
        company=store.company(before.id) != store.company(after.id),
    )


def _history(
    versions: Sequence[Version], editions: Mapping[int, DocumentEntry]
) -> Iterator[DocumentChange]:
    """Yield what happened from the oldest version on."""
    for version in versions[:1]:
        entry = editions.get(version.id)
        if entry is not None:
            kind = ChangeKind.ADDED if version.id == 1 else ChangeKind.OLDEST
            yield _change(version, entry.source, kind)
    for older, newer in pairwise(versions):
        old, new = editions.get(older.id), editions.get(newer.id)
        kind_of_it = _kind(old, new)
        entry = new or old
        if kind_of_it is not None and entry is not None:
            yield _change(newer, entry.source, kind_of_it)


def _change(version: Version, source: Source, kind: ChangeKind) -> DocumentChange:
    return DocumentChange(
        version.id,
        version.created,
        who=version.author,
        summary=version.summary,
        kind=kind,
        title=source.title,
        reason=source.status_reason if kind is ChangeKind.WITHDRAWN else "",
    )


def _kind(old: DocumentEntry | None, new: DocumentEntry | None) -> ChangeKind | None:
    """Return what happened between two versions to a document; None if nothing did."""
    if old is None:
        return ChangeKind.ADDED if new is not None else None
    if new is None:
        return ChangeKind.REMOVED
    if _content(old) == _content(new):
        return None
    withdrawn = new.source.status in _WITHDRAWN and old.source.status not in _WITHDRAWN
    return ChangeKind.WITHDRAWN if withdrawn else ChangeKind.CHANGED


def _content(entry: DocumentEntry) -> tuple[Source, tuple[str, ...], Mapping[str, Source]]:
    """Return what a reader sees; a digest also moves when files are read in a new way."""
    return entry.source, entry.passage_ids, entry.own_sources
