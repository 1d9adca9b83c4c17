"""The same words again: what was found once is masked wherever it stands in the conversation."""

import re
from collections.abc import Collection, Iterator, Sequence

from assistant.answering.guard.spans import Cover, Span
from assistant.corpus.text import fold
from assistant.domain import Category

HONORIFIC = re.compile(r"\s?(?:さん|様|さま|氏|殿|御中|くん|ちゃん)")
_ENDING = re.compile(rf"{HONORIFIC.pattern}$")
_WHOLE = frozenset({Category.SOURCE_CODE, Category.UNPUBLISHED_FIGURE})
"""Passages rather than names: they do not come back word for word."""
_SCRIPTS = (r"[一-龠々]", r"[ァ-ヶーｦ-ﾟ]", r"[ぁ-ん]", r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]")


def called(words: str) -> str:
    """Return a name without honorific, blanks, width and case: one person, one placeholder."""
    return "".join(fold(_ENDING.sub("", words)).split())


def again(
    text: str, spans: Sequence[Span], known: Collection[tuple[Category, str]]
) -> Iterator[Span]:
    """Yield where words of `known` (category, folded) stand in `text` outside `spans`."""
    taken = Cover(spans)
    rest = fold(_outside(text, spans))
    for category, name in sorted(known):
        if category in _WHOLE or len(name) < 2 or _HOLE in name or name not in rest:
            continue
        bounded = category in {Category.PERSON, Category.COMPANY}
        pattern = _bounded(name) if bounded else re.compile(re.escape(name), re.IGNORECASE)
        for match in pattern.finditer(text):
            end = HONORIFIC.match(text, match.end())
            span = Span(match.start(), end.end() if end else match.end(), category)
            if not taken.touches(span):
                yield span


_HOLE = "〔"


def _outside(text: str, spans: Sequence[Span]) -> str:
    ends = [0, *(span.end for span in spans)]
    starts = [*(span.start for span in spans), len(text)]
    return "\n".join(text[end:start] for end, start in zip(ends, starts, strict=True))


def _bounded(name: str) -> re.Pattern[str]:
    """Match `name` as a word: no letter of the same script follows or goes before."""
    before = next((f"(?<!{script})" for script in _SCRIPTS if re.match(script, name[0])), "")
    after = next((f"(?!{script})" for script in _SCRIPTS if re.match(script, name[-1])), "")
    kana = "" if re.match(_SCRIPTS[2], name[-1]) else after
    return re.compile(f"{before}{re.escape(name)}{kana}", re.IGNORECASE)
