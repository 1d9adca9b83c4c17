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
from assistant.ports import DocumentEntry

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
    kinds: tuple[type[Any], ...] = (Company, Source, dict, *_CONTENT_TAGS.values())
    return {kind: TypeAdapter(kind) for kind in kinds}


def to_json(value: Company | Source | Content) -> str:
    """Return the value as JSON."""
    return _adapters()[type(value)].dump_json(value).decode("utf-8")


def company_of(text: str) -> Company:
    """Return the company that `to_json` wrote. Raises ValueError."""
    company: Company = _adapters()[Company].validate_json(text)
    return company


def source_of(text: str, own: str | None = None) -> Source:
    """Return the source that `to_json` wrote, changed by what `own_json` did. Raises ValueError."""
    if own is not None:
        fields = _adapters()[dict]
        text = json.dumps(fields.validate_json(text) | fields.validate_json(own))
    source: Source = _adapters()[Source].validate_json(text)
    return source


def own_json(source: Source, document: Source) -> str | None:
    """Return those fields of a passage's source that are not its document's; None if none is."""
    if source == document:
        return None
    shared = _adapters()[Source].dump_python(document, mode="json")
    fields = _adapters()[Source].dump_python(source, mode="json")
    own = {name: value for name, value in fields.items() if value != shared[name]}
    return json.dumps(own, ensure_ascii=False)


def own_sources(document: str, own: Mapping[str, str]) -> dict[str, Source]:
    """Return the sources of what `own_json` wrote, by passage id. Raises ValueError."""
    read = {each: source_of(document, each) for each in set(own.values())}
    return {passage_id: read[each] for passage_id, each in own.items()}


def entry_of(row: Any) -> DocumentEntry:
    """Return the document of its row. Raises ValueError."""
    return DocumentEntry(
        id=row.id,
        source=source_of(row.source),
        digest=row.digest,
        passage_ids=tuple(json.loads(row.passage_ids)),
        own_sources=own_sources(row.source, json.loads(row.own)) if row.own != "{}" else {},
    )


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


def document_key(document: Document, passage_keys: list[str], own: list[str | None]) -> str:
    """Return the hash of everything in a document: versions share the rows of equal ones."""
    passages = (part for pair in zip(passage_keys, own, strict=True) for part in pair if part)
    return hashed(document.id, document.digest, to_json(document.source), *passages)


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
        draft=bool(row["draft"]),
    )


def hashed(*parts: str) -> str:
    """Return 32 hex digits that name this sequence of texts."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()[:32]
