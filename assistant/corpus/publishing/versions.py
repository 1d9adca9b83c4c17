"""What a published version holds, read back whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain import Company, Document, Version
from assistant.ports import DocumentEntry, Store


@dataclass(frozen=True, slots=True)
class State:
    """The company and the documents, sorted by path, of a version or of one to come."""

    company: Company
    documents: tuple[Document, ...]


NOTHING = State(Company(name="", departments=()), ())
"""What is live before the first publish."""


def is_rolled_back(store: Store) -> bool:
    """Return whether somebody went back to a version: a newer one was live before.

    What the folder holds is then probably what they went back from.
    """
    newest = next((version for version in store.versions() if not version.draft), None)
    return newest is not None and not newest.live


def load_state(store: Store, version: Version | None) -> State:
    """Return what `version` holds. Raises StoreError."""
    if version is None:
        return NOTHING
    return State(store.company(version.id), load_documents(store, version_id=version.id))


def load_documents(store: Store, *, version_id: int) -> tuple[Document, ...]:
    """Return the documents of a version with all of their passages, sorted by path."""
    return documents_of(store, store.documents(version_id), version_id=version_id)


def documents_of(
    store: Store, entries: Sequence[DocumentEntry], *, version_id: int
) -> tuple[Document, ...]:
    """Return these documents of a version with all of their passages, in the given order."""
    ids = [passage_id for entry in entries for passage_id in entry.passage_ids]
    passages = iter(store.passages(ids, version_id=version_id))
    return tuple(
        Document(
            id=entry.id,
            source=entry.source,
            passages=tuple(next(passages) for _ in entry.passage_ids),
            digest=entry.digest,
        )
        for entry in entries
    )
