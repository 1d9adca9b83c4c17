"""After hundreds of questions with secrets, nothing of them is in any file or log."""

import logging
import random
import shutil
import warnings
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answering.guard.formats import is_my_number, passes_luhn
from assistant.app import App
from assistant.domain import Answer, Question, Role, Turn
from assistant.settings import Settings
from assistant.usage.feedback import Feedback, Opinion, iso_week
from assistant.web.api import ASK_PATH, add_api
from assistant.web.remembering import Remembering
from tests.conftest import SAMPLE

pytestmark = pytest.mark.slow

_QUESTIONS = 500
_BY_API = 100
_ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"


def _with_check_digit(digits: str, holds: Callable[[str], bool]) -> str:
    return next(digits + last for last in "0123456789" if holds(digits + last))


def _my_number(chance: random.Random) -> str:
    return _with_check_digit("".join(chance.choices("123456789", k=11)), is_my_number)


def _card(chance: random.Random) -> str:
    return _with_check_digit("4" + "".join(chance.choices("0123456789", k=14)), passes_luhn)


def _key(chance: random.Random) -> str:
    return "sk-" + "".join(chance.choices(_ALPHABET, k=32))


def _questions() -> Iterator[tuple[str, str]]:
    """Yield (what must not be kept, question with it)."""
    chance = random.Random(20261122)  # noqa: S311 — the same questions each time
    made = (_my_number, _card, _key)
    asked = (
        "マイナンバー{}の人の手続きの案内文を作って",
        "{}と書かれた申込書を要約していい?",
        "議事録に{}が残っているけど大丈夫?",
        "「{}」を消した文を週報に入れたい",
    )
    for n in range(_QUESTIONS):
        secret = made[n % len(made)](chance)
        yield secret, asked[n % len(asked)].format(secret)


@pytest.fixture
def app(published: Path, tmp_path: Path) -> App:
    data = tmp_path / "data"
    shutil.copytree(published, data, ignore=shutil.ignore_patterns("embedder"))
    (data / "embedder").symlink_to(published / "embedder")
    return App(Settings(corpus_dir=SAMPLE, data_dir=data), today=lambda: date(2026, 11, 20))


def _asked_of(app: App, question: str, before: Answer | None) -> Answer:
    """Ask as a follow-up of what was typed before, and press both buttons."""
    history = (Turn(Role.USER, before.safe_text),) if before else ()
    asking = Remembering(app.assistant, app.questions, today=app.today)
    *_, answer = asking.stream(Question(question, "営業部", history))
    assert isinstance(answer, Answer)
    app.feedback.record(
        Feedback(
            Opinion.NOT_HELPFUL,
            answer.safe_text,
            "営業部",
            iso_week(app.today()),
            answer.verdict.kind,
        )
    )
    for finding in answer.findings:
        app.report_false_alarm(answer, finding.placeholder)
    return answer


def _asked_by_api(app: App, questions: list[str]) -> None:
    from fastapi import FastAPI
    from starlette.testclient import TestClient

    server = FastAPI()
    add_api(server, Remembering(app.assistant, app.questions, today=app.today))
    with TestClient(server, base_url="http://127.0.0.1:7860") as client:
        for question in questions:
            assert client.post(ASK_PATH, json={"question": question}).status_code == 200


@pytest.mark.filterwarnings("ignore")
def test_no_secret_is_in_any_file_or_log_after_500_questions(
    app: App, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secrets, questions = zip(*_questions(), strict=True)
    before = len(app.questions.recent())
    answer = None
    for question in questions[_BY_API:]:
        answer = _asked_of(app, question, answer)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _asked_by_api(app, list(questions[:_BY_API]))
    app.close()
    assert len(app.questions.recent()) - before == _QUESTIONS
    files = [
        path
        for path in app.settings.data_dir.rglob("*")
        if path.is_file() and "embedder" not in path.relative_to(app.settings.data_dir).parts
    ]
    assert any(path.name.startswith("usage.sqlite3") for path in files)
    kept = [path.read_bytes() for path in files] + [caplog.text.encode()]
    assert b"\xe3\x80\x94" in b"".join(kept), "the masked questions are kept"
    left = [one for one in secrets if any(_in(one, content) for content in kept)]
    assert left == []


def _in(secret: str, content: bytes) -> bool:
    return any(secret.encode(code) in content for code in ("utf-8", "utf-16-le", "utf-16-be"))
