"""One answer in a chat model's words, word for word, as an employee reads it."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answering.assistant import Assistant
from assistant.answering.render import to_markdown
from assistant.app import App
from assistant.domain import Mode, Question
from assistant.settings import Settings
from tests.answering.modelled.scripted import ScriptedChat, alias_of, reply
from tests.conftest import SAMPLE

GOLDEN = Path(__file__).resolve().parent / "model-mode.md"
ASKED = Question("英文メールを早く書きたい", "営業部")

pytestmark = pytest.mark.slow


def writes(user: str) -> str:
    """A model that retells a manual and a story, invents a number, and gives a verdict."""
    manual = alias_of(user, "言いたいことを日本語で3行に書きます")
    story = alias_of(user, "往復切符")
    return reply(
        steps=[
            (manual, "まず、言いたいことを日本語で3行にまとめます。主語と時期は省きません。"),
            (manual, "テンプレート「英文メールの下書き」に入れて、件名1つと本文を作ります。"),
            (f"{manual} {story}", "できた英文は、1文ずつ日本語に訳し戻させて読みます。"),
            (story, "これで、かかる時間は9割減ります。"),
            (story, "相手の社名もそのまま入れて大丈夫です。"),
            (manual, "最後に、上長か担当者が読んでから送ります。"),
        ],
        stories=[(story, "英語に自信がない人ほど、訳し戻しを飛ばさないでください。")],
    )


def test_the_answer_in_a_models_words_reads_as_it_did(
    published: Path, request: pytest.FixtureRequest
) -> None:
    today = date(2026, 11, 22)
    app = App(settings=Settings(corpus_dir=SAMPLE, data_dir=published), today=lambda: today)
    tokenizer = app.assistant._tokenizer
    asking = Assistant(app.engine, tokenizer, lambda: today, ScriptedChat(writes))
    answer = asking.ask(ASKED)
    assert answer.mode is Mode.MODEL, answer.notice
    shown = f"> {ASKED.department}: {ASKED.text}\n\n{to_markdown(answer)}".rstrip("\n") + "\n"
    if request.config.getoption("--update-golden"):
        GOLDEN.write_text(shown, encoding="utf-8")
    assert shown == GOLDEN.read_text(encoding="utf-8")
