"""One version of the corpus as a question sees it, from its first word to its last."""

import copy
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace

from assistant.domain import Company, Document, Kind, Passage, Source, Status, Version
from assistant.ports import DocumentEntry, Store
from assistant.search.index import PassageIndex, is_searchable
from assistant.search.vectors import VectorRows

_REMEMBERED = 4_096
"""Passages kept in memory after use: about 10 MB at 400 characters each."""

_WITHDRAWN = frozenset({Status.SUPERSEDED, Status.RETRACTED})


class Snapshot:
    """A version's documents. Passages are fetched when they are looked at, and remembered."""

    def __init__(
        self,
        store: Store,
        version: Version,
        *,
        documents: tuple[DocumentEntry, ...],
        index: PassageIndex,
    ) -> None:
        """Read what the store knows of `version` besides `documents`. Raises StoreError."""
        self._store = store
        self._lock = threading.Lock()
        self._remembered: OrderedDict[str, Passage] = OrderedDict()
        self._kinds: dict[Kind, tuple[Passage, ...]] = {}
        self.version = version
        self.documents = documents
        """All of the version, sorted by path: drafts and withdrawn ones too."""
        self.index = index
        """What search looks into: current passages that everyone may read."""
        self._by_id = {entry.id: entry for entry in documents}
        self._holder = {
            passage_id: entry
            for entry in documents
            if _is_readable(entry.source)
            for passage_id in entry.passage_ids
        }
        self.company: Company = store.company(version.id)
        self.withdrawn: tuple[Source, ...] = tuple(
            entry.source
            for entry in documents
            if entry.source.status in _WITHDRAWN and _is_readable(entry.source)
        )
        """Superseded and retracted documents: never evidence, but told when asked by name."""
        self.rules: tuple[Passage, ...] = self.passages_of(Kind.RULE)
        """The clauses of the rule that holds now, in order."""

    @property
    def vector_share(self) -> float:
        """Return how many of the searchable passages have a vector, 0–1."""
        return self.index.vectors.share

    def with_vectors(self, vectors: VectorRows) -> "Snapshot":
        """Return the same version with more vectors; what is remembered is shared."""
        other = copy.copy(self)
        other.index = self.index.with_vectors(vectors)
        return other

    def passage(self, passage_id: str) -> Passage:
        """Return a passage of a document that everyone may read. Raises KeyError."""
        return self.passages([passage_id])[0]

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """Return these passages in order, by one look into the store. Raises KeyError."""
        holders = {passage_id: self._holder[passage_id] for passage_id in ids}
        with self._lock:
            found = {each: self._remembered[each] for each in ids if each in self._remembered}
        missing = [passage_id for passage_id in holders if passage_id not in found]
        if missing:
            fetched = self._store.passages(missing, version_id=self.version.id)
            # The version's own word on title, status and department: another may differ in them.
            found |= {
                each.id: replace(each, source=holders[each.id].source_of(each.id))
                for each in fetched
            }
        self._remember(found)
        return [found[passage_id] for passage_id in ids]

    def passages_of(self, kind: Kind) -> tuple[Passage, ...]:
        """Return the current passages of a kind, by path and in the document's order."""
        if kind not in self._kinds:
            ids = [
                passage_id
                for entry in self.documents
                if entry.source.kind is kind and is_searchable(entry.source)
                for passage_id in entry.passage_ids
            ]
            if len(ids) > _REMEMBERED:
                return tuple(self._store.passages(ids, version_id=self.version.id))
            self._kinds[kind] = tuple(self.passages(ids))
        return self._kinds[kind]

    def document(self, document_id: str) -> Document | None:
        """Return a document that everyone may read, withdrawn ones too; None for any other."""
        entry = self._by_id.get(document_id)
        if entry is None or not _is_readable(entry.source):
            return None
        passages = tuple(self.passages(entry.passage_ids))
        return Document(entry.id, entry.source, passages, entry.digest)

    def _remember(self, passages: dict[str, Passage]) -> None:
        with self._lock:
            for passage_id, passage in passages.items():
                self._remembered[passage_id] = passage
                self._remembered.move_to_end(passage_id)
            while len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)


def _is_readable(source: Source) -> bool:
    return source.status is not Status.DRAFT and not source.audience
