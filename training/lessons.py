"""What one step of the embedder's training looks at, drawn from the sentences."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain import Kind
from training.reading import Organisation, Pair, Text

_ASKED = 24
"""Things asked a step, each in two wordings, all of one organisation: its neighbours instruct."""
_NOT_ASKED = 6
"""Passages more, that answer none of them."""
_UNANSWERED = 8
"""Questions more, that no passage of the organisation answers."""
_PAIRS = 16
_GENERAL = 2.0
"""A theme of other Japanese is drawn so many times as often, per wording, as an organisation."""
_BARE = 0.4
"""Share of clauses without their heading: the product compares questions with bare clauses too."""
_QUERY, _PASSAGE = "query: ", "passage: "


@dataclass(frozen=True, slots=True)
class Lesson:
    """Texts as the embedder reads them; `one[i]` and `other[i]` are two wordings of one thing."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    passages: tuple[str, ...]
    answers: tuple[int, ...]
    """Which of `passages` answers each thing that is asked."""
    spoken: tuple[str, ...]
    official: tuple[str, ...]
    unanswered: tuple[str, ...]
    """What none of `passages` answers; empty for a theme."""

    @property
    def pairs(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Both sides of the pairs."""
        return self.spoken, self.official


class Lessons:
    """Draws lessons from organisations and themes, by their wordings, and from all pairs."""

    def __init__(
        self,
        organisations: Sequence[Organisation],
        themes: Sequence[Organisation],
        pairs: Sequence[Pair],
    ) -> None:
        self._organisations = (*organisations, *themes)
        own = [float(_wordings(organisation)) for organisation in organisations]
        self._weights = [*own, *(_GENERAL * _wordings(theme) for theme in themes)]
        self._pairs = pairs

    def steps(self, epochs: float) -> int:
        """Return how many lessons show every wording `epochs` times on average."""
        return int(epochs * sum(self._weights) / (2 * _ASKED))

    def draw(self, chance: random.Random) -> Lesson:
        """Return one lesson; the same for the same state of `chance`."""
        (organisation,) = chance.choices(self._organisations, self._weights)
        texts = organisation.texts
        things = [(row, asked) for row, text in enumerate(texts) for asked in text.asked]
        things = chance.sample(things, min(len(things), _ASKED))
        told = [chance.sample(asked.wordings, 2) for _, asked in things]
        used = sorted({row for row, _ in things})
        rest = [row for row in range(len(texts)) if row not in used]
        used += chance.sample(rest, min(len(rest), _NOT_ASKED))
        misses = organisation.near_misses
        unanswered = chance.sample(misses, min(len(misses), _UNANSWERED))
        pairs = chance.sample(self._pairs, min(len(self._pairs), _PAIRS))
        return Lesson(
            one=tuple(_QUERY + first for first, _ in told),
            other=tuple(_QUERY + second for _, second in told),
            passages=tuple(_PASSAGE + _shown(texts[row], chance) for row in used),
            answers=tuple(used.index(row) for row, _ in things),
            spoken=tuple(_QUERY + pair.spoken for pair in pairs),
            official=tuple(_PASSAGE + pair.official for pair in pairs),
            unanswered=tuple(_QUERY + chance.choice(miss) for miss in unanswered),
        )


def indexed(text: Text) -> str:
    """Return what the product's index embeds of a passage."""
    path = " > ".join(part for part in (text.title, text.heading) if part)
    return f"{path}\n{text.text}"


def _shown(text: Text, chance: random.Random) -> str:
    return text.text if text.kind is Kind.RULE and chance.random() < _BARE else indexed(text)


def _wordings(organisation: Organisation) -> int:
    return sum(len(asked.wordings) for text in organisation.texts for asked in text.asked)
