"""Names of people: what Sudachi calls 人名, where the words around say it is somebody."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.answering.guard.spans import Span
from assistant.answering.vocabulary import vocabulary
from assistant.domain import Category
from assistant.ports import Morpheme

_HONORIFICS = frozenset({"さん", "様", "さま", "氏", "殿", "君", "くん", "ちゃん", "先生", "女史"})
_TITLES = vocabulary(
    """
    社長 副社長 会長 専務 常務 取締役 執行役員 本部長 部長 副部長 次長 課長 係長 班長
    主任 主査 主事 主幹 参事 室長 所長 院長 園長 校長 師長 理事長 事務長 監査役
    支店長 店長 工場長 リーダー マネージャー 医師 看護師 弁護士 税理士 教授 教諭 選手 議員
    社員 職員 先輩 後輩
    """
)
_TITLE = re.compile("|".join(sorted(_TITLES, key=len, reverse=True)))
_OFFICE = re.compile(r"(?:専務|常務|部長|次長|課長|係長|主任|主査|室長)(?![一-龠])")
"""Titles that stand after a surname that is a place's name too (大和田課長), not after a place."""
_LABEL = re.compile(
    r"(?:氏名|名前|お名前|(?:お客様|顧客|担当者?|患者|社員|従業員|応募者|受講者"
    r"|代表者?|契約者|宛先?|差出人)名?)"
    r"(?:は|が|:|の|=|\s)?\s*[「『]?$"
)
_ABOUT_THE_WORD = re.compile(
    r"^という(?:呼び方|呼び名|書き方|言い方|敬称|表現|言葉|名前の(?:ソフト|ツール|機能))"
)
_PUBLIC_FIGURE = re.compile(
    r"^(?:さん|氏|先生)?(?:の(?:名言|言葉|格言|著書|著作|小説|本|伝記|生涯|戦略"
    r"|経営哲学|哲学|逸話|語録|思想)|が(?:書いた|著した|遺した|言った))"
)
_ROLE_OF = re.compile(
    r"(?:[一-龠](?:師|士|員|者|長|医|生|係|客)|部下|上司|同僚|後輩|先輩|新人|先方|担当|バイヤー"
    r"|パート|アルバイト|派遣|(?:号室|番)の?患者)の$|号室の$"
)
"""«看護師の篠田が»: after an occupation a surname is somebody."""
_PARTICLES = frozenset({"が", "は", "に", "を", "と", "へ", "から", "の", "も", "、", "より"})
_KATAKANA_FULL = re.compile(
    r"(?<![ァ-ヶー])[ァ-ヶー]{2,12}(?:[・= ][ァ-ヶー]{1,12}){1,4}+"
    r"(?=\s?(?:さん|様|さま|氏|殿|先生|くん|ちゃん))"
)
"""グエン・ティ・ホアさん: names with a dot between, before an honorific."""
_HANDLE = re.compile(r"(?<![\w@/.])@([a-z]{2,20}[._-][a-z]{2,20})(?![\w@/(.-])")
"""@given.family: how chats address a person."""

_ROMANISED = re.compile(
    r"\b(?:Mr|Ms|Mrs|Miss|Dr)\.? ?[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z'-]+)?"
    r"|\b[A-Z][a-z]{2,}(?: [A-Z][a-z]+)?[- ]?(?:san|sama|さん|様|氏)(?![A-Za-z])"
)
_KANJI_NAME = re.compile(
    r"(?<![一-龠々ァ-ヶー])([一-龠々]{2,4}|[ァ-ヶー]{2,10})(?=様(?![子々式態])|さん|氏(?!名)|殿|先生)"
)
_WORK_PERSON = re.compile(
    r"評価|査定|考課|健康|病|休職|面談|給与|賞与|懲戒|退職|処分|家族|離婚|妊娠"
)
"""With these words even a colleague's name is personal information."""


def find_people(
    text: str, words: Sequence[Morpheme], *, colleagues: frozenset[str]
) -> Iterator[Span]:
    """Yield people's names in folded `text`; `colleagues` may be called さん in plain matters."""
    private = bool(_WORK_PERSON.search(text))
    for first, last in _name_runs(words):
        start, end = words[first].start, words[last].end
        if _is_person(text, words, first, last) or (
            private and _is_bare_surname(words, first, last)
        ):
            known = text[start:end].replace(" ", "") in colleagues
            polite = last + 1 < len(words) and words[last + 1].surface in {"様", "さま", "氏", "殿"}
            if not known or polite or private:
                yield Span(start, end, Category.PERSON)
    for pattern in (_ROMANISED, _KATAKANA_FULL):
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), Category.PERSON)
    for match in _HANDLE.finditer(text):
        yield Span(match.start(1), match.end(1), Category.PERSON)
    for span in _before_honorific(text, words):
        if text[span.start : span.end] not in colleagues or private:
            yield span


def _name_runs(words: Sequence[Morpheme]) -> Iterator[tuple[int, int]]:
    """Yield first and last index of each run of name words, a space between them allowed."""
    at = 0
    while at < len(words):
        if not _may_be_name(words[at]):
            at += 1
            continue
        last = at
        while last + 1 < len(words) and _may_be_name(words[last + 1]) and last - at < 3:
            last += 1
        if (
            last + 2 < len(words)
            and words[last + 1].surface.strip() == ""
            and _is_name(words[last + 2])
            and _is_name(words[last])
        ):
            last += 2
        yield at, last
        at = last + 1


def _is_name(word: Morpheme) -> bool:
    return "人名" in word.pos


def _may_be_name(word: Morpheme) -> bool:
    """Place names are surnames too (千葉さん, 石川様)."""
    return _is_name(word) or ("地名" in word.pos and "国" not in word.pos)


def _is_person(text: str, words: Sequence[Morpheme], first: int, last: int) -> bool:
    start, end = words[first].start, words[last].end
    rest = text[end : end + 60]
    honorific = last + 1 < len(words) and words[last + 1].surface in _HONORIFICS
    after = rest[len(words[last + 1].surface) :] if honorific else rest
    if _ABOUT_THE_WORD.match(after) or _PUBLIC_FIGURE.match(rest):
        return False
    named = any(_is_name(word) for word in words[first : last + 1])
    if honorific:
        return named or last == first
    if not named and last == first and _OFFICE.match(rest):
        return True
    if not named:
        return False
    if _TITLE.match(rest) and words[last].pos[-1] != "名":
        return True
    if _is_full_name(words[first : last + 1]):
        return True
    before = text[max(0, start - 24) : start]
    role = _ROLE_OF.search(before) and words[last].pos[-1] == "姓" and _stands_alone(words, last)
    return bool(role or _LABEL.search(before))


def _is_bare_surname(words: Sequence[Morpheme], first: int, last: int) -> bool:
    """«田中の評価»: a surname alone, where the text is about somebody's health or evaluation."""
    return first == last and words[last].pos[-1] == "姓" and _stands_alone(words, last)


def _stands_alone(words: Sequence[Morpheme], at: int) -> bool:
    """Tell whether a particle or the end follows: no part of a longer name (松下電器)."""
    joined = at > 0 and words[at - 1].pos[0] == "名詞"
    return not joined and (at + 1 == len(words) or words[at + 1].surface in _PARTICLES)


def _is_full_name(run: Sequence[Morpheme]) -> bool:
    """A surname and then a given name need no honorific."""
    kinds = [word.pos[-1] for word in run if _is_name(word)]
    return any(pair == ("姓", "名") for pair in pairwise(kinds))


_COMMON_BEFORE_SAMA = frozenset(
    {"皆", "客", "お客", "神", "王", "奥", "殿", "何", "貴方", "仏", "旦那", "患者", "業者", "職人"}
)


def _before_honorific(text: str, words: Sequence[Morpheme]) -> Iterator[Span]:
    """A word that Sudachi does not know, before 様 or さん, is mostly a name."""
    by_end = {word.end: word for word in words}
    for match in _KANJI_NAME.finditer(text):
        word = by_end.get(match.end())
        if word is None or match.group() in _COMMON_BEFORE_SAMA:
            continue
        if not word.known or "固有名詞" in word.pos:
            yield Span(match.start(), match.end(), Category.PERSON)
