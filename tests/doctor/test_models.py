"""`katsuyo doctor` asks the models one small thing and tells what was used."""

from pathlib import Path
from typing import Any

import pytest

from assistant.app import App
from assistant.doctor.finding import Finding
from assistant.doctor.models import chat_model, embedder
from assistant.errors import ModelError
from assistant.settings import Settings
from tests.support.fake_openai import Server, embeds, refuses, says

KEY = "sk-very-secret"


def app_with(server: Server, folder: Path, **settings: Any) -> App:
    app = App(settings=Settings.model_validate({"data_dir": folder, **settings}))
    server.opened.append(app.close)
    return app


def with_chat(server: Server, folder: Path, **settings: Any) -> list[Finding]:
    chat = {"llm_base_url": server.base_url, "llm_model": "m-1", "llm_api_key": KEY}
    return list(chat_model(app_with(server, folder, **chat, **settings)))


def test_without_an_endpoint_nothing_is_asked(server: Server, tmp_path: Path) -> None:
    (finding,) = chat_model(app_with(server, tmp_path))
    assert finding.ok and "使いません" in finding.detail


def test_a_model_that_answers_is_told_with_its_speed_and_todays_use(
    server: Server, tmp_path: Path
) -> None:
    server.script = [says('{"answer": "はい"}')]
    asked, use = with_chat(server, tmp_path, llm_yen_per_day=300)
    assert asked.ok and asked.remedy == ""
    for told in (server.base_url, "m-1", "秒", "JSONの型を指定できます"):
        assert told in asked.detail
    assert "今日 1回、14トークン(上限 5,000,000)" in use.detail
    assert "円(上限 300)" in use.detail


def test_a_model_that_fails_is_told_with_the_remedy_and_without_the_key(
    server: Server, tmp_path: Path
) -> None:
    server.script = [refuses(401, f'{{"error": {{"message": "{KEY}"}}}}')]
    asked, _ = with_chat(server, tmp_path)
    assert not asked.ok and "APIキー" in asked.remedy
    assert KEY not in str(asked)


def test_a_wrong_dimension_of_the_embedder_is_told_with_the_setting_that_mends_it(
    server: Server, tmp_path: Path
) -> None:
    server.script = [embeds(lambda _: [1.0] * 6)]
    remote = {"embedding_base_url": server.base_url, "embedding_model": "e-1"}
    (finding,) = embedder(app_with(server, tmp_path, **remote, embedding_dim=6))
    assert finding.ok and "e-1/6" in finding.detail
    with pytest.raises(ModelError) as raised:
        list(embedder(app_with(server, tmp_path, **remote, embedding_dim=8)))
    assert "KATSUYO_EMBEDDING_DIM=6" in raised.value.remedy
