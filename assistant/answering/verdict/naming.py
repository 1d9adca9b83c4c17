"""Which classes of forbidden information a question names in so many words."""

import re

from assistant.answering.guard.classes import VOCABULARY
from assistant.answering.verdict.unpublished import is_unpublished
from assistant.domain import Category

_CALL = re.compile(r"電話(?:の(?!番号)|応対|対応|メモ|会議|口|で|する|した|して)")
"""A call, not a number to call."""
_ALSO_NAMES = {
    Category.PERSON: re.compile(
        r"名簿|名刺|署名|宛名リスト|カルテ|診療録|看護記録|診断書|処方[箋せ]|問診票|住民票|戸籍|源泉徴収票"
        r"|給与明細|通知表|内申書|健診結果|身分証|免許証"
    ),
    Category.COMPANY: re.compile(r"名刺"),
    Category.CARD: re.compile(r"クレカ"),
}
"""Records that hold a class without naming it (general Japanese)."""


def names_class(category: Category, question: str) -> bool:
    """Tell whether a question names a class: «名簿» holds names, «まだ言うてへん» news."""
    if category is Category.UNPUBLISHED_FIGURE and is_unpublished(question):
        return True
    text = _CALL.sub("", question)
    also = _ALSO_NAMES.get(category)
    return bool(VOCABULARY[category].exact.search(text) or (also and also.search(text)))
