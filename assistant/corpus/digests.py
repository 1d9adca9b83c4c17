"""What tells documents, texts and circumstances of reading from one another."""

import hashlib

from assistant.corpus.text import fold
from assistant.domain import Company, Document

GENERATION = "11"
"""Part of every digest: raise it when the same file would be read or cut differently."""


def reading_key(company: Company) -> str:
    """Return what decides, besides the files of a document, what it becomes."""
    return f"{GENERATION} {hashlib.sha256(departments_key(company)).hexdigest()}"


def departments_key(company: Company) -> bytes:
    """Return what of the departments decides how files are read."""
    return b"".join(repr((one.name, one.aliases)).encode() for one in company.departments)


def text_digest(document: Document) -> str:
    """Return a digest that two documents share whose text is the same but for width and case."""
    text = "\n".join(passage.text for passage in document.passages)
    return hashlib.sha256(fold(text).encode("utf-8", "replace")).hexdigest()


def document_id(name: str) -> str:
    """Return the `{id}` of `/doc/{id}` for the path of a document: 12 hex digits."""
    return hashlib.sha256(name.encode("utf-8")).hexdigest()[:12]
