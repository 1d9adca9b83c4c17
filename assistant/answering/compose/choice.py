"""Which sentence, list item or row of a table answers: what kind is asked for, and its words."""

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.compose.pieces import Piece, pieces, rows
from assistant.answering.compose.telling import believable
from assistant.answering.question.facts import COUNTED, Fact, facts_asked, tells
from assistant.corpus.text import fold
from assistant.domain import FaqPair, Hit, Query, Story

_DEPTH = 6
"""Passages looked at."""
_SHORTEST = 5
_KIND = 0.5
"""Worth of a sentence with the kind of fact that is asked for (a date for いつ)."""
_RANK = 0.7
"""Worth of standing in the passage that search puts first, against one with half its score."""
_ABOUT = 0.5
"""Share of the question's telling words that makes a sentence an answer by itself."""
_CONTEXT = 0.5
"""Worth of a word above a sentence (heading, name of a column) against one in it."""
_RESULT = 0.3
"""Worth of a story's own result."""
_ALSO = 0.82
"""Share of the best one's worth from which a second sentence of its passage goes with it."""
_MOST = 3

_CONTENT = re.compile(r"\d+[一-龯ァ-ヶ]|(?:(?!何)[一-龯々ァ-ヶー])+|[a-z]+|\d+")
_ASKS_RESULT = re.compile(
    r"今は|いまは?|なっ|なり|早|速|減|縮|短|浮|増え|上が|終わ|で(?:書|出|返|済|さば|でき|作)|かか"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A piece, the hit that it comes from, and how well it answers."""

    piece: Piece
    hit: Hit
    about: float
    """Share (0–1) of the question's telling words in it and above it."""
    kind: bool
    """Holds the kind of fact that is asked for first."""
    worth: float


def chosen(
    query: Query, hits: Sequence[Hit], *, fitting: Collection[str], general: Sequence[str] = ()
) -> list[Choice]:
    """Return the best piece for each kind of fact asked for, in the order of the passage.

    `fitting`: ids of the passages that are on the question; of others only a piece will do that
    holds what is asked for and most of the words.
    `general`: words that tell nothing apart here, such as the names of the company's AI tools.
    """
    found = [(hit, piece) for hit in hits[:_DEPTH] for piece in _candidates(hit)]
    if not found:
        return []
    asked = facts_asked(query.text)
    telling = COUNTED.sub(" ", _without(fold(query.text), general))
    weights = _weights(telling, [_whole(piece) for _, piece in found])
    best = max(hit.score for hit, _ in found)
    rated = [
        _rated(piece, hit, asked=asked, weights=weights, query=query, best=best)
        for hit, piece in found
    ]
    answering = [
        one
        for one in rated
        if one.piece.passage.id in fitting or (one.kind and one.about >= _ABOUT)
    ]
    if not answering:
        return []
    first = max(answering, key=lambda one: one.worth)
    kept = [first, *_second(first, rated, asked, query=query)]
    return sorted(kept, key=lambda one: one.piece.start)


def _second(
    first: Choice, rated: Sequence[Choice], asked: Sequence[Fact], *, query: Query
) -> list[Choice]:
    """Return what answers the other half of the question, else what is as good as the first."""
    same = [one for one in rated if one.hit is first.hit and one is not first]
    same.sort(key=lambda one: -one.worth)
    also = []
    for fact in asked[1:]:
        if not tells(fact, first.piece.text):
            also += [one for one in same if tells(fact, one.piece.text)][:1]
    if _ASKS_RESULT.search(query.text):
        also += [one for one in same if _is_result(one.piece)]
    close = [one for one in same if one.worth >= _ALSO * first.worth and one.about > 0]
    unique = {one.piece.start: one for one in [*also, *close]}
    return list(unique.values())[: _MOST - 1]


def _candidates(hit: Hit) -> Iterator[Piece]:
    passage = hit.passage
    content = passage.content
    if isinstance(content, FaqPair):
        start = max(passage.text.rfind(content.answer), 0)
        yield Piece(passage, start, start + len(content.answer), heading=content.question)
        return
    for piece in (*pieces(passage), *rows(passage)):
        if len(piece.text) >= _SHORTEST and not piece.text.endswith(("?", "？", ":", "：")):
            yield piece


def _rated(
    piece: Piece,
    hit: Hit,
    *,
    asked: Sequence[Fact],
    weights: dict[str, float],
    query: Query,
    best: float,
) -> Choice:
    about = _about(piece, weights)
    kind = bool(asked) and tells(asked[0], piece.text)
    kinds = sum(tells(fact, piece.text) for fact in asked) / len(asked) if asked else 0.0
    rank = hit.score / best if best > 0 else 1.0
    result = bool(_ASKS_RESULT.search(query.text)) and _is_result(piece)
    worth = about + _KIND * kinds + _RANK * rank + _RESULT * result
    return Choice(piece, hit, about, kind, worth)


_AMOUNT = re.compile(r"(?:\d[\d,.]*|半)\D*")


def _is_result(piece: Piece) -> bool:
    """Tell whether a sentence tells what came of a story: its number, else the believable one."""
    story = piece.passage.content
    if not isinstance(story, Story) or story.after is None:
        return False
    after = fold(story.after.original)
    amounts = _AMOUNT.findall(after) or [after]
    if amounts[-1] in fold(piece.passage.text):
        return amounts[-1] in fold(piece.text)
    told = believable(pieces(piece.passage), story)
    return told is not None and told.start == piece.start


def _without(text: str, general: Sequence[str]) -> str:
    for name in sorted(general, key=len, reverse=True):
        text = re.sub(re.escape(name), " ", text, flags=re.IGNORECASE)
    return text


def _whole(piece: Piece) -> str:
    return fold(f"{_above(piece)} {piece.text}")


def _above(piece: Piece) -> str:
    passage = piece.passage
    return " ".join((passage.source.title, *passage.headings[-1:], piece.heading, *piece.header))


def _about(piece: Piece, weights: dict[str, float]) -> float:
    total = sum(weights.values())
    if not total:
        return 0.0
    text, above = fold(piece.text), fold(_above(piece))
    if isinstance(piece.passage.content, FaqPair):  # its question is what is asked
        text = f"{text} {above}"
    held = sum(
        weight if gram in text else _CONTEXT * weight if gram in above else 0.0
        for gram, weight in weights.items()
    )
    return held / total


def _weights(question: str, texts: Sequence[str]) -> dict[str, float]:
    """Return how telling each two characters of the question are: rare among `texts` = telling.

    Two characters of kanji, katakana or a whole number or Latin word: they need no dictionary and
    hold for «申込締切» and «申し込みの締め切り» alike.
    """
    grams = set()
    for run in _CONTENT.findall(fold(question)):
        whole = run.isascii() or len(run) <= 2
        grams |= {run} if whole else {run[at : at + 2] for at in range(len(run) - 1)}
    counts = {gram: sum(gram in text for text in texts) for gram in sorted(grams)}
    return {gram: math.log(1 + len(texts) / max(n, 1)) for gram, n in counts.items()}
