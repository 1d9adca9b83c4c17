"""Withdrawn documents that a question asks for by name."""

import re
from collections.abc import Iterable, Sequence

from assistant.corpus.text import fold
from assistant.domain import Source, Status

_ASKS = re.compile(
    r"旧|古い|前の|以前の|廃止|取り下げ|撤回|なくな|無くな|消え|どこ|見たい|まだ|有効"
    r"|使え|版|20\d\d"
)
_SHORTEST = 4


def asked_by_name(text: str, withdrawn: Sequence[Source], titles: Iterable[str]) -> list[Source]:
    """Return the withdrawn documents whose title stands in `text`, if no current one fits better.

    A title that a current document carries too counts only where the question asks for the old one.
    """
    question = _bare(fold(text))
    named = [source for source in withdrawn if _is_named(source.title, question)]
    if not named or _ASKS.search(text):
        return named
    current = {_bare(fold(title)) for title in titles}
    return [one for one in named if not any(_bare(fold(one.title)) in title for title in current)]


def _is_named(title: str, question: str) -> bool:
    bare = _bare(fold(title))
    return len(bare) >= _SHORTEST and bare in question


def _bare(text: str) -> str:
    return re.sub(r"[\s「」『』()()・、。:\-]", "", text)


def is_current(source: Source) -> bool:
    """Tell whether a document holds now."""
    return source.status is Status.CURRENT
