from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.domain import Role, Turn
from assistant.errors import TargetUnreachable
from assistant.evals.case import Case, CaseType, Suite
from assistant.evals.metrics import all_metrics
from assistant.evals.prediction import Outcome, Prediction
from assistant.evals.reading import load_references
from assistant.evals.recording import predictions_of, write_recording
from assistant.evals.run import evaluate, questions_of, rescored, run_suite, score_asked
from assistant.evals.targets.predictions_file import PredictionsFile
from assistant.evals.targets.target import Asking
from tests.evals.perturb_world import FAQ_CASE, STORY_CASE, Reading, write_corpus

HISTORY = (Turn(Role.USER, "前の問い"),)
SUITE = Suite(
    (
        replace(STORY_CASE, paraphrases=("言いかえ一", "言いかえ二"), department="市民課"),
        replace(FAQ_CASE, history=HISTORY),
    ),
    {"story-1": "aa", "faq-1": "bb"},
)


class Echo:
    """Answers with the question in its words; one question crashes."""

    name = "echo"
    machine_ms = 4.5

    def __init__(self) -> None:
        self.events: list[str] = []

    def prepare(self) -> None:
        self.events.append("prepare")

    def answers(self, questions: Sequence[Asking]) -> Iterator[Prediction]:
        for asking in questions:
            self.events.append(asking.id)
            if asking.id == "faq-1":
                yield Prediction(asking.id, Outcome.CRASH, error="落ちました。")
            else:
                yield Prediction(asking.id, status="answered", answer=f"{asking.question}への答え")


def test_everything_is_asked_in_the_order_of_the_suite() -> None:
    assert questions_of(SUITE) == (
        Asking("story-1", "チラシは何分で書けた?", "市民課"),
        Asking("story-1#1", "言いかえ一", "市民課"),
        Asking("story-1#2", "言いかえ二", "市民課"),
        Asking("faq-1", "庁内AIは何時まで使える?", "", HISTORY),
    )


def test_an_exported_question_holds_nothing_of_what_is_expected() -> None:
    exported = questions_of(SUITE)[3].to_json()
    assert exported == {
        "id": "faq-1",
        "question": "庁内AIは何時まで使える?",
        "department": "",
        "history": [{"role": "user", "content": "前の問い"}],
    }


def test_answers_come_to_their_cases_and_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    first, second = run_suite(SUITE, Echo(), progress=lambda done, of, _: told.append((done, of)))
    assert first.prediction.answer == "チラシは何分で書けた?への答え"
    assert [one.answer for one in first.paraphrases] == [
        "言いかえ一への答え",
        "言いかえ二への答え",
    ]
    assert (second.case.id, second.prediction.outcome) == ("faq-1", Outcome.CRASH)
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_results_hold_every_metric_scores_machine_and_seconds(tmp_path: Path) -> None:
    target = Echo()
    results = evaluate(SUITE, target, load_references(write_corpus(tmp_path)))
    assert target.events == ["prepare", "story-1", "story-1#1", "story-1#2", "faq-1"]
    assert [one.name for one in results.metrics] == [one.name for one in all_metrics()]
    errors = results.metric("error_rate")
    assert errors is not None and (errors.value, errors.n) == (0.5, 2)
    assert results.scores["error_rate"]["faq-1"].value == 1.0
    assert results.fingerprint.target == "echo"
    assert results.fingerprint.cases == {"story-1": "aa", "faq-1": "bb"}
    assert results.machine_ms == 4.5
    assert results.seconds is not None and set(results.seconds) == {"index", "ask", "score"}


def test_a_recorded_run_scores_as_the_run_did(tmp_path: Path) -> None:
    references = load_references(write_corpus(tmp_path))
    first = evaluate(SUITE, Echo(), references)
    write_recording(tmp_path / "run.jsonl", predictions_of(first.asked))
    again = evaluate(SUITE, PredictionsFile(tmp_path / "run.jsonl"), references)
    assert again.asked == first.asked
    assert again.scores == first.scores


def test_a_target_that_goes_away_ends_the_run() -> None:
    class Leaving(Echo):
        def answers(self, questions: Sequence[Asking]) -> Iterator[Prediction]:
            yield from super().answers(questions[:1])
            raise TargetUnreachable("いなくなりました。")

    with pytest.raises(TargetUnreachable):
        run_suite(SUITE, Leaving())


def test_a_target_that_loses_answers_is_no_result() -> None:
    class Losing(Echo):
        def answers(self, questions: Sequence[Asking]) -> Iterator[Prediction]:
            yield from super().answers(questions[1:])

    with pytest.raises(RuntimeError, match="story-1"):
        run_suite(SUITE, Losing())


def test_a_suite_without_cases_asks_nothing() -> None:
    assert run_suite(Suite(()), Reading(Path())) == ()
    assert questions_of(Suite((Case("a", "問い", CaseType.SMALLTALK),)))[0].department == ""


def test_scoring_changed_answers_alone_gives_what_scoring_everything_gives(tmp_path: Path) -> None:
    references = load_references(write_corpus(tmp_path))
    first = evaluate(SUITE, Echo(), references)
    silent = replace(first.asked[0].prediction, status="no_evidence", answer="", sections=())
    for changed in (
        (replace(first.asked[0], prediction=silent), first.asked[1]),
        (replace(first.asked[0], paraphrases=(silent, silent)), first.asked[1]),
        first.asked,
    ):
        everything = score_asked(SUITE, changed, references, target="echo", machine_ms=4.5)
        assert repr(rescored(first, changed, references)) == repr(everything)
