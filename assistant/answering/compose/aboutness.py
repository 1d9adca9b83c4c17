"""Whether a passage is about what was asked, not only near it."""

from collections.abc import Sequence

from assistant.answering.japanese.words import Word, named
from assistant.corpus.text import fold
from assistant.domain import Hit

NAMED = 0.5
"""Share of the question's compounds that must stand in the passage as they are written."""

NEAR = 0.87
"""Cosine of e5 from which a passage is on the same matter: answerable questions of employees have
.86–.93 to their best passage, strange ones .76–.88 (n = 57 and 35)."""

SURE = 0.89
"""Cosine from which other words for the same thing may stand in the passage: no strange question
reached it (best .882, n = 50)."""


def names(hit: Hit, phrases: Sequence[Word]) -> bool:
    """Tell whether the passage names the compounds of the question, or is as near as that."""
    passage = hit.passage
    within = fold(" ".join((passage.source.title, *passage.headings, passage.text)))
    return not phrases or hit.cosine >= SURE or named(phrases, within) >= NAMED
