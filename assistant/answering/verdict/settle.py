"""The rule's verdict beside an FAQ that answers the same question: never two voices."""

import re
from dataclasses import replace
from enum import Enum

from assistant.answering.verdict.clauses import RuleBook
from assistant.answering.verdict.subjects import clause_kind
from assistant.domain import ClauseKind, FaqPair, Hit, Passage, Verdict, VerdictKind


class Opening(Enum):
    """What the first words of an FAQ's answer say."""

    YES = "yes"
    CONDITIONS = "conditions"
    NO = "no"
    OTHER = "other"


_NO = re.compile(
    r"^(?:いいえ|いえ[、。]|だめ|ダメ|できません|[^。、]{0,12}(?:られ|え|れ|でき|け)ません"
    r"|[^。、]{0,24}(?:入れられ|使え|入力でき|渡せ|貼れ)(?:ません|ない)|[^。、]{0,24}(?:いけません|なりません|だめです)|禁止|不可|NG|[^。]{0,20}しないで)"
)
_CONDITIONS = re.compile(
    r"^[^。]{0,12}(?:条件(?:付き|つき|を守)|だけなら|なら(?:使え|入れられ|大丈夫|構))"
    r"|^[^。]{2,40}(?:伏せれ|消せ|除け|抜け|外せ|隠せ|置き[かき換]えれ)ば[^。]{0,8}(?:ます|る|いい|よい|構)"
    r"|^(?:はい|ええ|使えます|使って(?:構|かま|大丈夫|よい)|大丈夫|可能|できます|作れます|書けます"
    r"|問題ありません)[^。]{0,20}。?(?:ただし|[^。]*(?:伏せ|消し|置き[かき換]|ぼかし|了承|了解|承認|許可))"
)
_YES = re.compile(
    r"^(?:はい|ええ|(?:使え|書け|作れ|入れられ|でき|頼め)(?:ます|る)|(?:使って|入れて)も?(?:よい|いい|構|かま"
    r"|大丈夫|ください)|大丈夫|可能|問題(?:あり|な)|OK|構いません|かまいません)"
)


def opening(faq: Hit) -> Opening:
    """Return what an FAQ's answer opens with."""
    content = faq.passage.content
    answer = content.answer.strip() if isinstance(content, FaqPair) else ""
    for pattern, said in (
        (_CONDITIONS, Opening.CONDITIONS),
        (_YES, Opening.YES),
        (_NO, Opening.NO),
    ):
        if pattern.search(answer):
            return said
    return Opening.OTHER


def overrules(faq: Hit, verdict: Verdict, *, inputs: bool) -> bool:
    """Tell whether an FAQ would allow what the rule does not, or deny or bind what is free.

    It may add detail to a clause, never permit in its stead; what it says of who may use a
    tool, where and when (no `inputs`) stands on its own where no clause speaks.
    """
    said = opening(faq)
    if verdict.kind is VerdictKind.PROHIBITED:
        return said in {Opening.YES, Opening.CONDITIONS}
    if verdict.kind is VerdictKind.ASK_DESK:
        return inputs and said in {Opening.YES, Opening.CONDITIONS}
    if verdict.kind is VerdictKind.ALLOWED:
        return said in {Opening.NO, Opening.CONDITIONS}
    return verdict.kind is VerdictKind.CONDITIONAL and said is Opening.NO


_TOLD = "ルールの条項にはありませんが、FAQに次の答えがあります。迷うときは、窓口へどうぞ。"
_CAREFULLY = "ルールで勧められている使い方です。FAQにある条件も守ってください。"


_DENIED = "FAQに、この使い方はできないとあります。迷うときは、窓口へどうぞ。"


def settled(
    verdict: Verdict, faq: Hit | None, *, inputs: bool, book: RuleBook, same: bool = False
) -> Verdict:
    """Return the verdict as it is shown above `faq`: the stricter of both.

    `book`: where the ban stands that the FAQ gives as its reason.
    `same`: the FAQ asks the very same; only then may it deny what a clause allows.
    """
    if faq is None:
        return verdict
    if opening(faq) is Opening.NO and (same or verdict.kind is VerdictKind.ASK_DESK):
        if verdict.kind is VerdictKind.PROHIBITED:
            return verdict
        return Verdict(VerdictKind.PROHIBITED, _DENIED, _grounds(verdict, faq, book))
    if verdict.kind is VerdictKind.ALLOWED and opening(faq) is Opening.CONDITIONS:
        careful = replace(verdict, kind=VerdictKind.CONDITIONAL, sentence=_CAREFULLY)
        return careful if same else verdict
    if verdict.kind is VerdictKind.ASK_DESK and not overrules(faq, verdict, inputs=inputs):
        return replace(verdict, sentence=_TOLD)
    return verdict


_NAMED_BAN = 0.7
"""Strength from which an FAQ's answer names a ban."""


def _grounds(verdict: Verdict, faq: Hit, book: RuleBook) -> tuple[Passage, ...]:
    """Return the ban that the FAQ gives as its reason, else the clause that the use falls under."""
    content = faq.passage.content
    answer = content.answer if isinstance(content, FaqPair) else faq.passage.text
    bans = [
        fit.clause
        for fit in book.fits(answer)
        if clause_kind(fit.clause) is ClauseKind.FORBIDDEN_INPUT and fit.strength >= _NAMED_BAN
    ]
    return tuple(bans[:1]) or (() if verdict.kind is VerdictKind.ASK_DESK else verdict.clauses)
