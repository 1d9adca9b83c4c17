"""The error tree: every failure that a person can meet, with what to do about it.

KatsuyoError                1
├── SettingsError           2   a setting or company.yaml is wrong
├── DocumentError           3   a document cannot be read
│   └── PublishRefused      3   publishing would take away what is published now
│       └── MassDeletion    3   so many documents are gone that it asks first
├── StoreError              4   the data folder cannot be used (read-only, damaged, locked)
│   ├── IndexMissing        4   nothing has been published yet
│   └── IndexInUse          4   another process owns the vector index on disk
├── ModelError              5   an embedder or chat model failed
├── SuiteError              6   an eval suite is wrong
└── TargetUnreachable       7   what is to be evaluated does not answer

The number is the exit code of the command line. No vendor exception leaves its adapter.
"""

from enum import StrEnum
from pathlib import Path
from typing import ClassVar


class KatsuyoError(Exception):
    """A failure that is told to a person: what happened, and what to do next (Japanese)."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, remedy: str = "") -> None:
        """Say `message` (what happened, where) and `remedy` (what to do next)."""
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        """Return both sentences on one line."""
        return f"{self.message} {self.remedy}".strip()


class SettingsError(KatsuyoError):
    """A setting, an environment variable or company.yaml is missing or wrong."""

    exit_code = 2


class DocumentError(KatsuyoError):
    """One document cannot be read; the others are not affected."""

    exit_code = 3

    def __init__(
        self,
        message: str,
        *,
        remedy: str = "",
        path: Path | None = None,
        line: int | None = None,
        page: int | None = None,
    ) -> None:
        """Say what is wrong with the document at `path`, from 1-based `line` or `page`."""
        super().__init__(message, remedy=remedy)
        self.path = path
        self.line = line
        self.page = page


class PublishRefused(DocumentError):  # noqa: N818 — an answer to a wish, not a breakdown
    """Publishing would take away what is published now; nothing was changed."""


class MassDeletion(PublishRefused):
    """More of the published documents are gone than anybody deletes at once, so it asks first."""


class StoreError(KatsuyoError):
    """The data folder cannot be used: read-only, full, damaged, or locked by another process."""

    exit_code = 4


class IndexMissing(StoreError):  # noqa: N818 — a state that people meet, named as the design does
    """Nothing has been published yet, so there is nothing to answer from."""


class IndexInUse(StoreError):  # noqa: N818 — a state that people meet, like IndexMissing
    """Another process owns the vector index on disk; an exact scan answers in its place."""


class ModelFault(StrEnum):
    """Why a model did not answer: what is counted, and what decides whether it may rest."""

    UNREACHABLE = "unreachable"
    """Nobody listens there, no such host, no trusted certificate."""
    SLOW = "slow"
    """It did not answer in time."""
    REFUSED = "refused"
    """It did not take the key, the model's name or the question."""
    TOO_LONG = "too_long"
    """Question and passages do not fit into its context."""
    LIMITED = "limited"
    """The endpoint's own limit of requests is used up (HTTP 429)."""
    BROKEN = "broken"
    """It failed inside (HTTP 5xx), or broke off."""
    UNREADABLE = "unreadable"
    """What came back is no reply of a model."""
    MISSING = "missing"
    """A part on this machine is not there."""
    SPENT = "spent"
    """Not asked: today's tokens or yen are used up."""
    RESTING = "resting"
    """Not asked: it failed too often a moment ago."""
    BUSY = "busy"
    """Not asked: as many as allowed ask it right now."""


class ModelError(KatsuyoError):
    """An embedder or a chat model could not be loaded, did not answer, or was not to be asked."""

    exit_code = 5

    def __init__(
        self, message: str, *, remedy: str = "", fault: ModelFault = ModelFault.MISSING
    ) -> None:
        """Say `message` (what happened, where), `remedy` (what to do next) and of what sort."""
        super().__init__(message, remedy=remedy)
        self.fault = fault


class SuiteError(KatsuyoError):
    """An eval suite or one of its cases is wrong."""

    exit_code = 6


class TargetUnreachable(KatsuyoError):  # noqa: N818 — a state that people meet, like IndexMissing
    """The server that is to be evaluated is not there, or is not one that answers questions."""

    exit_code = 7
