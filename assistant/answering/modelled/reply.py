"""A model's reply while it comes: each item as soon as nothing more can change it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic_core import from_json

from assistant.domain import Slot

_FENCE = re.compile(r"^\s*```[a-z]*\s*|\s*```\s*$")
_TAGGED = re.compile(
    r"^\[\s*(?P<slot>[a-z]+)\s+(?P<passages>P\d+(?:[\s,、]+P\d+)*)\s*\]\s*(?P<text>.+)$"
)


@dataclass(frozen=True, slots=True)
class Said:
    """One item of a reply: which slot, what, and the aliases of what it says to rest on."""

    slot: Slot
    text: str
    passages: tuple[str, ...]


class Reply:
    """Reads a reply piece by piece: JSON, or tagged lines where it does not begin with `{`."""

    def __init__(self, slots: Iterable[Slot]) -> None:
        """`slots`: those that were asked for; others are not read."""
        self._slots = tuple(slots)
        self._text = ""
        self._told = 0
        self._broken = False

    def add(self, piece: str) -> list[Said]:
        """Return the items that `piece` completes."""
        self._text += piece
        if not {"}", "\n", ",", '"'} & set(piece):
            return []
        return self._new(whole=False)

    def end(self) -> list[Said]:
        """Return the items that only the end completes."""
        return self._new(whole=True)

    @property
    def has_begun(self) -> bool:
        """Tell whether any text came."""
        return bool(self._text.strip())

    @property
    def is_hopeless(self) -> bool:
        """Tell whether it is neither form, however it goes on: a page of HTML, a chat, noise."""
        return self._broken or (self.has_begun and self._text.lstrip()[0] not in "{[`")

    @property
    def is_whole(self) -> bool:
        """Tell whether the text is a whole reply in one of the two forms."""
        text = _FENCE.sub("", self._text)
        if not text.lstrip().startswith("{"):
            return any(self._tagged(text, whole=True))
        try:
            return isinstance(from_json(text), dict)
        except ValueError:
            return False

    def _new(self, *, whole: bool) -> list[Said]:
        text = _FENCE.sub("", self._text)
        found = list(
            self._items(text, whole=whole)
            if text.lstrip().startswith("{")
            else self._tagged(text, whole=whole)
        )
        new = found[self._told :]
        self._told = max(self._told, len(found))
        return new

    def _items(self, text: str, *, whole: bool) -> Iterator[Said]:
        """Yield the items that nothing can be added to."""
        try:
            told = from_json(text, allow_partial=not whole)
        except ValueError:  # an early end is none
            self._broken = True
            return
        if not isinstance(told, dict):
            return
        lists = [
            (slot, item, n == len(told) and m == len(items))
            for n, (name, items) in enumerate(told.items(), start=1)
            for slot in self._slots
            if name == slot.value and isinstance(items, list)
            for m, item in enumerate(items, start=1)
        ]
        for slot, item, last in lists:
            if whole or not last or _ends_with_text(item):
                yield from _said(slot, item)

    def _tagged(self, text: str, *, whole: bool) -> Iterator[Said]:
        known = {slot.value: slot for slot in self._slots}
        lines = text.split("\n")
        for line in lines if whole else lines[:-1]:
            match = _TAGGED.match(line.strip())
            if match and match["slot"] in known:
                passages = tuple(re.findall(r"P\d+", match["passages"]))
                yield Said(known[match["slot"]], match["text"], passages)


def _ends_with_text(item: object) -> bool:
    """Tell whether an item that may go on is complete: as the schema orders it, text is last."""
    return isinstance(item, dict) and "passages" in item and list(item)[-1] == "text"


def _said(slot: Slot, item: object) -> Iterator[Said]:
    match item:
        case {"passages": [*passages], "text": str(text)}:
            yield Said(slot, text, tuple(str(alias) for alias in passages))
        case {"text": str(text)}:
            yield Said(slot, text, ())
