"""When no slot fits: the passage that is about the question itself, in its own sentences."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.answering.abstention.abstain import OPEN_THRESHOLD
from assistant.answering.citations import CitationList
from assistant.answering.compose.aboutness import NEAR, names
from assistant.answering.compose.checks import clause_line
from assistant.answering.compose.direct import faq_answer
from assistant.answering.compose.pieces import Piece, pieces
from assistant.answering.compose.stories import stories
from assistant.answering.compose.template import template
from assistant.answering.japanese.words import Topics, Word, named
from assistant.answering.question.facts import holds
from assistant.domain import (
    AnswerSection,
    Clause,
    Evidence,
    FaqPair,
    Hit,
    Intent,
    Line,
    Passage,
    Query,
    Slot,
    Story,
    Template,
)
from assistant.search.terms import pairs

_DEPTH = 3
_SENTENCES = 3
_NEAR_BARE = 0.855
"""Least cosine for questions of general words alone («出す前に何を確認すればいい?»)."""
_WHOLE = 0.9
_NEAR_WHOLE = 0.84
"""A passage with all words of the question need not be as near in meaning."""
_COVERED = 0.6
"""Where a question names no compound, or nothing has a vector yet."""

_WISHES = frozenset({Intent.HOW_TO, Intent.STORY, Intent.TEMPLATE})

_LISTED = re.compile(r"\s+\d+$")
"""The number of a list item behind its article: no text of the rule holds it as a figure."""

_NOTE = "ぴったりの資料は見つかりませんでした。いちばん近いところです"


def closest(
    hits: Sequence[Hit],
    *,
    near: Sequence[Hit],
    query: Query,
    words: Sequence[Word],
    phrases: Sequence[Word],
    rules: Sequence[Passage],
    topics: Topics,
    own_tells: bool,
    likely: float,
    citations: CitationList,
) -> AnswerSection | None:
    """Return the best passage's words on the question, or None when none is about it.

    `hits`: of all kinds, best first. `near`: those of them of which the first is told where they
    probably (`likely`) answer in other words.
    """
    make = _Maker(query, words, rules, topics, own_tells=own_tells, citations=citations)
    if query.intent in _WISHES:  # a list of what the rule allows or forbids helps no task along
        hits = [hit for hit in hits if not isinstance(hit.passage.content, Clause)]
        near = [hit for hit in near if not isinstance(hit.passage.content, Clause)]
    passages = [hit for hit in hits if not isinstance(hit.passage.content, Story | Template)]
    for hit in passages[:_DEPTH]:
        section = make.section(hit) if _is_about(hit, phrases) else None
        if section:
            return section
    if likely < OPEN_THRESHOLD:
        return None
    made = (make.section(hit) for hit in near[:_DEPTH])
    found = next((section for section in made if section), None)
    return replace(found, note=found.note or _NOTE) if found else None


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes a section of a passage of any kind."""

    query: Query
    words: Sequence[Word]
    rules: Sequence[Passage]
    topics: Topics
    own_tells: bool = field(kw_only=True)
    citations: CitationList = field(kw_only=True)

    def section(self, hit: Hit) -> AnswerSection | None:
        content = hit.passage.content
        if isinstance(content, FaqPair):
            return faq_answer(hit, self.citations)
        if isinstance(content, Clause):
            return _clauses(content, self.rules, self.citations)
        if isinstance(content, Template):
            found = Evidence(templates=(hit,))
            return template((), found, topics=self.topics, citations=self.citations, least=0.0)
        if isinstance(content, Story) and self.query.intent is not Intent.FACT:
            return stories([hit], self.query, own_tells=self.own_tells, citations=self.citations)
        section = _sentences(hit.passage, self.words, self.query, citations=self.citations)
        return replace(section, note=self._teller(hit)) if section else None

    def _teller(self, hit: Hit) -> str:
        """Say whose story the sentences are from, unless it is the asker's own department's."""
        departments = hit.passage.source.departments
        if not isinstance(hit.passage.content, Story) or self.query.department in departments:
            return ""
        return f"{'・'.join(departments)}の事例にあります" if departments else ""


def _is_about(hit: Hit, phrases: Sequence[Word]) -> bool:
    if not hit.cosine or not phrases:
        near = hit.cosine >= _NEAR_BARE or not hit.cosine
        return near and names(hit, phrases) and hit.coverage >= _COVERED
    near = hit.cosine >= NEAR or (hit.coverage >= _WHOLE and hit.cosine >= _NEAR_WHOLE)
    return names(hit, phrases) and near


def _clauses(
    content: Clause, rules: Sequence[Passage], citations: CitationList
) -> AnswerSection | None:
    """Return all clauses that stand beside this one: a list is answered whole."""
    beside = [rule for rule in rules if rule.content == content]
    lines = tuple(clause_line(rule, citations) for rule in beside)
    return AnswerSection(
        Slot.DIRECT, "答え", lines=lines, note=f"ルールの「{_LISTED.sub('', content.label)}」です"
    )


def _sentences(
    passage: Passage, words: Sequence[Word], query: Query, *, citations: CitationList
) -> AnswerSection | None:
    """Return neighbouring sentences, from the one that says most of what was asked."""
    found = [piece for piece in pieces(passage) if len(piece.text) >= 6]
    if not found:
        return None
    best = max(range(len(found)), key=lambda n: (_says(found[n], words, query), -n))
    first = best - 1 if best + 1 == len(found) and best and not found[best].item else best
    shown = found[first : first + _SENTENCES]
    mark = citations.cite(passage, shown[0].start, shown[-1].end)
    lines = tuple(Line(piece.text, (mark,)) for piece in shown)
    return AnswerSection(Slot.DIRECT, "答え", lines=lines)


def _says(piece: Piece, words: Sequence[Word], query: Query) -> float:
    """Return how much of the topic a sentence names; character pairs decide among equals."""
    within = f"{piece.heading} {piece.text}"
    asked = set(pairs(query.text))
    common = len(asked & set(pairs(within))) / max(len(asked), 1)
    return named(words, within) + 0.5 * common + 0.5 * holds(query, piece.text)
