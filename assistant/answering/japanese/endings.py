"""Endings of dialects and daily speech, found by their part of speech."""

from collections.abc import Callable, Sequence

from assistant.answering.japanese.verbs import (
    Found,
    Place,
    going_on,
    negated,
    verb_standard,
    whole_stem,
)
from assistant.ports import Morpheme


def standard_endings(text: str, words: Sequence[Morpheme]) -> str:
    """Return `text` with the endings of `words`, which it consists of, in standard Japanese."""
    told = [word.surface for word in words]
    for place, word in enumerate(words):
        at = Place(
            words[place - 1] if place else None,
            word,
            words[place + 1] if place + 1 < len(words) else None,
        )
        found = _standard(at)
        if found is not None:
            before, told[place] = found
            if before is not None and place:
                told[place - 1] = before
    parts, end = [], 0
    for word, surface in zip(words, told, strict=True):
        parts += [text[end : word.start], surface]
        end = word.end
    return "".join([*parts, text[end:]])


def _standard(at: Place) -> Found:
    kind = at.word.pos[0]
    rule = _BY_KIND.get(kind)
    return rule(at) if rule else None


def _auxiliary(at: Place) -> Found:
    form, surface = at.word.normalized, at.word.surface
    if form == "へん":
        return None, "ない"
    if form in {"とる", "よる", "はる"} and at.before:
        return going_on(at)
    if form == "てる" and surface == "てん":
        return None, "ている" if at.next == "の" else "たのだ"
    if surface == "ん" and form in {"ず", "む", "ぬ"} and at.before:
        return negated(at)
    if form == "ない":
        return _not_of_east(at)
    return _copula(at)


def _not_of_east(at: Place) -> Found:
    """わかんねえ, わかんない → わからない."""
    stem = whole_stem(at.before)
    if at.word.surface in {"ねえ", "ねぇ", "ねー"}:
        return stem, "ない"
    return (stem, at.word.surface) if stem else None


_IS = {
    "や": {"や": "だ", "やっ": "だっ", "やろ": "だろう", "やん": "だろう"},
    "じゃ": {"じゃろ": "だろう", "じゃっ": "だっ"},
}
"""だ of the west."""


def _copula(at: Place) -> Found:
    form, surface, following = at.word.normalized, at.word.surface, at.next
    if form == "や" and following.startswith(("ない", "なく", "なかっ")):
        return None, "じゃ"
    if form == "や" and following.startswith("のに"):
        return None, "な"
    told = _IS.get(form, {}).get(surface)
    if told is None:
        return None
    return None, "だろ" if told == "だろう" and following == "う" else told


def _adjective(at: Place) -> Found:
    word = at.word
    if word.normalized == "良い" and word.surface == "ええ":
        return None, "いい"
    if (
        word.surface.endswith("う")
        and "ウ音便" in word.pos[-1]
        and at.after
        and at.after.pos[0] == "動詞"
    ):
        stem = word.surface[:-1]
        return None, (stem[:-1] if stem.endswith("ゅ") else stem) + "く"
    if word.normalized == "無い" and word.surface in {"ねえ", "ねぇ"}:
        return None, "ない"
    return None


def _particle(at: Place) -> Found:
    word, before = at.word, at.before
    if word.surface in {"ねん", "ねや"} and before:
        return None, "のだ" if before.surface not in {"の", "ん"} else "だ"
    named = before is not None and before.pos[0] in {"名詞", "接尾辞"}
    if word.surface == "ば" and named:
        return None, "を"
    if word.surface in {"けん", "さかい", "けえ"} and "接続助詞" in word.pos:
        return None, "から"
    return None


def _suffix(at: Place) -> Found:
    """記録さ書く → 記録に書く."""
    before, after = at.before, at.after
    if at.word.surface != "さ" or not before or not after:
        return None
    return (None, "に") if before.pos[0] == "名詞" and after.pos[0] == "動詞" else None


_BY_KIND: dict[str, Callable[[Place], Found]] = {
    "助動詞": _auxiliary,
    "動詞": verb_standard,
    "形容詞": _adjective,
    "助詞": _particle,
    "接尾辞": _suffix,
}
