"""Which morphemes are nouns and make the names of things together."""

import re
from collections.abc import Sequence

from assistant.answering.japanese.vocabulary import GENERAL
from assistant.ports import Morpheme

_NOUNS = frozenset({"名詞"})
_EMPTY_SUB = frozenset({"数詞", "助動詞語幹"})
_ADVERBIAL = frozenset({"副詞可能", "助数詞可能"})
_HIRAGANA = re.compile(r"[ぁ-ゖー]+")
_WORDLY = re.compile(r"\w")


def noun_runs(morphemes: Sequence[Morpheme]) -> list[list[Morpheme]]:
    """Return nouns that stand together, with the suffixes that make nouns («社員» + «証»)."""
    runs: list[list[Morpheme]] = []
    for morpheme in morphemes:
        suffix = _makes_noun(morpheme)
        if not suffix and not is_noun(morpheme):
            continue
        if runs and runs[-1][-1].end == morpheme.start:
            runs[-1].append(morpheme)
        elif not suffix:
            runs.append([morpheme])
    return runs


def is_noun(morpheme: Morpheme) -> bool:
    """Tell whether it names something: no number, and no adverb in hiragana."""
    if morpheme.pos[0] not in _NOUNS or not _WORDLY.search(morpheme.surface):
        return False
    kinds = set(morpheme.pos)
    if _HIRAGANA.fullmatch(morpheme.surface) and (
        len(morpheme.surface) == 1 or _ADVERBIAL & kinds
    ):  # まま, いつも; or a piece of a word that the dictionary lacks
        return False
    return not _EMPTY_SUB & kinds


def _makes_noun(morpheme: Morpheme) -> bool:
    """A suffix that makes a thing's name: 書, 証, 集; not さん, 的 or 方."""
    if morpheme.pos[:2] != ("接尾辞", "名詞的") or _HIRAGANA.fullmatch(morpheme.surface):
        return False
    return morpheme.normalized not in GENERAL


def is_counter(morpheme: Morpheme) -> bool:
    """Tell whether it counts: 日 of 何日, 本 of 何本."""
    return len(morpheme.surface) == 1 and "助数詞可能" in morpheme.pos


def is_way(verb: Morpheme, suffix: Morpheme) -> bool:
    """Tell whether both are a way of doing: 頼み + 方."""
    return verb.pos[0] == "動詞" and suffix.surface == "方" and suffix.pos[0] == "接尾辞"


def is_named_by(suffix: Morpheme, morpheme: Morpheme) -> bool:
    """Tell whether `suffix` makes a thing of a general word: 手順 + 書."""
    return (
        morpheme.normalized.lower() in GENERAL
        and suffix.start == morpheme.end
        and _makes_noun(suffix)
    )


def is_done(following: Morpheme | None) -> bool:
    """Tell whether する follows, which makes a verb of a noun («契約した»)."""
    return following is not None and following.normalized == "為る"
