"""Assistants whose search has lost a leg: real ones, asked again."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NoReturn

import numpy as np

from assistant.answering.assistant import Assistant
from assistant.app import App
from assistant.errors import ModelError
from assistant.ports import Postings


class NoTerms:
    """A keyword leg that never finds a word."""

    name = "none"

    def build(self, texts: Iterable[Sequence[str]], folder: Path) -> None:
        """Index nothing."""
        for _ in texts:
            pass
        folder.mkdir(parents=True, exist_ok=True)

    def extend(self, base: Path, texts: Iterable[Sequence[str]], folder: Path) -> None:  # noqa: ARG002 — the port's signature
        """Index nothing."""
        self.build(texts, folder)

    def open(self, folder: Path) -> "NoTerms":  # noqa: ARG002 — the port's signature
        """Return an index that holds no term."""
        return self

    def postings(self, term: str) -> Postings:  # noqa: ARG002 — the port's signature
        """Return nowhere."""
        return Postings(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32))


def without_keyword_leg(app: App, cache_dir: Path) -> Assistant:
    """Return an assistant on the published index of `app` that finds by meaning alone."""
    from assistant.adapters.sudachi import SudachiTokenizer
    from assistant.search.engine import SearchEngine
    from assistant.search.exact import ExactIndex

    tokenizer = SudachiTokenizer()
    engine = SearchEngine(
        app.store,
        tokenizer=tokenizer,
        embedder_loader=app.embedder,
        index=ExactIndex(),
        indexer=NoTerms(),
        cache_dir=cache_dir,
    )
    return Assistant(engine, tokenizer=tokenizer, today=app.today)


def without_dense_leg(app: App, cache_dir: Path) -> Assistant:
    """Return an assistant on the published index of `app` that finds by words alone."""
    from assistant.adapters.bm25 import Bm25Indexer
    from assistant.adapters.sudachi import SudachiTokenizer
    from assistant.search.engine import SearchEngine
    from assistant.search.exact import ExactIndex

    def no_embedder() -> NoReturn:
        raise ModelError("意味検索がありません。")

    tokenizer = SudachiTokenizer()
    engine = SearchEngine(
        app.store,
        tokenizer=tokenizer,
        embedder_loader=no_embedder,
        index=ExactIndex(),
        indexer=Bm25Indexer(),
        cache_dir=cache_dir,
    )
    return Assistant(engine, tokenizer=tokenizer, today=app.today)
