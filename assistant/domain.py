"""The words of the product: frozen values shared by every room. Standard library only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

# ── the company ──────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Department:
    """One department of the company, and whose stories come next when it has none."""

    name: str
    aliases: tuple[str, ...] = ()
    headcount: int | None = None
    champion: str = ""
    neighbours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tool:
    """An AI tool that the company allows (or does not)."""

    name: str
    aliases: tuple[str, ...] = ()
    use_for: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """相談窓口: where a person asks when Katsuyo does not know."""

    name: str = "AI相談窓口"
    owner: str = ""
    channel: str = ""
    anonymous_form: str = ""
    hours: str = ""
    reply_within: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """名簿: salted hashes of employees' names. The names themselves are kept nowhere."""

    salt: str
    names: tuple[str, ...]
    """Hashes of full names and of their kana."""
    surnames: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Company:
    """`company.yaml`: who works here, with which tools, and which words are (not) secret."""

    name: str
    departments: tuple[Department, ...]
    english_name: str = ""
    short_names: tuple[str, ...] = ()
    allowed_tools: tuple[Tool, ...] = ()
    forbidden_tools: tuple[Tool, ...] = ()
    desk: Desk = Desk()
    own_names: tuple[str, ...] = ()
    product_names: tuple[str, ...] = ()
    confidential_terms: tuple[str, ...] = ()
    public_names: tuple[str, ...] = ()
    confidential_patterns: tuple[str, ...] = ()
    """Regular expressions of the quick kind (`corpus.patterns`): 「PJ-[0-9]{4}」."""
    partners: tuple[str, ...] = ()
    """Names of other companies, from the file that company.yaml names."""
    roster: Roster | None = None

    def department(self, text: str) -> Department | None:
        """Return the department whose name or alias is exactly `text`, if there is one."""
        for department in self.departments:
            if text == department.name or text in department.aliases:
                return department
        return None


# ── a document's way: file -> Document -> Passage ────────────────────────────


class Kind(StrEnum):
    """What a document is for; decides how it is cut and which slot of an answer it fills."""

    RULE = "rule"
    MANUAL = "manual"
    FAQ = "faq"
    STORY = "story"
    TEMPLATE = "template"


class Status(StrEnum):
    """Whether a document holds now. Only CURRENT ones are evidence."""

    CURRENT = "current"
    DRAFT = "draft"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"


class ClauseKind(StrEnum):
    """What a clause of the A4 rule does."""

    FORBIDDEN_INPUT = "forbidden_input"
    CONDITIONAL = "conditional"
    ENCOURAGED = "encouraged"
    FINAL_CHECK = "final_check"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the corpus and what its front matter, sidecar or folder says of it."""

    path: str
    """Relative to the corpus, with forward slashes: `rules/ai_rule.md`."""
    title: str
    kind: Kind
    departments: tuple[str, ...] = ()
    """Whose document it is; empty = the whole company."""
    owner: str = ""
    updated: date | None = None
    review_by: date | None = None
    status: Status = Status.CURRENT
    status_reason: str = ""
    """Why (and by what) it was superseded or retracted."""
    version: str = ""
    audience: tuple[str, ...] = ()
    """Departments that may read it; empty = everyone."""
    extra: Mapping[str, str] = field(default_factory=dict)
    """Unknown front-matter keys, kept as text."""


class BlockKind(StrEnum):
    """What a reader saw on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item, table or code block, in reading order."""

    kind: BlockKind
    text: str
    level: int = 0
    """Headings: 1–6. List items: depth from 0."""
    page: int | None = None
    """1-based page, slide or sheet number where the format has one."""
    line: int | None = None
    """1-based line in a text file."""
    rows: tuple[tuple[str, ...], ...] = ()
    """Tables only; the first row is the header. `text` then holds it as Markdown."""


@dataclass(frozen=True, slots=True)
class Section:
    """The text under one heading path."""

    headings: tuple[str, ...]
    blocks: tuple[Block, ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A working time or amount as a story tells it, original words kept."""

    original: str
    duration: timedelta | None = None
    per: str = ""
    """The unit that the time is for: 「件」「月」「週」「回」, or empty."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Running text of a manual."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a rule, placed by the heading it stands under."""

    clause: ClauseKind
    label: str
    """How people call it: 「3. 入力禁止 ①」 or the heading."""


@dataclass(frozen=True, slots=True)
class FaqPair:
    """A question and its answer, both verbatim parts of the passage's text."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Story:
    """活用事例: who did what with AI, and what changed."""

    task: str
    tool: str = ""
    before: Measure | None = None
    after: Measure | None = None
    author: str = ""
    told_on: date | None = None
    template: str = ""
    """Title or path of the template that the author used."""


@dataclass(frozen=True, slots=True)
class Template:
    """A text that employees copy; `body` is a verbatim part of the passage's text."""

    body: str
    slots: tuple[str, ...] = ()
    """What stands in 【…】, in order, without the brackets."""
    task: str = ""


Content: TypeAlias = Prose | Clause | FaqPair | Story | Template


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of search and citation. Passages of a document do not overlap and keep its order."""

    id: str
    """Hash of source path, headings, ordinal and text: changes when, and only when, they do."""
    source: Source
    ordinal: int
    headings: tuple[str, ...]
    text: str
    """Exactly what a reader sees; citation offsets count into it."""
    content: Content = Prose()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the corpus after reading and cutting."""

    id: str
    """Short hash of the source path; the `{id}` of `/doc/{id}`."""
    source: Source
    passages: tuple[Passage, ...]
    digest: str
    """SHA-256 of the file, its sidecar and folder defaults: equal digest = nothing to redo."""


class Severity(StrEnum):
    """Whether a problem keeps the document out."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One line for DX staff (Japanese): file, where in it, reason, remedy."""

    path: str
    reason: str
    remedy: str
    severity: Severity = Severity.ERROR
    line: int | None = None
    page: int | None = None

    def __str__(self) -> str:
        """Return `path:line: reason → remedy`."""
        place = f":{self.line}行目" if self.line else f":{self.page}ページ" if self.page else ""
        return f"{self.path}{place}: {self.reason} → {self.remedy}"


@dataclass(frozen=True, slots=True)
class Version:
    """One published state of the corpus."""

    id: int
    created: datetime
    """UTC, aware."""
    author: str
    summary: str
    documents: int
    passages: int
    live: bool = False
    draft: bool = False
    """Built and never live: the next publish puts its own in this one's place."""


# ── a question's way: Question -> Inspection -> Query -> Hit -> Answer ───────


class Role(StrEnum):
    """Who said a turn of a conversation."""

    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """What an employee typed, and from where."""

    text: str
    department: str = ""
    """Name from company.yaml; empty = not chosen."""
    history: tuple[Turn, ...] = ()
    asker: str = ""
    """Whose use of the chat model is counted; hashed before it is stored, never sent or logged."""


class Category(StrEnum):
    """Class of confidential input."""

    PERSON = "person"
    COMPANY = "company"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    MY_NUMBER = "my_number"
    CARD = "card"
    BANK_ACCOUNT = "bank_account"
    STAFF_OR_CUSTOMER_NUMBER = "staff_or_customer_number"
    SECRET = "secret"  # noqa: S105 — a class of findings, not a value
    SOURCE_CODE = "source_code"
    UNPUBLISHED_FIGURE = "unpublished_figure"
    CONFIDENTIAL_TERM = "confidential_term"


@dataclass(frozen=True, slots=True)
class Finding:
    """検出: confidential words in a question, and the placeholder that stands in for them."""

    category: Category
    text: str
    start: int
    """Offset into the question as typed (code points)."""
    end: int
    placeholder: str
    """「〔A社様〕」; the same words get the same placeholder within a conversation."""
    clause: Passage | None = None
    """The clause of the rule that forbids it."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the guard saw. Only `safe_text` goes to search, model, log or cache."""

    safe_text: str
    findings: tuple[Finding, ...] = ()


class Intent(StrEnum):
    """What kind of question it is; decides which slot leads and how long the answer is."""

    HOW_TO = "how_to"
    PERMISSION = "permission"
    FACT = "fact"
    STORY = "story"
    TEMPLATE = "template"
    DESK = "desk"
    SMALL_TALK = "small_talk"


@dataclass(frozen=True, slots=True)
class Query:
    """A standalone question, ready for search."""

    text: str
    department: str = ""
    neighbours: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    """Kinds that the question asks for: a prior, not a filter."""
    intent: Intent = Intent.HOW_TO
    carried: bool = False
    """Whether the topic was taken over from the turns before."""
    left: tuple[str, ...] = ()
    """Titles of what was shown before the person turned to something else."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that search found. Raw leg scores stay visible for abstention."""

    passage: Passage
    score: float
    """Fused, with priors; comparable within one search only."""
    bm25: float = 0.0
    """Raw BM25 score of the keyword leg, ≥ 0."""
    cosine: float = 0.0
    """Cosine to the question, −1…1; 0 where the passage has no vector yet."""
    coverage: float = 0.0
    """IDF-weighted share (0–1) of the question's content words that the passage holds."""
    late: float = 0.0
    """How near the passage comes to each token of the question, on average (MaxSim), −1…1; 0
    without tokens."""
    answerability: float = 0.0
    """Log-odds that the passage answers, learned of tokens; 0 without tokens."""


class Nearness(StrEnum):
    """Whose story it is, seen from the asker."""

    OWN = "own"
    NEIGHBOUR = "neighbour"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Slots, not a list: a missing slot is visible in type, screen and eval."""

    rule: tuple[Hit, ...] = ()
    faqs: tuple[Hit, ...] = ()
    guides: tuple[Hit, ...] = ()
    stories: tuple[Hit, ...] = ()
    templates: tuple[Hit, ...] = ()
    template_fit: float = 0.0
    """Probability (0–1) that the first template is the one for the asked task."""


class VerdictKind(StrEnum):
    """判定. NONE = the question asks for no permission and touches no clause."""

    ALLOWED = "allowed"
    CONDITIONAL = "conditional"
    PROHIBITED = "prohibited"
    ASK_DESK = "ask_desk"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The rule engine's word: from clauses of the current rule only."""

    kind: VerdictKind
    sentence: str = ""
    """One sentence for the employee, without marker."""
    clauses: tuple[Passage, ...] = ()
    """The deciding clause first; further ones are conditions that apply too."""


class AnswerStatus(StrEnum):
    """Decided by code on calibrated scores, before any model is asked."""

    ANSWERED = "answered"
    NO_EVIDENCE = "no_evidence"


class Mode(StrEnum):
    """Who wrote the sentences."""

    COMPOSED = "composed"
    MODEL = "model"


class DropReason(StrEnum):
    """Why a sentence of a chat model is not shown."""

    FORM = "form"
    """Empty, far too long, or nothing but markup."""
    UNCITED = "uncited"
    """It names no passage that the model was given."""
    UNSUPPORTED = "unsupported"
    """Its passages do not say this."""
    NUMBER = "number"
    """A number with its unit stands in none of its passages."""
    QUOTE = "quote"
    """Words in 「」 stand in none of its passages."""
    NAME = "name"
    """It names somebody or something that its passages do not."""
    NEGATION = "negation"
    """Its passages say the opposite."""
    PERMISSION = "permission"
    """It says that something is allowed: only the rule engine does."""
    CONFIDENTIAL = "confidential"
    """The guard found something in it that must not be repeated."""
    COMMAND = "command"
    """It passes on a command that stands in a document, or asks for something secret."""


@dataclass(frozen=True, slots=True)
class Citation:
    """出典: an exact quote, and where it stands."""

    n: int
    passage: Passage
    quote: str
    """Equal to `passage.text[start:end]`."""
    start: int
    end: int
    score: float = 0.0
    overdue: bool = False
    """The document's `review_by` has passed: it may no longer hold."""


class Slot(StrEnum):
    """The parts of an answer, in the order shown unless the intent leads otherwise."""

    VERDICT = "verdict"
    DIRECT = "direct"
    """The answer of an FAQ hit or a fact, before everything else."""
    STEPS = "steps"
    STORIES = "stories"
    TEMPLATE = "template"
    FINAL_CHECK = "final_check"
    NEARBY = "nearby"
    """Abstained: up to three documents that come closest."""


@dataclass(frozen=True, slots=True)
class Line:
    """One claim: plain text without markers, and the numbers of the citations that bear it."""

    text: str
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reduction:
    """How much shorter the work became, reckoned from a story's own before and after alone."""

    share: float
    """0–1 of the time before."""
    words: str
    """«約7割減»."""
    derivation: str
    """How it was reckoned: «3時間=180分、(180−50)÷180=72%»."""


@dataclass(frozen=True, slots=True)
class StoryCard:
    """近くの事例, as the page draws it."""

    title: str
    department: str
    nearness: Nearness
    author: str
    told_on: date | None
    task: str
    tool: str
    before: Measure | None
    after: Measure | None
    sentence: str
    """The one sentence that makes it believable, verbatim from the story; empty where the story
    says no more than the numbers."""
    mark: int
    reduction: Reduction | None = None
    """None where the two times cannot be compared («1件» with «月», or a day with hours)."""


@dataclass(frozen=True, slots=True)
class TemplateCard:
    """そのまま使えるテンプレート: `body` is copied verbatim."""

    title: str
    body: str
    slots: tuple[str, ...]
    caution: str
    """One line on what to mask before sending; empty if nothing applies."""
    mark: int


@dataclass(frozen=True, slots=True)
class AnswerSection:
    """One part of the answer: exactly one of lines, stories, template, besides the note."""

    slot: Slot
    title: str
    lines: tuple[Line, ...] = ()
    stories: tuple[StoryCard, ...] = ()
    template: TemplateCard | None = None
    note: str = ""
    """Plainly said absence: «広報部の事例はまだありません。となりの営業企画部の例です»."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that the page, the command line and the eval harness show or score."""

    status: AnswerStatus
    verdict: Verdict
    sections: tuple[AnswerSection, ...]
    citations: tuple[Citation, ...]
    safe_text: str
    query: Query
    findings: tuple[Finding, ...] = ()
    retrieved: tuple[str, ...] = ()
    """Source paths of the hits, best first, without repeats."""
    found: tuple[Passage, ...] = ()
    """The passages of the hits, best first."""
    suggestions: tuple[str, ...] = ()
    """つぎに聞けること: questions that the corpus can answer."""
    rewritten: str = ""
    """The question as it was read, where that differs from what was typed; a person can mend it."""
    notice: str = ""
    """One quiet line: vectors still filling in, embedder fallback, model down."""
    mode: Mode = Mode.COMPOSED
    dropped: tuple[DropReason, ...] = ()
    """Of each sentence of the chat model that was left out; also where that made us compose."""
    version: int = 0
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    """Wall milliseconds by stage: guard, rewrite, embed, search, compose, total."""


class Stage(StrEnum):
    """True stages of work, told to the waiting person in the page's words."""

    INSPECTING = "inspecting"
    RULES = "rules"
    STORIES = "stories"
    WRITING = "writing"
    MODEL = "model"
    """A chat model writes: seconds go by, so that what there is has to be shown before."""
