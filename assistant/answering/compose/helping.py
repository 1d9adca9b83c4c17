"""What helps with a task: steps, stories and the template, in the order of the wish."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.answering.citations import CitationList
from assistant.answering.compose.aboutness import NEAR
from assistant.answering.compose.checks import checks
from assistant.answering.compose.material import Material
from assistant.answering.compose.steps import steps
from assistant.answering.compose.stories import (
    about,
    mentioning,
    nearest_told,
    none_told,
    of_anything,
    stories,
    topic_of_wish,
)
from assistant.answering.compose.template import LEAST, is_enough, template
from assistant.answering.fit import ALONE, CLEAR, told_of_task
from assistant.answering.japanese.words import Topics
from assistant.answering.tasks import names_task
from assistant.domain import (
    AnswerSection,
    ClauseKind,
    Hit,
    Intent,
    Slot,
    Verdict,
    VerdictKind,
)


def helping(
    material: Material, topics: Topics, citations: CitationList, *, without: Slot | None = None
) -> list[AnswerSection]:
    """Return the slots of the wish that documents fill; none if they do not help enough."""
    told = _told(material, topics)
    evidence = replace(material.evidence, stories=tuple(told))
    made = _makers(replace(material, evidence=evidence), topics, citations)
    slots = [slot for slot in _order(material) if slot is not without]
    shown = [section for slot in slots if (section := made[slot]()) is not None]
    intent = material.query.intent
    if not is_enough(intent, shown, evidence):
        return []
    if intent is Intent.STORY and not told and shown:
        shown.insert(0, none_told(of_topic=bool(material.topic)))
    elif shown and not told and intent not in {Intent.TEMPLATE, Intent.PERMISSION}:
        shown += _mentioned(material, citations)
    makes = intent is not Intent.STORY and any(one.slot in _TO_DO for one in shown)
    if makes and _is_checked(material):
        final = checks(material.book.of(ClauseKind.FINAL_CHECK), citations)
        shown += [final] if final else []
    return shown


def rules(verdict: Verdict) -> bool:
    """Tell whether a clause of the rule decides."""
    return verdict.kind not in {VerdictKind.NONE, VerdictKind.ASK_DESK}


def _makers(
    material: Material, topics: Topics, citations: CitationList
) -> Mapping[Slot, Callable[[], AnswerSection | None]]:
    """Return what makes each slot, so that only what is shown is made and cited, in its order."""
    query, words, evidence = material.query, material.topic, material.evidence
    return {
        Slot.TEMPLATE: lambda: template(
            words,
            evidence,
            topics=topics,
            citations=citations,
            least=_MOST_OF_IT if query.intent is Intent.PERMISSION else LEAST,
        ),
        Slot.STEPS: lambda: steps(
            words or material.words, evidence, text=query.text, citations=citations
        ),
        Slot.STORIES: lambda: stories(
            evidence.stories,
            query,
            own_tells=material.own_tells,
            of_topic=bool(words),
            citations=citations,
        ),
    }


def _order(material: Material) -> Sequence[Slot]:
    intent = material.query.intent
    if intent is Intent.PERMISSION:
        return _EXAMPLES
    return _ORDERS.get(intent, _ORDERS[Intent.HOW_TO])


def _is_checked(material: Material) -> bool:
    if material.verdict.kind is VerdictKind.PROHIBITED:
        return False
    return not (material.query.intent is Intent.PERMISSION and rules(material.verdict))


def _told(material: Material, topics: Topics) -> list[Hit]:
    """Return the stories to tell; beside a permission only the nearest, if it is near."""
    told = _of_task(material, topics)
    if material.query.intent is not Intent.PERMISSION:
        return told
    if rules(material.verdict):  # after a yes: the nearest story and the template, nothing else
        return told[:1]
    return [hit for hit in told if not 0 < hit.cosine < NEAR]


def _of_task(material: Material, topics: Topics) -> list[Hit]:
    evidence, text = material.evidence, material.query.text
    words = topic_of_wish(material.topic, text, material.company)
    named = any(names_task(text, hit.passage) for hit in evidence.stories)
    if not words and material.query.intent is Intent.STORY and not named:
        return of_anything(evidence.stories)
    found = material.everything
    nearest = max((hit.cosine for hit in found), default=0.0)
    wished = material.query.intent in {Intent.STORY, Intent.TEMPLATE}
    kin = told_of_task(evidence, material.query, least=CLEAR if wished else ALONE)
    told = about(evidence.stories, words, topics, text=text, nearest=nearest, kin=kin)
    if not told and material.query.intent is Intent.STORY:
        return nearest_told(evidence.stories)
    return told


def _mentioned(material: Material, citations: CitationList) -> list[AnswerSection]:
    """A story that only mentions the task goes with a template or steps, never alone."""
    found = mentioning(material.evidence.stories, material.topic)
    section = stories(found, material.query, own_tells=material.own_tells, citations=citations)
    return [section] if section else []


_TO_DO = frozenset({Slot.STEPS, Slot.TEMPLATE})
"""What makes something that goes out, and is checked before: who only reads a story needs none."""

_MOST_OF_IT = 0.6
"""Share of the topic that a template names to go unasked with a permission."""

_EXAMPLES = (Slot.STORIES, Slot.TEMPLATE)
"""What the company already offers for a task that no clause names."""

_ORDERS: dict[Intent, Sequence[Slot]] = {
    Intent.HOW_TO: (Slot.STEPS, Slot.STORIES, Slot.TEMPLATE),
    Intent.STORY: (Slot.STORIES, Slot.TEMPLATE),
    Intent.TEMPLATE: (Slot.TEMPLATE, Slot.STORIES),
}
"""Which slot leads; what is not named stays out, so that a short wish gets a short answer."""
