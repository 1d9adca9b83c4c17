"""What a chat model writes, as it comes: in pieces, too fast, without an end, aloud."""

import threading
import time
from pathlib import Path

import pytest

from assistant.adapters.openai.chat import ChatLimits
from assistant.errors import ModelError, ModelFault
from assistant.ports import ChatReply
from tests.adapters.openai.chat_client import PATIENT, QUICK, SCHEMA, chat, streamed
from tests.support.fake_openai import (
    Act,
    Request,
    Server,
    cut,
    endless,
    fake_openai,
    hangs_after_headers,
    says,
    self_signed,
    slowly,
    twice,
)

pytestmark = pytest.mark.slow


def test_text_comes_piece_by_piece_and_the_whole_last(server: Server) -> None:
    server.script = [says('{"grade": 2}', pause=0.5)]
    *pieces, whole = streamed(chat(server))
    assert pieces == ['{"gr', 'ade"', ": 2}"]
    assert whole == ChatReply('{"grade": 2}', 11, 3)


def test_the_first_text_is_there_before_the_last_is_written(server: Server) -> None:
    read = threading.Event()

    def act(request: Request) -> None:
        request.begin_stream()
        request.event("あ")
        assert read.wait(5)
        request.event("い", finish="stop")
        request.end_stream()

    server.script = [act]
    stream = chat(server, PATIENT).stream("a", "b", schema=SCHEMA)
    assert next(stream) == "あ"
    read.set()
    assert next(stream) == "い"


def test_nothing_is_asked_again_once_text_was_shown(server: Server) -> None:
    server.script = [cut("途中")]
    stream = chat(server).stream("a", "b", schema=SCHEMA)
    assert next(stream) == "途中"
    with pytest.raises(ModelError, match="途中で切れました"):
        next(stream)
    assert len(server.asked) == 1


def test_events_that_come_twice_do_not_add_to_a_reply_that_has_ended(server: Server) -> None:
    server.script = [twice("あ")]
    assert streamed(chat(server))[-1] == ChatReply("ああ", 11, 3)


def test_closing_the_stream_frees_the_endpoint(server: Server) -> None:
    server.script = [slowly()]
    stream = chat(server).stream("a", "b", schema=SCHEMA)
    assert next(stream) == "あ"
    assert not server.let_go.is_set()
    stream.close()
    assert server.let_go.wait(5)


def writes(text: str, *, pause: float) -> Act:
    """Write one letter after another, as fast as a model does."""

    def act(request: Request) -> None:
        request.begin_stream()
        for letter in text:
            request.event(letter)
            time.sleep(pause)
        request.event("", finish="stop")
        request.end_stream()

    return act


def test_what_is_written_fast_comes_in_a_few_pieces_and_whole(server: Server) -> None:
    text = "{" + "あ" * 98 + "}"
    server.script = [writes(text, pause=0.01)]
    *pieces, whole = streamed(chat(server))
    assert pieces[0] == "{", "the first is there at once"
    assert len(pieces) <= 20
    assert "".join(map(str, pieces)) == text
    assert whole == ChatReply(text, 11, 3)


def test_over_tls_as_much_is_read_at_a_time_as_there_is(tmp_path: Path) -> None:
    certificate = self_signed(tmp_path)
    with fake_openai(certificate=certificate) as server:
        server.script = [writes("あ" * 100, pause=0.01)]
        model = chat(server, ca_bundle=certificate)
        begun = time.monotonic()
        *pieces, _ = streamed(model)
        assert time.monotonic() - begun < 6, "a rest before each record would take 20 s"
        assert len(pieces) <= 20
        model.close()


def test_what_has_come_is_handed_over_while_the_model_pauses(server: Server) -> None:
    read = threading.Event()

    def act(request: Request) -> None:
        request.begin_stream()
        for letter in "あいうえお":
            request.event(letter)
            time.sleep(0.01)
        assert read.wait(5)
        request.event("か", finish="stop")
        request.end_stream()

    server.script = [act]
    stream = chat(server).stream("a", "b", schema=SCHEMA)
    text = ""
    while text != "あいうえお":
        text += str(next(stream))
    read.set()
    assert next(stream) == "か"


def test_an_endpoint_that_is_given_up_is_freed_as_well(server: Server) -> None:
    server.script = [hangs_after_headers()]
    with pytest.raises(ModelError):
        streamed(chat(server, QUICK))
    assert server.let_go.wait(5)


def test_a_reply_without_an_end_ends_with_the_time_for_all_of_it(server: Server) -> None:
    server.script = [slowly()]
    model = chat(server, ChatLimits(first_token_seconds=10, whole_seconds=0.5))
    begun = time.monotonic()
    with pytest.raises(ModelError) as raised:
        streamed(model)
    assert raised.value.fault is ModelFault.SLOW
    assert time.monotonic() - begun < 3


def test_a_flood_is_broken_off(server: Server) -> None:
    server.script = [endless()]
    with pytest.raises(ModelError) as raised:
        streamed(chat(server, most_bytes=200_000))
    assert raised.value.fault is ModelFault.UNREADABLE
    assert server.let_go.wait(5)


@pytest.mark.parametrize("pieces", [1, 2, 5, 11, 40])
def test_what_a_model_thinks_aloud_is_left_out(server: Server, pieces: int) -> None:
    server.script = [says('\n<think>\nまず{を書く。\n</think>\n\n{"grade": 2}', pieces=pieces)]
    *shown, whole = streamed(chat(server))
    assert "".join(map(str, shown)).strip() == '{"grade": 2}'
    assert whole == ChatReply('{"grade": 2}', 11, 3)


@pytest.mark.parametrize("text", ["<", "<th", "<grade>2</grade>", "考え中"])
def test_what_only_looks_like_a_thought_is_kept(server: Server, text: str) -> None:
    server.script = [says(text, pieces=len(text))]
    whole = streamed(chat(server))[-1]
    assert isinstance(whole, ChatReply) and whole.text == text


def test_a_reply_of_thoughts_alone_is_empty(server: Server) -> None:
    server.script = [says("<think>まだ考えて", finish="length")]
    with pytest.raises(ModelError, match="空の返事"):
        streamed(chat(server))
