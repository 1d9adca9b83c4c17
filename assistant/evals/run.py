"""A suite, a target, the corpus -> answers -> scores -> results."""

import time
from collections.abc import Sequence
from dataclasses import replace

from assistant.corpus.reading import Progress
from assistant.evals.case import Suite
from assistant.evals.fingerprint import fingerprint
from assistant.evals.metric import Asked
from assistant.evals.metrics import all_metrics
from assistant.evals.prediction import paraphrase_id
from assistant.evals.references import References
from assistant.evals.results import Results
from assistant.evals.scoring import score_run
from assistant.evals.summarise import summarise
from assistant.evals.targets.target import Asking, Target

_ASKING = "質問しています"


def questions_of(suite: Suite) -> tuple[Asking, ...]:
    """Return everything that is asked, always in this order: each case, then its paraphrases."""
    return tuple(
        Asking(asked_as, text, case.department, case.history)
        for case in suite.cases
        for asked_as, text in [
            (case.id, case.question),
            *(
                (paraphrase_id(case.id, number), text)
                for number, text in enumerate(case.paraphrases, start=1)
            ),
        ]
    )


def run_suite(
    suite: Suite, target: Target, *, progress: Progress | None = None
) -> tuple[Asked, ...]:
    """Ask everything and return it by case. Raises what the target raises: KatsuyoError."""
    questions = questions_of(suite)
    found = {}
    for done, prediction in enumerate(target.answers(questions), start=1):
        found[prediction.id] = prediction
        if progress is not None:
            progress(done, len(questions), _ASKING)
    lost = [asking.id for asking in questions if asking.id not in found]
    if lost:
        raise RuntimeError(f"target {target.name} lost {len(lost)} answers, among them {lost[0]}")
    return tuple(
        Asked(
            case,
            found[case.id],
            tuple(
                found[paraphrase_id(case.id, number)]
                for number in range(1, len(case.paraphrases) + 1)
            ),
        )
        for case in suite.cases
    )


def evaluate(
    suite: Suite, target: Target, references: References, *, progress: Progress | None = None
) -> Results:
    """Return the results of `suite` against `target`, with the wall seconds of each stage."""
    started = time.perf_counter()
    target.prepare()
    prepared = time.perf_counter()
    asked = run_suite(suite, target, progress=progress)
    answered = time.perf_counter()
    results = score_asked(
        suite, asked, references, target=target.name, machine_ms=target.machine_ms
    )
    scored = time.perf_counter()
    seconds = {
        "index": prepared - started,
        "ask": answered - prepared,
        "score": scored - answered,
    }
    return replace(results, seconds=seconds)


def score_asked(
    suite: Suite, asked: Sequence[Asked], references: References, *, target: str, machine_ms: float
) -> Results:
    """Return the results of answers that are there already, from the target of that name."""
    scores = score_run(asked, references)
    return Results(
        metrics=summarise(scores, asked, all_metrics()),
        scores=scores,
        asked=tuple(asked),
        fingerprint=fingerprint(suite, references, target=target),
        machine_ms=machine_ms,
    )


def rescored(first: Results, asked: Sequence[Asked], references: References) -> Results:
    """Return the results of other answers to the cases of `first`, from the same machine.

    What scoring everything anew would give: a case with the same answers keeps its scores, a
    metric with the same scores its interval.
    """
    changed = [new for new, old in zip(asked, first.asked, strict=True) if new != old]
    fresh = score_run(changed, references)
    moved = frozenset(one.case.id for one in changed)
    scores = {
        name: {
            one.case.id: source[one.case.id]
            for one in asked
            if one.case.id in (source := fresh[name] if one.case.id in moved else before)
        }
        for name, before in first.scores.items()
    }
    again = [one for one in all_metrics() if scores[one.name] != first.scores[one.name]]
    new = {one.name: one for one in summarise(scores, asked, again)}
    return replace(
        first,
        metrics=tuple(new.get(one.name, one) for one in first.metrics),
        scores=scores,
        asked=tuple(asked),
        seconds=None,
    )
