"""What a clause or an answer says that something is not for."""

import re

from assistant.answering.verdict.rows import each_of

_NOT_FOR = re.compile(
    r"(?:^|[、。::,])([^、。::,]{2,24}?)(?:には|にも|に|は|を|で)?"
    r"(?:使わ|用い|利用し|行わ|任せ|書かせ|描かせ|作らせ|させ|し|頼ら)(?:ない|ず|ません|てはならない|てはいけない)"
)
"""A part that says what something is not for."""

_EXCEPT = re.compile(
    r"(?:^|[。::,|\s])([^。::,|]{2,40}?)(?:は|を)(?:対象外|対象とし(?:ない|ません)|除[くき]|除外)"
)
"""What a condition leaves out: «理事会の記録は対象外»."""


def excluded(text: str) -> list[str]:
    """Return the parts of `text` that say what is left out, and each thing listed in them."""
    parts = [*_NOT_FOR.findall(text), *_EXCEPT.findall(text)]
    return [*parts, *(one for part in parts for one in each_of(part))]
