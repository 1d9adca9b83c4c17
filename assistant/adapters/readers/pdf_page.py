"""One PDF page: what is drawn where, without what nobody can see."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assistant.adapters.readers.lines import Line
from assistant.adapters.readers.pdf_tables import Ruling, tables_of
from assistant.adapters.readers.pdf_text import Fragment, lines_of
from assistant.corpus.cleaning import clean

if TYPE_CHECKING:
    from pypdf import PageObject

_MIN_SIZE = 2.0
"""Points; smaller type is there for machines, not for people."""
_WHITE = 0.95
_SHOWS = frozenset({"Tj", "TJ", "'", '"'})
_FILLS = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
_PATH_ENDS = _FILLS | {"S", "s", "n"}
_MAX_RULINGS = 20_000


@dataclass(frozen=True, slots=True)
class Page:
    """A page after reading: its lines from top to bottom, in the order they were drawn."""

    number: int
    lines: tuple[Line, ...] = ()
    tops: tuple[float, ...] = ()
    """Height of each line from the page's bottom, as a share of the page (0–1)."""
    characters: int = 0
    hidden: int = 0

    @property
    def text(self) -> str:
        """Return the lines and the rows of tables, a line each."""
        return "\n".join(
            "\n".join("".join(row) for row in line.rows) if line.rows else line.text
            for line in self.lines
        )


def read_page(page: "PageObject", number: int) -> Page:
    """Return the page at 1-based `number`. Raises what pypdf raises."""
    box = page.mediabox
    canvas = _Canvas(float(box.left), float(box.bottom), float(box.right), float(box.top))
    page.extract_text(visitor_operand_before=canvas.on_operator, visitor_text=canvas.on_text)
    tables, rest = tables_of(canvas.fragments, canvas.rulings, number)
    placed = lines_of(rest, tables, number, sides=(canvas.left, canvas.right))
    height = max(1.0, canvas.top - canvas.bottom)
    return Page(
        number,
        tuple(line for line, _ in placed),
        tuple((y - canvas.bottom) / height for _, y in placed),
        characters=sum(len(fragment.text.strip()) for fragment in canvas.fragments),
        hidden=canvas.hidden,
    )


@dataclass(slots=True)
class _State:
    """The part of the graphics state that decides whether text can be seen."""

    white: bool = False
    render_mode: int = 0


@dataclass(slots=True)
class _Canvas:
    """Collects what pypdf's visitors tell while it walks over the page."""

    left: float
    bottom: float
    right: float
    top: float
    fragments: list[Fragment] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    hidden: int = 0
    _state: _State = field(default_factory=_State)
    _stack: list[_State] = field(default_factory=list)
    _shown: list[_State] = field(default_factory=list)
    _showing: bool = False
    _last: _State = field(default_factory=_State)
    _path: list[Ruling] = field(default_factory=list)
    _point: tuple[float, float] | None = None
    _dark: list[Ruling] = field(default_factory=list)

    def on_operator(
        self, operator: bytes, operands: Sequence[Any], cm: Sequence[float], _: object
    ) -> None:
        """Follow colours, render mode and paths."""
        name = operator.decode("latin-1")
        self._showing = name in _SHOWS
        if self._showing:
            self._shown.append(_State(self._state.white, self._state.render_mode))
        elif name == "q":
            self._stack.append(_State(self._state.white, self._state.render_mode))
        elif name == "Q" and self._stack:
            self._state = self._stack.pop()
        elif name == "Tr" and operands:
            self._state.render_mode = int(operands[0])
        elif name in {"rg", "g", "k", "sc", "scn"}:
            self._state.white = _is_white(name, operands)
        elif name in {"re", "m", "l"}:
            self._draw(name, [float(value) for value in operands], cm)
        elif name in _PATH_ENDS:
            self._end_path(name)

    def on_text(
        self, text: str, cm: Sequence[float], tm: Sequence[float], font: object, size: float
    ) -> None:
        """Keep a piece of text with its place, or count it as hidden."""
        shown = self._shown[:-1] if self._showing else self._shown
        self._shown = self._shown[-1:] if self._showing else []
        if shown:
            self._last = shown[-1]
        if not text.strip():
            return
        x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or abs(tm[2] * cm[1]) or 1.0
        fragment = Fragment(
            clean(text.replace("\n", "")).text,
            x,
            y,
            abs(size) * scale,
            len(self.fragments),
            _is_bold(font),
        )
        if self._is_hidden(fragment, shown or [self._last]):
            self.hidden += len(fragment.text.strip())
        else:
            self.fragments.append(fragment)

    def _is_hidden(self, fragment: Fragment, shown: Sequence[_State]) -> bool:
        outside = not (
            self.left - 2 <= fragment.x <= self.right + 2
            and self.bottom - 2 <= fragment.y <= self.top + 2
        )
        if (
            outside
            or fragment.size < _MIN_SIZE
            or all(state.render_mode in {3, 7} for state in shown)
        ):
            return True
        if not all(state.white for state in shown):
            return False
        middle = fragment.y + fragment.size / 3
        # 濃い色の帯に白い文字: the usual look of a table's header, which everyone can read.
        return not any(
            r.left - 2 <= fragment.x <= r.right + 2 and r.bottom - 2 <= middle <= r.top + 2
            for r in self._dark
        )

    def _draw(self, name: str, values: list[float], cm: Sequence[float]) -> None:
        if name == "re" and len(values) == 4:
            x, y, width, height = values
            self._path.append(_box((x, y), (x + width, y + height), cm))
        elif len(values) == 2:
            point = (values[0], values[1])
            if name == "l" and self._point is not None:
                self._path.append(_box(self._point, point, cm))
            self._point = point

    def _end_path(self, name: str) -> None:
        if name in _FILLS and not self._state.white:
            self._dark += self._path[: _MAX_RULINGS - len(self._dark)]
        if name != "n":
            self.rulings += self._path[: _MAX_RULINGS - len(self.rulings)]
        self._path, self._point = [], None


def _box(first: tuple[float, float], second: tuple[float, float], cm: Sequence[float]) -> Ruling:
    xs, ys = zip(
        *(
            (p[0] * cm[0] + p[1] * cm[2] + cm[4], p[0] * cm[1] + p[1] * cm[3] + cm[5])
            for p in (first, second)
        ),
        strict=True,
    )
    return Ruling(min(xs), min(ys), max(xs), max(ys))


def _is_white(name: str, operands: Sequence[Any]) -> bool:
    try:
        values = [float(value) for value in operands]
    except (TypeError, ValueError):
        return False
    if name == "k" or (name in {"sc", "scn"} and len(values) == 4):
        return bool(values) and max(values) <= 1 - _WHITE
    return bool(values) and min(values) >= _WHITE


def _is_bold(font: object) -> bool:
    name = str(font.get("/BaseFont", "")) if isinstance(font, Mapping) else ""
    return bool(re.search(r"bold|heavy|black|-W[6-9]|-E$", name, re.IGNORECASE))
