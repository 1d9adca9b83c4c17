"""判定 of a wish: on the task that is wished for, in whatever words it is put."""

from collections.abc import Sequence

from assistant.answering.question.inputs import asks_no_task, takes_input, without_masked
from assistant.answering.verdict.bridge import Bridge, Meaning
from assistant.answering.verdict.broken import breaks
from assistant.answering.verdict.clauses import RuleBook
from assistant.answering.verdict.contrasts import contradicts
from assistant.answering.verdict.fits import Fit
from assistant.answering.verdict.given import without_thing_names
from assistant.answering.verdict.likely import Likely, Meant, no_matcher
from assistant.answering.verdict.met import left_of, without_met
from assistant.answering.verdict.subjects import clause_kind
from assistant.answering.verdict.tools import without_tools
from assistant.answering.verdict.unmistakable import surely_permits
from assistant.answering.verdict.weighing import (
    SENTENCES,
    WHOLE_ITEM,
    kind_of,
    kind_of_verdict,
    sentence_of,
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
    query: Query,
    book: RuleBook,
    bridge: Bridge,
    company: Company,
    *,
    hits: Sequence[Hit],
    meant: Meant = no_matcher,
) -> Verdict:
    """Return the verdict on the task that is wished for, by its own words and the company's.

    The same for a wish in any words, as far as they find the same stories and templates, or
    `meant` finds the clause. A ban only where it is plainly meant. What is asked afterwards is told
    without its permission: the first answer has judged the task.
    """
    none = Verdict(VerdictKind.NONE)
    text = without_masked(query.text)
    if query.intent not in WISHES or asks_no_task(query, text, inputs=takes_input(text)):
        return none
    bare = without_tools(text, company)
    likely = meant(without_thing_names(bare))
    if likely.ban is not None and _holds(likely.ban, bare, book, hits):
        return Verdict(VerdictKind.PROHIBITED, SENTENCES[VerdictKind.PROHIBITED], (likely.ban,))
    found = (
        None
        if likely.bans or query.carried
        else _stricter(bridge.meaning(bare, hits), likely.permit)
    )
    if found is None:
        return none
    deciding = Fit(found.clause, found.probability, found.probability)
    if breaks(text, found.clause.text) or contradicts(text, found.clause):
        return none
    kind = kind_of_verdict(deciding)
    if kind is VerdictKind.ALLOWED and _is_doubtful(found.clause, bare, book, likely):
        return none
    named = f"「{found.task}」は、" if kind is VerdictKind.ALLOWED and found.task else ""
    task = f"{text} {found.task}"
    clauses = with_conditions(deciding, book.fits(task), task, book)
    return Verdict(kind, named + sentence_of(kind, found.clause), clauses)


def _stricter(told: Meaning | None, plain: Passage | None) -> Meaning | None:
    """Return what the company's tasks tell; what is plainly meant if that is stricter, or alone."""
    sure = told if told is not None and told.probability >= _MEANT else None
    condition = plain is not None and clause_kind(plain) is ClauseKind.CONDITIONAL
    if plain is None or (sure and not (condition and _is_free(sure.clause))):
        return sure
    return Meaning(plain, 1.0, "")


def _is_free(clause: Passage) -> bool:
    return kind_of_verdict(Fit(clause, 1.0, 1.0)) is VerdictKind.ALLOWED


def _holds(ban: Passage, text: str, book: RuleBook, hits: Sequence[Hit]) -> bool:
    """Tell whether a wish has not lifted the ban itself: «名前は消してから»."""
    if contradicts(text, ban):
        return False
    return bool(without_met([Fit(ban, 1.0, 1.0)], text, book, hits, left=left_of(text, book)))


def _is_doubtful(permit: Passage, text: str, book: RuleBook, likely: Likely) -> bool:
    """Tell whether a wish names a ban, or may mean another clause, for all that is known."""
    return not surely_permits(permit, text, book, likely) or _names_ban(text, permit, book)


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
