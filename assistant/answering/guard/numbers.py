"""Numbers that stand for one person: of staff, members, patients, contracts."""

import re
from collections.abc import Iterator

from assistant.answering.guard.spans import Span
from assistant.domain import Category

_WHOSE = (
    r"(?:[一-龠々]{0,4}(?:者|員|客|民|生|主)|社|職|院内|スタッフ|メンバー|お客様?|得意先|取引先|仕入先"
    r"|患者|契約|顧客|受講|学籍|受験|カード会員|保険証?|証券|供給地点(?:特定)?|受付|受診|診察|カルテ"
    r"|問診|整理|予約|世帯|宛名|組合員|会員|免許証?|旅券|パスポート|ユーザー?|アカウント|ログイン|申込|個人"
    r"|[一-龠々]{0,4}記号)"
)
_NUMBERED = r"\s?(?:番号|コード|ID|No\.?|№|ナンバー|番)"
_CARD = (
    r"(?:診察券|診察カード|会員証|会員カード|社員証|職員証|学生証|[一-龠々]{1,4}員証|免許証|保険証"
    r"|利用者?カード|利用券|ポイントカード|旅券|パスポート|カルテ|社番|職番)"
)
_LATIN = (
    r"(?<![A-Za-z])(?:emp(?:loyee)?|staff|member|customer|client|patient|user|student|policy|cust"
    r"|crew|badge|uid)[\s_-]?(?:id|no\.?|number|code|#)"
)
_BETWEEN = r"(?:\([^()\n]{1,20}\))?[\s:=はがの#|,・、「『\"'(\[→]{0,4}"
_VALUE = (
    r"第?(?:[一-龠][-・])?[A-Za-z]{0,6}[-_#.]?(?=[A-Za-z-]{0,8}\d)[A-Za-z0-9]{1,24}"
    r"(?:[-_/][A-Za-z0-9]{1,16}){0,7}(?:\s?枝番?\s?\d{1,3})?"
)
_LABELLED = re.compile(
    rf"(?:{_WHOSE}{_NUMBERED}|{_CARD}(?:番号|No\.?)?|{_LATIN}){_BETWEEN}(?P<value>{_VALUE})"
    r"(?![A-Za-z0-9@])(?!\s?(?:桁|文字|件|名|人|円|万|年|個|回|月|日|分|秒|ページ|種類|%|号?\s?様式|度|点))",
    re.IGNORECASE,
)
_ISSUED = re.compile(r"(?<![A-Za-z0-9_])(?:cus|cust|usr|user|mem|emp|acct|pat|stu)_[A-Za-z0-9]{6,}")
"""Numbers as systems issue them: `cus_…`."""
_BELONGS = re.compile(
    r"(?<![A-Za-z0-9.\-/])(?P<value>[A-Z]{0,4}[-#]?\d[\d-]{2,12}\d)(?:番)?"
    r"(?:さん|様|氏|の(?:社員|職員|従業員|患者|会員|お客様|方(?!法|が|式|向)|生徒|学生|利用者|ご契約者"
    r"|[一-龠]{0,2}(?:昇給|昇格|辞令|夜勤|残業|有休|人事|勤怠|督促|解約|滞納|延滞|退会|休職|異動届)))"
)
"""A number that is treated as somebody: «402-118の昇給辞令»."""
_LETTER = re.compile(r"(?<![A-Za-z0-9.\-/])EMP[-#]?\d{3,8}(?![A-Za-z0-9])")


def find_numbers(text: str) -> Iterator[Span]:
    """Yield numbers of staff, customers, members and patients in folded `text`."""
    for match in _LABELLED.finditer(text):
        if sum(character.isdigit() for character in match["value"]) >= _DIGITS:
            yield Span(match.start(), match.end(), Category.STAFF_OR_CUSTOMER_NUMBER)
    for match in _ISSUED.finditer(text):
        if any(character.isdigit() for character in match.group()):
            yield Span(match.start(), match.end(), Category.STAFF_OR_CUSTOMER_NUMBER)
    for pattern in (_BELONGS, _LETTER):
        for match in pattern.finditer(text):
            end = match.end("value") if "value" in pattern.groupindex else match.end()
            yield Span(match.start(), end, Category.STAFF_OR_CUSTOMER_NUMBER)


_DIGITS = 3
"""Fewer count or order things: «会員No.2»."""
