"""How often a streamed reply is read: often while few are open, and each fairly while many are."""

from contextlib import ExitStack

from assistant.adapters.openai.reading_pace import Paces
from assistant.adapters.openai.timed import Call, Patience


def rest_of_one_among(open_replies: int, *, age: float) -> float:
    paces = Paces()
    with ExitStack() as stack:
        for _ in range(open_replies):
            stack.enter_context(paces.read(Call(Patience(1, 1, 1))))
        return paces.rest_seconds(age)


def test_a_few_replies_are_read_five_times_a_second() -> None:
    assert rest_of_one_among(1, age=0) == rest_of_one_among(40, age=30) == 0.2


def test_two_hundred_replies_are_read_once_a_second_and_the_young_more_often() -> None:
    assert rest_of_one_among(200, age=30) == 1.0
    assert rest_of_one_among(200, age=1) == 0.4


def test_replies_that_are_over_slow_nobody_down() -> None:
    paces = Paces()
    for _ in range(200):
        with paces.read(Call(Patience(1, 1, 1))):
            pass
    assert paces.rest_seconds(30) == 0.2
