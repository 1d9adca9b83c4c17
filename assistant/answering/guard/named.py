"""People and companies that no rule foresaw: a small model of words and what stands around them.

A linear-chain CRF over Sudachi's words (Lafferty, McCallum, Pereira 2001), fitted by
`training/names.py`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from assistant.answering.guard.companies import FORM
from assistant.answering.guard.people import is_nobody
from assistant.answering.guard.repeats import HONORIFIC
from assistant.answering.guard.spans import Span
from assistant.answering.guard.surnames import PRIVATE
from assistant.answering.guard.trades import is_generic
from assistant.answering.guard.traits import traits
from assistant.corpus.runs import read_arrays
from assistant.domain import Category
from assistant.ports import Morpheme

LABELS = ("-", "person", "person, inside", "company", "company, inside")
"""Of a word; the weights of all but the first are columns of the table, as against the first."""
WEIGHTS = Path(__file__).with_name("names.npz")

_CATEGORIES = {1: Category.PERSON, 3: Category.COMPANY}
_CAUTION = -0.25
"""Added to the logit of «no name»: below 0 more names are found, and more words taken for them."""


def find_named(
    text: str,
    words: Sequence[Morpheme],
    *,
    colleagues: frozenset[str],
    is_surname: Callable[[str], bool],
) -> Iterator[Span]:
    """Yield people and companies in folded `text`; `colleagues` pass in plain matters."""
    for line in _lines(text, words):
        yield from _named(text, line, colleagues=colleagues, is_surname=is_surname)


def _lines(text: str, words: Sequence[Morpheme]) -> Iterator[Sequence[Morpheme]]:
    """Yield the words of each line: what stands above or below says nothing of a name."""
    first = 0
    for at in range(1, len(words) + 1):
        if at == len(words) or "\n" in text[words[at - 1].start : words[at].start]:
            yield words[first:at]
            first = at


def _named(
    text: str,
    words: Sequence[Morpheme],
    *,
    colleagues: frozenset[str],
    is_surname: Callable[[str], bool],
) -> Iterator[Span]:
    import numpy

    table, moves, most = _weights()
    scores = numpy.einsum("wtl->wl", table.take(traits(text, words, is_surname), 0), dtype="int32")
    labels = _labels(scores, moves, doubtful=(scores + most >= _NONE).any(axis=1).tolist())
    at = 0
    while at < len(labels):
        label, first = labels[at], at
        at += 1
        if label == 0:
            continue
        while at < len(labels) and (labels[at] == label + label % 2 or _goes_on(words, at)):
            at += 1
        category = _CATEGORIES[(label + 1) // 2 * 2 - 1]
        name = _name(words[first:at], category)
        span = Span(name[0].start, name[-1].end, category)
        known = text[span.start : span.end] in colleagues and not PRIVATE.search(text)
        speech = _is_speech(text, name) or _ends_a_verb(words, first)
        passes = speech or _is_famous(text, span, name) or _is_harmless(text, span)
        if not (known or passes):
            yield span


def _name(words: Sequence[Morpheme], category: Category) -> Sequence[Morpheme]:
    """Leave out a particle behind a company; of a person it may be a name's last letter."""
    last = len(words)
    while last > 1 and category is Category.COMPANY and words[last - 1].pos[0] == "助詞":
        last -= 1
    return words[:last]


def _goes_on(words: Sequence[Morpheme], at: int) -> bool:
    """Tell a given name right after a surname: both are masked, or both pass."""
    joined = words[at - 1].end == words[at].start
    return joined and words[at - 1].pos[-1] == "姓" and words[at].pos[-1] == "名"


def _is_famous(text: str, span: Span, name: Sequence[Morpheme]) -> bool:
    """Tell people of history, and places of which nothing says that they are somebody."""
    if all(_is_public(word, span.category) for word in name):
        return not HONORIFIC.match(text, span.end)
    return any(word.famous for word in name)


def _is_public(word: Morpheme, category: Category) -> bool:
    """Tell a place, and where a person is looked for any proper name that is nobody's (日銀)."""
    if category is Category.PERSON:
        return word.known and "固有名詞" in word.pos and "人名" not in word.pos
    return "地名" in word.pos


_SAID = re.compile(r"という(?:こと|わけ|理由|前提|扱い|話|形|意味)")


def _is_speech(text: str, name: Sequence[Morpheme]) -> bool:
    """Tell «番号はふるの» and «例外ということで»: a verb with its particle, a noun that is told."""
    kinds, end = {word.pos[0] for word in name}, name[-1].end
    if HONORIFIC.match(text, end):
        return False
    if name[0].pos[0] == "動詞" and name[-1].pos[0] == "助詞":
        return kinds <= {"動詞", "助動詞", "助詞"}
    told = _SAID.match(text, end) and all("普通名詞" in word.pos for word in name)
    return bool(told) and all(word.known for word in name)


def _ends_a_verb(words: Sequence[Morpheme], at: int) -> bool:
    """Tell what no dictionary knows of a dialect: «足りひん» is no name behind a verb."""
    joined = at > 0 and words[at - 1].end == words[at].start
    return joined and words[at - 1].pos[0] == "動詞" and bool(_KANA.fullmatch(words[at].surface))


_KANA = re.compile(r"[ぁ-ん]+")

_PLACE_AFTER = re.compile(
    r"(?:[都道府県市区町村郡駅峠川山島線港湾産]|空港|地方|地域|半島|公園|支店|営業所)(?![ぁ-ん]*様)"
)
_PLACE_WITHIN = re.compile(r".*(?:駅|駅.{1,6}口|産|空港|[都道府県市区町村])")
"""What the model takes for a name now and then: a place that is a surname or begins a name."""
_SHOP_AFTER = re.compile(r"店(?![長員主舗頭])")
_ENGLISH = re.compile(r" [a-z]")
_LETTERS = re.compile(r"[A-Za-z]{1,2}社?")


_PRODUCT_AFTER = re.compile(r"の(?:色|味|香り|柄|型番|サイズ)")


def _is_harmless(text: str, span: Span) -> bool:
    """Tell places, products, kinds of firms, English words, and people who are nobody's secret."""
    name = text[span.start : span.end]
    if _LETTERS.fullmatch(name) or is_nobody(text, span.start, span.end):
        return True
    if len(name) == 1 and not HONORIFIC.match(text, span.end):
        return True
    if span.category is Category.COMPANY and (
        FORM.fullmatch(name) or is_generic(name) or _PRODUCT_AFTER.match(text, span.end)
    ):
        return True
    if span.category is Category.PERSON and _SHOP_AFTER.match(text, span.end):
        return True
    return bool(
        (name.isascii() and " " not in name and _ENGLISH.match(text, span.end))
        or _PLACE_AFTER.match(text, span.end)
        or _PLACE_WITHIN.fullmatch(name)
    )


SCALE = 12
"""Steps of the weights' int8 for one unit of the logit."""


_NONE = _CAUTION * SCALE
"""Score of «no name» for any word."""
_BORDER = [_NONE, *[float("-inf")] * (len(LABELS) - 1)]
"""Scores of a word that is no name for certain."""


def _labels(scores: Any, moves: list[list[float]], *, doubtful: list[bool]) -> list[int]:
    """Return the likeliest labels: of doubtful words together with their certain neighbours."""
    labels = [0] * len(doubtful)
    at = 0
    while True in doubtful[at:]:
        first = doubtful.index(True, at)
        at = doubtful.index(False, first) if False in doubtful[first:] else len(doubtful)
        rows = [[_NONE, *row] for row in scores[first:at].tolist()]
        before, after = first > 0, at < len(doubtful)
        best = _best([*([_BORDER] * before), *rows, *([_BORDER] * after)], moves)
        labels[first:at] = best[before : before + at - first]
    return labels


def _best(scores: list[list[float]], moves: list[list[float]]) -> list[int]:
    """Return the likeliest labels (Viterbi)."""
    every = range(len(LABELS))
    state, came = scores[0], list[list[int]]()
    for row in scores[1:]:
        reached = [[state[one] + moves[one][to] for one in every] for to in every]
        back = [ways.index(max(ways)) for ways in reached]
        state = [max(ways) + row[to] for to, ways in enumerate(reached)]
        came.append(back)
    best = [max(every, key=state.__getitem__)]
    for back in reversed(came):
        best.append(back[best[-1]])
    return best[::-1]


@cache
def _weights() -> tuple[Any, list[list[float]], Any]:
    """Return the weights of words, of neighbours, and the most that neighbours do for a label."""
    table, stored = read_arrays(WEIGHTS, "table", "moves")
    moves = stored.astype(float)
    to, after = moves[:, 1:] - moves[:, :1], moves[1:] - moves[:1]
    most = to.max(axis=0).clip(0) + after.max(axis=1).clip(0)
    return table, moves.tolist(), most
