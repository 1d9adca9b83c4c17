"""Values to rows and back, exactly: equal before and after."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from assistant.domain import (
    Clause,
    Company,
    Content,
    Document,
    FaqPair,
    Passage,
    Prose,
    Source,
    Story,
    Template,
    Version,
)

_CONTENT_TAGS: dict[str, type[Content]] = {
    "prose": Prose,
    "clause": Clause,
    "faq": FaqPair,
    "story": Story,
    "template": Template,
}
"""Written beside the JSON of a content: its fields alone do not always tell which class it is."""


@cache
def _adapters() -> dict[type[Any], TypeAdapter[Any]]:
    kinds: tuple[type[Any], ...] = (Company, Source, *_CONTENT_TAGS.values())
    return {kind: TypeAdapter(kind) for kind in kinds}


def to_json(value: Company | Source | Content) -> str:
    """Return the value as JSON."""
    return _adapters()[type(value)].dump_json(value).decode("utf-8")


def company_of(text: str) -> Company:
    """Return the company that `to_json` wrote. Raises ValueError."""
    company: Company = _adapters()[Company].validate_json(text)
    return company


def source_of(text: str) -> Source:
    """Return the source that `to_json` wrote. Raises ValueError."""
    source: Source = _adapters()[Source].validate_json(text)
    return source


def passage_row(passage: Passage) -> dict[str, str | int | None]:
    """Return the columns of a passage without its source; `key` is the hash of all of them."""
    tag = next(tag for tag, kind in _CONTENT_TAGS.items() if isinstance(passage.content, kind))
    row: dict[str, str | int | None] = {
        "id": passage.id,
        "ordinal": passage.ordinal,
        "headings": json.dumps(passage.headings, ensure_ascii=False),
        "text": passage.text,
        "page": passage.page,
        "tag": tag,
        "content": to_json(passage.content),
    }
    return {"key": hashed(*(str(value) for value in row.values())), **row}


def passage_of(row: Mapping[Any, Any], source: Source) -> Passage:
    """Return the passage of these columns. Raises ValueError."""
    tag = row["tag"]
    if tag not in _CONTENT_TAGS:
        raise ValueError(tag)
    return Passage(
        id=row["id"],
        source=source,
        ordinal=row["ordinal"],
        headings=tuple(json.loads(row["headings"])),
        text=row["text"],
        content=_adapters()[_CONTENT_TAGS[tag]].validate_json(row["content"]),
        page=row["page"],
    )


def document_key(document: Document, passage_keys: list[str]) -> str:
    """Return the hash of everything in a document: versions share the rows of equal ones."""
    return hashed(document.id, document.digest, to_json(document.source), *passage_keys)


def version_of(row: Mapping[Any, Any]) -> Version:
    """Return the version of this row of versions joined with the pointer."""
    return Version(
        id=row["id"],
        created=datetime.fromisoformat(row["created"]).astimezone(UTC),
        author=row["author"],
        summary=row["summary"],
        documents=row["documents"],
        passages=row["passages"],
        live=row["live"] is not None,
    )


def hashed(*parts: str) -> str:
    """Return 32 hex digits that name this sequence of texts."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()[:32]
