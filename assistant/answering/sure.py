"""Whether to answer at all, and whether what was written answers."""

from collections.abc import Sequence

from assistant.answering.abstain import THRESHOLD, probability
from assistant.answering.facts import lacks_fact, misses_trouble
from assistant.answering.fit import has_what_is_wished
from assistant.answering.run import Run, decides
from assistant.answering.words import Topics
from assistant.domain import AnswerSection, Hit, Intent, Passage, Query, Verdict


def unsure(run: Run, hits: Sequence[Hit], verdict: Verdict, topics: Topics) -> bool:
    """Tell whether the documents hardly answer the question, so that no guess is made."""
    if run.query.intent is Intent.DESK or has_what_is_wished(run.query, hits):
        return False
    ruled = decides(verdict, run.query)
    return probability(run.query, hits, topics=topics, ruled=ruled) < THRESHOLD


def misses_the_fact(
    query: Query, written: Sequence[AnswerSection], cited: Sequence[Passage]
) -> bool:
    """Tell whether the answer lacks the price, date or the like that a question asks for."""
    if written and misses_trouble(query, [passage.text for passage in cited]):
        return True
    if query.intent is not Intent.FACT or not written:
        return False
    told = [line.text for section in written for line in section.lines]
    return lacks_fact(query, told)
