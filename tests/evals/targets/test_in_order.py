import threading
import time
from datetime import timedelta
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.evals.prediction import Outcome, Prediction
from assistant.evals.targets.in_order import in_order
from assistant.evals.targets.target import Asking

LONG = timedelta(seconds=20)
SHORT = timedelta(seconds=0.15)


def questions(count: int) -> list[Asking]:
    return [Asking(f"q{n}", "問い") for n in range(count)]


def answered(asking: Asking) -> Prediction:
    return Prediction(asking.id, status="answered", answer="はい")


@settings(max_examples=15, deadline=None)
@given(pauses=st.lists(st.integers(0, 3), max_size=8), workers=st.integers(1, 4))
def test_order_is_kept_however_long_each_takes(pauses: list[int], workers: int) -> None:
    asked = questions(len(pauses))
    waits = {asking.id: pause / 1000 for asking, pause in zip(asked, pauses, strict=True)}

    def ask(asking: Asking) -> Prediction:
        time.sleep(waits[asking.id])
        return answered(asking)

    told = [one.id for one in in_order(asked, ask, workers=workers, timeout=LONG)]
    assert told == [asking.id for asking in asked]


def test_no_more_than_the_workers_ask_at_once() -> None:
    busy, most, lock = [0], [0], threading.Lock()

    def ask(asking: Asking) -> Prediction:
        with lock:
            busy[0] += 1
            most[0] = max(most[0], busy[0])
        time.sleep(0.005)
        with lock:
            busy[0] -= 1
        return answered(asking)

    list(in_order(questions(12), ask, workers=2, timeout=LONG))
    assert most[0] == 2


def test_whoever_hangs_is_left_behind_and_the_others_are_asked() -> None:
    released = threading.Event()

    def ask(asking: Asking) -> Prediction:
        if asking.id in {"q0", "q1", "q4"}:
            released.wait()
        return answered(asking)

    started = time.monotonic()
    predictions = list(in_order(questions(8), ask, workers=2, timeout=SHORT))
    assert time.monotonic() - started < 2
    released.set()
    late = {one.id for one in predictions if one.outcome is Outcome.TIMEOUT}
    assert late == {"q0", "q1", "q4"}
    assert [one.id for one in predictions] == [f"q{n}" for n in range(8)]
    assert all("0.15秒" in one.error for one in predictions if one.id in late)


def test_an_answer_that_came_too_late_is_a_timeout_although_it_came() -> None:
    def ask(asking: Asking) -> Prediction:
        time.sleep(0.3 if asking.id == "q1" else 0.05)
        return answered(asking)

    predictions = in_order(questions(3), ask, workers=3, timeout=SHORT)
    first = next(predictions)
    time.sleep(0.4)
    assert [first.outcome, *(one.outcome for one in predictions)] == [
        Outcome.OK, Outcome.TIMEOUT, Outcome.OK,
    ]  # fmt: skip


def test_what_is_raised_is_a_crash_named_by_its_class_alone() -> None:
    def ask(asking: Asking) -> Prediction:
        if asking.id == "q1":
            raise ValueError("田中様の問い")
        return answered(asking)

    first, second, third = in_order(questions(3), ask, workers=1, timeout=LONG)
    assert (first.ok, second.outcome, third.ok) == (True, Outcome.CRASH, True)
    assert second.error == "ValueError が起きました。"


def test_latency_is_of_the_question_alone() -> None:
    def ask(asking: Asking) -> Prediction:
        time.sleep(0.02)
        return answered(asking)

    (prediction,) = in_order(
        questions(1), ask, before=lambda: time.sleep(0.3), workers=1, timeout=LONG
    )
    assert 20 <= prediction.latency_ms < 250


@pytest.mark.parametrize("workers", [1, 2])
def test_nothing_more_is_asked_when_nobody_listens(workers: int) -> None:
    asked = []

    def ask(asking: Asking) -> Prediction:
        asked.append(asking.id)
        time.sleep(0.01)
        return answered(asking)

    predictions = in_order(questions(200), ask, workers=workers, timeout=LONG)
    list(islice(predictions, 2))
    predictions.close()
    time.sleep(0.05)
    seen = len(asked)
    time.sleep(0.05)
    assert len(asked) == seen < 50
