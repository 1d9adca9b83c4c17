"""What leaves the machine: no key, secret, forbidden word or document of others."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from assistant.answering.render import to_json
from assistant.app import App
from assistant.domain import Mode, Question, Role, Turn
from assistant.settings import Settings
from assistant.web.answer_view import after_parts, answer_parts
from tests.answering.modelled.scripted import alias_of, reply
from tests.support.fake_openai import Request, Server, says
from tests.support.small_company import write_small_company

KEY = "sk-canary-key-7f3a9b"
PASSWORD = "Kanaria#2026x"
PHONE = "090-1234-5678"
PERSON = "田中 花子"
TERM = "カナリア計画"
LIMITED = "限られた部署だけの数字は四十七です"
CANARIES = (KEY, PASSWORD, PHONE, PERSON, "花子", TERM, "四十七", LIMITED)

_LIMITED = f"""\
---
title: チラシの下書き(税務課だけ)
kind: manual
audience: [税務課]
---
# チラシの下書き
1. {LIMITED}。
2. チラシの見出しの案を3つ出してもらいます。
"""
_RULED = "- パスワードを入力してはならない"

pytestmark = pytest.mark.slow


@pytest.fixture
def app(data: Path, tmp_path: Path, server: Server) -> Iterator[App]:
    corpus = write_small_company(tmp_path / "corpus")
    (corpus / "manuals").mkdir()
    (corpus / "manuals/limited.md").write_text(_LIMITED, encoding="utf-8")
    with (corpus / "company.yaml").open("a", encoding="utf-8") as company:
        company.write(f"confidential_terms: [{TERM}]\n")
    rule = corpus / "rules/guide.md"
    ruled = f"{_RULED}\n- 社外秘の計画の名前を入力してはならない"
    rule.write_text(rule.read_text(encoding="utf-8").replace(_RULED, ruled), encoding="utf-8")
    settings = Settings(
        corpus_dir=corpus,
        data_dir=data,
        llm_base_url=server.base_url,
        llm_model="canary",
        llm_api_key=SecretStr(KEY),
        llm_first_token_seconds=20,
    )
    one = App(settings)
    one.publish()
    yield one
    one.close()


def writes(request: Request) -> None:
    """Two honest steps, and what it was sent."""
    user = request.body["messages"][1]["content"]
    story = alias_of(user, "健診のチラシの下書きに")
    told = reply(
        steps=[
            (story, "庁内AIに去年のチラシの構成と今年の日程を渡します。"),
            (story, user[-140:]),
            (story, "見出しの案を3つ出してもらってから直します。"),
        ]
    )
    says(told, pieces=9)(request)


def test_no_canary_is_in_any_request_log_answer_or_page(
    app: App, server: Server, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    server.script = [writes]
    asked = Question(
        f"チラシの下書きを早く作りたい。{PERSON}様({PHONE})と{TERM}のことです"
        f"(パスワード: {PASSWORD})",
        "市民課",
        history=(
            Turn(Role.USER, f"{TERM}のチラシ、パスワードは {PASSWORD} だよ"),
            Turn(Role.ASSISTANT, f"「{TERM}」は {PHONE} へ"),
        ),
    )
    answer = app.assistant.ask(asked)
    assert answer.mode is Mode.MODEL, answer.notice
    assert len(server.asked) == 1
    sent = json.dumps(server.asked, ensure_ascii=False)
    assert "健診のチラシ" in sent
    assert_none_in(sent, but=())
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"
    shown = json.dumps(_without_findings(to_json(answer)), ensure_ascii=False)
    page = "".join([*answer_parts(answer.safe_text, answer, documents={}), *after_parts(answer)])
    told = capfd.readouterr()
    logged = "\n".join(f"{one.getMessage()} {one.exc_text or ''}" for one in caplog.records)
    for text in (logged, told.out, told.err):
        assert_none_in(text)
    # What was masked is shown to the person who typed it, and to nobody else.
    assert_none_in(shown, but=(PASSWORD, PHONE, PERSON, "花子", TERM))
    assert_none_in(page, but=(PASSWORD, PHONE, PERSON, "花子", TERM))


def test_a_failing_endpoint_that_repeats_what_it_got_puts_nothing_into_log_or_answer(
    app: App, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    def repeats(request: Request) -> None:
        told = {"error": {"message": f"bad key {KEY}: {request.body}"}}
        request.whole(401, json.dumps(told, ensure_ascii=False))

    server.script = [repeats]
    answer = app.assistant.ask(Question(f"チラシの下書きを早く作りたい。{PHONE}へ", "市民課"))
    assert answer.mode is Mode.COMPOSED
    assert "生成AI" in answer.notice
    logged = "\n".join(f"{one.getMessage()} {one.exc_text or ''}" for one in caplog.records)
    assert_none_in(logged)
    assert KEY not in json.dumps(to_json(answer), ensure_ascii=False)


def assert_none_in(text: str, but: tuple[str, ...] = ()) -> None:
    found = [canary for canary in CANARIES if canary not in but and canary in text]
    assert not found


def _without_findings(answer: Any) -> dict[str, object]:
    return {name: value for name, value in answer.items() if name != "findings"}
