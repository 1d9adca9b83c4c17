"""A few documents, a store in memory, and a search engine on them, for tests of the search room."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from assistant.adapters.bm25 import Bm25Indexer
from assistant.domain import Company, Department, Document, Kind, Passage, Source, Status, Tool
from assistant.ports import Embedder, Morpheme, Store, VectorIndex
from assistant.search.engine import SearchEngine
from assistant.search.exact import ExactIndex
from tests.fakes import FakeEmbedder

COMPANY = Company(
    name="みどり市役所",
    departments=(Department("市民課"), Department("税務課")),
    allowed_tools=(Tool("みどりチャット", aliases=("ミドチャ",)),),
)


class SpacedTokenizer:
    """Words are what stands between spaces; synonyms are given."""

    name = "spaced"

    def __init__(self, synonyms: dict[str, str] | None = None) -> None:
        self._synonyms = synonyms or {}
        self.analysed: list[str] = []
        """Every text whose terms were asked for, in order."""

    def morphemes(self, text: str) -> list[Morpheme]:
        words, start = [], 0
        for word in text.split():
            start = text.index(word, start)
            groups = (self._synonyms[word],) if word in self._synonyms else ()
            words.append(Morpheme(word, word, ("名詞",), start, start + len(word), groups=groups))
            start += len(word)
        return words

    def terms(self, text: str) -> list[str]:
        self.analysed.append(text)
        return text.split()

    def synonyms(self, text: str) -> list[str]:
        return [self._synonyms[word] for word in text.split() if word in self._synonyms]


def document(
    path: str,
    *texts: str,
    status: Status = Status.CURRENT,
    departments: tuple[str, ...] = (),
    audience: tuple[str, ...] = (),
    updated: date | None = None,
) -> Document:
    """Return a document with one passage a text; its kind is the folder's."""
    kinds = {f"{kind}s".replace("storys", "stories"): kind for kind in Kind}
    source = Source(
        path=path,
        title=path.rpartition("/")[2],
        kind=kinds[path.partition("/")[0]],
        status=status,
        departments=departments,
        audience=audience,
        updated=updated,
    )
    passages = tuple(
        Passage(
            id=f"{path}#{place}:{hash_of(text)}",
            source=source,
            ordinal=place,
            headings=(),
            text=text,
        )
        for place, text in enumerate(texts)
    )
    digest = hash_of(repr((texts, source)))
    return Document(id=hash_of(path), source=source, passages=passages, digest=digest)


def hash_of(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()[:12]


def publish(store: Store, *documents: Document) -> int:
    """Publish these documents and make them live."""
    version = store.publish(COMPANY, documents, author="試験", summary="")
    return store.go_live(version.id).id


def embed(store: Store, embedder: FakeEmbedder, *documents: Document) -> None:
    """Save the vectors of these documents."""
    from assistant.corpus.text import search_text, text_key

    passages = [passage for each in documents for passage in each.passages]
    rows = embedder.embed_passages([search_text(passage) for passage in passages])
    store.save_vectors([text_key(p) for p in passages], rows, embedder=embedder.name)


def engine_on(
    store: Store,
    folder: Path,
    *,
    tokenizer: SpacedTokenizer | None = None,
    embedder: Callable[[], Embedder] = FakeEmbedder,
    index: VectorIndex | None = None,
    scanned: int = 0,
) -> SearchEngine:
    """Return an engine as app.py makes it, with fakes for the models."""
    return SearchEngine(
        store,
        tokenizer=tokenizer or SpacedTokenizer(),
        embedder_loader=embedder,
        index=ExactIndex() if index is None else index,
        indexer=Bm25Indexer(),
        cache_dir=folder / "index",
        scanned=scanned,
    )
