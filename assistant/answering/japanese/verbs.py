"""Verbs as dialects and daily speech shorten them, found by their conjugation."""

from dataclasses import dataclass

from assistant.ports import Morpheme

_IRU = {"る": "る", "っ": "", "ら": "", "り": "", "れ": "れ", "ろ": "よ", "ん": "る"}
"""How いる goes where とる, よる, はる or おる ends like this."""

_SOUND = {
    "く": "い",
    "き": "い",
    "ぎ": "い",
    "し": "し",
    "ち": "っ",
    "り": "っ",
    "い": "っ",
    "び": "ん",
    "み": "ん",
    "に": "ん",
}
"""The stem before て by the last sound of a verb's 連用形 (五段)."""
_VOICED = frozenset("ぎびみに")
_QUOTES = frozenset({"", "?", "。", "!", "、", "…", " ", "」"})


@dataclass(frozen=True, slots=True)
class Place:
    """A word among its neighbours."""

    before: Morpheme | None
    word: Morpheme
    after: Morpheme | None

    @property
    def next(self) -> str:
        """What follows; empty at the end."""
        return self.after.surface if self.after else ""

    @property
    def ends(self) -> bool:
        """Nothing follows but a mark."""
        return self.next in _QUOTES


Found = tuple[str | None, str] | None
"""What the word before becomes, if anything, and what the word becomes."""


def going_on(at: Place) -> Found:
    """書きよる, 書いとる, 書いてはる → 書いている."""
    before, surface = at.before, at.word.surface
    assert before is not None  # noqa: S101 — asked by the caller
    if surface[-1] not in _IRU or len(surface) < 2:
        return None
    rest = "い" + _IRU[surface[-1]]
    if at.word.normalized == "はる":
        if before.surface in {"て", "で"}:
            return None, rest
        return (None, "") if at.next in {"ます", "まし", "へん", "ません"} else None
    if at.word.normalized == "とる":
        return _euphonic(before), ("で" if surface.startswith("ど") else "て") + rest
    stem = _before_te(before)
    return (stem, rest) if stem else None


def _before_te(verb: Morpheme) -> str:
    """Return 書いて of 書き, 見て of 見; empty where it is no verb."""
    if verb.pos[0] not in {"動詞", "助動詞"} or len(verb.pos) < 3:
        return ""
    if not verb.pos[2].startswith("五段"):
        return verb.surface + "て"
    last = verb.surface[-1]
    return (
        verb.surface[:-1] + _SOUND[last] + ("で" if last in _VOICED else "て")
        if last in _SOUND
        else ""
    )


def _euphonic(verb: Morpheme) -> str | None:
    """使う before て or た is 使っ."""
    if len(verb.pos) > 2 and verb.pos[2] == "五段-ワア行" and verb.surface.endswith("う"):
        return verb.surface[:-1] + "っ"
    return None


def negated(at: Place) -> Found:
    """わからん → わからない, せん → しない; ません stays."""
    before = at.before
    assert before is not None  # noqa: S101 — asked by the caller
    if before.surface in {"ませ", "ましょ"} or not before.pos[-1].startswith("未然形"):
        return None
    if before.normalized == "為る" and before.surface == "せ":
        return "し", "ない"
    if before.normalized == "居る" and before.surface == "おら":
        return "い", "ない"
    return None, "ない"


def whole_stem(verb: Morpheme | None) -> str | None:
    """わかん of わかんない is わから."""
    if verb and verb.pos[0] == "動詞" and verb.surface.endswith("ん") and "五段-ラ行" in verb.pos:
        return verb.surface[:-1] + "ら"
    return None


_PAST = frozenset({"て", "た", "たら", "たり", "てる", "てい"})
_IS_THERE = {"おる": "いる", "おら": "い", "おっ": "い", "おれ": "いれ"}
"""«おられる», «おらず» and «おります» are polite, not western."""


def verb_standard(at: Place) -> Found:
    """おる → いる, もろて → もらって, 使うて → 使って, つくんの → つくるの."""
    word = at.word
    if word.normalized == "居る" and word.surface in _IS_THERE:
        of_west = word.surface != "おら" or at.next in {"ん", "へん"}
        return (None, _IS_THERE[word.surface]) if of_west else None
    if word.normalized == "貰う" and word.surface in {"もろ", "もろう"} and at.next in {"て", "た"}:
        return None, "もらっ"
    if (
        word.normalized == "仕舞う"
        and word.surface in {"しも", "しもう"}
        and at.next in {"て", "た"}
    ):
        return None, "しまっ"
    if word.surface.endswith("う") and at.next in _PAST:
        said = _euphonic(word)
        return (None, said) if said else None
    if word.surface.endswith("ん") and len(word.pos) > 3 and word.pos[3].endswith("撥音便"):
        return _shortened(at)
    return None


_AFTER_NOT = frozenset({"けど", "から", "けん", "ねん", "し"})


def _shortened(at: Place) -> Found:
    """つくんの → つくるの, 使えん → 使えない; where both are meant by it, it stays."""
    word, kind = at.word, at.word.pos[2]
    if not word.pos[3].startswith(("連体形", "終止形")):
        return None
    if at.next in {"の", "だ"} and not kind.startswith("下一段"):
        return None, "する" if word.surface == "すん" else word.surface[:-1] + "る"
    named = at.after is not None and at.after.pos[0] == "名詞"
    if kind.startswith("下一段") and (at.ends or named or at.next in _AFTER_NOT):
        return None, word.surface[:-1] + "ない"
    return None
