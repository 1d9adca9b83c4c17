"""The composed answer: which slots, in which order, and how long, by the kind of question."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.citations import CitationList
from assistant.answering.compose.aboutness import NEAR
from assistant.answering.compose.checks import checks, clause_line
from assistant.answering.compose.closest import closest
from assistant.answering.compose.desk import desk_clauses, desk_section
from assistant.answering.compose.direct import (
    fact,
    faq_answer,
    faq_for,
    is_same,
    leading_faq,
    tells_the_fact,
)
from assistant.answering.compose.general import of_the_rule
from assistant.answering.compose.instead import instead, says_a_way_out
from assistant.answering.compose.material import Material
from assistant.answering.compose.repeats import without_repeats
from assistant.answering.compose.steps import steps
from assistant.answering.compose.stories import (
    about,
    mentioning,
    none_told,
    of_anything,
    stories,
    topic_of_wish,
)
from assistant.answering.compose.template import LEAST, is_enough, template
from assistant.answering.fit import ALONE, CLEAR, told_of_task
from assistant.answering.inputs import takes_input
from assistant.answering.settle import overrules, settled
from assistant.answering.tasks import names_task
from assistant.answering.words import Topics, Word
from assistant.domain import (
    AnswerSection,
    ClauseKind,
    Hit,
    Intent,
    Slot,
    Verdict,
    VerdictKind,
)


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
    if found or _rules(material.verdict):
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


def _rules(verdict: Verdict) -> bool:
    return verdict.kind not in {VerdictKind.NONE, VerdictKind.ASK_DESK}


def _by_intent(material: Material, topics: Topics, citations: CitationList) -> list[AnswerSection]:
    query = material.query
    if query.intent is Intent.DESK:
        return [_desk(material, topics, citations)]
    faq = faq_for(query, material.topic, material.evidence.faqs, topics)
    if query.intent is Intent.FACT:
        if faq and tells_the_fact(faq, query):
            return [faq_answer(faq, citations)]
        return _fact(material, topics, citations)
    if query.intent is Intent.PERMISSION:
        inputs = takes_input(query.text)
        told = faq is not None and not overrules(faq, material.verdict, inputs=inputs)
        answer = [faq_answer(faq, citations)] if faq and told else []
        if answer or material.verdict.kind is VerdictKind.PROHIBITED:
            return answer
        return _full(material, topics, citations)
    if faq is None and query.intent is Intent.HOW_TO:
        faq = leading_faq(material.everything)
    led = faq is not None and query.intent is Intent.HOW_TO
    led = led and not overrules(faq, material.verdict, inputs=True)  # type: ignore[arg-type]
    if not (faq and led):
        return _full(material, topics, citations)
    return [faq_answer(faq, citations), *_full(material, topics, citations, without=Slot.STEPS)]


def settled_verdict(material: Material, topics: Topics) -> Verdict:
    """Return the verdict beside the FAQ that would follow it: the stricter of both."""
    query = material.query
    if query.intent is not Intent.PERMISSION:
        return material.verdict
    words = material.topic
    faq = faq_for(query, words, material.evidence.faqs, topics)
    same = faq is not None and is_same(words, query.text, faq.passage.content, topics)
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


def _full(
    material: Material, topics: Topics, citations: CitationList, *, without: Slot | None = None
) -> list[AnswerSection]:
    query, words = material.query, material.topic
    told = _told(material, words, topics)
    permission = query.intent is Intent.PERMISSION
    ruled = _rules(material.verdict)
    if permission and not ruled:
        told = [hit for hit in told if not 0 < hit.cosine < NEAR]
    if permission and ruled:  # after a yes: the template and the nearest story, nothing else
        told = told[:1]
    evidence = replace(material.evidence, stories=tuple(told))
    checked = material.verdict.kind is not VerdictKind.PROHIBITED and not (permission and ruled)
    made = {
        Slot.TEMPLATE: lambda: template(
            words,
            evidence,
            topics=topics,
            citations=citations,
            least=_MOST_OF_IT if permission else LEAST,
        ),
        Slot.STEPS: lambda: steps(
            words or material.words, evidence, text=query.text, citations=citations
        ),
        Slot.STORIES: lambda: stories(
            told, query, own_tells=material.own_tells, of_topic=bool(words), citations=citations
        ),
    }
    order = _EXAMPLES if permission else _ORDERS.get(query.intent, _ORDERS[Intent.HOW_TO])
    slots = [slot for slot in order if slot is not without]
    shown = [section for slot in slots if (section := made[slot]()) is not None]
    if not is_enough(query.intent, shown, evidence):
        return []
    if query.intent is Intent.STORY and not told and shown:
        shown.insert(0, none_told(of_topic=bool(words)))
    elif shown and not told and query.intent is not Intent.TEMPLATE and not permission:
        shown += _mentioned(material, words, citations)
    makes = query.intent is not Intent.STORY and any(one.slot in _TO_DO for one in shown)
    if makes and checked:
        final = checks(material.book.of(ClauseKind.FINAL_CHECK), citations)
        shown += [final] if final else []
    return shown


def _told(material: Material, words: Sequence[Word], topics: Topics) -> list[Hit]:
    evidence, text = material.evidence, material.query.text
    words = topic_of_wish(words, text, material.company)
    named = any(names_task(text, hit.passage) for hit in evidence.stories)
    if not words and material.query.intent is Intent.STORY and not named:
        return of_anything(evidence.stories)
    found = material.everything
    nearest = max((hit.cosine for hit in found), default=0.0)
    wished = material.query.intent in {Intent.STORY, Intent.TEMPLATE}
    kin = told_of_task(evidence, material.query, least=CLEAR if wished else ALONE)
    return about(evidence.stories, words, topics, text=text, nearest=nearest, kin=kin)


def _mentioned(
    material: Material, words: Sequence[Word], citations: CitationList
) -> list[AnswerSection]:
    """A story that only mentions the task goes with a template or steps, never alone."""
    found = mentioning(material.evidence.stories, words)
    section = stories(found, material.query, own_tells=material.own_tells, citations=citations)
    return [section] if section else []


_TO_DO = frozenset({Slot.STEPS, Slot.TEMPLATE})
"""What makes something that goes out, and is checked before: who only reads a story needs none."""

_MOST_OF_IT = 0.6
"""Share of the topic that a template names to go unasked with a permission."""

_EXAMPLES = (Slot.TEMPLATE, Slot.STORIES)
"""What the company already offers for a task that no clause names."""

_ORDERS: dict[Intent, Sequence[Slot]] = {
    Intent.HOW_TO: (Slot.STEPS, Slot.STORIES, Slot.TEMPLATE),
    Intent.STORY: (Slot.STORIES, Slot.TEMPLATE),
    Intent.TEMPLATE: (Slot.TEMPLATE, Slot.STORIES),
}
"""Which slot leads; what is not named stays out, so that a short wish gets a short answer."""
