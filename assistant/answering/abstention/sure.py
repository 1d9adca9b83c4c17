"""Whether to answer at all, and whether what was written answers."""

from collections.abc import Sequence

from assistant.answering.abstention.abstain import SURE, THRESHOLD, Setting, probability
from assistant.answering.abstention.strange import strangeness
from assistant.answering.engine import Snapshot
from assistant.answering.fit import has_what_is_wished
from assistant.answering.japanese.words import Topics
from assistant.answering.question.facts import lacks_fact, misses_trouble
from assistant.answering.run import Run, decides
from assistant.domain import AnswerSection, Hit, Intent, Passage, Query, Verdict, VerdictKind


def chance(
    run: Run, hits: Sequence[Hit], verdict: Verdict, topics: Topics, *, template_fit: float
) -> float:
    """Return the probability (0–1) that the documents answer the question.

    `template_fit`: the same of the best template among `hits` for its task.
    """
    ruled = decides(verdict, run.query)
    setting = setting_of(run.query, run.snapshot, template_fit=template_fit, ruled=ruled)
    return probability(run.query, hits, topics=topics, setting=setting)


def setting_of(query: Query, snapshot: Snapshot, *, template_fit: float, ruled: bool) -> Setting:
    """Return what is known of a question in this version of the corpus."""
    index = snapshot.index
    tools = snapshot.company.allowed_tools
    names = [name for tool in tools for name in (tool.name, *tool.aliases)]
    passages = len(index.ids)
    return Setting(
        passages=passages,
        strange=strangeness(query.text, index.keyword.frequency, passages=passages, names=names),
        template_fit=template_fit,
        ruled=ruled,
    )


def unsure(query: Query, hits: Sequence[Hit], likely: float) -> bool:
    """Tell whether the documents hardly answer the question, so that no guess is made."""
    return likely < THRESHOLD and not has_what_is_wished(query, hits)


def rule_answers(verdict: Verdict, query: Query, likely: float) -> bool:
    """Tell whether a clause of the rule answers by itself.

    A ban always does. That a task is allowed answers who asks whether one may, nobody who asks
    something else that the documents hardly answer.
    """
    asked = query.intent is Intent.PERMISSION or verdict.kind is VerdictKind.PROHIBITED
    return decides(verdict, query) and (asked or likely >= THRESHOLD)


def misses_the_fact(
    query: Query, written: Sequence[AnswerSection], cited: Sequence[Passage], *, likely: float
) -> bool:
    """Tell whether the answer lacks the price, date or the like that a question asks for.

    `likely`: the probability that the documents answer; where it is high, people's words for the
    fact are not ours.
    """
    if likely >= SURE:
        return False
    if written and misses_trouble(query, [passage.text for passage in cited]):
        return True
    if query.intent is not Intent.FACT or not written:
        return False
    told = [line.text for section in written for line in section.lines]
    return lacks_fact(query, told)
