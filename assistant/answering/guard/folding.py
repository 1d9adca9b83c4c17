"""Text as the detectors read it, with every character mapped back to what was typed."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.guard.spans import Span

HOLE = "\ufffc"
"""Stands for one placeholder or one word already found: no detector matches across it."""

_LOOKALIKES = str.maketrans(
    {
        # Cyrillic and Greek letters that look like Latin ones (Unicode confusables.txt, the
        # single-letter rows that keep their look in every font).
        **dict(zip("аеорсухіјѕԁԛԝһкмтн", "aeopcyxijsdqwhkmth", strict=True)),
        **dict(zip("АВЕКМНОРСТУХІЈЅ", "ABEKMHOPCTYXIJS", strict=True)),
        **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True)),
        **dict.fromkeys("‐‑‒–—―−⁃﹘﹣", "-"),
        **dict.fromkeys("〜∼～", "~"),
    }
)

_PLAIN = re.compile(
    r"[\x00-\x7e\u3001-\u3002\u3005-\u3007\u3040-\u3096\u30a1-\u30fc\u4e00-\u9fff]*"
)
"""Characters that folding leaves as they are: most questions need nothing else."""


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; character `i` of it stands for `starts[i]:ends[i]` of the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original(self, start: int, end: int) -> slice:
        """Return where `text[start:end]` stands in the original; needs `start < end`."""
        return slice(self.starts[start], self.ends[end - 1])


def folded(text: str, holes: Sequence[Span] = ()) -> Folded:
    """Return `text` in NFKC without look-alikes and invisible characters; holes collapse to one."""
    if not holes and _PLAIN.fullmatch(text):
        return Folded(text, range(len(text)), range(1, len(text) + 1))
    return _folded(text, {hole.start: hole.end for hole in holes})


def _folded(text: str, holes: dict[int, int]) -> Folded:
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    borders = [*sorted(holes), len(text)]
    at = 0
    for border in borders:
        while at < border:
            plain = _plain_end(text, at, border)
            if plain > at:
                characters.extend(text[at:plain])
                starts.extend(range(at, plain))
                ends.extend(range(at + 1, plain + 1))
                at = plain
                continue
            end = _cluster_end(text, at, holes)
            piece = _fold(text[at:end])
            characters.extend(piece)
            starts.extend([at] * len(piece))
            ends.extend([end] * len(piece))
            at = end
        if at in holes:
            characters.append(HOLE)
            starts.append(at)
            ends.append(holes[at])
            at = holes[at]
    return Folded("".join(characters), starts, ends)


def _plain_end(text: str, start: int, border: int) -> int:
    """Return the end of what folding leaves as it is, short of a character that a mark joins."""
    match = _PLAIN.match(text, start, border)
    end = match.end() if match else start
    return end - 1 if start < end < border and _joins(text[end]) else end


def _cluster_end(text: str, start: int, holes: dict[int, int]) -> int:
    """Return the end of a character with the marks that NFKC may join to it (ｶﾞ, か゛)."""
    end = start + 1
    while end < len(text) and end not in holes and _joins(text[end]):
        end += 1
    return end


def _joins(character: str) -> bool:
    return character in "ﾞﾟ" or unicodedata.combining(character) != 0


def _fold(piece: str) -> str:
    kept = "".join(character for character in piece if not _invisible(character))
    return unicodedata.normalize("NFKC", kept).translate(_LOOKALIKES)


def _invisible(character: str) -> bool:
    """Tell zero-width, bidi, tag and variation characters, which hide words from a detector."""
    return (
        unicodedata.category(character) == "Cf"
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
    )
