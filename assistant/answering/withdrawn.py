"""Withdrawn documents that a question asks for by name."""

import re
from collections.abc import Iterable, Sequence

from assistant.corpus.text import fold
from assistant.domain import Kind, Source, Status

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
    named = [
        source
        for source in withdrawn
        if _is_named(source.title, question) or _is_old_rule(source, text)
    ]
    if not named or _ASKS.search(text):
        return named
    current = {_bare(fold(title)) for title in titles}
    return [one for one in named if not any(_bare(fold(one.title)) in title for title in current)]


_RULE = r"(?:の)?[^、。?]{0,8}(?:ルール|規程|規定|規則|ガイドライン|取り?扱い?|きまり)"
_OLD_RULE = re.compile(rf"(?:旧|古い|昔の|以前の|前の|(?P<year>20\d\d)年度?){_RULE}")


def _is_old_rule(source: Source, text: str) -> bool:
    """«去年の», «2025年のルール»: people do not know what the old rule was called."""
    match = _OLD_RULE.search(text) if source.kind is Kind.RULE else None
    if match is None:
        return False
    year = match["year"]
    return year is None or (source.updated is not None and source.updated.year == int(year))


def _is_named(title: str, question: str) -> bool:
    bare = _bare(fold(title))
    return len(bare) >= _SHORTEST and bare in question


def _bare(text: str) -> str:
    return re.sub(r"[\s「」『』()()・、。:\-]", "", text)


def is_current(source: Source) -> bool:
    """Tell whether a document holds now."""
    return source.status is Status.CURRENT
