"""判定 of a wish: on the task that is wished for, in whatever words it is put."""

from collections.abc import Sequence

from assistant.answering.bridge import Bridge
from assistant.answering.broken import breaks
from assistant.answering.clauses import RuleBook
from assistant.answering.contrasts import contradicts
from assistant.answering.fits import Fit
from assistant.answering.inputs import asks_no_task, takes_input, without_masked
from assistant.answering.tools import without_tools
from assistant.answering.weighing import (
    SENTENCES,
    WHOLE_ITEM,
    kind_of,
    kind_of_verdict,
    with_conditions,
)
from assistant.domain import (
    ClauseKind,
    Company,
    Hit,
    Intent,
    Passage,
    Query,
    Verdict,
    VerdictKind,
)

WISHES = frozenset({Intent.HOW_TO, Intent.TEMPLATE})
_MEANT = 0.36
"""Probability from which a wish falls under a clause: of 132 wordings in eval/suites, 96 found
theirs and 4 one of another kind; from .4 on 88 and 2."""


def judge_task(
    query: Query, book: RuleBook, bridge: Bridge, company: Company, *, hits: Sequence[Hit]
) -> Verdict:
    """Return the verdict on the task that is wished for, by its own words and the company's.

    The same for a wish in any words, as far as they find the same stories and templates.
    Never a ban: what must not be put in is told where something is put in.
    """
    none = Verdict(VerdictKind.NONE)
    text = without_masked(query.text)
    if query.intent not in WISHES or asks_no_task(query, text, inputs=takes_input(text)):
        return none
    meant = bridge.meaning(without_tools(text, company), hits)
    if meant is None or meant.probability < _MEANT:
        return none
    deciding = Fit(meant.clause, meant.probability, meant.probability)
    if breaks(text, meant.clause.text) or contradicts(text, meant.clause):
        return none
    kind = kind_of_verdict(deciding)
    if kind is VerdictKind.ALLOWED and _names_ban(text, meant.clause, book):
        return none
    named = f"「{meant.task}」は、" if kind is VerdictKind.ALLOWED and meant.task else ""
    task = f"{text} {meant.task}"
    clauses = with_conditions(deciding, book.fits(task), task, book)
    return Verdict(kind, named + SENTENCES[kind], clauses)


def _names_ban(text: str, permit: Passage, book: RuleBook) -> bool:
    """Tell whether a wish names a whole item of a ban, and the permission less clearly.

    «メーカーの見積» is no 接客の台本, whatever the stories say that search found.
    """
    fits = book.fits(text)
    own = max((fit.score for fit in fits if fit.clause.id == permit.id), default=0.0)
    return any(
        kind_of(fit) is ClauseKind.FORBIDDEN_INPUT
        and fit.strength >= WHOLE_ITEM
        and fit.score > own
        for fit in fits
    )
