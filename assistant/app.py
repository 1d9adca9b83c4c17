"""Composition root: Settings in, working parts out. The only file that joins core and adapters."""

import getpass
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import IndexInUse
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.adapters.e5.embedder import E5Embedder
    from assistant.adapters.openai.chat import OpenAIChat
    from assistant.adapters.openai.embedder import OpenAIEmbedder
    from assistant.adapters.sqlite.store import SqliteStore
    from assistant.answering.assistant import Assistant
    from assistant.answering.starters import Starter
    from assistant.corpus.check import CheckReport
    from assistant.corpus.intake.releasing import Releases
    from assistant.corpus.publishing.publish import Publisher, PublishReport
    from assistant.corpus.reading import Progress
    from assistant.domain import Answer, Version
    from assistant.ports import Tokenizer, VectorIndex
    from assistant.search.engine import SearchEngine
    from assistant.search.scale import CosineScale
    from assistant.usage.false_alarms import FalseAlarmLog
    from assistant.usage.feedback import FeedbackLog
    from assistant.usage.guarded_chat import GuardedChat
    from assistant.usage.questions import QuestionLog
    from assistant.usage.spending import Spending


@dataclass(frozen=True)
class App:
    """The parts of one process, each made when it is first needed."""

    settings: Settings
    today: Callable[[], date] = date.today
    serving: bool = False
    """True in the long-lived process, which owns the vector index on disk."""
    embedder_dir: Path | None = None
    """Where the embedder is kept; None = in the data folder. Data folders can share one."""

    @cached_property
    def store(self) -> "SqliteStore":
        """The truth on disk. Raises StoreError."""
        from assistant.adapters.sqlite.store import SqliteStore

        return SqliteStore(self.settings.data_dir / "katsuyo.sqlite3")

    @cached_property
    def publisher(self) -> "Publisher":
        """What turns the corpus folder into the next version, and goes back to an older one."""
        from assistant.adapters.readers import default_readers
        from assistant.corpus.publishing.publish import Publisher

        return Publisher(
            self.store,
            readers=default_readers(),
            embedder_loader=self.embedder,
            embedder_name=self.embedder_name,
            lock_path=self.settings.data_dir / "publish.lock",
        )

    @cached_property
    def engine(self) -> "SearchEngine":
        """Search on the live version."""
        from assistant.adapters.bm25 import Bm25Indexer
        from assistant.search.engine import SearchEngine

        return SearchEngine(
            self.store,
            tokenizer=self._tokenizer,
            embedder_loader=self.embedder,
            index=self._vector_index,
            indexer=Bm25Indexer(),
            cache_dir=self.settings.data_dir / "index",
            scale=self._scale,
        )

    @cached_property
    def assistant(self) -> "Assistant":
        """The one who answers."""
        from assistant.answering.assistant import Assistant

        if self.chat_model is not None:
            self.prepare_chat_model()  # else its seconds would count as the model's
        return Assistant(
            self.engine,
            tokenizer=self._tokenizer,
            today=self.today,
            chat_model=self.chat_model,
            first_sentence_seconds=self.settings.llm_first_token_seconds,
        )

    def assistant_of(self, version: "Version") -> "Assistant":
        """Return who answers from a kept version, whichever is live. Raises StoreError."""
        from assistant.answering.assistant import Assistant

        pinned = self.engine.pinned(version)
        return Assistant(pinned, tokenizer=self._tokenizer, today=self.today)

    @cached_property
    def chat_model(self) -> "GuardedChat | None":
        """Who writes answers from evidence; None where no endpoint is set.

        Guarded: within the caps of the day, a few questions at a time, and not while it is failing.
        """
        from assistant.usage.breaker import Breaker
        from assistant.usage.guarded_chat import GuardedChat

        if not self.settings.llm_base_url:
            return None
        return GuardedChat(
            self._chat,
            spending=self.spending,
            breaker=Breaker(),
            places=self.settings.llm_concurrency,
            max_tokens=self.settings.llm_max_tokens,
        )

    def prepare_chat_model(self) -> None:
        """Load what talks to the endpoint, which takes seconds; nothing is sent."""
        self._chat.prepare()

    @cached_property
    def spending(self) -> "Spending":
        """What the chat model uses, by day and by person."""
        from assistant.usage.spending import open_spending

        return open_spending(self.settings, today=self.today)

    @cached_property
    def questions(self) -> "QuestionLog":
        """Where recent questions are kept, masked."""
        from assistant.usage.questions import QuestionLog

        return QuestionLog(self.settings.data_dir / "usage.sqlite3")

    @cached_property
    def feedback(self) -> "FeedbackLog":
        """Where 役に立った is kept."""
        from assistant.usage.feedback import FeedbackLog

        return FeedbackLog(self.settings.data_dir / "usage.sqlite3")

    @cached_property
    def false_alarms(self) -> "FalseAlarmLog":
        """Where 「誤検知です」 is kept."""
        from assistant.usage.false_alarms import FalseAlarmLog

        return FalseAlarmLog(self.settings.data_dir / "usage.sqlite3")

    def report_false_alarm(self, answer: "Answer", placeholder: str) -> bool:
        """Keep that a finding of `answer` was harmless; False where nothing has that placeholder.

        Raises StoreError.
        """
        from assistant.usage.false_alarms import false_alarm

        alarm = false_alarm(answer, placeholder, today=self.today())
        if alarm is not None:
            self.false_alarms.report(alarm)
        return alarm is not None

    @property
    def embedder_name(self) -> str:
        """Identity of the vectors of the embedder in use, known without loading it."""
        from assistant.adapters.e5.embedder import E5Embedder
        from assistant.adapters.openai.embedder import vector_space

        settings = self.settings
        if settings.embedding_base_url:
            return vector_space(settings.embedding_model, settings.embedding_dim)
        return E5Embedder.name

    @property
    def _scale(self) -> "CosineScale | None":
        """How the embedder's cosines are read; None for one that answering does not know."""
        from assistant.adapters.e5.tuning import SCALE

        return None if self.settings.embedding_base_url else SCALE

    def embedder(self) -> "E5Embedder | OpenAIEmbedder":
        """Return the local embedder, or the one that the settings name. Raises ModelError."""
        return self._embedder

    @cached_property
    def releases(self) -> "Releases":
        """What DX staff hand in on the page, publish, withdraw and take back."""
        from assistant.adapters.readers import default_readers
        from assistant.corpus.intake.area import Area
        from assistant.corpus.intake.intake import Intake
        from assistant.corpus.intake.placing import Changes
        from assistant.corpus.intake.releasing import Releases

        corpus, data = self.settings.corpus_dir, self.settings.data_dir
        intake = Intake(
            Area(data / "drafts"), corpus_dir=corpus, readers=default_readers(), store=self.store
        )
        changes = Changes(data / "changes", corpus)
        return Releases(intake, changes, self.publisher, self.store, today=self.today)

    def check(self, *, progress: "Progress | None" = None) -> "CheckReport":
        """Read the corpus folder and tell what was understood; writes nothing."""
        from assistant.adapters.readers import default_readers
        from assistant.corpus.check import check_report
        from assistant.corpus.reading import read_corpus

        reading = read_corpus(
            self.settings.corpus_dir,
            readers=default_readers(),
            progress=progress,
            today=self.today(),
        )
        return check_report(reading, today=self.today())

    def publish(
        self,
        *,
        summary: str = "",
        allow_mass_deletion: bool = False,
        progress: "Progress | None" = None,
    ) -> "PublishReport":
        """Make what is in the corpus folder the live version, in the name of this account."""
        return self.publisher.publish(
            self.settings.corpus_dir,
            author=_account(),
            summary=summary,
            progress=progress,
            allow_mass_deletion=allow_mass_deletion,
            today=self.today(),
        )

    def prepare(
        self,
        *,
        corpus_dir: Path | None = None,
        summary: str = "",
        progress: "Progress | None" = None,
    ) -> "PublishReport":
        """Build what `publish` would make live as a draft, in the name of this account.

        `corpus_dir`: another folder than the company's, such as one with a change to be tried.
        """
        return self.publisher.prepare(
            corpus_dir or self.settings.corpus_dir,
            author=_account(),
            summary=summary,
            progress=progress,
            today=self.today(),
        )

    def starters(self, department: str) -> "tuple[Starter, ...]":
        """Return the three starting questions of a department."""
        from assistant.answering.starters import starters

        return starters(self.engine.snapshot(), department)

    def close(self) -> None:
        """Let the process end: what still works in the background may stop where it is."""
        from assistant.search.resilient import ResilientIndex

        index = self.__dict__.get("_vector_index")
        if isinstance(index, ResilientIndex):
            index.stop()
        for name in ("_chat", "_remote_embedder"):
            if name in self.__dict__:
                self.__dict__[name].close()

    @cached_property
    def _embedder(self) -> "E5Embedder | OpenAIEmbedder":
        from assistant.adapters.e5.opening import open_e5

        if self.settings.embedding_base_url:
            return self._remote_embedder
        return open_e5(self.embedder_dir or self.settings.data_dir / "embedder")

    @cached_property
    def _remote_embedder(self) -> "OpenAIEmbedder":
        from assistant.adapters.openai.opening import open_embedder

        return open_embedder(self.settings)

    @cached_property
    def _chat(self) -> "OpenAIChat":
        from assistant.adapters.openai.opening import open_chat

        return open_chat(self.settings)

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from assistant.adapters.sudachi import SudachiTokenizer

        return SudachiTokenizer()

    @cached_property
    def _vector_index(self) -> "VectorIndex":
        """The page's process owns the index on disk; a short command scans exactly.

        A scan of some thousand passages takes less than importing Chroma (1.2 s of CPU), and two
        processes that write one Chroma folder lose vectors (measured: up to 2.5%).
        """
        from assistant.search.exact import ExactIndex

        if not self.serving:
            return ExactIndex()
        from assistant.adapters.chroma.index import ChromaIndex
        from assistant.search.resilient import ResilientIndex

        try:
            chroma = ChromaIndex(self.settings.data_dir / "chroma", embedder=self.embedder_name)
        except IndexInUse:
            return ExactIndex()
        return ResilientIndex(chroma)


def quiet_vendors() -> None:
    """Switch off what libraries would send or fetch, and numpy's threads; before any is imported.

    Measured: onnxruntime 1.31 calls home at import unless ORT_DISABLE_TELEMETRY is set, and
    Gradio looks up its analytics host at launch. The second thread of a product of matrices spins
    long after it: on two busy cores it took half of all CPU, 17 of 36 ms an embedding among it.
    """
    os.environ.update(
        ANONYMIZED_TELEMETRY="False",
        GRADIO_ANALYTICS_ENABLED="False",
        HF_HUB_DISABLE_TELEMETRY="1",
        HF_HUB_OFFLINE="1",
        ORT_DISABLE_TELEMETRY="1",
    )
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def sample_corpus() -> Path:
    """Return the sample company's folder: inside the installed package, or in the checkout."""
    here = Path(__file__).resolve().parent
    packaged = here / "sample"
    return packaged if packaged.is_dir() else here.parent / "corpus"


def _account() -> str:
    """Return the name of the operating system's account: who published."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):  # a container's user, a bare Windows session
        return "?"
