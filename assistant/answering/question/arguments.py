"""What a sentence is about, as phrases: its arguments without what is said or asked of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.ports import Morpheme

_IN_NOUN_PHRASES = frozenset({"接頭辞", "名詞", "接尾辞"})
_STOP = Morpheme("", "", ("補助記号",), 0, 0)


_ASIDE = frozenset(["に", "で", "と", "へ", "から", "まで", "より"])
"""Particles of where, with what and until when; what a sentence is about has another, or none."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a sentence."""

    text: str
    particle: str
    """What follows it, empty where no particle does: «録音» of «録音して»."""

    @property
    def is_aside(self) -> bool:
        """Tell whether it only says where, with what or until when."""
        return self.particle in _ASIDE


@dataclass(slots=True)
class _Phrase:
    """An argument while it is read; open as long as nothing but の has followed its noun."""

    start: int
    end: int
    open: bool = True
    particle: str = ""


def arguments(text: str, morphemes: Sequence[Morpheme]) -> list[Argument]:
    """Return the arguments of a text in order, relative clauses kept with their noun.

    «展示会で会った方へのお礼メールを早く送りたい» has one, «AIで作った画像をSNSに載せていい?» two.
    `morphemes`: of `text`, offsets into it.
    """
    found: list[Argument] = []
    sentence: list[Morpheme] = []
    for morpheme in [*morphemes, _STOP]:
        if morpheme.pos[0] != "補助記号":
            sentence.append(morpheme)
            continue
        found += [Argument(text[one.start : one.end], one.particle) for one in _phrases(sentence)]
        sentence = []
    return found


def _phrases(sentence: Sequence[Morpheme]) -> list[_Phrase]:
    phrases: list[_Phrase] = []
    qualified = False
    for morpheme, following in pairwise([*sentence, _STOP]):
        if morpheme.pos[0] in _IN_NOUN_PHRASES or _is_doubled(morpheme, following):
            if phrases and (phrases[-1].open or qualified):
                phrases[-1].end, phrases[-1].open, phrases[-1].particle = morpheme.end, True, ""
            else:
                phrases.append(_Phrase(morpheme.start, morpheme.end))
        elif phrases and "の" not in {morpheme.surface, following.surface}:
            if phrases[-1].open and morpheme.pos[0] == "助詞":
                phrases[-1].particle = morpheme.surface
            phrases[-1].open = False
        qualified = any(form.startswith("連体形") for form in morpheme.pos)
    return phrases


def _is_doubled(morpheme: Morpheme, following: Morpheme) -> bool:
    """«なぜなぜ分析»: a doubled adverb right before a noun is a part of its name."""
    half = len(morpheme.surface) // 2
    doubled = morpheme.pos[0] == "副詞" and morpheme.surface == morpheme.surface[:half] * 2
    return doubled and following.pos[0] == "名詞"
