"""The department that a text names."""

import re
from functools import lru_cache

from assistant.domain import Company, Department


def mentioned(text: str, company: Company) -> Department | None:
    """Return the department that the text names, the longest name first.

    An alias counts only where it stands as a department («営業でも», «営業の人»), not inside
    another word («営業日», «開発する»).
    """
    named = [(name, one) for one in company.departments for name in (one.name, *one.aliases)]
    if not _any_of(tuple(name for name, _ in named)).search(text):
        return None
    for name, department in sorted(named, key=lambda pair: -len(pair[0])):
        full = name == department.name
        for match in _pattern(name).finditer(text):
            if full or _stands_alone(text, match.start(), match.end()):
                return department
    return None


_AFTER_ALIAS = re.compile(
    r"$|[?、。\s!」]|(?:部|課|の(?:人|方|事例|例|場合|部署|ひと|中|うち)|でも|では|で(?:や|使|し|試)"
    r"|じゃ|だと|さん|って(?:使|ど)|は(?:使|ど)|です|なん)"
)
_BEFORE_ALIAS = re.compile(r"(?:^|[、。\s「はがもでのにを])$")


def _stands_alone(text: str, start: int, end: int) -> bool:
    return bool(_AFTER_ALIAS.match(text[end:])) and bool(_BEFORE_ALIAS.search(text[:start]))


@lru_cache(maxsize=8)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return one pattern for all names of a company: most questions name none."""
    return re.compile("|".join(map(re.escape, names)) or "(?!)", re.IGNORECASE)


@lru_cache(maxsize=1_024)
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(re.escape(name), re.IGNORECASE)


def without_department(text: str, company: Company) -> str:
    """Return the text without the names of the department that it names, and their の."""
    found = mentioned(text, company)
    if found is None:
        return text
    for name in sorted((found.name, *found.aliases), key=len, reverse=True):
        text = re.sub(rf"{re.escape(name)}の?", "", text)
    return text
