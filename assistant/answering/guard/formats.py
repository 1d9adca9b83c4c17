"""Things with a shape: phone, mail, address, My Number, card, bank account, staff numbers."""

import re
from collections.abc import Iterator

from assistant.answering.guard.spans import Span
from assistant.domain import Category

_PHONE = re.compile(
    r"(?<![0-9A-Za-z.-])(?:"
    r"\+81[- ]?(?:\(0\))?\d{1,4}[- ]\d{1,4}[- ]\d{3,4}"
    r"|0\d{1,4}[-ー ]\d{1,4}[-ー ]\d{3,4}"
    r"|0\d{1,4}\(\d{1,4}\)\d{3,4}|\(0\d{1,4}\)\d{1,4}-\d{3,4}"
    r"|0[5789]0\d{8}|0(?:120|800)\d{6,7}"
    r")(?![0-9A-Za-z-])"
)
_PHONE_IN_CONTEXT = re.compile(
    r"(?:電話|でんわ|TEL|Tel|tel|FAX|Fax|携帯|ケータイ|連絡先)[^0-9\n]{0,8}(0\d{9,10})(?!\d)"
)
_MAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_NUMBER = r"(?:\d+|[一二三四五六七八九十]+)"
_TOWN = r"[一-龠々ァ-ヶぁ-ん]{1,7}?[市区郡町村]"
_STREET = (
    rf"{_NUMBER}(?:丁目|番地|番|条|-\d+)(?:[の東西南北]?{_NUMBER}(?:丁目|番地|番|号)?"
    rf"|-\d+)*(?:号室?)?"
)
_BUILDING = (
    r"(?:\s?[一-龠々ァ-ヶーA-Za-z0-9]{2,15}(?:ビル|タワー|マンション|ハイツ|荘"
    r"|館)\s?(?:\d+(?:階|F|号室?)?)?)?"
)
_ADDRESS = re.compile(
    rf"(?:〒\s?\d{{3}}-?\d{{4}}\s?)?"
    rf"(?:(?:東京都|北海道|京都府|大阪府|[一-龠]{{2,3}}県){_TOWN}"
    rf"|[一-龠々]{{1,5}}[市区郡]{_TOWN}|[一-龠々]{{1,5}}市)"
    rf"[一-龠々ァ-ヶぁ-ん]{{0,12}}?{_STREET}{_BUILDING}"
)
_POSTCODE = re.compile(r"〒\s?\d{3}-?\d{4}|(?:郵便番号)[は:\s]*(\d{3}-\d{4})")
_TWELVE = re.compile(r"(?<![0-9A-Za-z-])\d{4}[- ]?\d{4}[- ]?\d{4}(?![0-9A-Za-z-])")
_MY_NUMBER_WORD = re.compile(r"マイナンバー|個人番号|マイナ番号")
_CODE_WORD = re.compile(
    r"(?:品番|型番|コード|伝票|注文|ロット|製番|受注|管理|法人|商品|製品)[^0-9]{0,6}$"
)
_CARD = re.compile(r"(?<![0-9A-Za-z-])[3-6]\d{3}(?:[- ]?\d){9,15}(?![0-9A-Za-z-])")
_BANK = re.compile(
    r"(?:[一-龠々ァ-ヶーA-Za-z]{1,12}(?:銀行|信用金庫|信金|信用組合|農協)\s*)?"
    r"(?:[一-龠々ァ-ヶーぁ-ん]{1,10}支店\s*)?(?:店番\s*\d{3}\s*)?"
    r"(?:(?:普通|当座|貯蓄)(?:預金|口座)?(?:番号)?|口座(?:番号)?)\s*[はが:の]?\s*\d{6,8}(?!\d)"
    r"|(?:ゆうちょ(?:銀行)?\s*)?記号\s*[は:]?\s*\d{5}[^0-9]{0,8}番号\s*[は:]?\s*\d{5,8}(?!\d)"
)
_STAFF = re.compile(
    r"(?:社員|従業員|職員|スタッフ|顧客|会員|お客様|得意先|取引先|患者|契約者?|受講者|学籍)"
    r"\s?(?:番号|コード|ID|Id|id|No\.?|ナンバー)\s*(?:[はが:=の#]|\s)?\s*"
    r"[A-Za-z]{0,4}[-_]?\d{3,12}(?:-\d{1,8})*(?!\d)"
)


def find_formats(text: str) -> Iterator[Span]:
    """Yield every number or address with a shape in folded `text`."""
    for pattern, category in (
        (_PHONE, Category.PHONE),
        (_MAIL, Category.EMAIL),
        (_ADDRESS, Category.ADDRESS),
        (_BANK, Category.BANK_ACCOUNT),
        (_STAFF, Category.STAFF_OR_CUSTOMER_NUMBER),
    ):
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), category)
    for match in _PHONE_IN_CONTEXT.finditer(text):
        yield Span(match.start(1), match.end(1), Category.PHONE)
    for match in _POSTCODE.finditer(text):
        group = 1 if match.group(1) else 0
        yield Span(match.start(group), match.end(group), Category.ADDRESS)
    yield from _my_numbers(text)
    yield from _cards(text)


def _my_numbers(text: str) -> Iterator[Span]:
    """Twelve digits after their name, or whose check digit holds and that no product code is."""
    for match in _TWELVE.finditer(text):
        before = text[max(0, match.start() - 16) : match.start()]
        named = bool(_MY_NUMBER_WORD.search(before))
        if named or (is_my_number(_digits(match.group())) and not _CODE_WORD.search(before)):
            yield Span(match.start(), match.end(), Category.MY_NUMBER)


def _cards(text: str) -> Iterator[Span]:
    for match in _CARD.finditer(text):
        if passes_luhn(_digits(match.group())):
            yield Span(match.start(), match.end(), Category.CARD)


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
