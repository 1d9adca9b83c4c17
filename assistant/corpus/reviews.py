"""見直し期限: which documents somebody has to read again, by when, and whose they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from assistant.corpus.digests import document_id
from assistant.domain import Document, Status

NOBODY = "(管理者なし)"

SOON = timedelta(days=30)
"""A review that comes within this time is reminded of."""

_LINE_BYTES = 73
"""RFC 5545 folds lines at 75 octets, the space of the next one and a break included."""


class Due(StrEnum):
    """How pressing a review is."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Review:
    """A document that holds now, and the day by which it is to be read again."""

    path: str
    title: str
    owner: str
    """Empty where nobody is named."""
    day: date
    due: Due


def reviews_of(documents: Sequence[Document], *, today: date) -> tuple[Review, ...]:
    """Return the reviews of all current documents that have a day for it, by owner and day."""
    found = [
        Review(one.path, one.title, one.owner, one.review_by, due_on(one.review_by, today))
        for one in (document.source for document in documents)
        if one.status is Status.CURRENT and one.review_by is not None
    ]
    return tuple(sorted(found, key=lambda review: (review.owner, review.day, review.path)))


def due_on(day: date, today: date, *, within: timedelta = SOON) -> Due:
    """Return how pressing a review by `day` is; one that comes `within` this time is soon."""
    if day < today:
        return Due.OVERDUE
    return Due.SOON if day <= today + within else Due.LATER


def calendar_of(reviews: Sequence[Review], *, today: date) -> str:
    """Return the reviews as an iCalendar file: one whole-day event each, the same again updates."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Katsuyo//review//JA"]
    for review in reviews:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{document_id(review.path)}@katsuyo",
            f"DTSTAMP:{today:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{review.day:%Y%m%d}",
            f"SUMMARY:{_escaped(f'資料の見直し: {review.title}')}",
            f"DESCRIPTION:{_escaped(f'{review.path} 管理者: {review.owner or NOBODY}')}",
            "END:VEVENT",
        ]
    folded = (part for line in [*lines, "END:VCALENDAR"] for part in _folded(line))
    return "".join(f"{line}\r\n" for line in folded)


def _escaped(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> Iterator[str]:
    """Yield the line in pieces of at most 75 octets, cut between characters."""
    piece, size = "", 0
    for character in line:
        width = len(character.encode("utf-8"))
        if size + width > _LINE_BYTES:
            yield piece
            piece, size = " ", 1
        piece, size = piece + character, size + width
    yield piece
