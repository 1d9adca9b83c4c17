"""Names of departments as people write them, resolved to the ones of company.yaml."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.corpus.text import fold
from assistant.domain import Company

_EVERYONE = frozenset(
    {"", "-", "全社", "全社共通", "共通", "全部署", "全部門", "全員", "全社員", "社内全体", "all"}
)
"""General Japanese ways to say that a document is for the whole company."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Departments by their full names, and the words that name none."""

    names: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def resolve_departments(words: Iterable[str], company: Company) -> Resolved:
    """Return the departments that `words` name, by name or alias whatever their width or case."""
    known = {
        fold(word).replace(" ", ""): department.name
        for department in company.departments
        for word in (department.name, *department.aliases)
    }
    names, unknown = [], []
    for word in words:
        key = fold(word).replace(" ", "")
        if key in _EVERYONE:
            continue
        if key in known:
            names.append(known[key])
        else:
            unknown.append(word.strip())
    return Resolved(tuple(dict.fromkeys(names)), tuple(dict.fromkeys(unknown)))


def near_matches(word: str, known: Iterable[str]) -> list[str]:
    """Return up to three known names that look like `word`, nearest first."""
    names = list(known)
    near = difflib.get_close_matches(word, names, n=3, cutoff=0.5)
    return near or [name for name in names if len(word) > 1 and (word in name or name in word)][:3]
