"""Which of the clauses that a question touches decides."""

import re
from collections.abc import Sequence

from assistant.answering.japanese.words import of_other_use
from assistant.answering.verdict.broken import breaks
from assistant.answering.verdict.clauses import RuleBook
from assistant.answering.verdict.fits import Fit
from assistant.answering.verdict.subjects import clause_kind
from assistant.corpus.rules.endings import LIMITED
from assistant.corpus.rules.sentences import kind_of_sentence
from assistant.domain import ClauseKind, Hit, Passage, VerdictKind

_MARGIN = 0.8
"""A stricter clause wins when its score reaches this share of the best one's."""
FORBIDDEN_STRENGTH = 0.7
"""A how-to question meets a forbidden clause only when it names a whole item of it."""
TASK_STRENGTH = 0.6
"""Without a question for permission, half a word (議事…) does not carry a verdict alone."""
_MIN_COVERAGE = 0.2
_TASK_COVERAGE = 0.4
"""The same for the share of the question that the clause names (検査の想定問答 ~ 確認テスト)."""
WHOLE_ITEM = 0.95
"""A question that names a whole item of a ban is met by it, whatever else it speaks of."""
_MARGIN_FURTHER = 0.6
_WITH_CONDITION = re.compile(
    r"条件|を守(?:る|って|れば|り)|に限(?:り|って|る)|のみ|たうえで|た上で"
)

_SECTION = re.compile(r"第?(\d{1,2})(?:章|節|条|項)?の条件")

SENTENCES = {
    VerdictKind.ALLOWED: "ルールで勧められている使い方です。",
    VerdictKind.CONDITIONAL: "次のことを守ってください。",
    VerdictKind.PROHIBITED: "ルールで入力禁止になっている情報です。",
}
"""What follows the sign and word of the verdict, which say whether it is allowed."""

_BY_NAME_ALONE = re.compile(
    r"条件(?:付き?|つき)?[でをがに]?(?:守れば|満たせば|あり)?、?(?:使え\w*|入れて\w*|可能?|OK)?"
)
"""«条件付きで使える» says that there is a condition, not which."""


def sentence_of(kind: VerdictKind, clause: Passage) -> str:
    """Return the sentence of a verdict; with the heading where that alone says the condition.

    «公開前の製品情報» under «レベル2:会社が承認したAIのみ利用可».
    """
    heading = clause.headings[-1] if clause.headings else ""
    if kind is not VerdictKind.CONDITIONAL or not LIMITED.search(_BY_NAME_ALONE.sub("", heading)):
        return SENTENCES[kind]
    if LIMITED.search(clause.text) or kind_of_sentence(clause.text) is not None:
        return SENTENCES[kind]
    return f"「{heading}」に入ります。この条件を守ってください。"


_STRICTNESS = {
    ClauseKind.FORBIDDEN_INPUT: 2,
    ClauseKind.CONDITIONAL: 1,
    ClauseKind.ENCOURAGED: 0,
}
_KINDS = {
    ClauseKind.FORBIDDEN_INPUT: VerdictKind.PROHIBITED,
    ClauseKind.CONDITIONAL: VerdictKind.CONDITIONAL,
    ClauseKind.ENCOURAGED: VerdictKind.ALLOWED,
}


def kept_out_of(touched: Sequence[Fit], text: str, book: RuleBook) -> Passage | None:
    """Return a touched condition that keeps out just what is asked for, unless a ban decides."""
    if any(_is_ban(fit) or fit.named for fit in touched):
        return None
    conditions = (fit.clause for fit in touched if kind_of(fit) is ClauseKind.CONDITIONAL)
    return next((clause for clause in conditions if book.forbids_use(clause, text)), None)


def merged(whole: Sequence[Fit], asking: Sequence[Fit]) -> list[Fit]:
    """Return each clause as it fits best: the whole question, or the sentence that asks."""
    best: dict[str, Fit] = {}
    for fit in (*whole, *asking):
        held = best.get(fit.clause.id, fit)
        best[fit.clause.id] = Fit(
            fit.clause,
            max(fit.strength, held.strength),
            max(fit.coverage, held.coverage),
            fit.named or held.named,
        )
    return sorted(best.values(), key=lambda fit: -fit.score)


def stricter_beyond(deciding: Fit, fits: Sequence[Fit], text: str, book: RuleBook) -> Fit:
    """An encouraged use yields to the condition on what it is made of: a クレーム's 報告書."""
    if kind_of(deciding) is not ClauseKind.ENCOURAGED:
        return deciding
    beyond = (
        fit
        for fit in fits
        if kind_of(fit) is ClauseKind.CONDITIONAL
        and fit.strength >= WHOLE_ITEM
        and not of_other_use(fit.clause.text, text)
        and book.names_beyond(fit.clause, text, [deciding.clause])
    )
    return next(beyond, deciding)


def broken_of(text: str, deciding: Fit, fits: Sequence[Fit]) -> Passage | None:
    """Return the clause whose condition the question says is not kept."""
    near = [
        fit
        for fit in fits
        if kind_of(fit) is ClauseKind.CONDITIONAL
        and fit is not deciding
        and fit.score >= _MARGIN_FURTHER * deciding.score
    ]
    return next((fit.clause for fit in (deciding, *near) if breaks(text, fit.clause.text)), None)


def for_this_use(fits: Sequence[Fit], text: str) -> list[Fit]:
    """Drop conditions for 要約 of what the person wants to write, if writing it is encouraged."""
    meant = [
        fit
        for fit in fits
        if kind_of(fit) is not ClauseKind.CONDITIONAL or not of_other_use(fit.clause.text, text)
    ]
    return meant if any(kind_of(fit) is ClauseKind.ENCOURAGED for fit in meant) else list(fits)


def by_better_meaning(fit: Fit, touched: Sequence[Fit], near: Passage | None) -> Fit:
    """A ban met by half an item (メール of メールアドレス) yields to the condition meant."""
    if near is None or fit.named or kind_of(fit) is not ClauseKind.FORBIDDEN_INPUT:
        return fit
    meant = [one for one in touched if one.clause.id == near.id]
    return next((one for one in meant if kind_of(one) is ClauseKind.CONDITIONAL), fit)


def kind_of_verdict(deciding: Fit) -> VerdictKind:
    """An encouraged use that points to conditions is a conditional one."""
    kind = _KINDS[kind_of(deciding)]
    if kind is VerdictKind.ALLOWED and _WITH_CONDITION.search(deciding.clause.text):
        return VerdictKind.CONDITIONAL
    return kind


def further(deciding: Fit, touched: Sequence[Fit]) -> list[Passage]:
    """Return the next conditional clause where it fits as well: its conditions hold too."""
    near = [
        fit.clause
        for fit in touched
        if kind_of(fit) is ClauseKind.CONDITIONAL
        and fit.clause.id != deciding.clause.id
        and fit.score >= _MARGIN_FURTHER * deciding.score
    ]
    return near[:1]


_MOST_POINTED = 3
_MOST_BANS = 3


def bans_met(deciding: Fit, fits: Sequence[Fit]) -> list[Passage]:
    """Return the deciding ban, and the others that the question names as clearly."""
    others = [
        fit.clause
        for fit in fits
        if (_is_ban(fit) or (fit.named and kind_of(fit) is ClauseKind.FORBIDDEN_INPUT))
        and fit.clause.id != deciding.clause.id
    ]
    return [deciding.clause, *others][:_MOST_BANS]


def pointed_to(clause: Passage, text: str, book: RuleBook) -> list[Passage]:
    """Return the conditions that a clause points to: «議事録の要約(2の条件を守る)».

    Those that share with it what the question speaks of, else what it speaks of itself; where
    none does, those of the section that it names.
    """
    conditions = book.of(ClauseKind.CONDITIONAL)
    shared = {one.id: book.shared_parts(clause, one) for one in conditions}
    alike = [one for one in conditions if shared[one.id]]
    asked = [one for one in alike if any(part in text for part in shared[one.id])]
    number = _SECTION.search(clause.text)
    named = [one for one in conditions if number and _is_under(one, number[1])]
    return (asked or alike or named)[:_MOST_POINTED]


def _is_under(clause: Passage, number: str) -> bool:
    return any(re.match(rf"第?{number}(?!\d)", heading) for heading in clause.headings)


def with_conditions(
    deciding: Fit, touched: Sequence[Fit], text: str, book: RuleBook
) -> tuple[Passage, ...]:
    """Return the deciding clause with those whose conditions hold too."""
    if kind_of_verdict(deciding) is not VerdictKind.CONDITIONAL:
        return (deciding.clause,)
    near = further(deciding, touched)
    if not near and kind_of(deciding) is ClauseKind.ENCOURAGED:
        near = pointed_to(deciding.clause, text, book)
    return (deciding.clause, *near)


def kind_of(fit: Fit) -> ClauseKind:
    """Return what the clause of a fit does."""
    kind = clause_kind(fit.clause)
    return kind if kind is not None else ClauseKind.ENCOURAGED


def reaches(fit: Fit, *, asked: bool, inputs: bool) -> bool:
    """Tell whether a question names enough of a clause for it to judge."""
    whole_ban = kind_of(fit) is ClauseKind.FORBIDDEN_INPUT and fit.strength >= WHOLE_ITEM
    if whole_ban and (asked or inputs):
        return True
    if fit.coverage < _MIN_COVERAGE and not fit.named:
        return False
    if kind_of(fit) is ClauseKind.FORBIDDEN_INPUT:
        strong = fit.named or fit.strength >= FORBIDDEN_STRENGTH
        return strong and (asked or inputs)
    if asked and kind_of(fit) is ClauseKind.ENCOURAGED:
        return True
    if asked:
        return fit.strength >= TASK_STRENGTH or fit.coverage >= _TASK_COVERAGE
    return fit.strength >= TASK_STRENGTH and fit.coverage >= _TASK_COVERAGE


def stricter(fits: Sequence[Fit]) -> Fit:
    """Return the strictest of the clauses that fit about as well as the best."""
    best = max(fit.score for fit in fits)
    near = [fit for fit in fits if fit.score >= _MARGIN * best]
    if all(kind_of(fit) is ClauseKind.ENCOURAGED for fit in near):
        near += [fit for fit in fits if _is_ban(fit)]
    return max(near, key=lambda fit: (_STRICTNESS[kind_of(fit)], fit.score))


def _is_ban(fit: Fit) -> bool:
    return kind_of(fit) is ClauseKind.FORBIDDEN_INPUT and fit.strength >= WHOLE_ITEM


_NEAR = 0.85
_NEAR_MARGIN = 0.015
"""A clause is meant when its cosine reaches the first and leads the next clause's by the second:
of 20 permission questions in other words than the rule's, these gave 3 right and none wrong."""


def nearest_clause(hits: Sequence[Hit]) -> Passage | None:
    """Return the clause that search finds far nearer than all others, or None."""
    clauses = [hit for hit in hits if clause_kind(hit.passage) in _STRICTNESS]
    if not clauses:
        return None
    best, *others = sorted(clauses, key=lambda hit: -hit.cosine)
    if best.cosine < _NEAR:
        return None
    lead = best.cosine - (others[0].cosine if others else 0.0)
    return best.passage if lead >= _NEAR_MARGIN else None
