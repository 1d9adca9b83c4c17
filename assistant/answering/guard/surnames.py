"""Surnames without an honorific: the words around say that somebody is meant."""

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.answering.japanese.vocabulary import HOLDERS
from assistant.ports import Morpheme

PRIVATE = re.compile(
    r"評価|査定|考課|健康|病|休職|復職|面談|給与|給料|年収|賞与|ボーナス|懲戒|退職|処分|家族|離婚|妊娠|産休|育休"
    r"|診断|陽性|障害者|鬱|うつ|メンタル|昇格|昇進|降格|人事評|勤務態度|入院|治療|通院"
)
"""Health, evaluation and the like: with these words even a colleague's name is personal."""

LABEL = re.compile(
    r"(?:氏名|名前|お名前|旧姓|署名|(?:^|\s)(?:from|to|cc)|メンバー|(?:出席|参加|欠席|発言|作成|報告|申請|承認)者"
    r"|(?:お客様|顧客|担当者?|患者|社員|従業員|応募者|受講者|代表者?|契約者|保護者|利用者|宛先?|差出人)名?)"
    r"(?:は|が|:|の|=|\s){0,2}\s?[「『]?$",
    re.IGNORECASE,
)
_ROLE_OF = re.compile(
    r"(?:[一-龠](?:師|士|員|者|長|医|生|係|客|任|家|主)|部下|上司|同僚|後輩|先輩|新人|先方|担当|バイヤー"
    r"|パート|アルバイト|派遣|(?:号室|番)の?患者)の$|号室の$"
)
"""«看護師の篠田が»: after an occupation a surname is somebody."""

_PARTICLES = frozenset(
    {"が", "は", "に", "を", "と", "へ", "から", "の", "も", "、", "より", "って", "で"}
)
_KANJI = re.compile(r"[一-龠々]{2,4}$")

_DOES = re.compile(
    r"(?:が|は|も|って)[^。\n]{0,12}?(?:言[いっわう]|話し|聞[いき]|帰っ|休[みむん]|辞め|退職|産休|育休|異動"
    r"|出社|出勤|欠勤|遅刻|早退|怒っ|泣い|困っ|謝っ|担当し|出席|参加|欠席|体調|入院|入社|書い[たて]|提出|報告し"
    r"|相談し|発言|連絡し|電話し|来[たてる]|戻っ)"
)
_MEETS = re.compile(
    r"(?:に|へ|から|と|を)(?:も|は)?[^。、\n]{0,8}?(?:聞[いきか]|相談|電話|連絡|頼[みむん]|伝え|返信|返事"
    r"|渡[しすせ]|話[しす]|会[いうっ]|謝[りっ]|お礼|打ち合わせ|面談|紹介|指導|呼[びんぶ]|メール|質問|言われ)"
)
"""What people do, and what one does with people: a surname beside it is a person, no place."""
_OF_PRIVATE = re.compile(rf"(?:の|が|は)\s?(?:{PRIVATE.pattern})")
_JOINS = frozenset({"、", "・", "と", "や", ",", "/", "&"})


def bare_surnames(
    text: str, words: Sequence[Morpheme], is_surname: Callable[[str], bool]
) -> Iterator[int]:
    """Yield the index of each word that is somebody's surname by what stands around it."""
    listed = _listed(words)
    for at, word in enumerate(words):
        sure = word.pos[-1] == "姓" and "人名" in word.pos
        if not (sure or _may_be(word)) or not stands_alone(words, at):
            continue
        before, after = (
            text[max(0, word.start - _BEFORE) : word.start],
            text[word.end : word.end + _AFTER],
        )
        placed = bool(_ROLE_OF.search(before) or LABEL.search(before))
        if (sure and (len(word.surface) > 1 or is_met(text, word.start, word.end))) or (
            not sure
            and (placed or at in listed or _OF_PRIVATE.match(after))
            and is_surname(word.surface)
        ):
            yield at


def is_met(text: str, start: int, end: int) -> bool:
    """Tell whether the words around `start:end` are those that one has for a person."""
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    if _ROLE_OF.search(before) or LABEL.search(before) or PRIVATE.search(text):
        return True
    return bool(_DOES.match(after) or _MEETS.match(after))


_BEFORE = 24
_AFTER = 30


def _may_be(word: Morpheme) -> bool:
    """Tell a word of two kanji or more that the dictionary may hold as a surname too (浅見)."""
    if word.pos[0] != "名詞" or word.surface in HOLDERS or "国" in word.pos:
        return False
    return bool(_KANJI.match(word.surface)) and word.pos[1] in {"固有名詞", "普通名詞"}


def stands_alone(words: Sequence[Morpheme], at: int) -> bool:
    """Tell whether a particle or the end follows: no part of a longer name (松下電器)."""
    before = words[at - 1] if at else None
    if before is not None and before.pos[0] in {"名詞", "接頭辞"} and not _may_precede(before):
        return False
    return at + 1 == len(words) or words[at + 1].surface in _PARTICLES | _JOINS | {")", "\n", " "}


def _may_precede(word: Morpheme) -> bool:
    """«今朝|黒岩», «弊社|柴崎»: a time or a holder begins no longer name."""
    return "副詞可能" in word.pos or word.surface in HOLDERS or word.surface in _OURS


_OURS = frozenset({"弊社", "当社", "担当", "担任", "新人"})


def _listed(words: Sequence[Morpheme]) -> frozenset[int]:
    """Return the surnames that stand beside another one: «冨樫、野々村、伊東»."""
    found = set()
    for at in range(len(words) - 2):
        first, joint, second = words[at : at + 3]
        if "姓" in {first.pos[-1], second.pos[-1]} and joint.surface in _JOINS:
            found |= {at, at + 2}
    return frozenset(found)
