"""What the core needs from outside: Protocols with two implementations, or one and a fake."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from assistant.domain import Block, Company, Document, Passage, Source, Version

Vectors = NDArray[np.float32]
"""Shape (n, dim), rows of length 1."""


class Embedder(Protocol):
    """Text to vectors. Vectors of two embedders with different names are never compared."""

    @property
    def name(self) -> str:
        """Identity of the vector space: model, weights and precision."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row a text. Raises ModelError."""

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return one unit vector, shape (dim,). Raises ModelError."""


@dataclass(frozen=True, slots=True)
class Read:
    """A text as an embedder reads it: as a whole, and token by token."""

    vector: NDArray[np.float32]
    """Of length 1, shape (dim,)."""
    tokens: NDArray[np.float32]
    """Rows of length 1, shape (tokens, token_width), without those of the model's own."""


@runtime_checkable
class TokenEmbedder(Embedder, Protocol):
    """An embedder that tells the tokens too, for late interaction (ColBERT, Khattab 2020)."""

    @property
    def token_width(self) -> int:
        """Length of a token's vector; a multiple of 4."""

    def read_passages(self, texts: Sequence[str]) -> list[Read]:
        """Return each text as it is read. Raises ModelError."""

    def read_query(self, text: str) -> Read:
        """Return a question as it is read. Raises ModelError."""


@dataclass(frozen=True, slots=True)
class Morpheme:
    """A word of a sentence as the tokenizer sees it."""

    surface: str
    normalized: str
    pos: tuple[str, ...]
    """Part of speech, coarse to fine: ('名詞', '固有名詞', '人名', '姓')."""
    start: int
    """Code-point offset into the text given."""
    end: int
    known: bool = True
    """False for a word that the dictionary does not hold."""
    reading: str = ""
    """In katakana; empty where the tokenizer knows none."""
    famous: bool = False
    """Part of a person's full name that the dictionary holds as one word: 織田信長, 石破茂."""
    groups: tuple[str, ...] = ()
    """Ids of the synonym groups of the word itself."""


class Tokenizer(Protocol):
    """Japanese words. Any length of text; never fails on any Unicode."""

    @property
    def name(self) -> str:
        """Identity of the token space: cached tokens are reused only under the same name."""

    def morphemes(self, text: str) -> list[Morpheme]:
        """Return the words of `text` in order, offsets into `text` as given."""

    def is_surname(self, word: str) -> bool:
        """Tell whether the dictionary holds `word` as a surname, whatever else it may be."""

    def terms(self, text: str) -> list[str]:
        """Return the normalized content words, for the keyword leg."""

    def synonyms(self, text: str) -> list[str]:
        """Return ids of the synonym groups of the words, for the synonym field."""


class VectorIndex(Protocol):
    """Nearest passages by vector. Derived: it can always be rebuilt from the store."""

    def sync(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Make the index hold exactly these passages. Raises StoreError."""

    def nearest(self, vector: NDArray[np.float32], *, limit: int) -> list[tuple[str, float]]:
        """Return up to `limit` (passage id, cosine), best first."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader took out of a file."""

    blocks: tuple[Block, ...]
    title: str = ""
    notes: tuple[str, ...] = ()
    """Japanese warnings for DX staff: scanned pages, hidden text removed, …"""


class Reader(Protocol):
    """One file format."""

    @property
    def suffixes(self) -> Collection[str]:
        """Lower-case suffixes with the dot."""

    def read(self, path: Path) -> Extract:
        """Return the blocks of the file in reading order. Raises DocumentError."""


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document of a version without its text."""

    id: str
    source: Source
    digest: str
    passage_ids: tuple[str, ...]
    own_sources: Mapping[str, Source] = field(default_factory=dict)
    """By passage id, where it is not the document's: rows of a table have their own departments."""

    def source_of(self, passage_id: str) -> Source:
        """Return the source of one of the document's passages."""
        return self.own_sources.get(passage_id, self.source)


@dataclass(frozen=True, slots=True)
class StoreHealth:
    """What a check of the whole store found; counts are over all kept versions."""

    ok: bool
    detail: str
    """The store's own words for what is damaged; empty if nothing is."""
    versions: int
    documents: int
    passages: int
    vectors: int
    """Texts that have one, of whichever embedder."""
    missing_vectors: int
    """Texts of the live version without a vector of the embedder asked for."""


class Store(Protocol):
    """The truth: documents, passages, vectors, terms and versions. Every write is one transaction.

    Passages are immutable and shared by versions; vectors and terms are cached by `text_key` and
    by the name of the embedder or tokenizer. All methods raise StoreError.
    """

    def live(self) -> Version | None:
        """Return the version that answers now; None before the first publish. Cheap."""

    def versions(self) -> list[Version]:
        """Return the kept versions, newest first; a draft too, while there is one."""

    def company(self, version_id: int) -> Company:
        """Return company.yaml as it was published."""

    def documents(self, version_id: int) -> list[DocumentEntry]:
        """Return the documents of a version, sorted by path."""

    def editions(self, path: str) -> Mapping[int, DocumentEntry]:
        """Return the document with this path by the ids of the kept versions that hold it."""

    def passages(self, ids: Sequence[str], *, version_id: int | None = None) -> list[Passage]:
        """Return these passages in the order of `ids`, as this version has them (default: live).

        The same passage id may have another source (status, title, …) in another version.
        """

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
        """Store a new version beside the live one, a draft until it goes live. Returns it.

        It holds `documents` and, of the version `base`, those with other paths, but for the paths
        in `without`. It takes the place of the draft before: there is never more than one.
        """

    def go_live(self, version_id: int) -> Version:
        """Move the one pointer. Publishing and rolling back end here."""

    def vectors(self, keys: Sequence[str], *, embedder: str) -> Mapping[str, NDArray[np.float32]]:
        """Return the cached vectors among `keys` (text keys)."""

    def save_vectors(self, keys: Sequence[str], vectors: Vectors, *, embedder: str) -> None:
        """Cache one vector a text key."""

    def spaces(self) -> list[str]:
        """Return whose vectors are kept: the `embedder`s given when saving, last written first."""

    def drop_vectors(self, spaces: Collection[str]) -> None:
        """Forget all vectors that were saved for these."""

    def missing_vectors(self, version_id: int, *, embedder: str) -> list[str]:
        """Return one passage id for every text of the version that has no vector yet."""

    def terms(self, keys: Sequence[str], *, tokenizer: str) -> Mapping[str, str]:
        """Return the cached terms among `keys`, as the search room wrote them."""

    def save_terms(self, terms: Mapping[str, str], *, tokenizer: str) -> None:
        """Cache the terms of text keys."""

    def verify(self, *, embedder: str = "") -> StoreHealth:
        """Check the store from end to end, and the live version's vectors of `embedder`."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The texts that hold a term, and what the term is worth in each."""

    rows: NDArray[np.int32]
    """Positions of the texts as they were given to `build`, ascending."""
    weights: NDArray[np.float32]
    """BM25 of the term in each of them, > 0."""


class TermIndex(Protocol):
    """One field of the keyword leg, ready to be asked."""

    def postings(self, term: str) -> Postings:
        """Return where `term` stands; empty where no text holds it."""


class TermIndexer(Protocol):
    """Builds and opens the fields of the keyword leg."""

    @property
    def name(self) -> str:
        """Identity of formula, parameters and file format: another name = build again."""

    def build(self, texts: Iterable[Sequence[str]], folder: Path) -> None:
        """Index the terms of each text into `folder`. Raises StoreError."""

    def extend(self, base: Path, texts: Iterable[Sequence[str]], folder: Path) -> None:
        """Index further texts by the mean length of what `build` wrote into `base`.

        Their weights are without the term's rarity. Raises StoreError.
        """

    def open(self, folder: Path) -> TermIndex:
        """Open what `build` or `extend` wrote, without reading it whole. Raises StoreError."""


@dataclass(frozen=True, slots=True)
class ChatReply:
    """What a chat model wrote, and what it cost."""

    text: str
    input_tokens: int = 0
    output_tokens: int = 0


class ChatModel(Protocol):
    """A chat model that is asked one thing and answers JSON. Safe to call from several threads.

    Endpoints that take no JSON schema exist (`structured`). They are asked with `system` + `tagged`
    instead: how to write the same as tagged text. Which endpoint it is shows at the first call and
    is remembered; a reader tells the two apart by the first character of the reply (`{` = JSON).
    A reply is whatever the model wrote: it may be no JSON, not fit the schema, or end too early.
    """

    @property
    def name(self) -> str:
        """Identity of the model: answers are cached and calibrated under it."""

    @property
    def structured(self) -> bool:
        """Whether the endpoint takes a JSON schema: True until it has refused or ignored one."""

    def complete(
        self,
        system: str,
        user: str,
        *,
        schema: Mapping[str, object],
        tagged: str = "",
        budget_seconds: float | None = None,
        asker: str = "",
    ) -> ChatReply:
        """Return the whole reply. Raises ModelError, after `budget_seconds` at the latest.

        `asker` is the pseudonym whose use is counted; it is never sent.
        """

    def stream(
        self,
        system: str,
        user: str,
        *,
        schema: Mapping[str, object],
        tagged: str = "",
        asker: str = "",
    ) -> Iterator[str | ChatReply]:
        """Yield text as it comes; the last item is the ChatReply of the whole.

        Closing the iterator aborts the request and frees the endpoint. Raises ModelError: within
        the first-token deadline when nothing came, later when the reply broke off. Nothing is
        asked again once text was yielded. `asker` as in `complete`.
        """
