"""What a browser would make of our HTML: the elements, and the text that is seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "img", "br", "input", "hr"})


@dataclass
class Element:
    tag: str
    attributes: Mapping[str, str]
    pieces: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(p if isinstance(p, str) else p.text for p in self.pieces)

    def all(self, tag: str = "", **attributes: str) -> list["Element"]:
        """Return the elements below with this tag and these attributes (`data_do` = data-do)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        found = []
        for piece in self.pieces:
            if isinstance(piece, str):
                continue
            has = all(
                value in piece.attributes.get(name, "").split()
                or piece.attributes.get(name) == value
                for name, value in wanted.items()
            )
            if has and tag in {"", piece.tag}:
                found.append(piece)
            found += piece.all(tag, **attributes)
        return found

    def one(self, tag: str = "", **attributes: str) -> "Element":
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} of {tag} {attributes}"
        return found[0]


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].pieces.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].pieces.append(data)


def parse(html: str) -> Element:
    """Return the tree of well-formed HTML; an element left open or crossed fails."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert builder.open == [builder.root], f"<{builder.open[-1].tag}> stays open"
    return builder.root
