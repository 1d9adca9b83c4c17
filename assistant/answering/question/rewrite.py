"""A question as it is searched: standalone, with its department and the kinds it asks for."""

import re
from collections.abc import Sequence

from assistant.answering.question.asking import asks
from assistant.answering.question.conversation import Reader
from assistant.answering.question.departments import mentioned
from assistant.answering.question.facts import asks_teller, asks_value
from assistant.answering.question.intent import HAPPENED, intent_of
from assistant.answering.question.leaning import turns_away, without_opener
from assistant.answering.question.oneline import one_line
from assistant.corpus.text import fold
from assistant.domain import Intent, Kind, Query, Turn

KINDS = {
    Intent.HOW_TO: (Kind.MANUAL, Kind.STORY, Kind.TEMPLATE),
    Intent.PERMISSION: (Kind.RULE, Kind.FAQ),
    Intent.FACT: (Kind.FAQ, Kind.MANUAL),
    Intent.STORY: (Kind.STORY,),
    Intent.TEMPLATE: (Kind.TEMPLATE,),
    Intent.DESK: (Kind.RULE, Kind.FAQ),
    Intent.SMALL_TALK: (),
}

_NTH = re.compile(r"^[^、。]{0,4}(?:第?\d+|[一二三四五六七八九十])(?:回|番|段階|章|つ)目?")
"""«3回目のときは?»: one case of what was asked before."""


def rewrite(text: str, *, department: str, history: Sequence[Turn], reader: Reader) -> Query:
    """Return the standalone question; `history`: masked earlier turns, oldest first."""
    question = without_opener(one_line(text), first=not history)
    context = reader.context(history)
    standalone = reader.standalone(question, context, history)
    carried = standalone != question
    company = reader.company
    chosen = mentioned(question, company)
    if chosen is None and carried:
        chosen = company.department(context.department)
    chosen = chosen or company.department(department)
    intent = _intent(question, carried=standalone if carried else "")
    return Query(
        text=standalone,
        department=chosen.name if chosen else department,
        neighbours=chosen.neighbours if chosen else (),
        kinds=KINDS[intent],
        intent=intent,
        carried=carried,
        left=reader.titles_told(history) if history and turns_away(one_line(text)) else (),
    )


def read_as(typed: str, query: Query) -> str:
    """Return the question as it was read; empty if it adds or changes nothing in what was typed."""
    return "" if _bare(query.text) in _bare(typed) else query.text


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text))


def _intent(question: str, *, carried: str) -> Intent:
    """Return the kind of question; of what it carries, only a wish for permission counts."""
    intent = intent_of(question)
    if carried and intent in {Intent.HOW_TO, Intent.FACT} and asks(carried):
        intent = Intent.PERMISSION
    if intent in {Intent.FACT, Intent.HOW_TO} and asks_teller(question):
        intent = Intent.STORY
    if intent is Intent.HOW_TO and (asks_value(question) or (carried and _NTH.search(question))):
        intent = Intent.FACT
    if intent is Intent.DESK and asks_value(question) and not HAPPENED.search(question):
        intent = Intent.FACT
    return intent
