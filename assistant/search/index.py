"""What search looks into for one version: built from the store once, then opened from disk."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.corpus.text import search_text, text_key
from assistant.domain import Kind, Passage, Source, Status
from assistant.errors import StoreError
from assistant.ports import DocumentEntry, Store, TermIndexer, Tokenizer
from assistant.search.cache import IndexCache
from assistant.search.centred import Centres, centres_of
from assistant.search.house import HouseWords
from assistant.search.keyword import KeywordLeg, build_fields
from assistant.search.priors import Priors, priors_of
from assistant.search.segments import (
    Content,
    Segment,
    find_base,
    keys_of,
    lacking,
    link_base,
    marks_of,
    segments_of,
    write_content,
)
from assistant.search.terms import analyse, decode, encode, with_house_words
from assistant.search.vectors import VectorRows, no_vectors

_FORMAT = 3
"""Raise it when fields or files change: indexes of another format are built again."""

_JOINED_FROM = 20_000
"""Below, building everything takes some seconds, and scores that do not depend on what was
published before are worth more."""

_BATCH = 1_000
"""Passages read and analysed at once: progress survives a kill in steps of a second or two."""


@dataclass(frozen=True, slots=True)
class PassageIndex:
    """The searchable passages of a version; a row is a place in `ids`."""

    ids: tuple[str, ...]
    row_of: Mapping[str, int]
    sources: tuple[Source, ...]
    source_of: NDArray[np.int32]
    """Place in `sources` of each row."""
    priors: Priors
    keyword: KeywordLeg
    vectors: VectorRows
    house: HouseWords
    centres: Centres
    """Of the kinds of documents."""
    segments: tuple[Segment, ...]
    """Where the built files are kept."""

    def with_vectors(self, vectors: VectorRows) -> "PassageIndex":
        """Return the same passages with more vectors."""
        return replace(self, vectors=vectors, centres=centres_of(vectors, self.centres.group_of))

    def keys(self) -> list[str]:
        """Return the text keys of the rows; from disk, for they are needed only to fill vectors."""
        return keys_of(self.segments, len(self.ids))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What an index is to be built of."""

    version_id: int
    ids: tuple[str, ...]
    house: HouseWords
    content: Content
    fingerprint: str


@dataclass(frozen=True, slots=True)
class IndexBuilder:
    """Opens the index of any version, and builds it where it is not there yet."""

    store: Store
    tokenizer: Tokenizer
    indexer: TermIndexer
    cache: IndexCache
    joined_from: int = _JOINED_FROM
    """Passages from which on only what is new is built."""

    def open(self, version_id: int, documents: Sequence[DocumentEntry]) -> PassageIndex:
        """Return the index of a version, still without vectors. Raises StoreError."""
        entries = [entry for entry in documents if is_searchable(entry.source)]
        wanted = self._wanted(version_id, entries)
        segments, keyword = self._built(wanted)
        sources, source_of = _sources(entries)
        vectors = no_vectors(len(wanted.ids))
        return PassageIndex(
            ids=wanted.ids,
            row_of={passage_id: row for row, passage_id in enumerate(wanted.ids)},
            sources=sources,
            source_of=source_of,
            priors=priors_of(sources),
            keyword=keyword,
            vectors=vectors,
            house=wanted.house,
            centres=centres_of(vectors, _kinds(sources)[source_of]),
            segments=segments,
        )

    def _wanted(self, version_id: int, entries: Sequence[DocumentEntry]) -> _Wanted:
        house = HouseWords.of(self.store.company(version_id))
        made_by = f"{_FORMAT} {self.tokenizer.name} {self.indexer.name}"
        content = [(entry.digest, entry.source.title, entry.passage_ids) for entry in entries]
        text = json.dumps([made_by, content, house.things])
        return _Wanted(
            version_id,
            tuple(passage_id for entry in entries for passage_id in entry.passage_ids),
            house,
            Content(json.dumps([made_by, house.things]), marks_of(entries)),
            sha256(text.encode("utf-8")).hexdigest()[:32],
        )

    def _built(self, wanted: _Wanted) -> tuple[tuple[Segment, ...], KeywordLeg]:
        """Open what is there, or build what is new beside an earlier version, or everything."""
        there = self.cache.find(wanted.fingerprint)
        try:
            few = len(wanted.ids) < self.joined_from
            base = None if there or few else find_base(self.cache.built(), wanted.content)
            return self._opened(wanted, base)
        except StoreError:
            self.cache.drop(wanted.fingerprint)
            return self._opened(wanted, None)

    def _opened(self, wanted: _Wanted, base: Path | None) -> tuple[tuple[Segment, ...], KeywordLeg]:
        write = partial(self._write, wanted, base)
        folder = self.cache.find(wanted.fingerprint)
        folder = folder or self.cache.build(wanted.fingerprint, write)
        segments = segments_of(folder, wanted.content.marks)
        return segments, KeywordLeg(segments, size=len(wanted.ids), indexer=self.indexer)

    def _write(self, wanted: _Wanted, base: Path | None, folder: Path) -> None:
        """Build the fields of what `base` lacks; analysed before are terms that the store has."""
        rows = range(len(wanted.ids)) if base is None else lacking(base, wanted.content)
        keys: list[str] = []
        own: list[str] = []
        terms: list[str] = []
        for start in range(0, len(rows), _BATCH):
            ids = [wanted.ids[row] for row in rows[start : start + _BATCH]]
            passages = self.store.passages(ids, version_id=wanted.version_id)
            batch = [(text_key(passage), search_text(passage)) for passage in passages]
            known = self._terms(dict(batch))
            keys += [key for key, _ in batch]
            own += [_own_words(passage) for passage in passages]
            terms += [
                encode(with_house_words(decode(known[key]), text, wanted.house))
                for key, text in batch
            ]
        linked = link_base(base, folder) if base is not None else None
        build_fields(terms, own, indexer=self.indexer, folder=folder, base=linked)
        marks = tuple(wanted.content.marks[row] for row in rows)
        write_content(folder, Content(wanted.content.made_by, marks), keys)

    def _terms(self, texts: Mapping[str, str]) -> Mapping[str, str]:
        """Return the encoded terms of `texts` by key; only new texts are analysed."""
        known = dict(self.store.terms(list(texts), tokenizer=self.tokenizer.name))
        new = {
            key: encode(analyse(text, self.tokenizer))
            for key, text in texts.items()
            if key not in known
        }
        if new:
            self.store.save_terms(new, tokenizer=self.tokenizer.name)
        return known | new


def _sources(
    entries: Sequence[DocumentEntry],
) -> tuple[tuple[Source, ...], NDArray[np.int32]]:
    """Return every source of the passages, and the place of each row's among them."""
    sources: list[Source] = []
    rows: list[NDArray[np.int32]] = []
    for entry in entries:
        own = {passage_id: len(sources) + n for n, passage_id in enumerate(entry.own_sources, 1)}
        places = [own.get(passage_id, len(sources)) for passage_id in entry.passage_ids]
        rows.append(np.array(places, dtype=np.int32))
        sources += (entry.source, *entry.own_sources.values())
    return tuple(sources), np.concatenate([*rows, np.empty(0, dtype=np.int32)])


def _kinds(sources: Sequence[Source]) -> NDArray[np.int32]:
    """Return the number of each source's kind."""
    numbers = {kind: number for number, kind in enumerate(Kind)}
    return np.array([numbers[source.kind] for source in sources], dtype=np.int32)


def _own_words(passage: Passage) -> str:
    """Return the passage without its document's title, which all of its neighbours share.

    For the character pairs: with the title debian_faq_ja, whose title is one for all, lost
    .006–.009 of nDCG@10 by mixture of the legs.
    """
    return "\n".join((*passage.headings, passage.text))


def is_searchable(source: Source) -> bool:
    """Return whether `source` may become evidence for everyone who asks."""
    return source.status is Status.CURRENT and not source.audience
