"""The answer itself, first: an FAQ's answer, or the sentence of a document that states a fact."""

from collections.abc import Sequence

from assistant.answering.abstain import OPEN_THRESHOLD
from assistant.answering.citations import CitationList
from assistant.answering.compose.aboutness import names
from assistant.answering.compose.choice import chosen
from assistant.answering.compose.pieces import cited_together
from assistant.answering.facts import facts_asked, holds, tells
from assistant.answering.intent import HAPPENED
from assistant.answering.words import Topics, Word, named, share
from assistant.domain import AnswerSection, Content, FaqPair, Hit, Intent, Line, Query, Slot

_ALIKE = 0.6
"""Likeness to an FAQ's question from which its answer leads, whatever kind of question it is."""
_ALIKE_ASKED = 0.34
"""The same for questions that want a short answer."""
_SAME_WORDS = 0.8
"""Likeness from which cosine has no say."""
_HALF = 0.5
"""An FAQ that names no more than this share of the topic answers another question."""
_COSINE_LAG = 0.01
"""How far the cosine of what leads may lie behind the best one's."""
_ALIKE_BACK = 0.4
"""Share of the FAQ's own topic that must be asked, where the questions are not all alike."""
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


def faq_for(query: Query, words: Sequence[Word], hits: Sequence[Hit], topics: Topics) -> Hit | None:
    """Return the FAQ that asks what the person asks, if one does."""
    asked = query.intent in {Intent.FACT, Intent.PERMISSION, Intent.DESK}
    needed = _ALIKE_ASKED if asked else _ALIKE
    happened = query.intent is not Intent.PERMISSION or bool(HAPPENED.search(query.text))
    rated = [
        (likeness(words, query.text, hit.passage.content.question, topics), -rank, hit)
        for rank, hit in enumerate(hits[:6])
        if isinstance(hit.passage.content, FaqPair)
        and (happened or not HAPPENED.search(hit.passage.content.question))
    ]
    if not rated:
        return None
    alike, _, hit = max(rated, key=lambda row: (row[0] + 0.04 * row[1], row[1]))
    if alike < needed:
        return None
    content = hit.passage.content
    theirs = topics.words(content.question) if isinstance(content, FaqPair) else ()
    nearest = max(other.cosine for other in hits)
    if alike < _SAME_WORDS and hit.cosine < nearest - _COSINE_LAG:
        return None
    if alike < _SAME_WORDS and words and named(words, hit.passage.text) <= _HALF:
        return None
    return hit if alike >= _ALIKE or share(theirs, words) >= _ALIKE_BACK else None


def likeness(words: Sequence[Word], text: str, other: str, topics: Topics) -> float:
    """Return how alike two questions are (0–1): shared topic both ways, and shared words."""
    theirs = topics.words(other)
    mine, yours = topics.terms(text), topics.terms(other)
    common = len(mine & yours) / max(len(mine | yours), 1)
    if not words or not theirs:
        return common
    both = (share(words, theirs) + share(theirs, words)) / 2
    return 0.75 * both + 0.25 * common


def is_same(words: Sequence[Word], text: str, content: Content, topics: Topics) -> bool:
    """Tell whether an FAQ's question is the one that is asked, and not only one like it."""
    return (
        isinstance(content, FaqPair) and likeness(words, text, content.question, topics) >= _ALIKE
    )


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
