"""What the page needs from the other rooms, so that it can be built and tested without them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from assistant.answering.impact import Impact
from assistant.corpus.reading import Progress
from assistant.domain import Answer, Company, Document, Passage, Question, Source, Stage, Version
from assistant.ports import DocumentEntry
from assistant.usage.false_alarms import FalseAlarm
from assistant.usage.feedback import Feedback
from assistant.usage.guarded_chat import ChatFigures
from assistant.usage.spending import Use


class Asking(Protocol):
    """Answers questions; each yielded Answer is a prefix of the final one, verdict first."""

    def stream(self, question: Question) -> Iterator[Stage | Answer]:
        """Yield true stages of work, then the growing answer."""


class Published(Protocol):
    """The live version of the corpus."""

    @property
    def version(self) -> Version:
        """Which version it is."""

    @property
    def company(self) -> Company:
        """The company as it was published."""

    @property
    def documents(self) -> tuple[DocumentEntry, ...]:
        """All documents, sorted by path."""

    @property
    def rules(self) -> tuple[Passage, ...]:
        """The clauses of the current rule, in order."""

    @property
    def withdrawn(self) -> tuple[Source, ...]:
        """Superseded and retracted documents."""

    @property
    def vector_share(self) -> float:
        """Share (0–1) of passages that can be found by meaning already."""

    def document(self, document_id: str) -> Document | None:
        """Return one document with its passages."""


class Engine(Protocol):
    """Knows the live version."""

    def snapshot(self) -> Published:
        """Return the live version. Raises IndexMissing before the first publish."""


class StartingQuestion(Protocol):
    """One of the three cards of an empty conversation."""

    @property
    def question(self) -> str:
        """What is asked when the card is pressed."""

    @property
    def label(self) -> str:
        """What there is to gain: 「2時間→30分」 or 「テンプレート」."""

    @property
    def caption(self) -> str:
        """Whose it is: 「営業部の例」."""


class Starters(Protocol):
    """Chooses the cards for a department from real stories, templates and FAQs."""

    def __call__(self, department: str) -> Sequence[StartingQuestion]:
        """Return up to three; fewer when the corpus has fewer."""


class Preview(Protocol):
    """Tells which answers the documents of a folder would change; nothing goes live."""

    def __call__(self, *, corpus_dir: Path, progress: Progress) -> Impact:
        """Return what is different. Raises what publishing raises."""


class Log(Protocol):
    """Keeps feedback."""

    def record(self, feedback: Feedback) -> None:
        """Store one piece of feedback. Raises StoreError."""


class ModelMeter(Protocol):
    """Knows what the chat model did and used."""

    def figures(self) -> ChatFigures:
        """Return the counts of this process."""

    def today(self) -> Use:
        """Return the use of everyone today. Raises StoreError."""


class Alarms(Protocol):
    """Keeps what was masked by mistake."""

    def report(self, alarm: FalseAlarm) -> None:
        """Store one report. Raises StoreError."""
