"""Which kind of clause a piece of a rule is: its own ending weighed against its heading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.corpus.rules.clause_model import sure_kind
from assistant.corpus.rules.endings import CHECKED, PERMISSION
from assistant.corpus.rules.markers import mark_of
from assistant.corpus.rules.modals import (
    MARKER,
    is_neutral,
    is_of_orders,
    kind_of_heading,
    kind_of_mark,
    tells_nothing,
)
from assistant.corpus.rules.sentences import (
    forbids_entering,
    forbids_using,
    has_exception,
    is_promise,
    kind_of_sentence,
    sentences_of,
    tells_a_state,
)
from assistant.corpus.text import narrow
from assistant.domain import ClauseKind

_LEAD = re.compile(r"\s*[【\[(]?\s*([^\s:】\])、。]{1,8})\s*(?:[:】\])]|\s-\s)")
_BULLET_MARKS = "○◯〇✓✔"
"""Circles and ticks are bullets too, unless a cross or triangle stands beside them."""


@dataclass(frozen=True, slots=True)
class Place:
    """What the headings and the lead of a piece say of it."""

    kind: ClauseKind | None = None
    firm: bool = False
    """Stands where no clause is expected: only plain orders count."""
    marked: bool = False
    """Circles and crosses in front of items tell their kind here."""
    headings: tuple[str, ...] = ()

    def under(self, kind: ClauseKind | None) -> "Place":
        """Return the place of what a lead of this kind introduces."""
        return self if kind is None else replace(self, kind=kind)


def place_under(headings: Sequence[str], texts: Sequence[str]) -> Place:
    """Return the place that the nearest telling heading gives to `texts`."""
    marks = {mark_of(text)[:1] for text in texts} - {""}
    marked = bool(marks) and not marks <= set(_BULLET_MARKS)
    orders = False
    for heading in reversed(headings):
        kind = kind_of_heading(heading)
        if kind is not None:
            return Place(kind, marked=marked, headings=tuple(headings))
        if tells_nothing(heading):
            firm = is_neutral(heading) and not orders
            return Place(firm=firm, marked=marked, headings=tuple(headings))
        orders = orders or is_of_orders(heading)
    return Place(marked=marked, headings=tuple(headings))


def kind_at(place: Place, text: str) -> ClauseKind | None:
    """Return the kind of an item or sentence at a place."""
    led = marked_kind(place, text)
    if led is not None:
        return led
    own = own_kind(text, place)
    base = place.kind
    if base is None:
        return learned_kind(place, text, own)
    if own is None or own is base:
        return base
    told = _outspoken(base, own, text)
    eased = told is not ClauseKind.FORBIDDEN_INPUT and sure_kind(text, place.headings) is base
    return base if eased else told


def _outspoken(base: ClauseKind, own: ClauseKind, text: str) -> ClauseKind:
    """Return which holds where the heading says one thing and the ending another."""
    if base is ClauseKind.FORBIDDEN_INPUT:
        return ClauseKind.CONDITIONAL if has_exception(text) else base
    if base is ClauseKind.ENCOURAGED:
        return own if _outweighs(own, text) else base
    titled = base is ClauseKind.CONDITIONAL and bool(_TITLED.match(narrow(text)))
    banned = _bans_entering(base, own, text) or (
        own is ClauseKind.FORBIDDEN_INPUT and _bans(base, text)
    )
    return ClauseKind.FORBIDDEN_INPUT if banned and not titled else base


_LIKELY, _CERTAIN = 0.5, 0.9
_SOFT = frozenset({None, ClauseKind.CONDITIONAL, ClauseKind.ENCOURAGED})
"""Endings that are gainsaid by what is only likely: «使えます。» has conditions behind it."""


_LEAVE = re.compile(rf"{PERMISSION}|申請|届")
"""«承諾なく入れないこと», «係へ申請する»: a condition by its own words, whatever is likely."""


def learned_kind(place: Place, text: str, own: ClauseKind | None) -> ClauseKind | None:
    """Return the kind of a piece that no heading tells; what its ending forbids is never free."""
    if place.firm or _is_legend(text):
        return own
    if is_promise(text) or (own is ClauseKind.CONDITIONAL and _LEAVE.search(text)):
        return own
    least = _LIKELY if own in _SOFT else _CERTAIN
    sure = sure_kind(text, place.headings, least=least)
    if own is None and sure is ClauseKind.FORBIDDEN_INPUT and tells_a_state(text):
        return None
    freed = own is ClauseKind.FORBIDDEN_INPUT and sure is ClauseKind.ENCOURAGED
    return own if sure is None or freed else sure


_ORDERED = re.compile(
    r"必ず|かならず|(?<!調べて)(?:ください|下さい)|ましょう|(?<!調べる)(?<!検索する)こと[。\s]*$|[前まえ]に"
)
"""«公開された資料を調べる» under «やっていいこと» is a use, «必ず原本と見くらべる» a check."""
_STEP = re.compile(
    rf"{PERMISSION}|申請|届|伏せ|匿名|仮名|加工|マスク|マスキング|黒塗り|消[しす]|削除|外[しす]|抜[いく]|除[いく]|"
    r"置き?[換か]え|てから|[上うえ]で|に限(?:り|って)|相談|受講|ください|下さい|こと[。\s]*$"
)
"""What somebody does before or beside a use; «公開済みのものに限る» only says how far it goes."""
_TOWARDS = re.compile(r"窓口|迷|困っ|[わ分]から|万一|万が一|漏|誤って|間違えて|(?:まで|へ)[。\s]*$")
"""What makes an item under «やっていいこと» one on whom to ask: not «好きに聞いてください»."""
_PROVISO = re.compile(r"^[^。]+。\s*(?:ただし|但し)")


def _outweighs(own: ClauseKind, text: str) -> bool:
    """Return whether a piece under «やっていいこと» says something else by itself."""
    if own is ClauseKind.FINAL_CHECK:
        return bool(_ORDERED.search(text))
    if own is ClauseKind.DESK:
        return bool(_TOWARDS.search(narrow(text)))
    if own is ClauseKind.FORBIDDEN_INPUT:
        return forbids_using(text) and not _PROVISO.match(text)
    return bool(_STEP.search(narrow(text)))


_TITLED = re.compile(r"[^。]*?(?::|…|—|―|\s[-–]\s)|\W*\*\*[^*]+\*\*\s*[^\s*]")
"""«規程の要約 … 部外秘は入れない»: what follows a title is the condition of that use."""
_BANNED = re.compile(
    r"(?:て|で)は(?:ならな|なりませ|いけな|いけませ)|(?:禁止|禁じ|認め(?:ない|ません|られ))[^。]{0,8}[。]?$"
)


_WAITS = re.compile(r"まで(?:は|の間は?)?、?[^。]{0,16}(?:ない|ません)")
"""«返事が来るまで入力しない» beside whom to ask."""
_UNTIL = re.compile(r"(?:まで|ずに|ないまま|なしに|なく)(?:は|、)?[^。]{0,24}$")


def _bans_entering(base: ClauseKind, own: ClauseKind, text: str) -> bool:
    """Return whether it forbids to enter; among conditions, not beside the use that it limits."""
    part = base is ClauseKind.CONDITIONAL and own is ClauseKind.CONDITIONAL
    waits = base is ClauseKind.DESK and bool(_WAITS.search(text))
    return forbids_entering(text) and not part and not waits


def _bans(base: ClauseKind, text: str) -> bool:
    """Return whether it stands among conditions and is none: «似顔絵は、生成してはならない»."""
    found = _BANNED.search(text)
    if found is None:
        return False
    if base is ClauseKind.DESK:
        return forbids_using(text)
    return base is ClauseKind.CONDITIONAL and not _UNTIL.search(text[: found.start()])


_LEGEND = re.compile(r"[○◯〇◎△▲×✕✖❌✅⚠]\ufe0f?(?:印|マーク)?(?:は|が|:|=)")
"""«△は条件を守れば使えます» tells what a mark means, and forbids or allows nothing by itself."""


_OF_OUTPUT = re.compile(r"生成物|成果物|出力|回答|生成された")
"""«事実を確認してから使う» under a heading on what came out is a check, no condition."""


def own_kind(text: str, place: Place) -> ClauseKind | None:
    """Return the kind that a text tells by its own words; what explains marks tells none."""
    if _is_legend(text):
        return None
    own = kind_of_sentence(text, firm=place.firm)
    nearest = place.headings[-1] if place.headings else ""
    checked = own is ClauseKind.CONDITIONAL and _OF_OUTPUT.search(nearest) and CHECKED.search(text)
    return ClauseKind.FINAL_CHECK if checked else own


def _is_legend(text: str) -> bool:
    shape = narrow(text)
    return bool(_LEGEND.match(shape)) or len(_LEGEND.findall(shape)) > 1


_INLINE = re.compile(
    r"[^。]{2,}?(?:(?P<arrow>[→⇒➡])|[::])\s*(?P<mark>[○◯〇◎⭕△▲×✕✖❌✅])\ufe0f?(?=[。、,.\s(]|$)"
)
"""«顧客の本番データ:×。…», «翻訳 → △(要確認)»: a row of a table written as an item."""


def marked_kind(place: Place, text: str) -> ClauseKind | None:
    """Return what stands before an item: «NG: …», «❌ …»; a plain circle only beside a cross."""
    mark = mark_of(text)
    if mark and place.kind is None and (place.marked or mark[0] not in _BULLET_MARKS):
        return kind_of_mark(mark)
    inline = _INLINE.match(narrow(text))
    if inline and (place.kind is None or (inline["arrow"] and place.kind in _SOFT)):
        return kind_of_mark(inline["mark"])
    match = _LEAD.match(MARKER.sub("", narrow(text), count=1))
    word = kind_of_mark(match[1]) if match else None
    return word if place.kind in {None, ClauseKind.ENCOURAGED} else None


_LONGEST_NOTE = 30
_THING = re.compile(
    r"を(?!伏|消|隠|抜|外|除|替|変|換|加工|問わ)|(?<=[^\W\d_]{2})は(?!、?(?:だめ|ダメ|NG|不可)$)"
)
"""What a sentence orders something of: not «名前を伏せてもだめ», which is on the list below it."""


def is_note(place: Place, text: str) -> bool:
    """Return whether a paragraph above a list only speaks of the list: «どの道具でもだめ。»."""
    sentences = sentences_of(text)
    if any(len(one) > _LONGEST_NOTE for one in sentences):
        return False
    if place.kind is ClauseKind.ENCOURAGED:
        return True
    return place.kind is ClauseKind.FORBIDDEN_INPUT and not any(map(_THING.search, sentences))
