"""A failing model rests, one question tries it, and it comes back without a restart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import ModelError, ModelFault
from assistant.usage.breaker import Breaker, BreakerState


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def opened(clock: Clock) -> Breaker:
    breaker = Breaker(clock=clock)
    for _ in range(3):
        breaker.enter()
        breaker.failed()
    return breaker


def test_three_failures_in_a_minute_let_it_rest() -> None:
    breaker = opened(Clock())
    assert breaker.state is BreakerState.OPEN
    with pytest.raises(ModelError, match="休ませて") as raised:
        breaker.enter()
    assert raised.value.fault is ModelFault.RESTING


def test_failures_far_apart_or_with_a_success_between_do_not() -> None:
    clock = Clock()
    breaker = Breaker(clock=clock)
    for _ in range(5):
        clock.now += 31
        breaker.failed()
    assert breaker.state is BreakerState.CLOSED
    breaker.succeeded()
    breaker.failed()
    assert breaker.state is BreakerState.CLOSED


def test_after_the_rest_one_question_tries_and_its_success_lets_all_in() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += 30
    breaker.enter()
    with pytest.raises(ModelError):
        breaker.enter()
    breaker.succeeded()
    breaker.enter()
    breaker.enter()


def test_a_trial_that_fails_lets_it_rest_again() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += 30
    breaker.enter()
    breaker.failed()
    clock.now += 29
    with pytest.raises(ModelError):
        breaker.enter()
    clock.now += 1
    breaker.enter()


def test_a_trial_that_was_stopped_leaves_room_for_the_next() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += 30
    breaker.enter()
    breaker.left()
    breaker.enter()


@settings(deadline=None)
@given(st.lists(st.sampled_from(["enter", "failed", "succeeded", "left", "wait"]), max_size=40))
def test_it_always_comes_back(steps: list[str]) -> None:
    clock = Clock()
    breaker = Breaker(clock=clock)
    for step in steps:
        if step == "wait":
            clock.now += 30
        elif step == "enter":
            try:
                breaker.enter()
            except ModelError:
                continue
        else:
            getattr(breaker, step)()
    breaker.left()
    clock.now += 30
    breaker.enter()
    breaker.succeeded()
    breaker.enter()
