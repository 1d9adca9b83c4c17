"""The systems compared: ours, what a newcomer gets by default, and each leg alone."""

import re
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.adapters.bm25 import Bm25Indexer
from assistant.adapters.sqlite.store import SqliteStore
from assistant.adapters.sudachi import SudachiTokenizer
from assistant.corpus.text import fold
from assistant.corpus.token_rows import rows_of, space_of, unpacked
from assistant.domain import Company, Document, Kind, Passage, Query, Source
from assistant.ports import Embedder, Read, Store, TokenEmbedder, Vectors
from assistant.search.engine import SearchEngine
from assistant.search.exact import ExactIndex
from benchmarks.sets import Text

_DEPTH = 10
_CHUNKS = 30
"""LlamaIndex cuts texts: enough pieces for ten different texts."""

Ranker = Callable[[str], list[str]]
"""A question to text ids, best first."""


class KeptEmbedder:
    """Reads each passage once for all systems and runs; the store is where that is kept."""

    def __init__(self, embedder: TokenEmbedder, store: Store) -> None:
        self._embedder = embedder
        self._store = store
        self.name = embedder.name
        self.dim = embedder.dim
        self.token_width = embedder.token_width

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text."""
        return np.stack([read.vector for read in self.read_passages(texts)])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the question's vector."""
        return self._embedder.embed_query(text)

    def read_query(self, text: str) -> Read:
        """Return the question with its tokens."""
        return self._embedder.read_query(text)

    def read_passages(self, texts: Sequence[str]) -> list[Read]:
        """Return each text with the tokens that a store keeps of it."""
        keys = [sha256(text.encode()).hexdigest()[:32] for text in texts]
        known = self._store.vectors(keys, embedder=self.name)
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        for space, rows in rows_of(self._embedder, list(new.values())) if new else ():
            self._store.save_vectors(list(new), rows, embedder=space)
        vectors = self._store.vectors(keys, embedder=self.name)
        tokens = self._store.vectors(keys, embedder=space_of(self.name))
        return [Read(vectors[key], unpacked(tokens[key], width=self.token_width)) for key in keys]


def ours(texts: Sequence[Text], embedder: Embedder, folder: Path) -> Ranker:
    """Return the product's own way: published into SQLite, asked through SearchEngine."""
    store = SqliteStore(folder / "katsuyo.sqlite3")
    documents = [_document(text) for text in texts]
    version = store.publish(Company("計測", ()), documents, author="benchmark", summary="")
    passages = [document.passages[0] for document in documents]
    from assistant.corpus.text import search_text, text_key

    keys = [text_key(each) for each in passages]
    for space, rows in rows_of(embedder, [search_text(passage) for passage in passages]):
        store.save_vectors(keys, rows, embedder=space)
    store.go_live(version.id)
    engine = SearchEngine(
        store,
        tokenizer=SudachiTokenizer(),
        embedder_loader=lambda: embedder,
        index=ExactIndex(),
        indexer=Bm25Indexer(),
        cache_dir=folder / "index",
    )
    return lambda question: [
        hit.passage.source.path for hit in engine.search(Query(question), limit=_DEPTH)
    ]


def dense(texts: Sequence[Text], embedder: Embedder, folder: Path) -> Ranker:
    """Return cosine alone."""
    del folder
    ids = [text.id for text in texts]
    matrix = embedder.embed_passages([text.whole for text in texts])

    def rank(question: str) -> list[str]:
        order = np.argsort(-(matrix @ embedder.embed_query(question)), kind="stable")
        return [ids[row] for row in order[:_DEPTH]]

    return rank


def character_bigrams(texts: Sequence[Text], embedder: Embedder, folder: Path) -> Ranker:
    """Return BM25 over character pairs, bm25s with k1 1.2 and b .75."""
    from bm25s import BM25

    del embedder, folder
    ids = [text.id for text in texts]
    index = BM25(k1=1.2, b=0.75)
    index.index([_bigrams(text.whole) for text in texts], show_progress=False)

    def rank(question: str) -> list[str]:
        known = [pair for pair in _bigrams(question) if pair in index.vocab_dict]
        if not known:
            return []
        order = np.argsort(-index.get_scores(known), kind="stable")
        return [ids[row] for row in order[:_DEPTH]]

    return rank


def llama_index_vectors(texts: Sequence[Text], embedder: Embedder, folder: Path) -> Ranker:
    """Return LlamaIndex's VectorStoreIndex as it comes, with our embedder for OpenAI's.

    Its splitter keeps its sizes (1,024 tokens, 200 over). Only its sentence finder is replaced:
    the default needs nltk data, which nltk refuses to open in a venv made by uv.
    """
    from llama_index.core import VectorStoreIndex
    from llama_index.core.schema import Document as LlamaDocument

    del folder
    index = VectorStoreIndex.from_documents(
        [LlamaDocument(text=text.whole, id_=text.id) for text in texts],
        transformations=[_splitter()],
        embed_model=_llama_embedding(embedder),
    )
    return _ranker_of(index.as_retriever(similarity_top_k=_CHUNKS))


def llama_index_bm25(texts: Sequence[Text], embedder: Embedder, folder: Path) -> Ranker:
    """Return LlamaIndex's BM25Retriever as it comes."""
    from llama_index.core.schema import Document as LlamaDocument
    from llama_index.retrievers.bm25 import BM25Retriever

    del embedder, folder
    nodes = _splitter().get_nodes_from_documents(
        [LlamaDocument(text=text.whole, id_=text.id) for text in texts]
    )
    return _ranker_of(BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=_CHUNKS))


SYSTEMS: dict[str, Callable[[Sequence[Text], Embedder, Path], Ranker]] = {
    "活用ナビ": ours,
    "LlamaIndex, vectors (default, our e5)": llama_index_vectors,
    "LlamaIndex BM25Retriever (default)": llama_index_bm25,
    "BM25, character bigrams": character_bigrams,
    "e5 alone": dense,
}


def _document(text: Text) -> Document:
    source = Source(path=text.id, title=text.title, kind=Kind.MANUAL)
    passage = Passage(id=text.id, source=source, ordinal=0, headings=(), text=text.body)
    digest = sha256(text.whole.encode()).hexdigest()
    return Document(id=text.id, source=source, passages=(passage,), digest=digest)


def _bigrams(text: str) -> list[str]:
    folded = "".join(fold(text).split())
    return [folded[start : start + 2] for start in range(len(folded) - 1)]


def _splitter() -> Any:
    from llama_index.core.node_parser import SentenceSplitter

    return SentenceSplitter(
        chunking_tokenizer_fn=lambda text: re.findall(r"[^。！？\n]*[。！？\n]?", text)
    )


def _ranker_of(retriever: Any) -> Ranker:
    """Return texts in the order of their first piece; a piece that scores 0 is no hit."""

    def rank(question: str) -> list[str]:
        pieces = retriever.retrieve(question)
        return list(dict.fromkeys(each.node.ref_doc_id for each in pieces if each.score))[:_DEPTH]

    return rank


def _llama_embedding(embedder: Embedder) -> Any:
    from llama_index.core.embeddings import BaseEmbedding

    class OurEmbedding(BaseEmbedding):  # type: ignore[misc]  # LlamaIndex's interface
        def _get_query_embedding(self, query: str) -> list[float]:
            return list(embedder.embed_query(query).tolist())

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

        def _get_text_embedding(self, text: str) -> list[float]:
            return list(embedder.embed_passages([text])[0].tolist())

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return [row.tolist() for row in embedder.embed_passages(texts)]

    return OurEmbedding(model_name=embedder.name)
