"""The chat model is asked within the caps, a few at a time, and not while it fails."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from assistant.errors import ModelError, ModelFault
from assistant.ports import ChatReply
from assistant.usage.breaker import Breaker, BreakerState
from assistant.usage.guarded_chat import GuardedChat
from assistant.usage.spending import Caps, Price, Spending, Use


class ScriptedChat:
    """A ChatModel that says or raises what it is given."""

    name = "fake"
    structured = True

    def __init__(self, *pieces: str | ChatReply | ModelError) -> None:
        self.pieces = pieces
        self.asked = 0
        self.closed = 0

    def complete(
        self,
        system: str,
        user: str,
        *,
        schema: Mapping[str, object],
        tagged: str = "",
        budget_seconds: float | None = None,
        asker: str = "",
    ) -> ChatReply:
        stream = self.stream(system, user, schema=schema)
        return next(piece for piece in stream if isinstance(piece, ChatReply))

    def stream(
        self,
        system: str,
        user: str,
        *,
        schema: Mapping[str, object],
        tagged: str = "",
        asker: str = "",
    ) -> Iterator[str | ChatReply]:
        self.asked += 1
        assert not asker
        try:
            for piece in self.pieces:
                if isinstance(piece, ModelError):
                    raise piece
                yield piece
        finally:
            self.closed += 1


Guard = Callable[..., GuardedChat]
PRICE = Price(input_yen=100, output_yen=100)
WHOLE = ChatReply("あいう", 40, 5)


def failure(fault: ModelFault) -> ModelError:
    return ModelError("だめでした。", fault=fault)


@pytest.fixture
def spending(tmp_path: Path) -> Spending:
    return Spending(tmp_path / "usage.sqlite3", price=PRICE, caps=Caps(tokens=2000))


@pytest.fixture
def guard(spending: Spending) -> Guard:
    def made(model: ScriptedChat, *, places: int = 2) -> GuardedChat:
        return GuardedChat(
            model, spending=spending, breaker=Breaker(), places=places, max_tokens=500
        )

    return made


def asked(chat: GuardedChat) -> list[str | ChatReply]:
    return list(chat.stream("あ" * 60, "い" * 40, schema={}))


def fault_of(chat: GuardedChat) -> ModelFault:
    with pytest.raises(ModelError) as raised:
        asked(chat)
    return raised.value.fault


def test_what_was_said_passes_and_is_counted(guard: Guard, spending: Spending) -> None:
    chat = guard(ScriptedChat("あ", "いう", WHOLE))
    assert asked(chat) == ["あ", "いう", WHOLE]
    assert chat.complete("s", "u", schema={}) == WHOLE
    used = Use(2, 80, 10, pytest.approx(0.009))
    assert spending.today() == used
    figures = chat.figures()
    assert (figures.asked, figures.used, figures.under_way) == (2, used, 0)


def test_an_endpoint_that_tells_no_cost_is_counted_by_characters(
    guard: Guard, spending: Spending
) -> None:
    asked(guard(ScriptedChat("あいう", ChatReply("あいう"))))
    assert spending.today() == Use(1, 100, 3, pytest.approx(0.0103))


def test_a_stream_that_was_stopped_is_ended_and_paid_as_far_as_it_came(
    guard: Guard, spending: Spending
) -> None:
    model = ScriptedChat("あ", "いう", WHOLE)
    chat = guard(model, places=1)
    stream = chat.stream("あ" * 60, "い" * 40, schema={})
    assert next(stream) == "あ"
    assert chat.figures().under_way == 1
    stream.close()
    assert model.closed == 1
    assert spending.today() == Use(1, 100, 1, pytest.approx(0.0101))
    assert asked(chat)


@pytest.mark.parametrize("fault", [ModelFault.UNREACHABLE, ModelFault.TOO_LONG])
def test_nobody_pays_for_what_was_not_read(
    guard: Guard, spending: Spending, fault: ModelFault
) -> None:
    assert fault_of(guard(ScriptedChat(failure(fault)))) is fault
    assert spending.today().tokens == 0


def test_past_the_cap_the_model_is_not_asked(guard: Guard) -> None:
    model = ScriptedChat("あ", ChatReply("あ", 1800, 150))
    chat = guard(model)
    asked(chat)
    assert fault_of(chat) is ModelFault.SPENT
    assert model.asked == 1
    assert chat.figures().failures == {ModelFault.SPENT: 1}


def test_when_all_places_are_taken_one_waits_briefly_and_is_refused(guard: Guard) -> None:
    model = ScriptedChat("あ", WHOLE)
    chat = guard(model, places=1)
    busy = chat.stream("s", "u", schema={})
    next(busy)
    assert fault_of(chat) is ModelFault.BUSY
    list(busy)
    assert asked(chat)


def test_a_model_that_fails_again_and_again_is_left_alone(guard: Guard) -> None:
    model = ScriptedChat(failure(ModelFault.SLOW))
    chat = guard(model)
    assert [fault_of(chat) for _ in range(4)] == [ModelFault.SLOW] * 3 + [ModelFault.RESTING]
    assert model.asked == 3
    assert chat.figures().state is BreakerState.OPEN


def test_questions_that_are_too_long_are_not_the_models_fault(guard: Guard) -> None:
    chat = guard(ScriptedChat(failure(ModelFault.TOO_LONG)))
    assert [fault_of(chat) for _ in range(4)] == [ModelFault.TOO_LONG] * 4


def test_a_model_that_is_too_slow_for_a_small_budget_does_not_rest_for_it(guard: Guard) -> None:
    chat = guard(ScriptedChat(failure(ModelFault.SLOW)))
    for _ in range(4):
        with pytest.raises(ModelError):
            chat.complete("s", "u", schema={}, budget_seconds=0.8)
    assert chat.figures().state is BreakerState.CLOSED


def test_use_that_cannot_be_counted_is_refused(tmp_path: Path) -> None:
    (tmp_path / "usage.sqlite3").mkdir()
    nowhere = Spending(tmp_path / "usage.sqlite3", price=PRICE, caps=Caps())
    model = ScriptedChat(WHOLE)
    chat = GuardedChat(model, spending=nowhere, breaker=Breaker(), places=1, max_tokens=9)
    assert [fault_of(chat) for _ in range(2)] == [ModelFault.MISSING] * 2
    assert model.asked == 0
