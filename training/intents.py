"""Fit what a sentence asks for: `python -m training.intents` tells how well and writes the weights.

A multinomial logistic regression on runs of characters, each sentence scaled to unit length. Needs
the extra `train`.
"""

from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answering.question import intent_model
from assistant.answering.question.intent_model import weigh
from assistant.corpus.runs import Learned, grams
from assistant.domain import Intent
from training.reading import Intent as Wanted
from training.reading import Organisation, earlier_organisations

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

FILE = Path(intent_model.__file__).with_name(intent_model.WEIGHTS)
INTENTS = {
    Wanted.MAY: Intent.PERMISSION,
    Wanted.HOW: Intent.HOW_TO,
    Wanted.WISH: Intent.HOW_TO,
    Wanted.WHO: Intent.STORY,
    Wanted.FACT: Intent.FACT,
    Wanted.TEMPLATE: Intent.TEMPLATE,
    Wanted.DESK: Intent.DESK,
}
_SEEN = 3
"""Sentences that a run of characters must stand in."""
_STRENGTH = 4.0
"""Inverse strength of the ridge; 10, stopped early, was worse on voices left out."""
_STEPS, _LEFT_TO_GAIN = 400, 5e-4
"""Where a fit ends. At six times the slope, voices left out were read worse by one to four
hundredths, and differently with each change of the data."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A wording, what it asks for, and the voice that wrote it."""

    text: str
    intent: Intent
    voice: str


def sentences(organisations: Sequence[Organisation]) -> tuple[Sentence, ...]:
    """Return every wording of every organisation."""
    return tuple(
        Sentence(wording, INTENTS[asked.intent], organisation.voice)
        for organisation in organisations
        for text in organisation.texts
        for asked in text.asked
        for wording in asked.wordings
    )


def fit(known: Sequence[Sentence]) -> Learned:
    """Return the weights of the intents."""
    found = [grams(one.text) for one in known]
    return fit_runs(found, [one.intent.value for one in known])


def fit_runs(
    found: "Sequence[NDArray[np.uint32]]", labels: Sequence[str], *, least: int = 1
) -> Learned:
    """Return the weights by which texts with these runs get these labels, each in 254 steps.

    `least`: steps of a label by which a run must count for one to be kept.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    kept, counts = np.unique(np.concatenate(found), return_counts=True)
    kept = kept[counts >= _SEEN]
    learned = LogisticRegression(C=_STRENGTH, max_iter=_STEPS, tol=_LEFT_TO_GAIN)
    learned.fit(_matrix(found, kept), labels)
    scale = np.abs(learned.coef_).max(axis=1) / 127
    weights = np.rint(learned.coef_ / scale[:, None]).astype(np.int8).T
    told = (np.abs(weights) >= least).any(axis=1)
    return Learned(
        kept[told],
        np.ascontiguousarray(weights[told]),
        scale.astype(np.float32),
        learned.intercept_.astype(np.float32),
        tuple(str(name) for name in learned.classes_),
    )


def _matrix(found: "Sequence[NDArray[np.uint32]]", kept: "NDArray[np.uint32]") -> "csr_matrix":
    import numpy as np
    from scipy.sparse import csr_matrix

    places = [np.flatnonzero(np.isin(kept, one, assume_unique=True)) for one in found]
    counts = np.array([len(one) for one in places])
    values = np.repeat(1 / np.sqrt(np.maximum(counts, 1)), counts)
    starts = np.concatenate([[0], np.cumsum(counts)])
    return csr_matrix((values, np.concatenate(places), starts), shape=(len(found), len(kept)))


def left_out(known: Sequence[Sentence]) -> "NDArray[np.float32]":
    """Return what each sentence asks for as fitted without its voice: shape (sentences, intents).

    Columns by the names of the intents.
    """
    import numpy as np

    told = np.zeros((len(known), len(set(INTENTS.values()))), dtype=np.float32)
    for voice in sorted({one.voice for one in known}):
        weights = fit([one for one in known if one.voice != voice])
        for place, one in enumerate(known):
            if one.voice == voice:
                told[place] = list(weigh(one.text, weights).values())
    return told


def report(known: Sequence[Sentence]) -> str:
    """Return the table of docs/en/evaluation.md."""
    import numpy as np

    intents = sorted(set(INTENTS.values()))
    told = left_out(known)
    best = told.argmax(axis=1)
    true = np.array([intents.index(one.intent) for one in known])
    lines = [f"{len(known)} sentences, right {np.mean(best == true):.3f}"]
    for number, intent in enumerate(intents):
        found, meant = best == number, true == number
        recall, precision = np.mean(found[meant]), np.mean(meant[found])
        lines.append(f"| {intent.value} | {meant.sum():,} | {recall:.2f} | {precision:.2f} |")
    return "\n".join(lines)


def write(learned: Learned, file: Path = FILE, *, labels: str = "intents") -> None:
    """Write the weights where the product reads them, the labels under that name."""
    import numpy as np

    np.savez_compressed(
        file,
        grams=learned.grams,
        weights=learned.weights,
        scale=learned.scale,
        bias=learned.bias,
        **{labels: np.array(learned.labels)},  # type: ignore[arg-type]  # numpy: any name
    )


def main(arguments: list[str] | None = None) -> None:
    """Print how well voices that were left out are read, then fit on all and write."""
    ArgumentParser(prog="python -m training.intents", description=__doc__).parse_args(arguments)
    known = sentences(earlier_organisations())
    print(report(known))
    write(fit(known))


if __name__ == "__main__":
    main()
