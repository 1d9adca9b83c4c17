"""A suite, a target, the corpus -> answers -> scores -> results."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.corpus.reading import Progress
from assistant.evals.case import Suite
from assistant.evals.fingerprint import fingerprint
from assistant.evals.metric import Asked
from assistant.evals.metrics import all_metrics
from assistant.evals.prediction import Prediction, paraphrase_id
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
    answers = iter(_shown(target.answers(questions), total=len(questions), progress=progress))
    return tuple(
        Asked(case, next(answers), tuple(next(answers) for _ in case.paraphrases))
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
    results = score_asked(suite, asked, references, target=target)
    scored = time.perf_counter()
    seconds = {
        "index": prepared - started,
        "ask": answered - prepared,
        "score": scored - answered,
    }
    return replace(results, seconds=seconds)


def score_asked(
    suite: Suite, asked: Sequence[Asked], references: References, *, target: Target
) -> Results:
    """Return the results of answers that are there already."""
    scores = score_run(asked, references)
    return Results(
        metrics=summarise(scores, asked, all_metrics()),
        scores=scores,
        asked=tuple(asked),
        fingerprint=fingerprint(suite, references, target=target.name),
        machine_ms=target.machine_ms,
    )


def _shown(
    answers: Iterator[Prediction], *, total: int, progress: Progress | None
) -> Iterator[Prediction]:
    for done, prediction in enumerate(answers, start=1):
        if progress is not None:
            progress(done, total, _ASKING)
        yield prediction
