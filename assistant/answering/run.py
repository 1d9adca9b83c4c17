"""What one question carries along, and what is prepared once for a published version."""

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from assistant.answering.engine import Snapshot
from assistant.answering.guard.inspect import Guard
from assistant.answering.japanese.kana import Spelling
from assistant.answering.japanese.words import Topics
from assistant.answering.question.asking import sentences
from assistant.answering.question.named import Named
from assistant.answering.tasks import Tasks
from assistant.answering.verdict.bridge import Bridge
from assistant.answering.verdict.clauses import RuleBook
from assistant.answering.verdict.meant import Matcher, Reading
from assistant.answering.withdrawn import is_current
from assistant.domain import (
    Clause,
    FaqPair,
    Inspection,
    Intent,
    Kind,
    Passage,
    Query,
    Question,
    Role,
    Story,
    Template,
    Turn,
    Verdict,
    VerdictKind,
)
from assistant.ports import Tokenizer

_TURNS = 12
"""Earlier turns that a follow-up may lean on: six questions and their answers."""
_LONGEST_TURN = 2_000
"""A longer turn was refused as a question; cut in two, a secret in it could escape the guard."""

_OF_AN_ANSWER = 200
"""Characters of an answer's first sentence; a longer one is left out, not cut: half a name or key
could escape the guard."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The guard and the rule of a published version."""

    id: int
    guard: Guard
    book: RuleBook
    bridge: Bridge
    matcher: Matcher
    spelling: Spelling
    tellers: frozenset[str]
    """Departments with stories."""
    tasks: Tasks
    named: Named


class Clock:
    """Wall milliseconds by stage."""

    def __init__(self) -> None:
        self._begun = self._last = time.perf_counter()
        self._stages: dict[str, float] = {}

    def stop(self, stage: str) -> None:
        """Add the time since the last stop to `stage`."""
        now = time.perf_counter()
        self._stages[stage] = self._stages.get(stage, 0.0) + (now - self._last) * 1_000
        self._last = now

    def move(self, stage: str, milliseconds: float, *, out_of: str) -> None:
        """Count a part of one stage as another."""
        self._stages[stage] = self._stages.get(stage, 0.0) + milliseconds
        self._stages[out_of] = max(self._stages.get(out_of, 0.0) - milliseconds, 0.0)

    @property
    def seconds(self) -> float:
        """Seconds since the question came."""
        return time.perf_counter() - self._begun

    def timings(self) -> Mapping[str, float]:
        """Return the milliseconds so far, `total` included."""
        total = (time.perf_counter() - self._begun) * 1_000
        return {name: round(ms, 3) for name, ms in (*self._stages.items(), ("total", total))}


@dataclass(frozen=True, slots=True)
class Run:
    """One question on its way."""

    snapshot: Snapshot
    version: Prepared
    inspection: Inspection
    query: Query
    clock: Clock
    asker: str = ""
    """Whose use of the chat model is counted."""


def prepare(snapshot: Snapshot, tokenizer: Tokenizer, topics: Topics, *, read: Reading) -> Prepared:
    """Read the rule and the word lists of a version."""
    guard = Guard(
        snapshot.company, snapshot.rules, tokenizer=tokenizer, colleagues=_colleagues(snapshot)
    )
    tellers = frozenset(
        department
        for passage in snapshot.passages_of(Kind.STORY)
        for department in passage.source.departments
    )
    spelling = Spelling(_titles(snapshot), topics, _texts(snapshot))
    book = RuleBook(snapshot.rules, topics)
    told = (*snapshot.passages_of(Kind.STORY), *snapshot.passages_of(Kind.TEMPLATE))
    named = Named(
        snapshot.company,
        sources=(entry.source for entry in snapshot.documents if is_current(entry.source)),
        passages=(*told, *snapshot.passages_of(Kind.FAQ)),
    )
    bridge = Bridge(book, topics, snapshot.passages_of(Kind.TEMPLATE))
    matcher = Matcher(book, snapshot.company, read)
    return Prepared(
        snapshot.version.id, guard, book, bridge, matcher, spelling, tellers, Tasks(told), named
    )


def inspected(question: Question, version: Prepared) -> tuple[Inspection, list[Turn]]:
    """Return the inspection of the question and the masked earlier turns, oldest first.

    What the assistant said comes back from outside: only titles that are ours are taken from it,
    or else its first sentence, which is inspected as strictly as a question.
    """
    earlier = [
        Turn(turn.role, encodable(_read(turn, version.named)))
        for turn in question.history
        if turn.content.strip()
    ]
    earlier = [turn for turn in earlier if 0 < len(turn.content) <= _LONGEST_TURN][-_TURNS:]
    ours = [version.named.are_titles(turn.content) for turn in earlier]
    texts = [turn.content for turn, known in zip(earlier, ours, strict=True) if not known]
    *before, now = version.guard.inspect_all([*texts, question.text])
    safe = (inspection.safe_text for inspection in before)
    masked = [
        turn if known else Turn(turn.role, next(safe))
        for turn, known in zip(earlier, ours, strict=True)
    ]
    return now, masked


def _read(turn: Turn, named: Named) -> str:
    """Return what is taken of an earlier turn; nothing of an answer that names nothing of ours."""
    if turn.role is Role.USER:
        return turn.content
    first = next(sentences(turn.content[: _OF_AN_ANSWER + 1]), "")
    return named.told(turn.content) or (first if len(first) <= _OF_AN_ANSWER else "")


def encodable(text: str) -> str:
    """Return `text` with lone surrogates replaced one for one, so that offsets stay."""
    return re.sub("[\\ud800-\\udfff]", "\ufffd", text)


def decides(verdict: Verdict, query: Query) -> bool:
    """Tell whether a clause of the rule answers the question by itself; it states no facts."""
    return query.intent is not Intent.FACT and verdict.kind in {
        VerdictKind.ALLOWED,
        VerdictKind.CONDITIONAL,
        VerdictKind.PROHIBITED,
    }


def _titles(snapshot: Snapshot) -> Iterator[str]:
    """Yield what documents and tasks are called."""
    for kind in (Kind.STORY, Kind.TEMPLATE):
        for passage in snapshot.passages_of(kind):
            if isinstance(passage.content, Story | Template):
                yield passage.content.task
            yield passage.source.title


_READ = 3_000
"""Headings, questions and clauses whose words are learnt: 3,000 take a second, once a version."""


def _texts(snapshot: Snapshot) -> Iterator[str]:
    """Yield what the company's rule says, what its FAQ asks, and what stands over passages."""
    heard = (text for kind in Kind for text in _short_texts(snapshot.passages_of(kind)))
    yield from islice(dict.fromkeys(heard), _READ)


def _short_texts(passages: Iterable[Passage]) -> Iterator[str]:
    for passage in passages:
        yield from passage.headings
        if isinstance(passage.content, FaqPair):
            yield passage.content.question
        elif isinstance(passage.content, Clause):
            yield passage.text


def _colleagues(snapshot: Snapshot) -> Iterator[str]:
    """Yield names that the company's own documents give: champions and tellers of stories."""
    for department in snapshot.company.departments:
        yield department.champion
    for passage in snapshot.passages_of(Kind.STORY):
        if isinstance(passage.content, Story):
            yield passage.content.author
