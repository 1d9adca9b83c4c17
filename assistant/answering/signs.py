"""What speaks for it that a question falls under a clause, and how much each sign is worth."""

import re
from dataclasses import dataclass, fields
from functools import lru_cache
from operator import attrgetter

from assistant.answering.fits import Fit
from assistant.answering.inputs import takes_input
from assistant.answering.weighing import kind_of, kind_of_verdict
from assistant.domain import ClauseKind, VerdictKind


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a clause."""

    strength: float
    coverage: float
    named: float
    both: float
    """Strength times coverage."""
    near: float
    """Cosine of question and clause, from the middle of questions and of texts."""
    item: float
    """The same for the nearest thing that the clause lists."""
    decide_both: float
    """Both speak of leaving a decision to an AI; then only the clause, only the question."""
    decide_clause: float
    decide_question: float
    own_both: float
    """The same of a tool that somebody brings along."""
    own_clause: float
    own_question: float
    put_in: float
    """A ban, and the question puts something in."""
    ban: float
    condition: float
    permit: float


_WEIGHTS = Signs(
    2.68, 0.43, 0.96, 0.30, 9.85, 3.0, 0.67, -0.73, -1.12, 3.58, -1.04, -0.89, 1.93, -1.64, -1.14,
    -1.03,
)  # fmt: skip
_BIAS = -3.98
"""Conditional logit over the clauses of a rule and none, fitted on 500 questions to 14 rules (a
bank, a ministry, schools, builders, a table, prose …) and 45 that no rule speaks of. Each rule left
out in turn, .82 of the verdicts were right, .73 by words alone."""

_OWN_TOOL = re.compile(
    r"個人(?:で|の?(?:契約|アカウント|端末|スマホ))|自分(?:で|の|が)[^。、]{0,8}"
    r"(?:契約|登録|入れ|課金|払|アカウント|スマホ|端末|パソコン|PC|AI)|私物|私有|自腹|自宅で"
    r"|無料(?:の|版)?|外部の|承認(?:を得て|されて)い?ない|未承認|個人アカ|会社が入れて|拡張"
)
_DECIDE = re.compile(
    r"決め|判断|判定|合否|可否|評価させ|採否|選ば|決定|ゆだね|委ね|任せ|つけさせ|採点"
)


def signs_of(fit: Fit, question: str, *, near: float, item: float) -> Signs:
    """Return the signs of one clause; `near` and `item` are cosines."""
    strength, kind = min(1.0, fit.strength), kind_of(fit)
    ban = kind is ClauseKind.FORBIDDEN_INPUT
    condition = kind_of_verdict(fit) is VerdictKind.CONDITIONAL
    return Signs(
        strength, fit.coverage, float(fit.named), strength * fit.coverage, near, item,
        *_two(_DECIDE, fit.clause.text, question), *_two(_OWN_TOOL, fit.clause.text, question),
        float(ban and _puts_in(question)),
        float(ban), float(condition), float(not ban and not condition),
    )  # fmt: skip


def _two(told: re.Pattern[str], clause: str, question: str) -> tuple[float, float, float]:
    """Return whether both tell it, only the clause, only the question."""
    theirs, asked = _tells(told, clause), _tells(told, question)
    return float(theirs and asked), float(theirs and not asked), float(asked and not theirs)


@lru_cache(maxsize=1_024)
def _tells(told: re.Pattern[str], text: str) -> bool:
    """The clauses of a rule come again with every question, a question with every clause."""
    return bool(told.search(text))


_puts_in = lru_cache(maxsize=64)(takes_input)


def worth(signs: Signs) -> float:
    """Return the log odds against no clause."""
    told = zip(_values(_WEIGHTS), _values(signs), strict=True)
    return _BIAS + float(sum(weight * sign for weight, sign in told))


_values = attrgetter(*(field.name for field in fields(Signs)))
