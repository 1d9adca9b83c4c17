"""The company's own words: what it calls by several names is one thing to search for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from assistant.corpus.text import fold
from assistant.domain import Company

_MARK = "house-"
"""In front of the number of a thing: no id of a synonym group begins like this."""

_SHORTEST = 2

_SCRIPTS = ("a-z0-9", "一-鿿々", "ァ-ヺー")
"""Letters that go on a word: «IT» does not stand in «write», nor «営業» in «営業日»."""


@dataclass(frozen=True)
class HouseWords:
    """The names of each tool and department of a company, folded."""

    things: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, company: Company) -> "HouseWords":
        """Return the words of `company.yaml` that have more than one name."""
        tools = (*company.allowed_tools, *company.forbidden_tools)
        named = [
            *((tool.name, *tool.aliases) for tool in tools),
            *((each.name, *each.aliases) for each in company.departments),
        ]
        folded = (tuple(dict.fromkeys(map(_folded, names))) for names in named)
        kept = (tuple(name for name in names if len(name) >= _SHORTEST) for names in folded)
        return cls(tuple(names for names in kept if len(names) > 1))

    def terms(self, text: str) -> list[str]:
        """Return a term for each name in `text`, one and the same for all names of a thing."""
        return [term for _, _, term in self.spans(text)]

    def spans(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, term) of the names in the folded text, the longest at each place."""
        if self._pattern is None:
            return
        for match in self._pattern.finditer(fold(text)):
            yield match.start(), match.end(), self._terms[match.group()]

    @cached_property
    def _terms(self) -> dict[str, str]:
        terms: dict[str, str] = {}
        for number, names in enumerate(self.things):
            for name in names:
                terms.setdefault(name, f"{_MARK}{number}")
        return terms

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        names = sorted(self._terms, key=lambda name: (-len(name), name))
        return re.compile("|".join(map(_as_word, names))) if names else None


def _folded(name: str) -> str:
    return fold(name).strip()


def _as_word(name: str) -> str:
    before = "".join(f"(?<![{one}])" for one in _going_on(name[:1]))
    after = "".join(f"(?![{one}])" for one in _going_on(name[-1:]))
    return f"{before}{re.escape(name)}{after}"


def _going_on(edge: str) -> Iterable[str]:
    return (one for one in _SCRIPTS if re.match(f"[{one}]", edge))
