"""Names that an honorific behind them gives away, whatever a dictionary makes of their letters."""

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.answering.guard.spans import Span
from assistant.answering.guard.surnames import stands_alone
from assistant.answering.japanese.vocabulary import HOLDERS, vocabulary
from assistant.domain import Category
from assistant.ports import Morpheme

_LATIN = re.compile(
    r"(?<![A-Za-z.])[A-Z][A-Za-z'-]+(?: (?:[a-z]{2,3} )?[A-Z][A-Za-z'-]+){1,3}"
    r"(?= ?(?:さん|様|さま|氏|先生|教授|博士|くん|ちゃん|(?:副?部|課|係|店|社|所)長))"
)
"""«Maria da Silva様»: two capitals at least; one alone is a tool more often than a person."""
_KATAKANA = re.compile(
    r"(?<![ァ-ヶー])(?P<first>[ァ-ヶー]{2,8}) (?P<second>[ァ-ヶー]{2,8})"
    r"(?= ?(?:サン|サマ|クン)(?:[ニノハガヲトヘモ ]|$))"
)
"""«タントウノ オイカワ マサオ サンニ», half-width as it was typed."""
_PARTICLE = re.compile(r".*[ノニハガヲトデ]")
_GIVEN = re.compile(
    r"(?=[^のとはがをにもやでへか])[ぁ-ん一-龠]{0,2}[ぁ-ん]{1,3}"
    r"(?=さん|様|さま|氏|ちゃん|くん|先生)"
)
"""A given name with kana in it behind a surname: «鵜飼ひなのさん»."""
_HIRAGANA = re.compile(r"[ぁ-んー]+$")
_KANJI = re.compile(
    r"(?<![一-龠々ァ-ヶー])([一-龠々]{2,4}|[ァ-ヶー]{2,10})(?=様(?![子々式態])|さん|氏(?!名)|殿|先生)"
)
_CALLED = frozenset({"さん", "様", "さま", "氏", "殿", "くん", "先生"})
_COMMON = vocabulary(
    """
    皆 客 お客 神 王 奥 殿 何 貴方 仏 旦那 患者 業者 職人 母 父 兄 姉 妹 弟 孫 嫁 婿 娘 息子
    彼 誰 君
    """
)


def find_honoured(
    text: str, words: Sequence[Morpheme], is_surname: Callable[[str], bool]
) -> Iterator[Span]:
    """Yield people in folded `text` whom an honorific follows."""
    for match in _LATIN.finditer(text):
        yield Span(match.start(), match.end(), Category.PERSON)
    for match in _KATAKANA.finditer(text):
        start = match.start("second" if _PARTICLE.fullmatch(match["first"]) else "first")
        yield Span(start, match.end(), Category.PERSON)
    for word in words:
        given = _GIVEN.match(text, word.end)
        if given and len(given.group()) > 1 and _is_surname(word, is_surname):
            yield Span(word.start, given.end(), Category.PERSON)
    yield from _unknown(text, words)
    yield from _plain(words, is_surname)


def _unknown(text: str, words: Sequence[Morpheme]) -> Iterator[Span]:
    """Yield words that Sudachi does not know, and proper names."""
    by_end = {word.end: word for word in words}
    for match in _KANJI.finditer(text):
        word = by_end.get(match.end())
        if word is None or match.group() in _COMMON:
            continue
        if not word.known or "固有名詞" in word.pos:
            yield Span(match.start(), match.end(), Category.PERSON)


def _plain(words: Sequence[Morpheme], is_surname: Callable[[str], bool]) -> Iterator[Span]:
    """Yield surnames that are words too, and odd kana."""
    for at in range(1, len(words)):
        if words[at].surface not in _CALLED:
            continue
        word = words[at - 1]
        first = _kana_from(words, at - 1)
        if first < at - 1:
            yield Span(words[first].start, word.end, Category.PERSON)
        elif _is_plain_noun(word) and stands_alone(words[:at], at - 1) and is_surname(word.surface):
            yield Span(word.start, word.end, Category.PERSON)


def _is_surname(word: Morpheme, is_surname: Callable[[str], bool]) -> bool:
    if len(word.surface) < 2 or not "一" <= word.surface[0] <= "龠" or "国" in word.pos:
        return False
    return word.pos[-1] == "姓" or ("普通名詞" not in word.pos and is_surname(word.surface))


def _is_plain_noun(word: Morpheme) -> bool:
    other = word.surface in _COMMON or word.surface in HOLDERS
    return word.pos[:2] == ("名詞", "普通名詞") and word.surface[0] >= "\u4e00" and not other


def _kana_from(words: Sequence[Morpheme], last: int) -> int:
    """Return the first of the kana nouns that end at `last`: «つじ|もと» is no word but a name."""
    first = last
    while first >= 0 and _HIRAGANA.match(words[first].surface) and words[first].pos[0] == "名詞":
        first -= 1
    if first >= 0 and words[first].pos[0] == "接頭辞":
        return last
    return first + 1
