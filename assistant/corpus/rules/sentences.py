"""What the end of a sentence of a rule says: may not, may if, may, check, ask.

Japanese puts the obligation at the end of the sentence; what stands before it is only its topic.
General wording of 規程, 公用文 and polite office Japanese, not of any one document.
"""

import re
import unicodedata
from collections.abc import Sequence

from assistant.corpus.rules.endings import (
    ALLOWED,
    ASK,
    CHECKED,
    DECIDED,
    ENTER,
    EXCEPTION,
    FIRM,
    FREELY,
    INCIDENT,
    LIMITED,
    NEVER,
    NOTED,
    OBLIGED,
    OUTPUT,
    PERMISSION,
    PLAIN_NOT,
    STATE,
    USE,
    WITHOUT,
)
from assistant.domain import ClauseKind

_SENTENCE_END = re.compile(r"(?<=[。!?\uff01\uff1f])(?![」』)\uff09])|\n")
_TAIL = re.compile(r"(?:[。.!?…~ー\s*]|よ|ね|\([^()]*\)|(?<!^)※.*)+$")
"""What may follow the last word of a sentence, in NFKC."""

_REPLIES: tuple[tuple[ClauseKind, re.Pattern[str]], ...] = (
    (
        ClauseKind.FORBIDDEN_INPUT,
        re.compile(r"(?:A\s*[.:、)]?\s*)?(?:いいえ|いえ|だめ|ダメ|NG|不可)[。、.,!]"),
    ),
    (ClauseKind.ENCOURAGED, re.compile(r"(?:A\s*[.:、)]?\s*)?(?:はい|ええ|OK|もちろん)[。、.,!]")),
)
_BACK = re.compile(
    r"(?:ただし|但し|その(?:際|場合|とき|時|うえ|上)|この(?:際|場合|とき|限り)|これ(?:は|ら)|それ|(?:その|この)ような|こうした|そうした|例えば|たとえば|例[::]|なぜなら|理由)"
)
_REASON = re.compile(
    r"(?:ため|から|おそれ|恐れ|可能性|理由|リスク)(?:が\w+|は\w+|も\w+|です|である|だ)?$"
)
_PURPOSE = re.compile(
    r"(?:目的と(?:する|します)|をいう|をいいます|(?<!こ)と(?:は|定義)\S*(?:する|します)|施行(?:する|します))$"
)


_PROVISO = re.compile(
    r"ただし|但し|もっとも|(?:前|本|同|第\S{1,4}|上記の?)(?:項|条|号)?[^。、]{0,12}にかかわらず"
)
_PROMISE = re.compile(
    r"(?:当社|弊社|会社|[本当](?:[都道府県市区町村学校院会園組]|法人|組合|大学|病院)|事務局|委員会)は、"
)
"""«本市は、研修を実施するものとする» binds the organisation, not who works there."""
_BINDS = re.compile(rf"{PERMISSION}|申請|届|限[りるっ]")


def is_promise(text: str) -> bool:
    """Return whether a text tells what the organisation itself will do."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return bool(_PROMISE.match(folded)) and not _BINDS.search(folded)


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a paragraph, verbatim."""
    parts = (part.strip() for part in _SENTENCE_END.split(text))
    return [part for part in parts if part]


def kind_of_sentence(text: str, *, firm: bool = False) -> ClauseKind | None:
    """Return what a text of one or more sentences asks of people; None for what only explains.

    `firm`: only what is plainly forbidden or ordered counts, as under «目的» or in a preamble.
    """
    kinds = [_kind(sentence, firm=firm) for sentence in sentences_of(text)]
    return joined_kind(kinds, exception=has_exception(text))


def joined_kind(kinds: Sequence[ClauseKind | None], *, exception: bool) -> ClauseKind | None:
    """Return the kind of sentences that belong together: with a way out, «if», else the first."""
    found = [kind for kind in kinds if kind is not None]
    if exception and ClauseKind.FORBIDDEN_INPUT in found:
        return ClauseKind.CONDITIONAL
    if found[:1] == [ClauseKind.ENCOURAGED] and ClauseKind.CONDITIONAL in found:
        return ClauseKind.CONDITIONAL
    return found[0] if found else None


def has_exception(text: str) -> bool:
    """Return whether a sentence beginning with «ただし» gives a way out of a prohibition."""
    return any(
        _PROVISO.match(sentence)
        and bool(EXCEPTION.search(sentence) or ALLOWED.search(_body(sentence)))
        for sentence in sentences_of(text)
    )


def leans_back(sentence: str) -> bool:
    """Return whether a sentence belongs to the one before: «ただし…», «…のためです»."""
    return bool(_BACK.match(sentence) or _REASON.search(_body(sentence)))


def forbids_entering(text: str) -> bool:
    """Return whether a sentence plainly forbids to enter something into an AI."""
    return any(
        bool(re.search(ENTER, body) and NEVER.search(body)) and not STATE.search(body)
        for body in map(_body, sentences_of(text))
    )


def forbids_using(text: str) -> bool:
    """Return whether a sentence plainly forbids to enter something, or to use an AI for it."""
    verbs = rf"{ENTER}|{USE}|作成|生成|任せ|頼|決め|判断"
    return forbids_entering(text) or any(
        bool(re.search(verbs, body) and NEVER.search(body)) and not STATE.search(body)
        for body in map(_body, sentences_of(text))
    )


def tells_a_state(text: str) -> bool:
    """Return whether a text only says how something is: «データが学習に利用されない»."""
    return any(bool(STATE.search(_body(sentence))) for sentence in sentences_of(text))


def is_statement(sentence: str) -> bool:
    """Return whether a text ends as a sentence does, not as the name of a thing."""
    body = _body(sentence)
    return bool(
        re.search(r"(?:です|ます|ません|ました|である|る|た|ない|う|く|す|つ|む|ぶ|ぐ)$", body)
    ) and (sentence.rstrip().endswith(("。", "!", "\uff01")))


def _body(sentence: str) -> str:
    folded = unicodedata.normalize("NFKC", sentence).strip()
    folded = folded.removeprefix("※").lstrip()
    return _TAIL.sub("", folded) or folded


def _kind(sentence: str, *, firm: bool) -> ClauseKind | None:
    folded = unicodedata.normalize("NFKC", sentence).strip()
    for reply, pattern in _REPLIES:
        match = pattern.match(folded)
        if match:
            return _replied(reply, _kind(folded[match.end() :], firm=firm))
    body = _body(sentence)
    if _PURPOSE.search(body) or folded.endswith("?"):
        return None
    never = NEVER.search(body) or (not folded.endswith("。") and PLAIN_NOT.search(body))
    if never and not STATE.search(body):
        return _prohibition(body)
    asked = bool((FIRM if firm else OBLIGED).search(body) or NOTED.search(body))
    promised = is_promise(folded)
    asked = asked and not promised
    if not FREELY.search(body) and _asks(body, asked=asked):
        return ClauseKind.DESK
    if _is_limit(body) and (asked or (not firm and ALLOWED.search(body))):
        return ClauseKind.CONDITIONAL
    if CHECKED.search(body[-24:]) and (asked or re.search(r"たか$|るか$|ないか$", body)):
        return ClauseKind.FINAL_CHECK
    if not firm and (ALLOWED.search(body) or FREELY.search(body)):
        return ClauseKind.ENCOURAGED
    if not firm and not promised and FIRM.search(body) and re.search(rf"{USE}|{ENTER}", body):
        return ClauseKind.CONDITIONAL
    return None


_CASE = re.compile(
    r"(?:(?:生成|作成|利用|使用|活用|掲載|公表)する|用いる|使う|作る|載せる)(?:場合|とき|際)"
)
_SEEN_BY = re.compile(
    r"(?:確認|点検|監修|レビュー|協議|審査)を?(?:受け|経[てた]|通し)|協議(?:の|し)"
)


def _is_case(body: str) -> bool:
    """Return whether somebody must look before a use: «画像を生成する場合は、確認を受ける»."""
    case = _CASE.search(body)
    if case is None or not _SEEN_BY.search(body):
        return False
    return not re.search(OUTPUT, body[: case.start()])


def _is_limit(body: str) -> bool:
    """Return whether a sentence sets a condition on the use, not a check on what came out."""
    limit = LIMITED.search(body)
    after = limit is not None and "てから" in limit[0]
    of_output = after and CHECKED.search(body) and re.search(OUTPUT, body)
    return _is_case(body) or (limit is not None and not of_output)


def _replied(reply: ClauseKind, rest: ClauseKind | None) -> ClauseKind:
    """Return what «はい、…» or «いいえ、…» says: a condition or a duty in the rest counts more."""
    if rest is ClauseKind.CONDITIONAL or (rest and reply is ClauseKind.ENCOURAGED):
        return rest
    return reply


def is_reply(text: str) -> bool:
    """Return whether a sentence is a bare «いいえ。» or «はい。»."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return any(pattern.fullmatch(folded) for _, pattern in _REPLIES)


def _prohibition(body: str) -> ClauseKind:
    """Return what a prohibition is: of entering or using, of using without leave, or of output."""
    if WITHOUT.search(body) and not re.search(r"以外", body):
        return ClauseKind.CONDITIONAL
    if EXCEPTION.search(body) or re.search(r"場合(?:は|に)?のみ", body):
        return ClauseKind.CONDITIONAL
    if DECIDED.search(body):
        return ClauseKind.FORBIDDEN_INPUT
    of_output = re.search(OUTPUT, body) and not re.search(rf"(?:{ENTER})", body[-14:])
    return ClauseKind.FINAL_CHECK if of_output else ClauseKind.FORBIDDEN_INPUT


def _asks(body: str, *, asked: bool) -> bool:
    """Return whether a sentence sends people to somebody: «…へ連絡してください», «窓口まで»."""
    if ALLOWED.search(body) and not re.search(
        r"窓口|(?:まで|へ|に、?)(?:相談|連絡|聞|問|質問)", body
    ):
        return False
    if re.search(
        r"(?:まで|へ|あて|宛て?|宛に)(?:お願い\w*|ご?(?:連絡|相談|一報|質問)\w*|\w{0,4}(?:聞い|声)\w*)?(?:ください|下さい)?$",
        body,
    ):
        return bool(ASK.search(body) or INCIDENT.search(body) or re.search(r"(?:まで|へ)$", body))
    told = ASK.search(body)
    if told is None or not asked:
        return False
    first = told[0]
    return not re.match(r"(?:相談|連絡|報告)(?:の上|のうえ|した上|して(?:から|の)|した後)", first)
