"""The same questions to other systems: exported, asked elsewhere, scored here; or over HTTP."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT
from tests.eval_commands.conftest import Office, quality
from tests.evals.targets.http_servers import Handler, after_probe, running
from tests.support.servers import free_port

pytestmark = pytest.mark.slow


def test_exported_questions_hold_no_answers_and_come_back_as_predictions(
    office: Office, tmp_path: Path
) -> None:
    exported = office.sub("export")
    assert exported.returncode == 0
    lines = [json.loads(line) for line in exported.stdout.splitlines()]
    assert {key for line in lines for key in line} == {"id", "question", "department", "history"}
    assert [line["id"] for line in lines] == [one["id"] for one in office.answers()]

    questions = tmp_path / "questions.jsonl"
    questions.write_text(exported.stdout, encoding="utf-8")
    asked = office.katsuyo("ask", "--batch", str(questions))
    answers = tmp_path / "answers.jsonl"
    answers.write_text(asked.stdout, encoding="utf-8")
    told = office.scored("--predictions", str(answers))
    assert told["passed"] is True
    assert quality(told) == quality(office.scored())


@pytest.fixture(scope="module")
def address(asked_office: Office) -> Iterator[str]:
    """Return the address of a real `katsuyo serve` of the office."""
    environment = {name: one for name, one in os.environ.items() if "KATSUYO" not in name} | {
        "KATSUYO_DATA_DIR": str(asked_office.data),
        "KATSUYO_CORPUS_DIR": str(asked_office.corpus),
    }
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", "serve", "--port", str(port)],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            if httpx.get(url, timeout=5, trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise TimeoutError(url)


def test_a_running_server_gets_the_same_verdict(office: Office, address: str) -> None:
    told = office.scored("--target", address)
    assert (told["verdict"], told["target"]) == ("pass", address)
    assert quality(told) == quality(office.scored())


def unreachable(office: Office, url: str, *words: str, wait: str = "20") -> None:
    """Demand exit code 7, a line with these words and a remedy, no verdict and no report."""
    office.recording.unlink()
    finished = office.eval("--target", url, "--timeout", wait)
    assert finished.returncode == 7, finished.stdout + finished.stderr
    assert finished.stdout == ""
    told = finished.stderr.partition("✕")[2]
    assert "\n  → " in told
    for word in words:
        assert word in told
    assert not office.recording.exists()


def silent(handler: Handler) -> None:
    handler.server.released.wait()


def test_nobody_listens(office: Office) -> None:
    unreachable(office, f"http://127.0.0.1:{free_port()}", "接続を断られました")


def test_what_is_no_address(office: Office) -> None:
    unreachable(office, "相談窓口", "URL")


def test_a_page_instead_of_an_answer(office: Office) -> None:
    def page(handler: Handler) -> None:
        handler.reply("<html><body>ログイン</body></html>".encode(), kind="text/html")

    with running(page) as server:
        unreachable(office, server.url, "JSONではない", "text/html")


@pytest.mark.parametrize("said", [[], {}, {"status": "answered"}, "はい", {"ok": True, "score": 1}])
def test_another_json_than_an_answer(office: Office, said: object) -> None:
    with running(lambda handler: handler.reply(said)) as server:
        unreachable(office, server.url)


def test_a_server_that_never_replies(office: Office) -> None:
    with running(silent) as server:
        unreachable(office, server.url, "0.3秒たっても", wait="0.3")


def test_a_server_that_falls_silent_during_the_run(office: Office) -> None:
    with running(after_probe(silent)) as server:
        unreachable(office, server.url, "途中で答えなくなりました", wait="0.3")


def test_a_server_that_fails_at_every_question_is_scored_and_fails(office: Office) -> None:
    def failing(handler: Handler) -> None:
        handler.reply({"error": "だめです"}, status=500)

    with running(after_probe(failing)) as server:
        finished = office.eval("--target", server.url)
    assert finished.returncode == 1
    assert "不合格" in finished.stdout
