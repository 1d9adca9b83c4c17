"""`katsuyo eval --llm`: both ways of answering side by side, and what the model cost."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.evals.targets.in_process import eval_app
from assistant.settings import Settings
from benchmarks.stub_endpoint import copied
from tests.eval_commands.conftest import Office
from tests.support.fake_openai import Request, Server, fake_openai, says

pytestmark = pytest.mark.slow


@pytest.fixture
def server() -> Iterator[Server]:
    def copies(request: Request) -> None:
        says(copied(request.body["messages"][-1]["content"]))(request)

    with fake_openai() as running:
        running.script = [copies]
        yield running


def test_both_modes_are_told_side_by_side_with_tokens_yen_and_prompt_hash(
    office: Office, server: Server
) -> None:
    environment = {
        "KATSUYO_LLM_BASE_URL": server.base_url,
        "KATSUYO_LLM_MODEL": "copycat",
        "KATSUYO_LLM_YEN_PER_MILLION_INPUT_TOKENS": "1000000",
        "KATSUYO_LLM_FIRST_TOKEN_SECONDS": "30",
    }
    ended = office.eval("--llm", "--json", settings=environment)
    assert ended.stdout.startswith("{"), ended.stderr
    told = json.loads(ended.stdout)["llm"]
    assert told["model"] == "copycat"
    assert len(told["prompts"]) == 12
    assert told["calls"] == len(server.asked) > 0
    assert told["yen"] == told["input_tokens"] == 11 * told["calls"]
    assert 0 < told["written"] <= told["answers"]
    assert told["metrics"]["quote_exactness"] == 1.0
    assert told["metrics"]["numeric_fidelity"] == 1.0


def test_without_the_option_no_model_is_there_to_be_asked_though_one_is_set(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, llm_base_url="http://127.0.0.1:9/v1", llm_model="m")
    assert eval_app(settings).chat_model is None
    assert eval_app(settings, with_model=True).chat_model is not None


def test_without_a_model_it_says_which_setting_is_missing(office: Office) -> None:
    ended = office.eval("--llm")
    assert ended.returncode == 2
    assert "KATSUYO_LLM_BASE_URL" in ended.stderr
