"""What all generated cases share: a stable id, their provenance, and who may read a document."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.domain import Document, Kind, Source, Status
from assistant.evals.case import (
    GENERATED_PREFIX,
    Author,
    Case,
    CaseType,
    Expect,
    Provenance,
    Qrel,
    Split,
)
from assistant.evals.references import References

SUITE = "generated"
_HASH_DIGITS = 10
"""Hex digits of an id: two of 10,000 cases share one in 1 of 20,000 companies."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A made question and who asks it."""

    question: str
    type: CaseType
    department: str = ""


def made_case(kind: str, asking: Asking, *, gold: Qrel, expect: Expect) -> Case:
    """Return the case `gen-<kind>-<hash of what is asked and where it is answered>`."""
    content = "\0".join((kind, asking.question, asking.department, gold.doc, gold.span))
    return Case(
        id=f"{GENERATED_PREFIX}{kind}-{_short_hash(content)}",
        question=asking.question,
        type=asking.type,
        department=asking.department,
        tags=("generated", kind),
        group=_short_hash(f"{gold.doc}\0{gold.span if asking.type is CaseType.RULE else ''}"),
        qrels=(gold,),
        expect=expect,
        provenance=Provenance(Author.SYNTHETIC, source=gold.doc),
        split=Split.TEST,
        suite=SUITE,
    )


def current_documents(references: References, kind: Kind) -> Iterator[Document]:
    """Yield the documents of a kind that hold now, by path."""
    for path in sorted(references.documents):
        source = references.documents[path].source
        if source.kind is kind and source.status is Status.CURRENT:
            yield references.documents[path]


def may_read(department: str, source: Source) -> bool:
    """Tell whether a document is for everyone or for that department."""
    return not source.audience or department in source.audience


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:_HASH_DIGITS]
