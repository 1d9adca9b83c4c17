"""Two editions of a document side by side: passages under their headings, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from assistant.corpus.kinds import KIND_NAMES, STATUS_NAMES
from assistant.domain import Document, Passage, Source

_WORD = re.compile(
    r"[一-鿿々〆ヵヶ]+|[ァ-ヺー]+|[ぁ-ゖ]+|[0-9０-９]+|[A-Za-zＡ-Ｚａ-ｚ]+|\s+|.", re.S
)
"""Runs of one script: a change of «3日前まで» to «5日前まで» shows the number alone."""

_ALIKE = 0.5
"""Share of words (0–1) from which two passages are one that was rewritten, and not two. Chosen."""

_ISLAND = 2
"""Characters between two changes that are read easier as part of them: «の», «は、»."""


class Part(StrEnum):
    """Whose words they are."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a passage."""

    part: Part
    text: str


@dataclass(frozen=True, slots=True)
class PassageDiff:
    """A passage of either edition; one that was rewritten has pieces of all three parts."""

    headings: tuple[str, ...]
    pieces: tuple[Piece, ...]
    page: int | None = None

    @property
    def part(self) -> Part | None:
        """Return whether it is the same, new or gone as a whole; None if it was rewritten."""
        parts = {piece.part for piece in self.pieces}
        return parts.pop() if len(parts) == 1 else None


@dataclass(frozen=True, slots=True)
class DetailDiff:
    """A detail of the front matter that differs; empty text = it was not written."""

    name: str
    """In Japanese: «見直し期限»."""
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DocumentDiff:
    """What differs between two editions of a document."""

    details: tuple[DetailDiff, ...]
    passages: tuple[PassageDiff, ...]
    """All of both editions in reading order, those that stayed the same too."""

    @property
    def changed(self) -> tuple[PassageDiff, ...]:
        """Return the passages that did not stay the same."""
        return tuple(one for one in self.passages if one.part is not Part.SAME)


def document_diff(before: Document | None, after: Document | None) -> DocumentDiff:
    """Return how `after` differs from `before`; None stands for an edition that is not there."""
    old = before.passages if before else ()
    new = after.passages if after else ()
    details = tuple(
        DetailDiff(name, left, right)
        for (name, left), (_, right) in zip(_details(before), _details(after), strict=True)
        if left != right
    )
    return DocumentDiff(details, tuple(_passages(old, new)))


def diff_lines(diff: DocumentDiff) -> Iterator[str]:
    """Yield the difference as plain text: «-» and «+» in front of what went and what came."""
    for detail in diff.details:
        yield f"{detail.name}: {detail.before or '(なし)'} → {detail.after or '(なし)'}"
    above: tuple[str, ...] | None = None
    for passage in diff.changed:
        if passage.headings != above:
            yield f"■ {' > '.join(passage.headings) or '(見出しなし)'}"
            above = passage.headings
        for part, sign in ((Part.REMOVED, "-"), (Part.ADDED, "+")):
            if passage.part in {part, None}:
                kept = [piece.text for piece in passage.pieces if piece.part in {part, Part.SAME}]
                yield from (f"  {sign} {line}" for line in "".join(kept).splitlines() if line)


def _details(document: Document | None) -> list[tuple[str, str]]:
    """Return what the front matter says, in the words that DX staff use."""
    source = document.source if document else None
    return [
        ("題名", source.title if source else ""),
        ("種類", KIND_NAMES[source.kind] if source else ""),
        ("部署", "、".join(source.departments) if source else ""),
        ("管理者", source.owner if source else ""),
        ("更新日", _day(source, "updated")),
        ("見直し期限", _day(source, "review_by")),
        ("状態", STATUS_NAMES[source.status] if source else ""),
        ("取り下げの理由", source.status_reason if source else ""),
        ("版", source.version if source else ""),
        ("読める部署", "、".join(source.audience) if source else ""),
    ]


def _day(source: Source | None, name: str) -> str:
    day = getattr(source, name, None)
    return day.isoformat() if day else ""


def _passages(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[PassageDiff]:
    left = [(one.headings, one.text) for one in old]
    right = [(one.headings, one.text) for one in new]
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for what, start, end, new_start, new_end in matcher.get_opcodes():
        if what == "equal":
            yield from (_whole(one, Part.SAME) for one in new[new_start:new_end])
        else:
            yield from _rewritten(old[start:end], new[new_start:new_end])


def _rewritten(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[PassageDiff]:
    """Pair each new passage with the first old one that it was made from; the rest went or came."""
    waiting = list(old)
    for passage in new:
        new_words = _WORD.findall(passage.text)
        for place, candidate in enumerate(waiting):
            words = _WORD.findall(candidate.text)
            matcher = SequenceMatcher(None, words, new_words, autojunk=False)
            if matcher.real_quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE:
                yield from (_whole(gone, Part.REMOVED) for gone in waiting[:place])
                del waiting[: place + 1]
                pieces = tuple(_pieces(matcher, words, new_words))
                yield PassageDiff(passage.headings, pieces, passage.page)
                break
        else:
            yield _whole(passage, Part.ADDED)
    yield from (_whole(gone, Part.REMOVED) for gone in waiting)


def _whole(passage: Passage, part: Part) -> PassageDiff:
    return PassageDiff(passage.headings, (Piece(part, passage.text),), passage.page)


def _pieces(
    matcher: "SequenceMatcher[str]", words: Sequence[str], new_words: Sequence[str]
) -> Iterator[Piece]:
    """Yield the words of both in order, short islands of sameness drowned in the changes."""
    removed = added = ""
    codes = matcher.get_opcodes()
    for place, (what, start, end, new_start, new_end) in enumerate(codes):
        old, new = "".join(words[start:end]), "".join(new_words[new_start:new_end])
        inside = 0 < place < len(codes) - 1
        if what == "equal" and not (inside and len(old.strip()) <= _ISLAND and "\n" not in old):
            yield from _told(removed, added)
            removed = added = ""
            yield Piece(Part.SAME, old)
        else:
            removed, added = removed + old, added + new
    yield from _told(removed, added)


def _told(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(Part.REMOVED, removed)
    if added:
        yield Piece(Part.ADDED, added)
