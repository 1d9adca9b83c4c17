"""Bank accounts: kind or bank beside a number in any order, ゆうちょ, transfers, IBAN."""

import re
from collections.abc import Iterator, Sequence

from assistant.answering.guard.spans import Span
from assistant.answering.guard.specimens import is_example_account
from assistant.domain import Category
from assistant.ports import Morpheme

_KIND = r"(?:普通|当座|貯蓄|定期|別段|納税準備|通知|積立|フツウ|トウザ|チョチク|\([普当]\))"
_NUMBER = r"(?<![\d-])\d(?:[- ]?\d){5,7}(?![\d-])"
_HOLDER = r"(?:[\s,、]{0,2}\(?[ァ-ヶ]{1,3}[)(][ァ-ヶー・ ]{2,24})?"
"""«カ)オギノカナモノ»: the holder as banks write it."""
_ACCOUNT = re.compile(
    rf"(?:{_KIND}(?:預金|口座|ヨキン)?[\s:・、,|/=]{{0,3}}(?:口座)?(?:番号)?|口座(?:番号)?)"
    rf"\s{{0,2}}(?:No\.?)?[はがを:の=]?[\s「|,]{{0,2}}\d(?:[- ]?\d){{5,7}}(?!\d){_HOLDER}"
    r"|(?:ゆうちょ(?:銀行)?\s{0,2})?記号(?:番号)?\s{0,2}[は:|]?\s{0,2}\d{5}[^0-9]{0,8}"
    r"(?:番号)?\s{0,2}[は:|]?\s{0,2}\d{5,8}(?!\d)"
    r"|(?<![\d-])(?:1\d{3}0-(?:\d-)?\d{6,8}|0[01]\d{3}-\d-\d{1,6})(?![\d-])"
    rf"|{_NUMBER}\s?[(,、/]?\s?{_KIND}\)?"
    r"|\b(?:Ag\.? ?\d{4} )?(?:A/C|C/C|acc(?:oun)?t)\s{0,2}(?:no\.?|number|#)?\s{0,2}[:=]?\s{0,2}\d[\d-]{5,14}(?!\d)",  # noqa: E501
    re.IGNORECASE,
)
_AT_BANK = re.compile(
    r"(?:銀行|ギンコウ|バンク|信金|信用金庫|信組|農協|漁協|労金|信連|支店|支所|出張所|営業部|シテン|本店)"
    r"[^\d\n。]{0,6}(?P<number>\d{3}[- ]\d{7}|\d{7})(?![\d-])"
)
_ROW = re.compile(
    r"(?<![\d-])\d{4}[ ,\t|]{1,3}(?:[ァ-ヶー]{1,15}[ ,\t|]{1,3})?\d{3}[ ,\t|]{1,3}"
    rf"(?:[ァ-ヶー]{{1,15}}[ ,\t|]{{1,3}})?[1249][ ,\t|]{{1,3}}\d{{7}}(?!\d){_HOLDER}"
)
"""One transfer of the banks' association (全銀): bank, branch, kind, number."""
_IBAN = re.compile(
    r"(?<![A-Za-z0-9])(?P<name>IBAN[:\s]{0,3})?(?P<number>[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}"
    r"(?: ?[A-Z0-9]{1,3})?)(?![A-Za-z0-9])"
)
_BANK = re.compile(
    r"(?:[一-龠々ァ-ヶーA-Za-zぁ-ん]{1,12}"
    r"(?:銀行|信用金庫|信金|信用組合|信組|農協|漁協|信連|労働金庫|労金)\s{0,2})?"
    r"(?:[一-龠々〇ァ-ヶーぁ-ん0-9]{0,10}(?:支店|支所|営業部|出張所|本店|シテン)\s{0,2})?"
    r"(?:\(?店番(?:号)?\s{0,2}\d{3}\)?\s{0,2}|\(?\d{3}\)?\s{1,2})?$"
)
_AS_LONG = re.compile(r"(?<![\d-])\d{7}(?![\d-]|\s?[円個人件])")
"""Another account soon after the first: «…を0317748と聞いたけど…»."""
_BEFORE_ACCOUNT = 40
"""Characters in front of an account number that may name bank and branch."""


def find_accounts(text: str, words: Sequence[Morpheme]) -> Iterator[Span]:
    """Yield account numbers with the bank and branch in front; words before these stay."""
    for match in _ACCOUNT.finditer(text):
        yield from _with_bank(text, words, match)
        for other in _AS_LONG.finditer(text, match.end(), match.end() + _BEFORE_ACCOUNT):
            yield Span(other.start(), other.end(), Category.BANK_ACCOUNT)
    for match in _AT_BANK.finditer(text):
        yield from _with_bank(text, words, match)
    for match in _ROW.finditer(text):
        yield Span(match.start(), match.end(), Category.BANK_ACCOUNT)
    for match in _IBAN.finditer(text):
        if match["name"] or is_iban(match["number"].replace(" ", "")):
            yield Span(match.start("number"), match.end(), Category.BANK_ACCOUNT)


def _with_bank(text: str, words: Sequence[Morpheme], match: re.Match[str]) -> Iterator[Span]:
    if is_example_account(match.group(), text):
        return
    number = match.start("number") if "number" in match.re.groupindex else match.start()
    first = max(0, number - _BEFORE_ACCOUNT)
    before = _BANK.search(text[first:number])
    start = first + before.start() if before else number
    yield Span(after_particles(words, start, number), match.end(), Category.BANK_ACCOUNT)


def after_particles(words: Sequence[Morpheme], start: int, end: int) -> int:
    """Return the place after the last particle in `start:end`, and `start` without one."""
    ends = [
        word.end
        for word in words
        if start <= word.start and word.end <= end and word.pos[0] in {"助詞", "助動詞"}
    ]
    return max(ends, default=start)


def is_iban(number: str) -> bool:
    """Tell whether the check digits of an IBAN hold (ISO 13616: remainder 1 of 97)."""
    turned = number[4:] + number[:4]
    return int("".join(str(int(character, 36)) for character in turned)) % 97 == 1
