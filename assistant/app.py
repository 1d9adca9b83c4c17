"""Composition root: Settings in, working parts out. The only file that joins core and adapters."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.answering.assistant import Assistant
    from assistant.corpus.publish import Publisher
    from assistant.ports import Embedder, Store, VectorIndex
    from assistant.search.engine import SearchEngine
    from assistant.usage.feedback import FeedbackLog


@dataclass(frozen=True)
class App:
    """The parts of one process, each made when it is first needed."""

    settings: Settings
    today: Callable[[], date] = date.today
    serving: bool = False
    """True in the long-lived process, which owns the vector index on disk."""

    @cached_property
    def store(self) -> "Store":
        """The truth on disk. Raises StoreError."""
        from assistant.adapters.sqlite_store import SqliteStore

        return SqliteStore(self.settings.data_dir / "katsuyo.sqlite3")

    @cached_property
    def publisher(self) -> "Publisher":
        """What turns the corpus folder into the next version."""
        from assistant.adapters.readers import default_readers
        from assistant.corpus.publish import Publisher

        return Publisher(
            self.store,
            readers=default_readers(),
            embedder_loader=self.embedder,
            lock_path=self.settings.data_dir / "publish.lock",
        )

    @cached_property
    def engine(self) -> "SearchEngine":
        """Search on the live version."""
        from assistant.adapters.bm25 import Bm25Indexer
        from assistant.adapters.sudachi import SudachiTokenizer
        from assistant.search.engine import SearchEngine

        return SearchEngine(
            self.store,
            tokenizer=SudachiTokenizer(),
            embedder_loader=self.embedder,
            index=self._vector_index(),
            indexer=Bm25Indexer(),
            cache_dir=self.settings.data_dir / "index",
        )

    @cached_property
    def assistant(self) -> "Assistant":
        """The one who answers."""
        from assistant.adapters.sudachi import SudachiTokenizer
        from assistant.answering.assistant import Assistant

        return Assistant(self.engine, tokenizer=SudachiTokenizer(), today=self.today)

    @cached_property
    def feedback(self) -> "FeedbackLog":
        """Where 役に立った is kept."""
        from assistant.usage.feedback import FeedbackLog

        return FeedbackLog(self.settings.data_dir / "usage.sqlite3")

    def embedder(self) -> "Embedder":
        """Return the local embedder. Raises ModelError."""
        return self._embedder

    @cached_property
    def _embedder(self) -> "Embedder":
        from assistant.adapters.e5 import load_embedder

        return load_embedder(self.settings.data_dir / "embedder")

    def _vector_index(self) -> "VectorIndex":
        """One process owns the index on disk; a short command scans exactly: it starts faster."""
        from assistant.search.exact import ExactIndex

        return ExactIndex()


def quiet_vendors() -> None:
    """Switch off what libraries would send or fetch; must run before they are imported.

    Measured: onnxruntime 1.31 calls home at import unless ORT_DISABLE_TELEMETRY is set, and
    Gradio looks up its analytics host at launch.
    """
    os.environ.update(
        ANONYMIZED_TELEMETRY="False",
        GRADIO_ANALYTICS_ENABLED="False",
        HF_HUB_DISABLE_TELEMETRY="1",
        HF_HUB_OFFLINE="1",
        ORT_DISABLE_TELEMETRY="1",
    )


def sample_corpus() -> Path:
    """Return the sample company's folder: inside the installed package, or in the checkout."""
    here = Path(__file__).resolve().parent
    packaged = here / "sample"
    return packaged if packaged.is_dir() else here.parent / "corpus"
