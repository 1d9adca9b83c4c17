"""What stands in the place of what was masked: 〔A様〕, 〔電話番号2〕."""

import re
from collections.abc import Sequence

from assistant.answering.guard.repeats import called
from assistant.domain import Category

LETTERED = {Category.PERSON: "様", Category.COMPANY: "社様"}
"""What follows the letter of those who get one."""
_LABELS = {
    Category.PHONE: "電話番号",
    Category.EMAIL: "メールアドレス",
    Category.ADDRESS: "住所",
    Category.MY_NUMBER: "マイナンバー",
    Category.CARD: "カード番号",
    Category.BANK_ACCOUNT: "口座番号",
    Category.STAFF_OR_CUSTOMER_NUMBER: "番号",
    Category.SECRET: "認証情報",
    Category.SOURCE_CODE: "ソースコード",
    Category.UNPUBLISHED_FIGURE: "公表前の数字",
    Category.CONFIDENTIAL_TERM: "社外秘の言葉",
}
PLACEHOLDER = re.compile(rf"〔(?:[A-Z]{{1,2}}社?様|(?:{'|'.join(_LABELS.values())})\d{{0,3}})〕")
"""A placeholder that stands in a text already."""


class Placeholders:
    """Names for what was found: letters in order of appearance, numbers from the second on."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._given: dict[tuple[Category, str], str] = {}
        self._used = {match.group() for text in texts for match in PLACEHOLDER.finditer(text)}

    def of(self, category: Category, words: str) -> str:
        """Return the placeholder of these words."""
        key = (category, called(words))
        if key not in self._given:
            self._given[key] = self._free(category)
            self._used.add(self._given[key])
        return self._given[key]

    def _free(self, category: Category) -> str:
        for n in range(702):
            name = _name(category, n)
            if name not in self._used:
                return name
        return _name(category, 701)


def _name(category: Category, n: int) -> str:
    if category in LETTERED:
        first = "" if n < 26 else chr(ord("A") + n // 26 - 1)
        return f"〔{first}{chr(ord('A') + n % 26)}{LETTERED[category]}〕"
    return f"〔{_LABELS[category]}{n + 1 if n else ''}〕"
