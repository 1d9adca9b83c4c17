"""Fit which kind a clause of a rule is: `python -m training.clauses` tells how well, and writes.

The same regression as that of `intents.py`, on the runs of a clause and of its headings. Each
clause is learned with its headings and without; sections of manuals and stories are no clauses.
Needs the extra `train`.
"""

from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.rules import clause_model
from assistant.corpus.rules.clause_model import NO_CLAUSE, clause_grams, weigh
from assistant.corpus.runs import Learned
from assistant.domain import ClauseKind, Kind
from training.intents import fit_runs, write
from training.reading import Organisation, earlier_organisations

FILE = Path(clause_model.__file__).with_name(clause_model.WEIGHTS)
LABELS = "kinds"
_LEAST = 5
"""Steps of 127; what counts for less in every kind is left out: nearly half of the bytes."""
_NO_CLAUSES = {Kind.MANUAL, Kind.STORY}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text under its headings, the nearest last, its kind, and the voice that wrote it."""

    text: str
    headings: tuple[str, ...]
    kind: ClauseKind | None
    voice: str


def labelled(organisations: Sequence[Organisation]) -> tuple[Labelled, ...]:
    """Return every clause, and what is none, of every organisation."""
    return tuple(one for organisation in organisations for one in _labelled(organisation))


def _labelled(organisation: Organisation) -> list[Labelled]:
    rules = [one for one in organisation.texts if one.kind is Kind.RULE]
    parted = len({one.title for one in rules}) > 1
    clauses = [
        Labelled(
            one.text,
            tuple(filter(None, (one.title if parted else "", one.heading))),
            one.clause,
            organisation.voice,
        )
        for one in rules
    ]
    others = [
        Labelled(one.text, (), None, organisation.voice)
        for one in organisation.texts
        if one.kind in _NO_CLAUSES
    ]
    return [*clauses, *others]


def fit(known: Sequence[Labelled]) -> Learned:
    """Return the weights of the kinds."""
    bare = [one for one in known if one.headings]
    found = [clause_grams(one.text, one.headings) for one in known]
    found += [clause_grams(one.text, ()) for one in bare]
    return fit_runs(found, [_label(one.kind) for one in (*known, *bare)], least=_LEAST)


def _label(kind: ClauseKind | None) -> str:
    return NO_CLAUSE if kind is None else kind.value


def report(known: Sequence[Labelled]) -> str:
    """Return how many clauses of each kind are read right, each voice left out in turn."""
    right = dict.fromkeys(ClauseKind, 0)
    permitted = 0
    clauses = [one for one in known if one.kind is not None]
    for voice in sorted({one.voice for one in clauses}):
        learned = fit([one for one in known if one.voice != voice])
        for one in clauses:
            if one.voice == voice and one.kind is not None:
                told = weigh(one.text, one.headings, learned)
                best = max(told, key=told.__getitem__)
                right[one.kind] += best is one.kind
                banned = one.kind is ClauseKind.FORBIDDEN_INPUT
                permitted += banned and best is ClauseKind.ENCOURAGED
    lines = [
        f"| {kind.value} | {right[kind]} of {sum(one.kind is kind for one in clauses)} |"
        for kind in ClauseKind
    ]
    return "\n".join([*lines, f"bans read as permissions: {permitted}"])


def main(arguments: list[str] | None = None) -> None:
    """Print how well voices that were left out are read, then fit on all and write."""
    ArgumentParser(prog="python -m training.clauses", description=__doc__).parse_args(arguments)
    known = labelled(earlier_organisations())
    print(report(known))
    write(fit(known), FILE, labels=LABELS)


if __name__ == "__main__":
    main()
