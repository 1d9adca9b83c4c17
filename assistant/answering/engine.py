"""What answering needs from search; tests bring a small one."""

from collections.abc import Sequence
from typing import Protocol

from assistant.domain import Query
from assistant.ports import Read
from assistant.search.engine import SearchResult
from assistant.search.snapshot import Snapshot

__all__ = ["Engine", "SearchResult", "Snapshot"]


class Engine(Protocol):
    """Search over the live version."""

    @property
    def notice(self) -> str:
        """One quiet line while only words are compared; else empty."""

    def snapshot(self) -> Snapshot:
        """Return the live version. Raises IndexMissing."""

    def search_timed(
        self, query: Query, *, limit: int = 30, snapshot: Snapshot | None = None
    ) -> SearchResult:
        """Return the best current passages, best first, and what finding them took."""

    def read(
        self, questions: Sequence[str], texts: Sequence[str]
    ) -> tuple[list[Read], list[Read]] | None:
        """Return both as they are read; None without an embedder that answering was fitted on."""
