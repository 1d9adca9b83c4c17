"""What speaks for it that a question falls under a clause, and how much each sign is worth."""

import re
from dataclasses import dataclass, fields
from functools import lru_cache
from operator import attrgetter

from assistant.answering.question.inputs import takes_input
from assistant.answering.verdict.fits import Fit
from assistant.answering.verdict.met import says_taken_out
from assistant.answering.verdict.weighing import kind_of, kind_of_verdict
from assistant.domain import ClauseKind, VerdictKind

_MIDDLE, _HALF_WIDTH = 0.5, 1 / 3
"""Of what MaxSim tells: most clauses lie in .3–.8."""


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
    late: float
    """MaxSim of the question's tokens in the clause, from the middle; 0 where not known."""
    item_late: float
    """The same of the tokens of a listed thing in the question: how wholly it is named."""
    decide_both: float
    """Both speak of leaving a decision to an AI; then only the clause, only the question."""
    decide_clause: float
    decide_question: float
    own_both: float
    """The same of a tool that somebody brings along."""
    own_clause: float
    own_question: float
    removed_both: float
    """The same of what is left out or masked."""
    removed_clause: float
    removed_question: float
    hidden_both: float
    """The same of what nobody knows yet."""
    hidden_clause: float
    hidden_question: float
    public_both: float
    """The same of what everybody may know."""
    public_clause: float
    public_question: float
    lent_both: float
    """The same of an AI that somebody else may use, or of a login that is passed on."""
    lent_clause: float
    lent_question: float
    put_in: float
    """A ban, and the question puts something in."""
    ban: float
    condition: float
    permit: float
    left_open: float
    """What the clause leaves open of the question, in log odds: see `left_open.py`."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a question comes to a clause, as an embedder reads both: cosines, log odds last."""

    near: float
    item: float
    late: float = _MIDDLE
    item_late: float = _MIDDLE
    left_open: float = 0.0


WEIGHTS = Signs(
    0.14, 2.14, 1.32, -0.94, 5.64, 1.91, 4.44, 1.79, 0.34, -0.46, -0.09, 2.17, 0.00, -2.36, 2.41,
    0.00, 1.04, 1.67, 0.00, -0.19, 1.26, -0.26, 0.32, 0.00, 0.00, -1.50, 0.81, -0.67, -0.21, -0.37,
    1.00,
)  # fmt: skip
BIAS = -1.40
"""Conditional logit over the clauses of a rule and none: `python -m training.verdicts` fits it.

But for `lent_*`, of which the rules there say nothing: a clause that is silent on who else may use
an AI is not meant by who asks about that; and for `left_open`, which is in log odds already.
"""

_OWN_TOOL = re.compile(
    r"個人(?:で|の?(?:契約|アカウント|端末|スマホ))|自分(?:で|の|が)[^。、]{0,8}"
    r"(?:契約|登録|入れ|課金|払|アカウント|スマホ|端末|パソコン|PC|AI)|私物|私有|自腹|自宅で"
    r"|無料(?:の|版)?|外部の|承認(?:を得て|されて)い?ない|未承認|個人アカ|会社が入れて|拡張"
)
_DECIDE = re.compile(
    r"決め|判断|判定|合否|可否|評価させ|採否|選ば|決定|ゆだね|委ね|任せ|つけさせ|採点"
)
_REMOVED = re.compile(
    r"伏せ|匿名|置き[かき換]|置換|消[しすせ]|削除|マスク|仮名|除[いきく]|空欄|外し|抜[いき]|入れず|含まない|塗[っりら]|ぼか[しす]|モザイク|隠[しす]"
)
_HIDDEN = re.compile(
    r"(?:公表|発表|公開|発売|開示|告知|情報解禁|解禁|リリース|出願|公示|入札)(?:する|される)?(?:の)?前|未(?:公表|発表|公開|発売|出願|定)"
    r"|(?:まだ|いまだ)[^。、]{0,16}(?:ない|ません|へん|とらん|てん|ねえ|伏せ|内緒|秘密)|世に出(?:る前|てない|ていない|てへん|しとらん)"
    r"|(?:言|知らせ|出|話|公にし)(?:う|って|て|し)?(?:い)?(?:ない|へん|とらん)(?:話|こと|件|段階)|内緒|極秘|社外秘"
)
_PUBLIC = re.compile(
    r"(?:公表|発表|公開|開示|告知|掲載|通知|案内)(?:済|され(?:た|て)|した(?:後|あと|もの)?|し終|しとる|してい?る)|公の|一般に"
    r"|(?:誰|だれ)でも(?:見|読|知)|(?:もう|すでに|既に)[^。、]{0,12}(?:発表|公表|公開|出て|出た|載|知らせ|通知|案内|発売|売)"
    r"|(?:ネット|サイト|HP|ホームページ|新聞|官報|カタログ|ページ|店)に[^。、]{0,6}(?:載|出|並|あ[るっ])|市販|世に出(?:た|てい?る|とる)"
)
_LENT = re.compile(
    r"(?:人|さん|方|かた|員|生|者|子|ら|先|会社|業者|バイト|パート|アルバイト|同僚|家族|社外|ほか|他)"
    r"(?:たち|達)?に(?:も|は)?、?[^。、]{0,14}(?:使わせ|つかわせ|さわらせ|触らせ|使ってもら|貸)"
    r"|(?:ログイン|アカウント|ID|番号|パスワード)[^。、]{0,10}(?:貸|渡|共有|使い回|教え|借り)"
    r"|(?:本人|自分)(?:だけ|しか|以外)|貸し借り|又貸し"
)


def signs_of(fit: Fit, question: str, near: Nearness) -> Signs:
    """Return the signs of one clause."""
    strength, kind = min(1.0, fit.strength), kind_of(fit)
    ban = kind is ClauseKind.FORBIDDEN_INPUT
    condition = kind_of_verdict(fit) is VerdictKind.CONDITIONAL
    return Signs(
        strength, fit.coverage, float(fit.named), strength * fit.coverage, near.near, near.item,
        (near.late - _MIDDLE) / _HALF_WIDTH, (near.item_late - _MIDDLE) / _HALF_WIDTH,
        *_two(_DECIDE, fit.clause.text, question), *_two(_OWN_TOOL, fit.clause.text, question),
        *_both(_tells(_REMOVED, fit.clause.text), _removes(question)),
        *_two(_HIDDEN, fit.clause.text, question), *_two(_PUBLIC, fit.clause.text, question),
        *_two(_LENT, fit.clause.text, question), float(ban and _puts_in(question)),
        float(ban), float(condition), float(not ban and not condition), near.left_open,
    )  # fmt: skip


def _two(told: re.Pattern[str], clause: str, question: str) -> tuple[float, float, float]:
    """Return whether both tell it, only the clause, only the question."""
    return _both(_tells(told, clause), _tells(told, question))


def _both(theirs: bool, asked: bool) -> tuple[float, float, float]:  # noqa: FBT001 — the two sides
    return float(theirs and asked), float(theirs and not asked), float(asked and not theirs)


@lru_cache(maxsize=1_024)
def _tells(told: re.Pattern[str], text: str) -> bool:
    """The clauses of a rule come again with every question, a question with every clause."""
    return bool(told.search(text))


_puts_in = lru_cache(maxsize=64)(takes_input)
_removes = lru_cache(maxsize=64)(says_taken_out)


def worth(signs: Signs) -> float:
    """Return the log odds against no clause."""
    told = zip(_values(WEIGHTS), _values(signs), strict=True)
    return BIAS + float(sum(weight * sign for weight, sign in told))


_values = attrgetter(*(field.name for field in fields(Signs)))
