import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from assistant.domain import Role, Turn
from assistant.errors import TargetUnreachable
from assistant.evals.prediction import Outcome
from assistant.evals.targets.server import Server
from assistant.evals.targets.target import Asking
from tests.evals.targets.http_servers import Handler, after_probe, running
from tests.support.servers import free_port

pytestmark = pytest.mark.slow

SHORT = timedelta(seconds=0.4)
QUESTIONS = [Asking(f"q{n}", f"問い{n}", "営業部") for n in range(12)]


def target(url: str) -> Server:
    return Server(url, timeout=SHORT, probe_timeout=SHORT)


def hang(handler: Handler) -> None:
    handler.server.released.wait()


def drip(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.released.wait(0.05):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def hang_up(handler: Handler) -> None:
    handler.close_connection = True


def test_every_question_is_posted_and_answered_in_order() -> None:
    history = (Turn(Role.USER, "前の問い"), Turn(Role.ASSISTANT, "前の答え"))
    with running(Handler.answer) as server:
        asking = target(server.url + "/")
        predictions = list(asking.answers([*QUESTIONS, Asking("last", "続き", "", history)]))
    assert [one.answer for one in predictions] == [
        *(f"答え: 問い{n}" for n in range(12)),
        "答え: 続き",
    ]
    assert all(one.ok and one.latency_ms > 0 for one in predictions)
    assert {(path, kind) for path, kind, _ in server.asked} == {("/api/ask", "application/json")}
    (last,) = [asked for _, _, asked in server.asked if asked["id"] == "last"]
    assert last["history"] == [
        {"role": "user", "content": "前の問い"},
        {"role": "assistant", "content": "前の答え"},
    ]
    assert next(asked for _, _, asked in server.asked if asked["id"] == "q3") == {
        "id": "q3", "question": "問い3", "department": "営業部", "history": [],
    }  # fmt: skip
    assert asking.machine_ms > 0


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [
        (lambda h: h.reply(b"<!doctype html><h1>It works", kind="text/html"), "text/html"),
        (lambda h: h.reply(b"{not json"), "JSONではない"),
        (lambda h: h.reply(b"[" * 50_000), "JSONではない"),
        (lambda h: h.reply({"message": "hello"}), "status、answer がありません"),
        (lambda h: h.reply({"status": "answered", "answer": "x", "verdict": "はい"}), "verdict"),
        (lambda h: h.reply({"status": "answered", "answer": "x", "id": "other"}), "id が違います"),
        (
            lambda h: h.reply({"error": "まだ資料が公開されていません。"}, status=503),
            "503.*まだ資料",
        ),
        (lambda h: h.reply(b"", status=404), "404.*空"),
        (lambda h: h.reply(b"x" * 5_000_000), "4 MB"),
        (hang, "返事がありません|答えが返りません"),
        (drip, "答えが返りません"),
        (hang_up, "接続が切れた"),
    ],
)
def test_a_server_that_answers_no_questions_is_told_by_what_came_back(
    behaviour: Callable[[Handler], None], told: str
) -> None:
    with running(behaviour) as server:
        started = time.monotonic()
        with pytest.raises(TargetUnreachable, match=told) as caught:
            next(target(server.url).answers(QUESTIONS))
        assert time.monotonic() - started < 5
        assert server.url in caught.value.message
        while not server.asked and time.monotonic() - started < 5:
            time.sleep(0.01)  # a busy server reads the probe after nobody waits any more
        assert [asked["question"] for _, _, asked in server.asked] == ["こんにちは"]
    assert caught.value.exit_code == 7
    assert "katsuyo serve" in caught.value.remedy


def test_no_redirect_is_followed() -> None:
    with running(Handler.answer) as elsewhere:

        def move(handler: Handler) -> None:
            handler.send_response(307)
            handler.send_header("location", f"{elsewhere.url}/api/ask")
            handler.send_header("content-length", "0")
            handler.end_headers()

        with running(move) as server, pytest.raises(TargetUnreachable, match="移るように"):
            target(server.url).prepare()
        assert elsewhere.asked == []


def test_what_came_back_cannot_drive_the_terminal() -> None:
    colours = "\x1b[31m\u202e赤\r\n二行目".encode()
    with (
        running(lambda h: h.reply(colours, kind="text/html")) as server,
        pytest.raises(TargetUnreachable) as caught,
    ):
        target(server.url).prepare()
    assert not set("\x1b\u202e\r\n") & set(str(caught.value))


def test_nobody_there_is_told() -> None:
    with pytest.raises(TargetUnreachable, match="サーバーが動いていません"):
        target(f"http://127.0.0.1:{free_port()}").prepare()


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(TargetUnreachable, match="DNS"):
        target("http://nowhere.invalid").prepare()


def test_https_to_a_server_without_it_is_told() -> None:
    with (
        running(Handler.answer) as server,
        pytest.raises(TargetUnreachable, match="TLS"),
    ):
        target(server.url.replace("http:", "https:")).prepare()


@pytest.mark.parametrize(
    "url",
    ["", "localhost:7860", "ftp://a", "http://", "http://a:99999", "http://a/?q=1", "http://[x"],
)
def test_what_is_no_address_is_refused_at_once(url: str) -> None:
    with pytest.raises(TargetUnreachable, match="URLの形"):
        target(url)


def test_the_name_of_a_target_holds_no_password() -> None:
    assert target("http://anna:geheim@127.0.0.1:1/x/").name == "http://127.0.0.1:1/x"


def test_single_failures_are_scored_and_the_run_goes_on() -> None:
    def moody(handler: Handler) -> None:
        match handler.asked["id"]:
            case "q2":
                handler.reply({"error": "内部"}, status=500)
            case "q4":
                hang(handler)
            case "q6":
                hang_up(handler)
            case "q8":
                handler.reply(b"<html>", kind="text/html")
            case _:
                handler.answer()

    with running(after_probe(moody)) as server:
        predictions = list(target(server.url).answers(QUESTIONS))
    outcomes = {one.id: one.outcome for one in predictions if not one.ok}
    assert outcomes == {
        "q2": Outcome.CRASH,
        "q4": Outcome.TIMEOUT,
        "q6": Outcome.CRASH,
        "q8": Outcome.CRASH,
    }
    assert [one.id for one in predictions] == [one.id for one in QUESTIONS]
    assert "500" in predictions[2].error and "内部" in predictions[2].error


def test_a_server_that_dies_ends_the_run() -> None:
    def dying(handler: Handler) -> None:
        if handler.asked["id"] in {"q0", "q1", "q2"}:
            handler.answer()
        else:
            hang_up(handler)

    given: list[str] = []
    with running(after_probe(dying)) as server:
        predictions = target(server.url).answers(QUESTIONS)
        with pytest.raises(TargetUnreachable, match="途中で答えなくなりました") as caught:
            given.extend(prediction.id for prediction in predictions)
    assert given == ["q0", "q1", "q2", "q3", "q4", "q5", "q6"]
    assert server.url in caught.value.message


def test_a_server_that_refuses_every_question_is_scored_not_unreachable() -> None:
    with running(after_probe(lambda h: h.reply({"error": "x"}, status=500))) as server:
        predictions = list(target(server.url).answers(QUESTIONS))
    assert [one.outcome for one in predictions] == [Outcome.CRASH] * len(QUESTIONS)
