"""判定: whether this is allowed, from clauses of the current rule only."""

import re
import unicodedata
from collections.abc import Sequence

from assistant.answering.clauses import Fit, RuleBook, clause_kind
from assistant.answering.guard.classes import VOCABULARY
from assistant.answering.intent import asks_permission
from assistant.answering.words import of_other_use
from assistant.domain import (
    Category,
    ClauseKind,
    Company,
    Hit,
    Intent,
    Passage,
    Query,
    Verdict,
    VerdictKind,
)

_INPUT = re.compile(
    r"入れ|入力|貼|ペースト|コピペ|アップロード|アップし|渡|読ませ|読み込|食わせ|投げ"
    r"|送信|登録し|取り込|添付|書き込|見せ|させ(?:たい|て|る|よう)"
    r"|を.{0,8}(?:レビュー|要約|まとめ|整理|分析"
    r"|翻訳|直し|チェック|添削|解析|比べ|集計|清書|文字起こし|処理)|\b(?:enter|input"
    r"|paste|upload)"
)
_MASKED_WORDS = re.compile(r"(?:[一-龠々ァ-ヶーA-Za-z]{1,10}[はがの:]?)?〔[^〔〕]{1,20}〕")
"""What the guard took out, with its label: the verdict is about the task that is left."""

_MASKED = re.compile(
    r"伏せ(?:字|た|て|る|れば|とけば|ます|済)|匿名|マスク(?:し|済|すれ)|黒塗り|仮名"
    r"|消した|消して|消せば|削除し(?:た|て|ま)|除いた|除いて|置き[かき換]え|(?:A社"
    r"|X社|イニシャル|記号)に(?:し|変え|置)"
)
_AGREED = re.compile(
    r"(?:了解|許可|承認|同意|了承|OK|オーケー)(?:を|は|も)?(?:取|と|得|もら|いただ|済"
    r"|あり|出て)|合意済"
)
_PUBLISHED = re.compile(
    r"(?:公表|発表|公開|開示)(?:済|され|した(?:あと|後)?)|もう(?:公表|発表|公開)"
    r"|プレスリリース済|一般に公開"
)
_BEFORE_PUBLIC = re.compile(
    r"公表前|未公表|未発表|未公開|発表前|公開前|公表していない|公開していない"
)
_WHO = re.compile(r"宛名|相手|差出人|個人が?(?:分か|わか|特定)")
_MASKABLE = re.compile(r"伏せ|匿名|置き[かき換]|消し|削除|マスク|仮名|除い")

_UNMASKABLE = (
    Category.MY_NUMBER,
    Category.CARD,
    Category.BANK_ACCOUNT,
    Category.SECRET,
    Category.SOURCE_CODE,
    Category.UNPUBLISHED_FIGURE,
    Category.CONFIDENTIAL_TERM,
)
"""Classes that leaving out a name does not make harmless."""

_MARGIN = 0.8
"""A stricter clause wins when its score reaches this share of the best one's."""
_FORBIDDEN_STRENGTH = 0.7
"""A how-to question meets a forbidden clause only when it names a whole item of it."""
_TASK_STRENGTH = 0.6
"""Without a question for permission, half a word (議事…) does not carry a verdict alone."""
_MIN_COVERAGE = 0.2
_MARGIN_FURTHER = 0.6
_WITH_CONDITION = re.compile(
    r"条件|を守(?:る|って|れば|り)|に限(?:り|って|る)|のみ|たうえで|た上で"
)

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
_SENTENCES = {
    VerdictKind.ALLOWED: "ルールで勧められている使い方です。",
    VerdictKind.CONDITIONAL: "次のことを守ってください。",
    VerdictKind.PROHIBITED: "ルールで入力禁止になっている情報です。",
}
"""What follows the sign and word of the verdict, which say whether it is allowed."""
_USE_FORBIDDEN = "この使い方は、次の条項で止められています。"


def judge(query: Query, book: RuleBook, company: Company, *, hits: Sequence[Hit] = ()) -> Verdict:
    """Return the verdict of the rule for a standalone question.

    `hits`: what search found; its cosines point to a clause that says the same in other words.
    """
    if query.intent in {Intent.SMALL_TALK, Intent.DESK}:
        return Verdict(VerdictKind.NONE)
    text = _MASKED_WORDS.sub("", unicodedata.normalize("NFKC", query.text))
    asked = query.intent is Intent.PERMISSION or asks_permission(text)
    near = None if _names_tool(text, company) else nearest_clause(hits)
    found = book.fits(text, extra=_forbidden_tool(text, company))
    touched = _without_met(found, text, book, hits)
    fits = [fit for fit in touched if _reaches(fit, asked=asked, inputs=bool(_INPUT.search(text)))]
    if not asked:
        fits = _for_this_use(fits, text)
    if not fits and asked:
        return _by_meaning(near, book, company)
    if not fits:
        return Verdict(VerdictKind.NONE)
    deciding = _by_better_meaning(_stricter(fits), touched, near)
    kind = _kind_of_verdict(deciding)
    if asked and kind is VerdictKind.CONDITIONAL and book.forbids_use(deciding.clause, text):
        return Verdict(VerdictKind.PROHIBITED, _USE_FORBIDDEN, (deciding.clause,))
    return Verdict(kind, _SENTENCES[kind], (deciding.clause, *_further(kind, deciding, touched)))


def _for_this_use(fits: Sequence[Fit], text: str) -> list[Fit]:
    """Drop conditions for 要約 of what the person wants to write, if writing it is encouraged."""
    meant = [
        fit
        for fit in fits
        if _kind(fit) is not ClauseKind.CONDITIONAL or not of_other_use(fit.clause.text, text)
    ]
    return meant if any(_kind(fit) is ClauseKind.ENCOURAGED for fit in meant) else list(fits)


def _names_tool(text: str, company: Company) -> bool:
    """A question on a tool is near to every clause that names the tool."""
    folded = text.lower()
    names = (name for tool in company.allowed_tools for name in (tool.name, *tool.aliases))
    return any(name.lower() in folded for name in names if name)


def _by_meaning(near: Passage | None, book: RuleBook, company: Company) -> Verdict:
    """A condition or a ban may be met in other words; a permission must stand there in these."""
    kind = clause_kind(near) if near else None
    if near is None or kind not in {ClauseKind.CONDITIONAL, ClauseKind.FORBIDDEN_INPUT}:
        return _ask_desk(book, company)
    verdict = _KINDS[kind]
    return Verdict(verdict, _SENTENCES[verdict], (near,))


def _by_better_meaning(fit: Fit, touched: Sequence[Fit], near: Passage | None) -> Fit:
    """A ban met by half an item (メール of メールアドレス) yields to the condition meant."""
    if near is None or fit.named or _kind(fit) is not ClauseKind.FORBIDDEN_INPUT:
        return fit
    meant = [one for one in touched if one.clause.id == near.id]
    return next((one for one in meant if _kind(one) is ClauseKind.CONDITIONAL), fit)


def _kind_of_verdict(deciding: Fit) -> VerdictKind:
    """An encouraged use that points to conditions is a conditional one."""
    kind = _KINDS[_kind(deciding)]
    if kind is VerdictKind.ALLOWED and _WITH_CONDITION.search(deciding.clause.text):
        return VerdictKind.CONDITIONAL
    return kind


def _further(kind: VerdictKind, deciding: Fit, touched: Sequence[Fit]) -> list[Passage]:
    """Return the next conditional clause where it fits as well: its conditions hold too."""
    if kind is not VerdictKind.CONDITIONAL:
        return []
    near = [
        fit.clause
        for fit in touched
        if _kind(fit) is ClauseKind.CONDITIONAL
        and fit is not deciding
        and fit.score >= _MARGIN_FURTHER * deciding.score
    ]
    return near[:1]


def _kind(fit: Fit) -> ClauseKind:
    kind = clause_kind(fit.clause)
    return kind if kind is not None else ClauseKind.ENCOURAGED


def _reaches(fit: Fit, *, asked: bool, inputs: bool) -> bool:
    if fit.coverage < _MIN_COVERAGE and not fit.named:
        return False
    if _kind(fit) is ClauseKind.FORBIDDEN_INPUT:
        strong = fit.named or fit.strength >= _FORBIDDEN_STRENGTH
        return strong and (asked or inputs)
    return asked or fit.strength >= _TASK_STRENGTH


def _stricter(fits: Sequence[Fit]) -> Fit:
    best = max(fit.score for fit in fits)
    near = [fit for fit in fits if fit.score >= _MARGIN * best]
    return max(near, key=lambda fit: (_STRICTNESS[_kind(fit)], fit.score))


def _without_met(fits: Sequence[Fit], text: str, book: RuleBook, hits: Sequence[Hit]) -> list[Fit]:
    """Drop forbidden clauses whose reason the question says is gone, and nothing else.

    Masked or agreed: clauses about who somebody is, unless the question names what masking does
    not mend (a password, a drawing). Then a conditional clause that speaks of masking applies.
    Published: clauses about what is not published yet; what the rule says of published
    information applies instead.
    """
    masked = bool(_MASKED.search(text) or _AGREED.search(text)) and not _names_hard_class(text)
    published = bool(_PUBLISHED.search(text)) and not _BEFORE_PUBLIC.search(text)
    kept = [fit for fit in fits if not _is_met(fit, masked=masked, published=published)]
    dropped = len(kept) < len(fits)
    if published and not any(_kind(fit) is ClauseKind.CONDITIONAL for fit in kept):
        open_to_all = (*book.of(ClauseKind.CONDITIONAL), *book.of(ClauseKind.ENCOURAGED))
        kept += [Fit(one, 1.0, 1.0) for one in open_to_all if _speaks_of_published(one)][:1]
    if dropped and masked and not any(_kind(fit) is ClauseKind.CONDITIONAL for fit in kept):
        gone = [fit.clause for fit in fits if fit not in kept]
        if not book.beyond(text, gone):
            kept += _masking(book, hits, gone)
    return kept


def _masking(book: RuleBook, hits: Sequence[Hit], gone: Sequence[Passage]) -> list[Fit]:
    """Return the clause on masking that fits best, by words with the ban, then by meaning."""
    near = {hit.passage.id: hit.cosine for hit in hits}
    masking = [one for one in book.of(ClauseKind.CONDITIONAL) if _masks(one)]

    def fit(one: Passage) -> tuple[float, float]:
        return (book.alike(one, gone[0]), near.get(one.id, 0.0))

    return [Fit(one, 1.0, 1.0) for one in sorted(masking, key=fit, reverse=True)[:1]]


def _speaks_of_published(clause: Passage) -> bool:
    return bool(_PUBLISHED.search(clause.text)) and not _BEFORE_PUBLIC.search(clause.text)


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


def _is_met(fit: Fit, *, masked: bool, published: bool) -> bool:
    text = fit.clause.text
    if _kind(fit) is not ClauseKind.FORBIDDEN_INPUT:
        return False
    if published and _BEFORE_PUBLIC.search(text):
        return True
    return masked and any(
        VOCABULARY[category].exact.search(text) or VOCABULARY[category].wider.search(text)
        for category in (Category.PERSON, Category.COMPANY)
    )


def _names_hard_class(text: str) -> bool:
    return any(VOCABULARY[category].exact.search(text) for category in _UNMASKABLE)


def _masks(clause: Passage) -> bool:
    named = VOCABULARY[Category.PERSON].exact, VOCABULARY[Category.COMPANY].exact, _WHO
    return bool(_MASKABLE.search(clause.text)) and any(one.search(clause.text) for one in named)


def _forbidden_tool(text: str, company: Company) -> str:
    """Return the full name of a tool that is not allowed, if the question uses a nickname."""
    folded = text.lower()
    for tool in company.forbidden_tools:
        if any(name.lower() in folded for name in (tool.name, *tool.aliases) if name):
            return tool.name
    return ""


def _ask_desk(book: RuleBook, company: Company) -> Verdict:
    desk: tuple[Passage, ...] = book.of(ClauseKind.DESK)[:1]
    where = f"({company.desk.channel})" if company.desk.channel else ""
    sentence = (
        "この使い方に当てはまる条項は、ルールに見つかりませんでした。"
        f"入力する前に、{company.desk.name}{where}へどうぞ。"
    )
    return Verdict(VerdictKind.ASK_DESK, sentence, desk)
