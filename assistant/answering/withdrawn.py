"""Withdrawn documents that a question asks for by name."""

import re
from collections.abc import Sequence

from assistant.corpus.text import fold
from assistant.domain import Source

_ASKS = re.compile(
    r"旧|古い|前の|以前の|廃止|取り下げ|撤回|なくな|無くな|消え|どこ|見たい|まだ|有効"
    r"|使え|版|20\d\d"
)
_SHORTEST = 4


def asked_by_name(text: str, withdrawn: Sequence[Source], titles: Sequence[str]) -> list[Source]:
    """Return the withdrawn documents whose title stands in `text`, if no current one fits better.

    A title that a current document carries too counts only where the question asks for the old one.
    """
    question = _bare(fold(text))
    current = {_bare(fold(title)) for title in titles}
    found = []
    for source in withdrawn:
        title = _bare(fold(source.title))
        if len(title) < _SHORTEST or title not in question:
            continue
        shared = any(title in other for other in current)
        if not shared or _ASKS.search(text):
            found.append(source)
    return found


def _bare(text: str) -> str:
    return re.sub(r"[\s「」『』()()・、。:\-]", "", text)
