"""The answer itself, first: an FAQ's answer, or the sentence of a document that states a fact."""

from collections.abc import Sequence

from assistant.answering.abstention.abstain import OPEN_THRESHOLD
from assistant.answering.citations import CitationList
from assistant.answering.compose.aboutness import names
from assistant.answering.compose.choice import chosen
from assistant.answering.compose.pieces import cited_together
from assistant.answering.japanese.words import Word
from assistant.answering.question.facts import facts_asked, holds, tells
from assistant.answering.question.intent import HAPPENED
from assistant.domain import AnswerSection, FaqPair, Hit, Line, Query, Slot

_COSINE_LAG = 0.01
"""How far the cosine of what leads may lie behind the best one's."""
_FACT_NEAR = 0.86
"""Cosine of e5 under which a passage with the same words states another fact: the questions for
facts that our documents answer have .89 and more (n = 9), others .76–.88 (n = 17)."""
_FACT_COVERED = 0.845
_COVERED = 0.6
"""The same where the passage holds most of the words and the kind of fact asked for."""
_FACT_SURE = 0.88
_NEAREST = 4
"""Passages that hold the fact in other words, where it is likely that one does."""
_LEAD = 0.85
"""Score of a passage that leads in both legs of the search (1 = first in both)."""
_BEHIND = 0.76
"""How near the second may come, as a share of the first one's score: with a cosine as near as any,
the first is then a right one for .85 of 314 questions of eight companies."""


def leading_faq(hits: Sequence[Hit]) -> Hit | None:
    """Return the FAQ that search puts well before everything else, if it is one."""
    first = max(hits, key=lambda hit: hit.score, default=None)
    if first is None or not isinstance(first.passage.content, FaqPair) or not leads(first, hits):
        return None
    return None if HAPPENED.search(first.passage.content.question) else first


def tells_the_fact(faq: Hit, query: Query) -> bool:
    """Tell whether an FAQ's answer holds the kind of fact that is asked for first, if any is."""
    asked = facts_asked(query.text)
    content = faq.passage.content
    answer = content.answer if isinstance(content, FaqPair) else faq.passage.text
    return not asked or tells(asked[0], answer)


def faq_answer(hit: Hit, citations: CitationList) -> AnswerSection:
    """Return the FAQ's answer, whole and verbatim."""
    passage = hit.passage
    content = passage.content
    answer = content.answer if isinstance(content, FaqPair) else passage.text
    start = max(passage.text.rfind(answer), 0)
    mark = citations.cite(passage, start, start + len(answer))
    lines = tuple(Line(part.strip(), (mark,)) for part in answer.split("\n") if part.strip())
    return AnswerSection(Slot.DIRECT, "答え", lines=lines)


def fact(
    query: Query,
    hits: Sequence[Hit],
    *,
    phrases: Sequence[Word],
    tools: Sequence[str],
    likely: float,
    citations: CitationList,
) -> AnswerSection | None:
    """Return the sentences, items or rows that answer, or None; `hits`: best first.

    `phrases`: the compounds asked for. A passage without them is about something else.
    `tools`: names of AI tools, which stand in every document.
    `likely`: the probability that the hits answer; where it is high, the nearest hold the fact.
    """
    fitting = {hit.passage.id for hit in hits if leads(hit, hits) or _fits(hit, phrases, query)}
    if likely >= OPEN_THRESHOLD:
        fitting |= {hit.passage.id for hit in hits[:_NEAREST]}
    found = chosen(query, hits, fitting=fitting, general=tools)
    if not found:
        return None
    faq = next((one for one in found if isinstance(one.piece.passage.content, FaqPair)), None)
    if faq:
        return faq_answer(faq.hit, citations)
    lines = cited_together([one.piece for one in found], citations)
    return AnswerSection(Slot.DIRECT, "答え", lines=lines)


def leads(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Tell whether both legs of the search put the passage first, well before all others."""
    others = [other for other in hits if other is not hit]
    second = max((other.score for other in others), default=0.0)
    nearest = max((other.cosine for other in others), default=0.0)
    ahead = hit.score >= _LEAD and second <= _BEHIND * hit.score
    return ahead and hit.cosine >= nearest - _COSINE_LAG


def _fits(hit: Hit, phrases: Sequence[Word], query: Query) -> bool:
    return _is_on(hit, phrases, query) and _is_near(hit, query)


def _is_on(hit: Hit, phrases: Sequence[Word], query: Query) -> bool:
    """By its words, or nearly as near as that with the kind of fact asked for."""
    told = hit.cosine >= _FACT_SURE and holds(query, hit.passage.text)
    return told or names(hit, phrases)


def _is_near(hit: Hit, query: Query) -> bool:
    if not hit.cosine or hit.cosine >= _FACT_NEAR:
        return True
    whole = hit.coverage >= _COVERED and hit.cosine >= _FACT_COVERED
    return whole and holds(query, hit.passage.text)
