"""A passage before it has its place in the document, and its way to one."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.domain import Content, Passage, Problem, Prose, Source

_PROSE = Prose()


@dataclass(frozen=True, slots=True)
class Draft:
    """Text, place and meaning of a passage; rows of a table may have a department of their own."""

    text: str
    headings: tuple[str, ...] = ()
    content: Content = _PROSE
    page: int | None = None
    departments: tuple[str, ...] = ()
    updated: date | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """What a document was cut into, and what DX staff should know about it."""

    drafts: tuple[Draft, ...]
    problems: tuple[Problem, ...] = ()


def number_passages(source: Source, drafts: Sequence[Draft]) -> tuple[Passage, ...]:
    """Return the passages of a document: in order, without empty ones, each with its id."""
    kept = [draft for draft in drafts if draft.text.strip()]
    return tuple(_passage(source, ordinal, draft) for ordinal, draft in enumerate(kept))


def _passage(source: Source, ordinal: int, draft: Draft) -> Passage:
    if draft.departments or draft.updated:
        source = replace(
            source,
            departments=draft.departments or source.departments,
            updated=draft.updated or source.updated,
        )
    key = json.dumps([source.path, draft.headings, ordinal, draft.text], ensure_ascii=True)
    return Passage(
        id=hashlib.sha256(key.encode("ascii")).hexdigest()[:20],
        source=source,
        ordinal=ordinal,
        headings=draft.headings,
        text=draft.text,
        content=draft.content,
        page=draft.page,
    )
