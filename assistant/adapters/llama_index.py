"""Our search offered back as a LlamaIndex retriever, for teams that build their own agents.

>>> from assistant.adapters.llama_index import as_retriever     # doctest: +SKIP
>>> as_retriever(app.engine, limit=5).retrieve("週報を早く書きたい")   # doctest: +SKIP
"""

from typing import TYPE_CHECKING

from assistant.domain import Hit, Query
from assistant.search.engine import SearchEngine

if TYPE_CHECKING:
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.schema import NodeWithScore


def as_retriever(engine: SearchEngine, *, department: str = "", limit: int = 10) -> "BaseRetriever":
    """Return a retriever that answers each question from the live version.

    Raises IndexMissing and StoreError when it is asked; a failing embedder is no error.
    """
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.schema import QueryBundle

    class KatsuyoRetriever(BaseRetriever):  # type: ignore[misc]  # the interface is a base class
        """Current passages that everyone may read, best first."""

        def _retrieve(self, query_bundle: QueryBundle) -> "list[NodeWithScore]":
            query = Query(query_bundle.query_str, department=department)
            return [_node(hit) for hit in engine.search(query, limit=limit)]

    return KatsuyoRetriever()


def _node(hit: Hit) -> "NodeWithScore":
    """Return the passage with what a citation needs as metadata.

    Only title and headings are shown to a model or an embedder: they are what we index, too.
    """
    from llama_index.core.schema import NodeWithScore, TextNode

    passage = hit.passage
    metadata = {
        "title": passage.source.title,
        "headings": " > ".join(passage.headings),
        "path": passage.source.path,
        "kind": passage.source.kind.value,
        "departments": "、".join(passage.source.departments),
        "page": passage.page,
    }
    hidden = ["path", "kind", "departments", "page"]
    node = TextNode(
        id_=passage.id,
        text=passage.text,
        metadata=metadata,
        excluded_embed_metadata_keys=hidden,
        excluded_llm_metadata_keys=hidden,
    )
    return NodeWithScore(node=node, score=hit.score)
