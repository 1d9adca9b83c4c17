"""The corpus as the scorer reads it: texts to check quotes and numbers against."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.domain import Company, Document, Kind, Passage, Status
from assistant.evals.prediction import PredictedCitation


@lru_cache(maxsize=8192)
def squeezed(text: str) -> str:
    """Return `text` in NFKC without whitespace: nothing else of a quote is folded."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@dataclass(frozen=True, eq=False)
class References:
    """Company and documents of the corpus folder, independent of any target's index.

    Equal only to itself: what scoring looks up again and again is kept for it.
    """

    company: Company
    documents: Mapping[str, Document]
    """By path; those of every status."""

    def document(self, path: str) -> Document | None:
        """Return the document with that path, if there is one."""
        return self.documents.get(path)

    def cited_passages(self, citation: PredictedCitation) -> tuple[Passage, ...]:
        """Return the passages of the cited document that hold the quote; empty = none does."""
        return self.passages_holding(citation.source, citation.quote)

    def passages_holding(self, path: str, quote: str) -> tuple[Passage, ...]:
        """Return the passages of the document that hold `quote` verbatim; empty = none does."""
        return _passages_holding(self, path, quote)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Squeezed titles by path."""
        return {path: squeezed(one.source.title) for path, one in self.documents.items()}

    @cached_property
    def squeezed_texts(self) -> Mapping[str, tuple[str, ...]]:
        """Squeezed texts parallel to the passages of each document: made once for all cases."""
        return {
            path: tuple(squeezed(one.text) for one in document.passages)
            for path, document in self.documents.items()
        }

    def has_stories_of(self, department: str) -> bool:
        """Return whether a current story of exactly that department exists."""
        return any(
            document.source.kind is Kind.STORY
            and document.source.status is Status.CURRENT
            and department in document.source.departments
            for document in self.documents.values()
        )


@lru_cache(maxsize=8192)
def _passages_holding(references: References, path: str, quote: str) -> tuple[Passage, ...]:
    """Kept: several metrics ask the same of every citation."""
    document, wanted = references.documents.get(path), squeezed(quote)
    if document is None or not wanted:
        return ()
    pairs = zip(document.passages, references.squeezed_texts[path], strict=True)
    return tuple(passage for passage, text in pairs if wanted in text)
