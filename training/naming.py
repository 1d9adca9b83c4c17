"""Sentences with the places of their names, and the same with other names, or with names at all."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.answering.guard.folding import HOLE, folded
from assistant.answering.guard.spans import Span
from assistant.domain import Category
from benchmarks.guard import read_set
from training.made_names import invented, place, role

_CLASSES = {
    "person": Category.PERSON,
    "health_or_evaluation": Category.PERSON,
    "company": Category.COMPANY,
}
_HONORIFICS = ("おばあちゃん", "さん家", "さん", "様", "さま", "氏", "先生")


@dataclass(frozen=True, slots=True)
class Marked:
    """A folded text and where its people and companies stand; `others` hold anything else."""

    text: str
    names: tuple[Span, ...]
    others: tuple[Span, ...] = ()


def read_marked(path: Path) -> Iterator[Marked]:
    """Yield the sentences of a set with all places of their names."""
    for sentence in read_set(path):
        text = folded(sentence.text).text
        names, others = list[Span](), list[Span]()
        for kind, typed in sentence.spans:
            words = folded(typed).text
            category = _CLASSES.get(kind)
            for tail in _HONORIFICS if category is Category.PERSON else ():
                words = words.removesuffix(tail) or words
            at = text.find(words)
            while at >= 0:
                span = Span(at, at + len(words), category or Category(kind))
                (names if category else others).append(span)
                at = text.find(words, span.end) if category and len(words) > 1 else -1
        yield Marked(text, tuple(sorted(set(names))), tuple(sorted(set(others))))


def varied(sentence: Marked, chance: random.Random) -> Marked:
    """Return the sentence with other names; what is no name, or one name, may be a hole already."""
    pieces, names = list[str](), list[Span]()
    length = at = 0
    given: dict[str, str] = {}
    for span in sorted({*sentence.names, *sentence.others}):
        if span.start < at:
            continue
        before = sentence.text[at : span.start]
        words = sentence.text[span.start : span.end]
        other = span in sentence.others
        if chance.random() < (0.5 if other else 0.12):
            given.setdefault(words, HOLE)
        elif not other and chance.random() < 0.85:
            given.setdefault(words, folded(invented(span.category, words, chance)).text)
        words = given.get(words, words)
        pieces += [before, words]
        length += len(before)
        if not other and words != HOLE:
            names.append(Span(length, length + len(words), span.category))
        length += len(words)
        at = span.end
    return Marked("".join([*pieces, sentence.text[at:]]), tuple(names))


_SOMEBODY = re.compile(
    r"(?:お客(?:様|さま|さん)|患者さん|利用者(?:様|さん)?|部下|後輩|先輩|上司|課長|部長|店長|所長|社長|院長"
    r"|同僚|新人|スタッフ|バイトさん|パートさん|あの子|あの人|保護者|生徒|学生|園児|先生|担当者?|本人"
    r"|会員(?:様|さん)?|組合員(?:さん)?)(?=[のがはにをとへもで、]|から|って)"
)
_SOME_COMPANY = re.compile(
    r"(?:取引先|得意先|仕入れ?先|お客(?:様|さま|さん)|顧客|先方|相手先|相手|業者(?:さん)?|メーカー|銀行"
    r"|下請け|協力会社|ベンダー|他社|競合|同業|代理店|施主|荷主|オーナー|クライアント|スポンサー|病院|店"
    r"|工場|役所|学校|組合|チーム|うち)(?=[のがはにをとへもで、]|から|って|向け)"
)
_LIKE = {
    Category.PERSON: (
        "田中",
        "田中",
        "田中",
        "田中 一郎",
        "田中一郎",
        "たなか",
        "タナカ",
        "Tanaka",
    ),
    Category.COMPANY: ("商会", "商会", "商会", "商会", "商会", "株式会社", "Altair"),
}
_CALLED = ("さん", "さん", "様", "氏", "先生", "課長", "部長", "くん", "", "", "", "")


def named(text: str, chance: random.Random) -> Marked | None:
    """Return the wording with an invented name where it speaks of somebody or some company."""
    category, pattern = chance.choice(
        [(Category.PERSON, _SOMEBODY), (Category.COMPANY, _SOME_COMPANY)]
    )
    places = [
        match for match in pattern.finditer(text)
        if not match.start() or not "一" <= text[match.start() - 1] <= "龠"
    ]  # fmt: skip
    if not places:
        return _led_in(text, category, chance) if chance.random() < _LED_IN_SHARE else None
    found = chance.choice(places)
    name = _name(category, chance)
    after = chance.choice(
        _CALLED if category is Category.PERSON else ("", "", "", "さん", "様", "社")
    )
    at = found.start()
    whole = f"{text[:at]}{name}{after}{text[found.end() :]}"
    return Marked(whole, (Span(at, at + len(name), category),))


_LED_IN_SHARE = 0.75
"""Of the wordings that speak of nobody; two thirds brought the same."""
_AFTER_PERSON = """
さんの 様の さまの の が書いた に渡す さんから来た さんに送る 課長の 部長の 先生の くんの さんが
さんは、 が は に頼まれた さんへの 様宛の あての から聞いた さん、 と一緒に さんと さん用に 様への
って人の という人の 主任の 店長の 氏の :
"""
_AFTER_COMPANY = """
の の の さんの 様の に出す へ出す から来た から届いた さんから来た 向けの 向け あての 宛ての への
との とやっている に送る へ送る に頼んだ さんに頼む が が出した は の件、 さんの件、 について、
より 経由の 用の に渡す と比べて、 って会社の から さんに、 に 御中 」の )の 、 の担当者と の人と
の社長の
"""
_OPENINGS = ("", "", "", "", "「", "\n", "相手は", "・", "(", "→", "先方の", "昨日")
_JOINTS = ("、", "と", "や", "・", "→", "\n", "、")


def _led_in(text: str, category: Category, chance: random.Random) -> Marked:
    """Return the wording with a name before it, or after its first comma."""
    name = _name(category, chance)
    comma = text.find("、") + 1
    at = comma if chance.random() < 0.3 and comma < len(text) else 0
    opening = chance.choice(_OPENINGS)
    start = at + len(opening)
    first = Span(start, start + len(name), category)
    spans, listed = [first], name
    for _ in range(chance.choice((0, 0, 0, 0, 1, 2))):
        joint = chance.choice(_JOINTS)
        other = _name(category, chance)
        begin = start + len(listed) + len(joint)
        spans.append(Span(begin, begin + len(other), category))
        listed = f"{listed}{joint}{other}"
    after = _AFTER_PERSON if category is Category.PERSON else _AFTER_COMPANY
    whole = f"{text[:at]}{opening}{listed}{chance.choice(after.split())}{text[at:]}"
    return Marked(whole, tuple(spans))


def _name(category: Category, chance: random.Random) -> str:
    like = chance.choice(_LIKE[category])
    return folded(invented(category, like, chance)).text


_PLACED = """
の の の から で まで と に へ 、 は が って に行く での 向けの への より 駅 産 市 支店の
"""


def placed(text: str, chance: random.Random) -> Marked:
    """Return the wording with places or the like before it: names of nobody."""
    places = [place(chance) for _ in range(chance.choice((1, 1, 1, 2, 3)))]
    joint = chance.choice(("、", "と", "や", "・"))
    return Marked(f"{joint.join(places)}{chance.choice(_PLACED.split())}{text}", ())


_AFTER_ROLE = """
の の が は に を と も への から って という に頼む向けの にも来てもらう と話した時の 、 だけ
同士の 用の が書いた に渡す のための にお願いする なら でも や
"""


def called(text: str, chance: random.Random) -> Marked:
    """Return the wording with somebody called by what they do before it: names of nobody."""
    after = chance.choice(_AFTER_ROLE.split())
    ending = chance.choice(("さん", "さん", "さん", "様", "さま", "さん達", "さんたち"))
    return Marked(f"{role(chance)}{ending}{after}{text}", ())
