"""The composed answer: which slots, in which order, and how long, by the kind of question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.citations import CitationList
from assistant.answering.clauses import RuleBook
from assistant.answering.compose.checks import checks, clause_line
from assistant.answering.compose.desk import desk_section
from assistant.answering.compose.direct import fact, faq_answer, faq_for
from assistant.answering.compose.steps import steps
from assistant.answering.compose.stories import about, mentioning, stories
from assistant.answering.compose.template import template
from assistant.answering.words import Topics, Word
from assistant.corpus.text import fold
from assistant.domain import (
    AnswerSection,
    ClauseKind,
    Company,
    Evidence,
    FaqPair,
    Hit,
    Intent,
    Query,
    Slot,
    Verdict,
    VerdictKind,
)


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that the composed answer is made of."""

    query: Query
    words: tuple[Word, ...]
    evidence: Evidence
    verdict: Verdict
    book: RuleBook
    company: Company
    own_tells: bool
    """The asker's department has told stories, whatever their task."""


def verdict_section(verdict: Verdict, citations: CitationList) -> AnswerSection | None:
    """Return 判定 with its clauses quoted, or None when there is nothing to judge."""
    if verdict.kind is VerdictKind.NONE:
        return None
    lines = tuple(clause_line(clause, citations) for clause in verdict.clauses)
    return AnswerSection(Slot.VERDICT, "判定", lines=lines, note=verdict.sentence)


def sections(material: Material, topics: Topics, citations: CitationList) -> list[AnswerSection]:
    """Return the sections after the verdict, in the order shown."""
    query = material.query
    if query.intent is Intent.DESK:
        return [_desk(material, topics, citations)]
    faq = faq_for(query, _without_tools(material), material.evidence.faqs, topics)
    if query.intent is Intent.FACT:
        direct = faq_answer(faq, citations) if faq else _fact(material, citations)
        return [direct] if direct else []
    if query.intent is Intent.PERMISSION:
        if faq and not _overrules(faq, material.verdict):
            return [faq_answer(faq, citations)]
        unruled = material.verdict.kind is VerdictKind.ASK_DESK
        return _full(material, topics, citations) if unruled else []
    lead = [faq_answer(faq, citations)] if faq and query.intent is Intent.HOW_TO else []
    return lead + _full(material, topics, citations)


_PERMITS = re.compile(
    r"^(?:はい|ええ|使え|使って|入れられ|入れて|大丈夫|可能|問題(?:あり|な)|できます|OK)"
)


def _overrules(faq: Hit, verdict: Verdict) -> bool:
    """An FAQ may add detail to a clause, never allow what the clause forbids."""
    content = faq.passage.content
    permits = isinstance(content, FaqPair) and bool(_PERMITS.match(content.answer.strip()))
    return verdict.kind is VerdictKind.PROHIBITED and permits


def _desk(material: Material, topics: Topics, citations: CitationList) -> AnswerSection:
    """An FAQ that asks the same leads, else the rule's desk clauses."""
    faq = faq_for(material.query, material.words, material.evidence.faqs, topics)
    if faq:
        return faq_answer(faq, citations)
    asked = topics.terms(material.query.text)
    clauses = sorted(
        material.book.of(ClauseKind.DESK), key=lambda one: -len(asked & topics.terms(one.text))
    )
    return desk_section(clauses, material.company, citations)


def _fact(material: Material, citations: CitationList) -> AnswerSection | None:
    """The sentence of the best manual or FAQ; a story answers only what none of these does."""
    evidence = material.evidence
    hits = sorted((*evidence.guides, *evidence.faqs), key=lambda hit: -hit.score)
    return fact(material.words, hits or evidence.stories, citations=citations)


def _full(material: Material, topics: Topics, citations: CitationList) -> list[AnswerSection]:
    query, words = material.query, _without_tools(material)
    told = about(material.evidence.stories, words, topics)
    evidence = replace(material.evidence, stories=tuple(told))
    prohibited = material.verdict.kind is VerdictKind.PROHIBITED
    made = {
        Slot.TEMPLATE: lambda: template(
            words, evidence.templates, topics=topics, citations=citations
        ),
        Slot.STEPS: lambda: steps(words or material.words, evidence, citations=citations),
        Slot.STORIES: lambda: stories(
            told, query, own_tells=material.own_tells, citations=citations
        ),
    }
    permission = query.intent is Intent.PERMISSION
    order = _EXAMPLES if permission else _ORDERS.get(query.intent, _ORDERS[Intent.HOW_TO])
    shown = [section for slot in order if (section := made[slot]()) is not None]
    if shown and not told and query.intent is not Intent.TEMPLATE and not permission:
        shown += _mentioned(material, words, citations)
    if shown and not prohibited:
        final = checks(material.book.of(ClauseKind.FINAL_CHECK), citations)
        shown += [final] if final else []
    return shown


def _mentioned(
    material: Material, words: Sequence[Word], citations: CitationList
) -> list[AnswerSection]:
    """A story that only mentions the task goes with a template or steps, never alone."""
    found = mentioning(material.evidence.stories, words)
    section = stories(found, material.query, own_tells=material.own_tells, citations=citations)
    return [section] if section else []


def _without_tools(material: Material) -> tuple[Word, ...]:
    """Return the topic without the names of AI tools: they stand in every document."""
    tools = fold(
        " ".join(
            name for tool in material.company.allowed_tools for name in (tool.name, *tool.aliases)
        )
    )
    return tuple(word for word in material.words if word.form not in tools)


_EXAMPLES = (Slot.TEMPLATE, Slot.STORIES)
"""What the company already offers for a task that no clause names."""

_ORDERS: dict[Intent, Sequence[Slot]] = {
    Intent.HOW_TO: (Slot.STEPS, Slot.STORIES, Slot.TEMPLATE),
    Intent.STORY: (Slot.STORIES, Slot.TEMPLATE),
    Intent.TEMPLATE: (Slot.TEMPLATE, Slot.STORIES),
}
"""Which slot leads; what is not named stays out, so that a short wish gets a short answer."""
