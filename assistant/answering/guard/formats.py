"""Things with a shape: phone, mail, My Number, card, bank account, staff numbers."""

import re
from collections.abc import Iterator, Sequence

from assistant.answering.guard.accounts import find_accounts
from assistant.answering.guard.addresses import find_addresses
from assistant.answering.guard.numbers import find_numbers
from assistant.answering.guard.spans import Span
from assistant.answering.guard.specimens import (
    digits_of,
    is_example_mail,
    is_specimen,
    is_test_card,
)
from assistant.domain import Category
from assistant.ports import Morpheme

_GAP = r"(?:\s?[-ー.]\s?| |\s?\(|\)\s?|)"
_PHONE = re.compile(
    r"(?:(?<![0-9A-Za-z_-])(?<!\d\.)|(?<=TEL)|(?<=Tel)|(?<=tel)|(?<=FAX)|(?<=Fax)|(?<=fax))"
    rf"(?:\+\d{{1,3}}(?:{_GAP}\d){{8,12}}"
    rf"|\(?0\d{{1,4}}(?:\s?[-ー.]\s?| |\)\s?-?|\s?\()\d{{1,4}}(?:\s?[-ー.]\s?| |\)\s?-?)\d{{3,4}}"
    r"|0[5789]0\d{8}|0(?:120|800)\d{6,7}"
    r")(?![0-9A-Za-z-])"
)
_PHONE_IN_CONTEXT = re.compile(
    r"(?:電話|でんわ|TEL|Tel|tel|FAX|Fax|携帯|ケータイ|連絡先)[^0-9\n]{0,8}(0\d{9,10})(?!\d)"
)
_MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+'-])[A-Za-z0-9._%+'-]++(?:@|\s?[(\[]at[)\]]\s?)"
    r"[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)+"
)
_TWELVE = re.compile(
    r"(?<![0-9A-Za-z-])(?<!\d{4} )\d{4}[- ]?\d{4}[- ]?\d{4}(?![0-9A-Za-z-]| \d{4}(?!\d))"
)
_MY_NUMBER_WORD = re.compile(r"マイナンバー|個人番号|マイナ番号")
_CODE_WORD = re.compile(
    r"(?:品番|型番|コード|伝票|注文|ロット|製番|受注|管理|法人|商品|製品|JAN|ISBN)[^0-9]{0,6}$"
)
_CARD = re.compile(r"(?<![0-9A-Za-z-])[2-6]\d{3}(?:[- ]?\d){10,15}(?![0-9A-Za-z-])")
_CARD_LENGTHS = frozenset({14, 15, 16, 19})
"""Cards in use; thirteen digits are a JAN or ISBN, whose check digit is another."""


def find_formats(text: str, words: Sequence[Morpheme] = ()) -> Iterator[Span]:
    """Yield every number or address with a shape in folded `text`; `words` sharpen the edges."""
    if not _DIGIT.search(text) and "@" not in text:
        return
    for match in _MAIL.finditer(text):
        if not is_example_mail(match.group()):
            yield Span(match.start(), match.end(), Category.EMAIL)
    yield from find_numbers(text)
    yield from _phones(text)
    yield from find_addresses(text, words)
    yield from find_accounts(text, words)
    yield from _my_numbers(text)
    yield from _cards(text)


_DIGIT = re.compile(r"[0-9一二三四五六七八九]|at[)\]]")


def _phones(text: str) -> Iterator[Span]:
    """Ten or eleven digits with a gap or two, or more with the country in front."""
    for match in _PHONE.finditer(text):
        count = len(digits_of(match.group()))
        if (count in (10, 11) or match.group().startswith("+")) and not is_specimen(match.group()):
            yield Span(match.start(), match.end(), Category.PHONE)
    for match in _PHONE_IN_CONTEXT.finditer(text):
        yield Span(match.start(1), match.end(1), Category.PHONE)


def _my_numbers(text: str) -> Iterator[Span]:
    """Twelve digits after their name, or whose check digit holds and that no product code is."""
    for match in _TWELVE.finditer(text):
        before = text[max(0, match.start() - 16) : match.start()]
        named = bool(_MY_NUMBER_WORD.search(before))
        if is_specimen(match.group()):
            continue
        if named or (is_my_number(digits_of(match.group())) and not _CODE_WORD.search(before)):
            yield Span(match.start(), match.end(), Category.MY_NUMBER)


def _cards(text: str) -> Iterator[Span]:
    """Numbers whose check digit holds; printed in fours after the word, one digit may be wrong."""
    for match in _CARD.finditer(text):
        digits = digits_of(match.group())
        before = text[max(0, match.start() - 16) : match.start()]
        if is_specimen(digits) or is_test_card(digits, text) or len(digits) not in _CARD_LENGTHS:
            continue
        named = bool(_CARD_WORD.search(before))
        if passes_luhn(digits):
            if named or _FOURS.fullmatch(match.group()) or not _CODE_WORD.search(before):
                yield Span(match.start(), match.end(), Category.CARD)
        elif named or (_FOURS.fullmatch(match.group()) and _PAID.search(text)):
            yield Span(match.start(), match.end(), Category.CARD)


_CARD_WORD = re.compile(r"(?:カード|クレカ|VISA|Master|JCB|AMEX|card)[^0-9]{0,10}$", re.IGNORECASE)
_FOURS = re.compile(r"\d{4}(?:[- ]\d{4}){3}")
_PAID = re.compile(r"カード|決済|注文|支払|返金|有効期限|名義")


def is_my_number(digits: str) -> bool:
    """Tell whether the last of twelve digits is the check digit (総務省令第85号 第5条)."""
    total = sum(
        int(digit) * (n + 1 if n <= 6 else n - 5)
        for n, digit in enumerate(reversed(digits[:11]), start=1)
    )
    rest = total % 11
    return int(digits[11]) == (0 if rest <= 1 else 11 - rest)


def passes_luhn(digits: str) -> bool:
    """Tell whether a card number's check digit holds (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
