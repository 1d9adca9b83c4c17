"""How much of what a question writes stands in no passage of the company."""

import math
import re
from collections.abc import Callable, Sequence

from assistant.answering.question.facts import COUNTED
from assistant.corpus.text import fold

_WRITTEN = re.compile(r"(?:(?!何)[一-龯々ァ-ヶー]){2,}|[a-z]+|[0-9]+")
"""Kanji and katakana, which carry the topic, Latin words and numbers. One kanji alone mostly begins
a verb, and is known wherever Japanese is written."""
_MASKED = re.compile(r"〔[^〕]*〕")


def strangeness(
    question: str, frequency: Callable[[str], int], *, passages: int, names: Sequence[str] = ()
) -> float:
    """Return the share (0–1) of the question's pieces, the rare ones more, that no passage holds.

    `frequency`: in how many of the `passages` a pair of characters, or a word, stands.
    `names`: of AI tools, which say nothing of the topic.
    """
    known = {piece: frequency(piece) for piece in telling(question, names)}
    weights = {piece: math.log(1 + passages / max(n, 1)) for piece, n in known.items()}
    whole = sum(weights.values())
    return sum(weights[piece] for piece, n in known.items() if not n) / whole if whole else 0.0


def telling(question: str, names: Sequence[str] = ()) -> list[str]:
    """Return each piece of the topic once, in order: two characters, or a whole word or number."""
    text = fold(_MASKED.sub(" ", question))
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(fold(name), " ")
    pieces: list[str] = []
    for run in _WRITTEN.findall(COUNTED.sub(" ", text)):
        whole = run.isascii() or len(run) <= 2
        pieces += [run] if whole else [run[at : at + 2] for at in range(len(run) - 1)]
    return list(dict.fromkeys(pieces))
