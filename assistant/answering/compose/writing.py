"""The composed answer: which slots, in which order, and how long, by the kind of question."""

from assistant.answering.citations import CitationList
from assistant.answering.compose.checks import clause_line
from assistant.answering.compose.closest import closest
from assistant.answering.compose.desk import desk_clauses, desk_section
from assistant.answering.compose.direct import (
    fact,
    faq_answer,
    leading_faq,
    tells_the_fact,
)
from assistant.answering.compose.general import of_the_rule
from assistant.answering.compose.helping import helping, rules
from assistant.answering.compose.instead import instead, says_a_way_out
from assistant.answering.compose.material import Material
from assistant.answering.compose.repeats import without_repeats
from assistant.answering.compose.same_question import LEADS, faq_for, is_same
from assistant.answering.compose.stories import stories
from assistant.answering.japanese.words import Topics
from assistant.answering.question.inputs import takes_input, without_masked
from assistant.answering.question.whether import asks_whether
from assistant.answering.verdict.settle import Opening, opening, overrules, settled
from assistant.domain import AnswerSection, Intent, Query, Slot, Verdict, VerdictKind


def verdict_section(verdict: Verdict, citations: CitationList) -> AnswerSection | None:
    """Return 判定 with its clauses quoted, or None when there is nothing to judge."""
    if verdict.kind is VerdictKind.NONE:
        return None
    lines = tuple(clause_line(clause, citations) for clause in verdict.clauses)
    return AnswerSection(Slot.VERDICT, "判定", lines=lines, note=verdict.sentence)


def sections(material: Material, topics: Topics, citations: CitationList) -> list[AnswerSection]:
    """Return the sections after the verdict, in the order shown."""
    said = [clause.text for clause in material.verdict.clauses]
    return without_repeats(_made(material, topics, citations), said)


def _made(material: Material, topics: Topics, citations: CitationList) -> list[AnswerSection]:
    if not material.topic:
        listed = of_the_rule(material.query.text, material.book, citations)
        if listed:
            return [listed]
    found = _by_intent(material, topics, citations)
    if material.verdict.kind is VerdictKind.PROHIBITED:
        return _with_way_out(found, material, citations)
    if found or rules(material.verdict):
        return found
    everything = sorted(material.everything, key=lambda hit: -hit.score)
    near = closest(
        everything,
        near=material.tellable(everything),
        query=material.query,
        words=material.words,
        phrases=material.phrases(topics),
        rules=material.rules,
        topics=topics,
        own_tells=material.own_tells,
        likely=material.likely,
        citations=citations,
    )
    return [near] if near else []


def _with_way_out(
    found: list[AnswerSection], material: Material, citations: CitationList
) -> list[AnswerSection]:
    """Return `found` with what to do instead, unless an FAQ that leads says it already."""
    leads = found[:1] if found and found[0].slot is Slot.DIRECT else []
    if any(says_a_way_out(line.text) for section in leads for line in section.lines):
        return found
    section = instead(
        material.query,
        material.topic,
        verdict=material.verdict,
        evidence=material.evidence,
        company=material.company,
        rules=material.rules,
        citations=citations,
    )
    return [*leads, section, *found[len(leads) :]] if section else found


def _by_intent(material: Material, topics: Topics, citations: CitationList) -> list[AnswerSection]:
    query = material.query
    if query.intent is Intent.DESK:
        return [_desk(material, topics, citations)]
    faq = faq_for(query, material.topic, material.evidence.faqs, topics)
    if query.intent is Intent.FACT:
        if faq and tells_the_fact(faq, query):
            return [faq_answer(faq, citations)]
        return _fact(material, topics, citations)
    if query.intent is Intent.PERMISSION or is_banned_itself(query, material.verdict):
        inputs = takes_input(query.text)
        told = faq is not None and not overrules(faq, material.verdict, inputs=inputs)
        answer = [faq_answer(faq, citations)] if faq and told else []
        if answer or material.verdict.kind is VerdictKind.PROHIBITED:
            return answer
        return helping(material, topics, citations)
    if faq is None and query.intent is Intent.HOW_TO:
        faq = leading_faq(material.everything)
    if query.intent is Intent.HOW_TO and asks_whether(query.text):
        said = faq is not None and not overrules(faq, material.verdict, inputs=True)
        return [faq_answer(faq, citations)] if faq and said else _fact(material, topics, citations)
    leads = faq if query.intent is Intent.HOW_TO else None
    # Who wants something made is not told «できません» of something like it.
    denied = leads is not None and opening(leads) is Opening.NO
    if leads is None or denied or overrules(leads, material.verdict, inputs=True):
        return helping(material, topics, citations)
    return [faq_answer(leads, citations), *helping(material, topics, citations, without=Slot.STEPS)]


def is_banned_itself(query: Query, verdict: Verdict) -> bool:
    """Tell whether the task itself is forbidden: how others did something like it helps nobody.

    Where the guard took the forbidden thing out, the task that is left may be done.
    """
    return verdict.kind is VerdictKind.PROHIBITED and without_masked(query.text) == query.text


def settled_verdict(material: Material, topics: Topics) -> Verdict:
    """Return the verdict beside the FAQ that would follow it: the stricter of both."""
    query = material.query
    if query.intent is not Intent.PERMISSION:
        return material.verdict
    words = material.topic
    faq = faq_for(query, words, material.evidence.faqs, topics, least=LEADS)
    clause = next((one.text for one in material.verdict.clauses), "")
    same = faq is not None and is_same(words, query.text, faq, topics, clause=clause)
    return settled(
        material.verdict, faq, inputs=takes_input(query.text), book=material.book, same=same
    )


def _desk(material: Material, topics: Topics, citations: CitationList) -> AnswerSection:
    """An FAQ that asks the same leads, else the rule's desk clauses."""
    faq = faq_for(material.query, material.words, material.evidence.faqs, topics)
    if faq:
        return faq_answer(faq, citations)
    clauses = desk_clauses(material.book, material.query.text, topics)
    return desk_section(clauses, material.company, citations)


def _fact(material: Material, topics: Topics, citations: CitationList) -> list[AnswerSection]:
    """The sentences of the best guide, FAQ or story; a story's card goes with its numbers."""
    evidence = material.evidence
    found = (*evidence.guides, *evidence.faqs, *evidence.stories)
    direct = fact(
        material.query,
        sorted(found, key=lambda hit: -hit.score),
        phrases=material.phrases(topics),
        tools=material.tools,
        likely=material.likely,
        citations=citations,
    )
    if direct is None:
        return []
    cited = {citation.passage.id for citation in citations.all}
    told = [hit for hit in evidence.stories if hit.passage.id in cited]
    cards = stories(told, material.query, own_tells=material.own_tells, citations=citations)
    return [direct, cards] if cards else [direct]
