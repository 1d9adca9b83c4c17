# ruff: noqa: E501
"""Invented sentences with numbers: what nobody outside knows, whose number it is, what opens a door.

Beside each kind stands what looks like it and is harmless: published figures, prices on a tag, rules,
lessons, counts of what the AI shall write, numbers of things. Words: made_figures.txt.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from assistant.answering.guard.spans import Span
from assistant.domain import Category
from training import made_values as values
from training.naming import Marked

_Piece = str | tuple[str, Category | None]
"""Words of a sentence, with what they are where that may be told."""


def made(chance: random.Random, count: int) -> Iterator[Marked]:
    """Yield `count` sentences, about half of them with something to mask."""
    for _ in range(count):
        yield chance.choice(_KINDS)(chance)


def _told(chance: random.Random) -> Marked:
    """«来期の粗利率は22%まで落ちた。社外秘。報告の書き方»."""
    held = chance.random() < 0.45
    first = held and chance.random() < 0.3
    pieces: list[_Piece] = [_maybe("openings", chance, 0.15)]
    pieces.append(_one("held_before", chance) if first else "")
    pieces.append(_maybe("inner", chance, 0.6))
    for n in range(chance.choice((1, 1, 1, 2, 2))):
        noun, amount = _amount(chance)
        joint = chance.choice(("は", "が", "", "は", "、", "を", " "))
        pieces += ["、" if n else "", noun, joint, _maybe("before_amount", chance, 0.25)]
        pieces.append((amount, Category.UNPUBLISHED_FIGURE))
        if chance.random() < 0.3:
            arrow = chance.choice(("から", "→", "を", "と", "、"))
            pieces += [arrow, (values.like(amount, chance), Category.UNPUBLISHED_FIGURE)]
    pieces.append(_one("states", chance) if chance.random() < 0.8 else "")
    pieces += [chance.choice(("。", "、", "。", "\n"))]
    if held and not first:
        pieces += [_one("held", chance), chance.choice(("。", "なので", "です。", "、"))]
    pieces.append(_one("tasks", chance))
    return _joined(pieces)


def _published(chance: random.Random) -> Marked:
    """«厚労省の統計だと離職率は11.8%。この数字の読み方を»."""
    noun, amount = _amount(chance)
    if chance.random() < 0.4:
        noun = _one("metrics_public", chance)
    joint = chance.choice(("は", "が", "", "は", " ", "を"))
    if chance.random() < 0.2:
        amount = f"{amount}{chance.choice(('から', '→', 'を'))}{values.like(amount, chance)}"
    before, after = chance.random() < 0.65, chance.random() < 0.5
    opening = _maybe("openings", chance, 0.15) + (_one("public", chance) if before else "")
    if before and not after:
        ending = chance.choice(("。", "を", "、", "です。", "だった。")) + _one("tasks", chance)
    else:
        ending = _one("public_after", chance)
    return Marked(_filled(f"{opening}{noun}{joint}{amount}{ending}", chance), ())


def _shown(chance: random.Random) -> Marked:
    """«大人600円、小人300円。看板の文»; the same is a secret as long as it is told to nobody."""
    held = chance.random() < 0.35
    first = held and chance.random() < 0.5
    category = Category.UNPUBLISHED_FIGURE if held else None
    pieces: list[_Piece] = [_maybe("openings", chance, 0.15)]
    pieces.append(_one("held_before", chance) if first else "")
    for n in range(chance.choice((1, 1, 2, 2, 3))):
        noun, amount = _on_show(chance)
        joint = chance.choice(("は", "が", "", "", " ", "を", "、", "ば"))
        pieces += [chance.choice(("、", "、", " ", "。")) if n else "", noun, joint]
        pieces += [_maybe("shown_per", chance, 0.2), (amount, category)]
        if chance.random() < 0.2:
            arrow = chance.choice(("から", "→", "を", "ば"))
            pieces += [arrow, (values.like(amount, chance), category)]
    if not held:
        return _joined([*pieces, _one("shown_after", chance)])
    pieces += [_one("states", chance), "。"]
    pieces += ["" if first else f"{_one('held', chance)}。", _one("tasks", chance)]
    return _joined(pieces)


def _on_show(chance: random.Random) -> tuple[str, str]:
    if chance.random() < 0.7:
        number = chance.choice(
            (f"{chance.randint(5, 199)}0", f"{chance.randint(1, 48)},{chance.randint(0, 99):02}0")
        )
        return _one("shown", chance), f"{number}円"
    noun, _, units = _one("shown_counts", chance).partition(":")
    return noun, f"{values.count(chance)}{chance.choice(units.split(','))}"


def _asked(chance: random.Random) -> Marked:
    """«改善案を5つ», «9時から12時までの予定表»."""
    text = _one(chance.choice(("plain", "clocks", "things", "workloads", "guesses")), chance)
    if text in _words()["things"]:
        text += _one("asked", chance)
    return Marked(_filled(text, chance), ())


def _house(chance: random.Random) -> Marked:
    """«部長決裁は50万円まででしたっけ»: the company's own rules, which everybody in it may ask."""
    kind = chance.choice(("quotas", "house_rules"))
    noun, _, units = _one(kind, chance).partition(":")
    topic = chance.choice(
        ("の", "の", "の", "の料金、", "の契約、", "の使い方で、", "の件、", "、")
    )
    tool = f"{_one('tools', chance)}{topic}" if kind == "quotas" else _maybe("inner", chance, 0.1)
    joint = chance.choice(("は", "って", "、", "が", "は", "は月", "は1件"))
    unit = chance.choice(units.split(","))
    amount = f"{chance.choice(_ROUND) if chance.random() < 0.7 else values.count(chance)}{unit}"
    also = _filled(_maybe("also", chance, 0.2), chance)
    until = chance.choice(("", "", "まで", "以内", "以上"))
    comma = "、" if chance.random() < 0.15 else ""
    confirmed = f"{until}{also}{comma}{_one('confirmed', chance)}"
    return Marked(f"{_maybe('openings', chance, 0.1)}{tool}{noun}{joint}{amount}{confirmed}", ())


def _goods(chance: random.Random) -> Marked:
    """«KX-300シリーズの後継機の説明»: a letter makes it a thing, not a figure."""
    text = f"{_one('goods_like', chance)}{_one('of_goods', chance)}"
    return Marked(_filled(text, chance), ())


def _behind(chance: random.Random) -> Marked:
    """«2310と2400、どっちが経理の内線?»: what the numbers are comes after them."""
    kinds = (("persons", Category.STAFF_OR_CUSTOMER_NUMBER), ("goods", None), ("goods", None))
    labels, category = chance.choice((*kinds, ("doors", Category.SECRET)))
    value = values.pin if category is Category.SECRET else values.number
    if category is None and chance.random() < 0.5:
        value = values.short
    pieces: list[_Piece] = [(value(chance), category)]
    for _ in range(chance.choice((0, 0, 1, 1, 2))):
        pieces += [chance.choice(("と", "、", "か", "と")), (value(chance), category)]
    whose = chance.choice(
        ("", "", "経理の", "倉庫の", "うちの", "本社の", "この人の", "前の", "新しい")
    )
    asked = chance.choice(
        ("はどれが", "はどれも", "、どっちが", "って", "は", "、これ", "、どこの", "が")
    )
    ending = chance.choice(
        ("?", "やっけ", "だっけ?", "ですか", "です", "か調べ方を教えて", "でしたっけ", "と書いた紙", "に変わります、の連絡", "で合ってる?")
    )  # fmt: skip
    return _joined([*pieces, asked, whose, _one(labels, chance), ending])


def _english(chance: random.Random) -> Marked:
    """«our Q3 gross margin is 41.6%, not announced yet»."""
    public = chance.random() < 0.5
    text = _one("english_public" if public else "english", chance)
    text = _filled(text.replace("{e}", _one("english_nouns", chance)), chance)
    before, hole, after = text.partition("{a}")
    number = values.count(chance)
    amount = chance.choice(
        (f"{number}%", f"USD {number}", f"{number} million yen", f"{number} people", f"¥{number}")
    )
    return _joined(
        [before, (amount if hole else "", None if public else Category.UNPUBLISHED_FIGURE), after]
    )


def _filled(text: str, chance: random.Random) -> str:
    """Put numbers, hours, minutes, codes and letters where braces ask for them."""
    return _HOLE.sub(lambda hole: _HOLES[hole.group()](chance), text)


_HOLE = re.compile(r"\{[nhmdl]\}")
_HOLES: Mapping[str, Callable[[random.Random], str]] = {
    "{n}": lambda chance: chance.choice(_ROUND),
    "{h}": lambda chance: str(chance.randint(5, 22)),
    "{m}": lambda chance: f"{chance.randint(0, 59):02}",
    "{d}": lambda chance: str(chance.choice((20, 55, 100, 200, 320, 700, 1200, 3000, 8800))),
    "{l}": lambda chance: chance.choice("ABCDEFGHKLMNPRSTVWXZ"),
}
_ROUND: tuple[str, ...] = (
    "2",
    "3",
    "4",
    "5",
    "6",
    "8",
    "10",
    "12",
    "15",
    "20",
    "30",
    "50",
    "100",
    "500",
    "1,000",
)


def _amount(chance: random.Random) -> tuple[str, str]:
    kind = chance.random()
    if kind < 0.5:
        return _one("money", chance), values.money(chance)
    if kind < 0.75:
        return _one("shares", chance), values.share(chance)
    noun, _, units = _one("counts", chance).partition(":")
    return noun, f"{values.count(chance)}{chance.choice(units.split(','))}"


_BETWEEN = ("", "", " ", "は", "が", ":", ":", "の", "=", "「", "(", "は ", "で")


def _whose(chance: random.Random) -> Marked:
    """«会員番号 M0094417 の退会手続きの文», «金庫の暗証は4410を新人に教える紙», «品番…の説明文»."""
    labels, endings, category = chance.choice(
        (
            ("persons", "at_number", Category.STAFF_OR_CUSTOMER_NUMBER),
            ("persons", "at_number", Category.STAFF_OR_CUSTOMER_NUMBER),
            ("goods", "at_goods", None),
            ("goods", "at_goods", None),
            ("doors", "at_door", Category.SECRET),
            ("doors", "at_door", Category.SECRET),
        )
    )
    value = values.pin if category is Category.SECRET else values.number
    label = _one(labels, chance)
    between = chance.choice(_BETWEEN)
    closing = {"「": "」", "(": ")"}.get(between, "")
    pieces: list[_Piece] = [
        _maybe("inner", chance, 0.15),
        label,
        between,
    ]
    pieces.append((value(chance), category))
    while chance.random() < 0.2:
        pieces += [chance.choice(("と", "、", " ", "・")), (value(chance), category)]
    pieces += [closing, _one(endings if chance.random() < 0.8 else "tasks", chance)]
    return _joined(pieces)


def _joined(pieces: list[_Piece]) -> Marked:
    text, spans = "", list[Span]()
    for piece in pieces:
        words, category = piece if isinstance(piece, tuple) else (piece, None)
        if category:
            spans.append(Span(len(text), len(text) + len(words), category))
        text += words
    return Marked(text, tuple(spans))


def _one(kind: str, chance: random.Random) -> str:
    return chance.choice(_words()[kind])


def _maybe(kind: str, chance: random.Random, share: float) -> str:
    return _one(kind, chance) if chance.random() < share else ""


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """Return the words of each kind; between `|` may stand blanks."""
    kinds = dict[str, tuple[str, ...]]()
    for section in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").split("\n[")[1:]:
        kind, _, lines = section.partition("]\n")
        joined = lines.replace("\n", " | " if "|" in lines else " ").strip()
        items = joined.split("|") if "|" in joined else joined.split()
        kinds[kind] = tuple(one.strip().replace("\\n", "\n") for one in items if one.strip())
    return kinds


_KINDS = (
    *(_told,) * 5, *(_published,) * 5, *(_whose,) * 4, *(_asked,) * 3, *(_behind,) * 2, _goods,
    *(_house,) * 5, *(_shown,) * 3, _english,
)  # fmt: skip
"""How often each is chosen."""
