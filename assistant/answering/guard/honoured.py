"""Names that an honorific behind them gives away, whatever a dictionary makes of their letters."""

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.answering.guard.famous import is_famous
from assistant.answering.guard.spans import Span
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
            span = Span(word.start, given.end(), Category.PERSON)
            if not is_famous(text, span.start, span.end):
                yield span


def _is_surname(word: Morpheme, is_surname: Callable[[str], bool]) -> bool:
    if len(word.surface) < 2 or not "一" <= word.surface[0] <= "龠" or "国" in word.pos:
        return False
    return word.pos[-1] == "姓" or ("普通名詞" not in word.pos and is_surname(word.surface))
