"""The words of a suite: what is asked, and what a right answer holds. Frozen values only."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from assistant.domain import Category, Turn, VerdictKind

GENERATED_PREFIX = "gen-"
"""Starts the id of every case that the corpus made; no written case may begin so."""


class CaseType(StrEnum):
    """What a case tries out."""

    HOW_TO = "how_to"
    RULE = "rule"
    FAQ = "faq"
    FACT = "fact"
    STORY = "story"
    TEMPLATE = "template"
    FOLLOW_UP = "follow_up"
    UNANSWERABLE = "unanswerable"
    FORBIDDEN_INPUT = "forbidden_input"
    HARMLESS = "harmless"
    """Looks like confidential input and is none: the other half of a forbidden_input pair."""
    INJECTION = "injection"
    SMALLTALK = "smalltalk"


class Unanswerable(StrEnum):
    """Why nothing in the corpus answers; the kinds of Azure's don't-know evaluation."""

    UNKNOWABLE = "unknowable"
    """Nobody could know it: next year's rule, a colleague's thoughts."""
    UNCITABLE_RELATED = "uncitable_related"
    """On topic, yet no document says it."""
    UNCITABLE_UNRELATED = "uncitable_unrelated"
    """Known to the world, no matter of this corpus."""
    NONSENSICAL = "nonsensical"
    """No sense to be made of it."""


class Split(StrEnum):
    """Who may look. HOLDOUT cases are scored and never printed."""

    DEV = "dev"
    TEST = "test"
    HOLDOUT = "holdout"


class Author(StrEnum):
    """Where a case comes from."""

    HUMAN = "human"
    SYNTHETIC = "synthetic"
    INCIDENT = "incident"


@dataclass(frozen=True, slots=True)
class Qrel:
    """A document (and the exact words in it) that is relevant: survives re-chunking."""

    doc: str
    """Path relative to the corpus."""
    span: str = ""
    """Exact words of the document; empty = the whole document."""
    grade: int = 1
    """Graded relevance, ≥ 1; nDCG's gain."""


@dataclass(frozen=True, slots=True)
class MustCite:
    """A document that has to be cited, with the words that the quote has to hold."""

    doc: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class ForbiddenSpan:
    """Words of the question that the guard has to find."""

    category: Category
    text: str


@dataclass(frozen=True, slots=True)
class Expect:
    """What a right answer holds; what is absent is not scored."""

    verdict: VerdictKind | None = None
    facts: tuple[tuple[str, ...], ...] = ()
    """Each fact as its accepted wordings."""
    must_cite: tuple[MustCite, ...] = ()
    must_not_cite: tuple[str, ...] = ()
    department: str = ""
    """Whose story should come first."""
    template: str = ""
    """Path of the template that should be handed over."""
    abstain: bool | None = None
    """True: must say that it does not know. False: must answer."""
    forbidden: tuple[ForbiddenSpan, ...] | None = None
    """Spans the guard must find; an empty tuple = the guard must find nothing."""
    must_not_contain: tuple[str, ...] = ()
    """Words that no answer to this may hold."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who wrote a case, and after what."""

    author: Author = Author.HUMAN
    source: str = ""
    reviewed_by: str = ""
    written: date | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """評価の一問."""

    id: str
    question: str
    type: CaseType
    department: str = ""
    """Whose question it is (`asker.department`); empty = not chosen."""
    role: str = ""
    tags: tuple[str, ...] = ()
    group: str = ""
    """Cases that share a document or topic; the cluster of the bootstrap. Empty = the case's id."""
    qrels: tuple[Qrel, ...] = ()
    expect: Expect = Expect()
    unanswerable: Unanswerable | None = None
    paraphrases: tuple[str, ...] = ()
    history: tuple[Turn, ...] = ()
    provenance: Provenance = Provenance()
    split: Split = Split.TEST
    suite: str = ""
    """Name of the suite file without suffix."""
    line: int = 0
    """1-based line in the suite file; 0 = generated."""

    @property
    def cluster(self) -> str:
        """Return the unit that the bootstrap draws."""
        return self.group or self.id


@dataclass(frozen=True, slots=True)
class Suite:
    """束: the cases of all suite files of a folder, in file order."""

    cases: tuple[Case, ...]
    digests: dict[str, str] = field(default_factory=dict)
    """SHA-256 of each case's own content by case id: a changed case is not compared."""

    def case(self, case_id: str) -> Case | None:
        """Return the case with that id, if there is one."""
        return next((case for case in self.cases if case.id == case_id), None)
