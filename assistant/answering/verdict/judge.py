"""判定: whether this is allowed, from clauses of the current rule only."""

import unicodedata
from collections.abc import Sequence

from assistant.answering.question.asking import asked_sentence, asks
from assistant.answering.question.inputs import asks_no_task, takes_input, without_masked
from assistant.answering.verdict.bridge import Bridge
from assistant.answering.verdict.broken import breaks
from assistant.answering.verdict.clauses import RuleBook
from assistant.answering.verdict.contrasts import by_contrast, contradicts
from assistant.answering.verdict.desk import (
    ask_desk,
    unsure_beside_ban,
    unsure_by_words,
    verdict_of_tool,
)
from assistant.answering.verdict.fits import Fit
from assistant.answering.verdict.given import (
    given_as_it_is,
    gives_something_else,
    without_thing_names,
)
from assistant.answering.verdict.likely import NOTHING, Likely, Meant, doubted, no_matcher
from assistant.answering.verdict.met import is_open, left_of, without_met
from assistant.answering.verdict.subjects import clause_kind
from assistant.answering.verdict.tools import (
    allowed_tool_clause,
    forbidden_tool,
    other_tool_only,
    without_tools,
)
from assistant.answering.verdict.unchecked import checked_first
from assistant.answering.verdict.unmistakable import surely_permits
from assistant.answering.verdict.weighing import (
    SENTENCES,
    bans_met,
    broken_of,
    by_better_meaning,
    for_this_use,
    kept_out_of,
    kind_of,
    kind_of_verdict,
    merged,
    nearest_clause,
    reaches,
    sentence_of,
    stricter,
    stricter_beyond,
    with_conditions,
)
from assistant.answering.verdict.wishes import WISHES, judge_task
from assistant.domain import (
    ClauseKind,
    Company,
    Finding,
    Hit,
    Intent,
    Passage,
    Query,
    Verdict,
    VerdictKind,
)

_BROKEN = "この条項の条件を守れていないので、このままでは使えません。"
_TOOL_ALLOWED = "会社で使えるAIです。入力してよいものは、ルールで確かめてください。"
_OTHER_TOOL = "この使い方ができるAIは、次の条項で決まっています。別のAIでは使えません。"
_USE_FORBIDDEN = "この使い方は、次の条項で止められています。"

_PLAINLY_FREE = 0.9
"""Probability from which a permission is meant though a question shares no more with it than what
is done: «朝活イベント案» and «ワークショップの案»."""


def judge(
    query: Query,
    book: RuleBook,
    company: Company,
    *,
    bridge: Bridge,
    meant: Meant = no_matcher,
    hits: Sequence[Hit] = (),
    findings: Sequence[Finding] = (),
) -> Verdict:
    """Return the verdict of the rule for a standalone question.

    `bridge`: how wishes find their clause; `meant`: how questions in other words find theirs.
    `hits`: what search found; its cosines point to a clause that says the same in other words.
    `findings`: what the guard took out of the question.
    """
    typed = unicodedata.normalize("NFKC", query.text)
    text = without_masked(typed)
    asked = query.intent is Intent.PERMISSION or asks(text)
    if query.intent is Intent.SMALL_TALK or (query.intent is Intent.DESK and not asked):
        return Verdict(VerdictKind.NONE)
    inputs = takes_input(text)
    tool = forbidden_tool(text, company)
    if tool and (asked or inputs):
        return verdict_of_tool(tool, book, company)
    if not asked and (query.intent is Intent.STORY or asks_no_task(query, text, inputs=inputs)):
        return Verdict(VerdictKind.NONE)
    given = given_as_it_is(typed, findings) if asked else None
    if given:
        return Verdict(VerdictKind.PROHIBITED, SENTENCES[VerdictKind.PROHIBITED], (given,))
    bare = without_thing_names(without_tools(text, company))
    likely = meant(bare) if asked else NOTHING
    verdict = _of_clauses(bare, book, hits, asked=asked, likely=likely)
    if verdict is not None and verdict.kind is not VerdictKind.NONE:
        permits = verdict.kind is not VerdictKind.PROHIBITED
        if permits and other_tool_only(text, verdict.clauses[0], company):
            return Verdict(VerdictKind.PROHIBITED, _OTHER_TOOL, verdict.clauses[:1])
        if not asked and permits and query.intent in WISHES:
            return judge_task(query, book, bridge, company, hits=hits, meant=meant)
        sure = _if_sure(verdict, bare, book, company, asked=asked, likely=meant(bare))
        return (asked and checked_first(sure, text, book, hits)) or sure
    if not asked or query.intent is Intent.DESK:
        return Verdict(VerdictKind.NONE)
    allowed = allowed_tool_clause(text, book, company) if not inputs and verdict is None else None
    if allowed:
        return Verdict(VerdictKind.ALLOWED, _TOOL_ALLOWED, allowed)
    fallen = _meant(likely, bare, book, hits)
    told = fallen if fallen is not None and _may_be_told(fallen, findings) else None
    found = told or _by_meaning(_near(hits, text, company, likely), book, company)
    return checked_first(found, text, book, hits) or found


def _near(hits: Sequence[Hit], text: str, company: Company, likely: Likely) -> Passage | None:
    """Return the clause that search finds nearest, if the question may mean it."""
    near = None if _names_tool(text, company) else nearest_clause(hits)
    if near is None or contradicts(text, near) or likely.hardly(near):
        return None
    return near


def _may_be_told(verdict: Verdict, findings: Sequence[Finding]) -> bool:
    """Nothing is free where the guard took out what a clause forbids: what is left is not all."""
    return verdict.kind is not VerdictKind.ALLOWED or not any(one.clause for one in findings)


def _meant(likely: Likely, text: str, book: RuleBook, hits: Sequence[Hit]) -> Verdict | None:
    """Return the verdict of the clause that a question means in other words, if that is sure."""
    clause = likely.clause
    if clause is None or contradicts(text, clause):
        return None
    held = without_met([Fit(clause, 1.0, 1.0)], text, book, hits, left=left_of(text, book))
    fit = held[0] if held else None
    if fit is None:
        return None
    kind = kind_of_verdict(fit)
    doubtful = likely.each.get(fit.clause.id, 0.0) < _PLAINLY_FREE
    if kind is VerdictKind.ALLOWED and doubtful and _by_way_alone(fit, text, book):
        return None
    if kind is not VerdictKind.PROHIBITED and breaks(text, fit.clause.text):
        return Verdict(VerdictKind.PROHIBITED, _BROKEN, (fit.clause,))
    return Verdict(kind, sentence_of(kind, clause), with_conditions(fit, [fit], text, book))


def _of_clauses(
    text: str, book: RuleBook, hits: Sequence[Hit], *, asked: bool, likely: Likely
) -> Verdict | None:
    """Return the verdict of the clauses that the question touches; None where it touches none."""
    inputs = takes_input(text)
    left = left_of(text, book)
    found = book.fits(left)
    if asked and (sentence := asked_sentence(left)) != left:
        found = merged(found, book.fits(sentence))
    touched = without_met(by_contrast(found, text, book), text, book, hits, left=left)
    touched = likely.not_doubtful(touched, inputs=inputs)
    fits = [
        fit
        for fit in touched
        if reaches(fit, asked=asked, inputs=inputs) and not _by_way_alone(fit, left, book)
    ]
    if not fits and not touched:
        return None
    fits = fits if asked else for_this_use(fits, text)
    kept_out = kept_out_of(touched, text, book) if asked else None
    if kept_out:
        return Verdict(VerdictKind.PROHIBITED, _USE_FORBIDDEN, (kept_out,))
    if not fits:
        return Verdict(VerdictKind.NONE)
    near = nearest_clause(hits)
    deciding = stricter_beyond(stricter(fits), fits, left, book)
    deciding = by_better_meaning(deciding, touched, near)
    meant = doubted(deciding, fits, likely, inputs=inputs)
    deciding = deciding if contradicts(text, meant.clause) else meant
    kind = VerdictKind.ALLOWED if is_open(deciding.clause, text) else kind_of_verdict(deciding)
    if kind is VerdictKind.PROHIBITED:
        return Verdict(kind, SENTENCES[kind], tuple(bans_met(deciding, fits)))
    broken = broken_of(text, deciding, fits) if asked or inputs else None
    if broken:
        return Verdict(VerdictKind.PROHIBITED, _BROKEN, (broken,))
    if asked and kind is VerdictKind.ALLOWED and gives_something_else(text, deciding.clause, book):
        return Verdict(VerdictKind.NONE)
    clauses = with_conditions(deciding, touched, text, book)
    told = clauses[:1] if kind is VerdictKind.ALLOWED else clauses
    return Verdict(kind, sentence_of(kind, deciding.clause), told)


def _if_sure(
    verdict: Verdict, text: str, book: RuleBook, company: Company, *, asked: bool, likely: Likely
) -> Verdict:
    """Return the verdict; the desk's where something is free by words that may mean another."""
    if verdict.kind is not VerdictKind.ALLOWED:
        return verdict
    if not surely_permits(verdict.clauses[0], text, book, likely):
        return unsure_by_words(book, company, asked=asked)
    if not asked or likely.permits(verdict.clauses[0]):
        return verdict
    meant = likely.clause
    banned = meant is not None and clause_kind(meant) is ClauseKind.FORBIDDEN_INPUT
    told = _meant(likely, text, book, ()) if banned else None
    return told or unsure_beside_ban(book, company)


def _by_way_alone(fit: Fit, text: str, book: RuleBook) -> bool:
    """«履歴書の要約»: what the rule says of 論文の要約 permits nothing for another thing."""
    banned = kind_of(fit) is ClauseKind.FORBIDDEN_INPUT
    return not banned and book.shares_way_alone(fit.clause, text)


def still_asked(query: Query, verdict: Verdict) -> bool:
    """Tell whether a question that names an old rule asks what holds now: «今は使っていいの?»."""
    decided = verdict.kind not in {VerdictKind.NONE, VerdictKind.ASK_DESK}
    return decided and asks(query.text)


def _names_tool(text: str, company: Company) -> bool:
    """A question on a tool is near to every clause that names the tool."""
    folded = text.lower()
    names = (name for tool in company.allowed_tools for name in (tool.name, *tool.aliases))
    return any(name.lower() in folded for name in names if name)


def _by_meaning(near: Passage | None, book: RuleBook, company: Company) -> Verdict:
    """A ban may be met in other words; what permits must stand there in these.

    By cosine alone, a condition was meant in 1 of 6 questions (eval/suites/rules.yaml).
    """
    if near is None or clause_kind(near) is not ClauseKind.FORBIDDEN_INPUT:
        return ask_desk(book, company)
    return Verdict(VerdictKind.PROHIBITED, SENTENCES[VerdictKind.PROHIBITED], (near,))
