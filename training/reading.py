"""`sentences/*.txt`, `general/*.txt`, `pairs/*.tsv` as typed values; README.md: their format."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from assistant.domain import ClauseKind, Kind

SENTENCES = Path(__file__).parent / "sentences"
GENERAL = Path(__file__).parent / "general"
"""Not of organisations, but in their format: each file is a theme, near to itself."""
PAIRS = Path(__file__).parent / "pairs"

HELD_OUT = (
    "a-supermarket",
    "a-tax-accountants",
    "b-law-office",
    "c-farm-cooperative",
    "c-systems-house",
    "d-nurseries",
    "e-games",
    "f-waterworks",
    "g-patent-attorneys",
    "h-art-museum",
    "i-credit-cards",
    "j-flower-wholesaler",
    "k-furniture",
)
"""Organisations that no embedder is fitted on: they measure it, and what is built on it."""
LATER = frozenset("lmnqr")
"""Voices that wrote after the embedder was fitted: it never sees them either."""

_CLAUSES = {
    "禁止": ClauseKind.FORBIDDEN_INPUT,
    "条件": ClauseKind.CONDITIONAL,
    "可": ClauseKind.ENCOURAGED,
    "確認": ClauseKind.FINAL_CHECK,
    "窓口": ClauseKind.DESK,
}
_BETWEEN_WORDINGS = "||"
_NONE = "-"


class Intent(StrEnum):
    """What a person who asks wants to have."""

    MAY = "may"
    HOW = "how"
    WISH = "wish"
    WHO = "who"
    FACT = "fact"
    TEMPLATE = "tmpl"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked, in several people's words."""

    intent: Intent
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One passage of an organisation, and what it answers better than any other of its passages."""

    kind: Kind
    title: str
    heading: str
    text: str
    clause: ClauseKind | None = None
    """What a clause of the rule does; None for the other kinds."""
    department: str = ""
    """Whose story it is; empty for the other kinds."""
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """An invented organisation: its texts, and what its people ask."""

    name: str
    """The file's name without its ending, `a-izakaya`: the voice, then the trade."""
    about: str
    """Japanese: the trade and the number of people."""
    texts: tuple[Text, ...]
    near_misses: tuple[tuple[str, ...], ...]
    """Wordings of each thing that is asked and that no text of this organisation answers."""

    @property
    def voice(self) -> str:
        """The letter of who wrote it: what is fitted is measured on a voice that was left out."""
        return self.name.partition("-")[0]


@dataclass(frozen=True, slots=True)
class Pair:
    """A thing in an employee's words, and in those of a rule or a manual."""

    voice: str
    spoken: str
    official: str


class TrainingDataError(Exception):
    """A line that cannot be read: the message names file, line and what is wrong."""

    def __init__(self, path: Path, line: int, wrong: str) -> None:
        """Say what is `wrong` on the 1-based `line` of `path`."""
        super().__init__(f"{path.name}:{line}: {wrong}")


def read_organisations(folder: Path = SENTENCES) -> tuple[Organisation, ...]:
    """Return all organisations by name. Raises TrainingDataError, OSError."""
    return tuple(read_organisation(path) for path in sorted(folder.glob("*.txt")))


def read_organisation(path: Path) -> Organisation:
    """Return one organisation. Raises TrainingDataError, OSError."""
    about, texts, near_misses = "", list[Text](), list[tuple[str, ...]]()
    for number, line in _lines(path):
        mark, rest = line[0], line[1:].strip()
        if mark == "#":
            about = rest.removeprefix("会社:").strip()
        elif mark == "@":
            texts.append(_text(rest, path, number))
        elif mark == "?" and texts:
            texts[-1] = replace(texts[-1], asked=(*texts[-1].asked, _asked(rest, path, number)))
        elif mark == "!":
            near_misses.append(_wordings(rest, path, number))
        else:
            raise TrainingDataError(path, number, "neither #, @, ! nor a ? below an @")
    if not texts:
        raise TrainingDataError(path, 1, "no text at all")
    return Organisation(path.stem, about, tuple(texts), tuple(near_misses))


def earlier_organisations() -> tuple[Organisation, ...]:
    """Return those of the voices before `LATER`: what ships is fitted on them, but answerability.

    Raises TrainingDataError, OSError.
    """
    return tuple(one for one in read_organisations() if one.voice not in LATER)


def is_unseen(organisation: Organisation) -> bool:
    """Tell whether the embedder was not tuned on it."""
    return organisation.name in HELD_OUT or organisation.voice in LATER


def read_pairs(folder: Path = PAIRS) -> tuple[Pair, ...]:
    """Return all pairs, voice by voice. Raises TrainingDataError, OSError."""
    return tuple(pair for path in sorted(folder.glob("*.tsv")) for pair in _pairs(path))


def _pairs(path: Path) -> Iterator[Pair]:
    for number, line in _lines(path):
        sides = [side.strip() for side in line.split("\t")]
        if len(sides) != 2 or not all(sides):
            raise TrainingDataError(path, number, "not two phrases with a tab between them")
        yield Pair(path.stem, *sides)


def _text(line: str, path: Path, number: int) -> Text:
    columns = [column.strip() for column in line.split("|", 3)]
    if len(columns) != 4 or not columns[3] or columns[0] not in {*Kind}:
        raise TrainingDataError(path, number, "not «kind | title > heading | label | text»")
    kind, (title, _, heading), label = Kind(columns[0]), columns[1].partition(">"), columns[2]
    if kind is Kind.RULE and label not in _CLAUSES:
        raise TrainingDataError(path, number, f"the label is none of {'、'.join(_CLAUSES)}")
    return Text(
        kind=kind,
        title=title.strip(),
        heading=heading.strip(),
        text=columns[3],
        clause=_CLAUSES[label] if kind is Kind.RULE else None,
        department=label if kind is Kind.STORY and label != _NONE else "",
    )


def _asked(line: str, path: Path, number: int) -> Asked:
    intent, _, wordings = line.partition(" ")
    if intent not in {*Intent}:
        raise TrainingDataError(path, number, f"the intent is none of {', '.join(Intent)}")
    return Asked(Intent(intent), _wordings(wordings, path, number))


def _wordings(line: str, path: Path, number: int) -> tuple[str, ...]:
    wordings = tuple(one.strip() for one in line.split(_BETWEEN_WORDINGS) if one.strip())
    if not wordings:
        raise TrainingDataError(path, number, "no wording")
    return wordings


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield 1-based numbers and the lines that are not blank."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            yield number, line.strip()
