"""Fakes through the ports: a store in memory and an embedder that needs no model."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from assistant.corpus.text import fold, text_key
from assistant.domain import Company, Document, Passage, Version
from assistant.errors import ModelError, StoreError
from assistant.ports import DocumentEntry, Read, StoreHealth, Vectors

_KEPT_VERSIONS = 10


class FakeEmbedder:
    """Hashes character bigrams: texts that share words are near, equal texts are equal."""

    def __init__(self, *, name: str = "fake-bigrams", dim: int = 64) -> None:
        self._name = name
        self._dim = dim
        self.embedded: list[str] = []
        """Every passage text embedded so far, in order."""

    @property
    def name(self) -> str:
        return self._name

    @property
    def dim(self) -> int:
        return self._dim

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded.extend(texts)
        rows = [self._vector(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self._dim), dtype=np.float32)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return self._vector(text)

    def _vector(self, text: str) -> NDArray[np.float32]:
        folded = f" {fold(text)} "
        vector = np.zeros(self._dim, dtype=np.float32)
        for start in range(len(folded) - 1):
            gram = folded[start : start + 2].encode("utf-8", "replace")
            digest = hashlib.blake2b(gram, digest_size=8).digest()
            vector[int.from_bytes(digest[:4], "big") % self._dim] += 1 if digest[4] % 2 else -1
        length = float(np.linalg.norm(vector))
        if length == 0:
            vector[0] = length = 1.0
        return vector / np.float32(length)


class FakeTokenEmbedder(FakeEmbedder):
    """Reads words between blanks as tokens: equal ones are equal, others lie across."""

    def __init__(self, *, name: str = "fake-tokens", dim: int = 64) -> None:
        super().__init__(name=name, dim=dim)
        self.token_width = 128

    def read_passages(self, texts: Sequence[str]) -> list[Read]:
        return [
            Read(vector, self._tokens(text))
            for text, vector in zip(texts, self.embed_passages(texts), strict=True)
        ]

    def read_query(self, text: str) -> Read:
        return Read(self.embed_query(text), self._tokens(text))

    def _tokens(self, text: str) -> NDArray[np.float32]:
        words = fold(text).split()
        rows = np.zeros((len(words), self.token_width), dtype=np.float32)
        for row, word in zip(rows, words, strict=True):
            digest = hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=4).digest()
            row[int.from_bytes(digest, "big") % self.token_width] = 1
        return rows


class BrokenEmbedder:
    """An embedder that is there but fails at every text."""

    name = "broken"
    dim = 64

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        raise ModelError(
            "意味検索の部品が動きません。", remedy="katsuyo doctor を実行してください。"
        )

    def embed_query(self, text: str) -> NDArray[np.float32]:
        raise ModelError(
            "意味検索の部品が動きません。", remedy="katsuyo doctor を実行してください。"
        )


@dataclass
class _Published:
    version: Version
    company: Company
    documents: dict[str, Document]


@dataclass
class MemoryStore:
    """ports.Store in dictionaries, for tests of the rooms above it."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    _kept: dict[int, _Published] = field(default_factory=dict)
    _last: int = 0
    _live: int | None = None
    _vectors: dict[tuple[str, str], NDArray[np.float32]] = field(default_factory=dict)
    _terms: dict[tuple[str, str], str] = field(default_factory=dict)

    def live(self) -> Version | None:
        return None if self._live is None else self._version(self._live)

    def versions(self) -> list[Version]:
        return [self._version(version_id) for version_id in sorted(self._kept, reverse=True)]

    def company(self, version_id: int) -> Company:
        return self._published(version_id).company

    def documents(self, version_id: int) -> list[DocumentEntry]:
        documents = self._published(version_id).documents.values()
        return [
            DocumentEntry(
                id=document.id,
                source=document.source,
                digest=document.digest,
                passage_ids=tuple(passage.id for passage in document.passages),
                own_sources={
                    passage.id: passage.source
                    for passage in document.passages
                    if passage.source != document.source
                },
            )
            for document in sorted(documents, key=lambda document: document.source.path)
        ]

    def editions(self, path: str) -> Mapping[int, DocumentEntry]:
        return {
            version_id: entry
            for version_id in sorted(self._kept)
            for entry in self.documents(version_id)
            if entry.source.path == path
        }

    def passages(self, ids: Sequence[str], *, version_id: int | None = None) -> list[Passage]:
        first = self._live if version_id is None else version_id
        order = [*sorted(self._kept), *([first] if first in self._kept else [])]
        found = {
            passage.id: passage
            for kept in order
            for document in self._kept[kept].documents.values()
            for passage in document.passages
        }
        try:
            return [found[passage_id] for passage_id in ids]
        except KeyError as error:
            raise StoreError(f"抜粋 {error.args[0]} はありません。") from error

    def publish(
        self,
        company: Company,
        documents: Sequence[Document],
        *,
        author: str,
        summary: str,
        base: int | None = None,
        without: Sequence[str] = (),
    ) -> Version:
        if base is not None:
            gone = {document.source.path for document in documents} | set(without)
            before = self._published(base).documents.values()
            documents = [*(one for one in before if one.source.path not in gone), *documents]
        self._last += 1
        version = Version(
            id=self._last,
            created=self.now(),
            author=author,
            summary=summary,
            documents=len(documents),
            passages=sum(len(document.passages) for document in documents),
            draft=True,
        )
        for old in [one.version for one in self._kept.values()]:
            if old.draft:
                del self._kept[old.id]
        by_id = {document.id: document for document in documents}
        self._kept[version.id] = _Published(version, company, by_id)
        for gone in sorted(self._kept)[:-_KEPT_VERSIONS]:
            if gone != self._live:
                del self._kept[gone]
        return version

    def go_live(self, version_id: int) -> Version:
        published = self._published(version_id)
        published.version = replace(published.version, draft=False)
        self._live = version_id
        return self._version(version_id)

    def vectors(self, keys: Sequence[str], *, embedder: str) -> Mapping[str, NDArray[np.float32]]:
        return {
            key: self._vectors[key, embedder] for key in keys if (key, embedder) in self._vectors
        }

    def save_vectors(self, keys: Sequence[str], vectors: Vectors, *, embedder: str) -> None:
        for key, row in zip(keys, vectors, strict=True):
            self._vectors.pop((key, embedder), None)
            self._vectors[key, embedder] = np.array(row, dtype=np.float32)

    def spaces(self) -> list[str]:
        return list(dict.fromkeys(embedder for _, embedder in reversed(self._vectors)))

    def drop_vectors(self, spaces: Collection[str]) -> None:
        self._vectors = {key: row for key, row in self._vectors.items() if key[1] not in spaces}

    def missing_vectors(self, version_id: int, *, embedder: str) -> list[str]:
        firsts: dict[str, str] = {}
        for passage in self._passages(version_id):
            key = text_key(passage)
            if (key, embedder) not in self._vectors:
                firsts[key] = min(passage.id, firsts.get(key, passage.id))
        return sorted(firsts.values())

    def terms(self, keys: Sequence[str], *, tokenizer: str) -> Mapping[str, str]:
        return {key: self._terms[key, tokenizer] for key in keys if (key, tokenizer) in self._terms}

    def save_terms(self, terms: Mapping[str, str], *, tokenizer: str) -> None:
        self._terms.update({(key, tokenizer): text for key, text in terms.items()})

    def verify(self, *, embedder: str = "") -> StoreHealth:
        missing = self.missing_vectors(self._live, embedder=embedder) if self._live else []
        kept = self._kept
        return StoreHealth(
            ok=True,
            detail="",
            versions=len(kept),
            documents=len({d.digest + d.id for p in kept.values() for d in p.documents.values()}),
            passages=len({p.id for version_id in kept for p in self._passages(version_id)}),
            vectors=len({key for key, _ in self._vectors}),
            missing_vectors=len(missing) if embedder else 0,
        )

    def _published(self, version_id: int) -> _Published:
        try:
            return self._kept[version_id]
        except KeyError as error:
            raise StoreError(f"第{version_id}版はありません。") from error

    def _version(self, version_id: int) -> Version:
        return replace(self._published(version_id).version, live=version_id == self._live)

    def _passages(self, version_id: int) -> list[Passage]:
        documents = self._published(version_id).documents.values()
        return [passage for document in documents for passage in document.passages]
