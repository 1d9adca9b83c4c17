"""Deletion test and swap test: take the evidence away, or change it, and ask again."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from assistant.app import App
from assistant.evals.case import Case
from assistant.evals.deletions import Deletion, deletion_of, deletion_score
from assistant.evals.metric import Asked, Score
from assistant.evals.prediction import Prediction
from assistant.evals.references import References
from assistant.evals.swaps import Swap, swap_of, swap_score
from assistant.evals.targets.in_process import in_process
from assistant.evals.targets.target import Asking, Target
from assistant.evals.texts import Texts, amount_of
from assistant.evals.variants import copy_corpus, remove_document, remove_rows, replace_numbers

SAMPLE = 12
"""Cases of each test: one changed copy serves them all."""

TargetOf = Callable[[Path, Path], Target]
"""(corpus folder, folder for data) -> a target that answers from that corpus."""

Change = TypeVar("Change", Deletion, Swap)


@dataclass(frozen=True, slots=True)
class Ground:
    """Where the tests are run: the corpus that is copied, and who answers from a copy."""

    corpus_dir: Path
    target_of: TargetOf


def perturbation_scores(
    asked: Sequence[Asked], references: References, ground: Ground, *, sample: int = SAMPLE
) -> Mapping[str, Mapping[str, Score]]:
    """Return scores by metric and case id; the corpus itself is only read. Raises KatsuyoError.

    `deletion_abstention`: without its document, an answer abstains or does not tell the fact.
    `swap_following`: with another number in the document, the answer tells that number.
    Tried are cases whose answer on the unchanged corpus told the fact: `asked` says so. One that
    never tells it would pass the first test and fail the second without meaning either. After the
    negative-rejection and counterfactual tests of RGB (Chen et al., AAAI 2024).
    """
    texts = Texts(references, ground.corpus_dir)
    deletions = _sampled(asked, lambda one: deletion_of(one, texts), sample)
    swaps = _sampled(asked, lambda one: swap_of(one, texts), sample, apart=_place)
    gone = _asked(ground, [one.case for one in deletions], lambda copy: _delete(copy, deletions))
    told = _asked(ground, [one.case for one in swaps], lambda copy: _swap(copy, swaps))
    return {
        "deletion_abstention": {
            one.case.id: deletion_score(one, gone[one.case.id]) for one in deletions
        },
        "swap_following": {one.case.id: swap_score(one, told[one.case.id]) for one in swaps},
    }


def copies_in_process(app: App) -> TargetOf:
    """Return who answers from a copy like `app`, with vectors of `app` where texts are the same."""

    def target(corpus_dir: Path, data_dir: Path) -> Target:
        settings = app.settings.model_copy(update={"corpus_dir": corpus_dir, "data_dir": data_dir})
        embedder_dir = app.embedder_dir or app.settings.data_dir / "embedder"
        return in_process(App(settings, today=app.today, embedder_dir=embedder_dir), live=app)

    return target


def _sampled(
    asked: Iterable[Asked],
    change_of: Callable[[Asked], Change | None],
    sample: int,
    *,
    apart: Callable[[Change], object] = lambda change: change.case.id,
) -> list[Change]:
    """Return the changes of the first cases by hash of their ids, one for each `apart`.

    A new case pushes one other out at most, whatever the order of the files.
    """
    found: dict[object, Change] = {}
    for one in sorted(asked, key=lambda one: hashlib.sha256(one.case.id.encode()).digest()):
        if len(found) == sample:
            break
        change = change_of(one)
        if change is not None:
            found.setdefault(apart(change), change)
    return list(found.values())


def _place(swap: Swap) -> tuple[str, tuple[float, str]]:
    """Return what two swaps of one copy must not share: the number in its document."""
    return swap.path, amount_of(swap.old)


def _asked(
    ground: Ground, cases: Sequence[Case], change: Callable[[Path], None]
) -> Mapping[str, Prediction]:
    """Return the answers by case from a changed copy, which is gone afterwards."""
    if not cases:
        return {}
    with tempfile.TemporaryDirectory(prefix="katsuyo-eval-") as folder:
        copy = copy_corpus(ground.corpus_dir, Path(folder))
        change(copy)
        target = ground.target_of(copy, Path(folder) / "data")
        questions = [Asking(case.id, case.question, case.department) for case in cases]
        return {prediction.id: prediction for prediction in target.answers(questions)}


def _delete(copy: Path, deletions: Iterable[Deletion]) -> None:
    rows: dict[str, list[str]] = {}
    for deletion in deletions:
        if deletion.row:
            rows.setdefault(deletion.path, []).append(deletion.row)
        else:
            remove_document(copy, deletion.path)
    for path, cells in rows.items():
        remove_rows(copy, path, cells)


def _swap(copy: Path, swaps: Iterable[Swap]) -> None:
    for swap in swaps:
        replace_numbers(copy, swap.path, {swap.old: swap.new})
