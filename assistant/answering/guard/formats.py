"""Things with a shape: phone, mail, My Number, card, bank account, staff numbers."""

import re
from collections.abc import Iterator, Sequence

from assistant.answering.guard.addresses import find_addresses
from assistant.answering.guard.spans import Span
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
_TWELVE = re.compile(r"(?<![0-9A-Za-z-])\d{4}[- ]?\d{4}[- ]?\d{4}(?![0-9A-Za-z-])")
_MY_NUMBER_WORD = re.compile(r"マイナンバー|個人番号|マイナ番号")
_CODE_WORD = re.compile(
    r"(?:品番|型番|コード|伝票|注文|ロット|製番|受注|管理|法人|商品|製品|JAN|ISBN)[^0-9]{0,6}$"
)
_CARD = re.compile(r"(?<![0-9A-Za-z-])[2-6]\d{3}(?:[- ]?\d){10,15}(?![0-9A-Za-z-])")
_CARD_LENGTHS = frozenset({14, 15, 16, 19})
"""Cards in use; thirteen digits are a JAN or ISBN, whose check digit is another."""

_ACCOUNT = re.compile(
    r"(?:(?:普通|当座|貯蓄|定期|\([普当]\))(?:預金|口座)?[\s:・、]{0,2}(?:口座)?(?:番号)?|口座(?:番号)?)"
    r"\s{0,2}(?:No\.?)?[はが:の]?\s{0,2}\d(?:[- ]?\d){5,7}(?!\d)"
    r"|(?:ゆうちょ(?:銀行)?\s{0,2})?記号\s{0,2}[は:]?\s{0,2}\d{5}[^0-9]{0,8}番号\s{0,2}[は:]?"
    r"\s{0,2}\d{5,8}(?!\d)"
)
_BANK = re.compile(
    r"(?:[一-龠々ァ-ヶーA-Za-zぁ-ん]{1,12}"
    r"(?:銀行|信用金庫|信金|信用組合|信組|農協|労働金庫|労金)\s{0,2})?"
    r"(?:[一-龠々〇ァ-ヶーぁ-ん0-9]{0,10}(?:支店|営業部|出張所|本店)\s{0,2})?"
    r"(?:店番(?:号)?\s{0,2}\d{3}\s{0,2}|\(?\d{3}\)?\s{1,2})?$"
)
_BEFORE_ACCOUNT = 40
"""Characters in front of an account number that may name bank and branch."""

_STAFF = re.compile(
    r"(?:[一-龠々]{0,4}(?:者|員|客|民|生)|スタッフ|お客様|得意先|取引先|仕入先|診察券|カルテ"
    r"|保険証|免許証?|旅券|パスポート|ユーザー?)"
    r"\s?(?:番号|コード|ID|Id|id|No\.?|ナンバー)\s{0,2}[はが:=の#]?\s{0,2}"
    r"[A-Za-z]{0,4}[-_]?(?:\d{3,12}(?:-\d{1,8}){0,3}|\d{1,2}(?:-\d{2,8}){1,3})(?!\d)"
    r"|(?:患者|契約|顧客|受講|学籍|カード会員)\s?(?:番号|コード|ID|Id|id|No\.?|ナンバー)"
    r"\s{0,2}[はが:=の#]?\s{0,2}[A-Za-z]{0,4}[-_]?(?:\d{3,12}(?:-\d{1,8}){0,3}|\d{1,2}(?:-\d{2,8}){1,3})(?!\d)"
)


def find_formats(text: str, words: Sequence[Morpheme] = ()) -> Iterator[Span]:
    """Yield every number or address with a shape in folded `text`; `words` sharpen the edges."""
    if not _DIGIT.search(text) and "@" not in text:
        return
    for pattern, category in (
        (_MAIL, Category.EMAIL),
        (_STAFF, Category.STAFF_OR_CUSTOMER_NUMBER),
    ):
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), category)
    yield from _phones(text)
    yield from find_addresses(text, words)
    yield from _accounts(text, words)
    yield from _my_numbers(text)
    yield from _cards(text)


_DIGIT = re.compile(r"[0-9一二三四五六七八九]|at[)\]]")


def _phones(text: str) -> Iterator[Span]:
    """Ten or eleven digits with a gap or two, or more with the country in front."""
    for match in _PHONE.finditer(text):
        count = len(_digits(match.group()))
        if (count in (10, 11) or match.group().startswith("+")) and not is_specimen(match.group()):
            yield Span(match.start(), match.end(), Category.PHONE)
    for match in _PHONE_IN_CONTEXT.finditer(text):
        yield Span(match.start(1), match.end(1), Category.PHONE)


def _accounts(text: str, words: Sequence[Morpheme]) -> Iterator[Span]:
    """Account numbers with the bank and branch in front; words before these stay."""
    for match in _ACCOUNT.finditer(text):
        first = max(0, match.start() - _BEFORE_ACCOUNT)
        before = _BANK.search(text[first : match.start()])
        start = first + before.start() if before else match.start()
        yield Span(after_particles(words, start, match.start()), match.end(), Category.BANK_ACCOUNT)


def after_particles(words: Sequence[Morpheme], start: int, end: int) -> int:
    """Return the place after the last particle in `start:end`, and `start` without one."""
    ends = [
        word.end
        for word in words
        if start <= word.start and word.end <= end and word.pos[0] in {"助詞", "助動詞"}
    ]
    return max(ends, default=start)


def _my_numbers(text: str) -> Iterator[Span]:
    """Twelve digits after their name, or whose check digit holds and that no product code is."""
    for match in _TWELVE.finditer(text):
        before = text[max(0, match.start() - 16) : match.start()]
        named = bool(_MY_NUMBER_WORD.search(before))
        if is_specimen(match.group()):
            continue
        if named or (is_my_number(_digits(match.group())) and not _CODE_WORD.search(before)):
            yield Span(match.start(), match.end(), Category.MY_NUMBER)


def _cards(text: str) -> Iterator[Span]:
    for match in _CARD.finditer(text):
        digits = _digits(match.group())
        before = text[max(0, match.start() - 16) : match.start()]
        if is_specimen(digits):
            continue
        if len(digits) in _CARD_LENGTHS and passes_luhn(digits) and not _CODE_WORD.search(before):
            yield Span(match.start(), match.end(), Category.CARD)


def is_specimen(number: str) -> bool:
    """Tell a number that nobody has: one digit over and over (0000 0000 0000, 000-0000-0000)."""
    return len(set(_digits(number))) == 1


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


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())
