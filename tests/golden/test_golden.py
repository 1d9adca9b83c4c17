"""The answers to twelve questions, word for word, as an employee reads them."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant.answering.compose.repeats import letters, sentences_of
from assistant.answering.render import to_markdown
from assistant.app import App
from assistant.domain import Question
from assistant.settings import Settings
from tests.conftest import SAMPLE

HERE = Path(__file__).resolve().parent
CASES = yaml.safe_load((HERE / "questions.yaml").read_text(encoding="utf-8"))

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def app(published: Path) -> App:
    settings = Settings(corpus_dir=SAMPLE, data_dir=published)
    return App(settings=settings, today=lambda: date(2026, 11, 22))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_answer_reads_as_it_did(
    app: App, case: dict[str, str], request: pytest.FixtureRequest
) -> None:
    answer = app.assistant.ask(Question(text=case["question"], department=case["department"]))
    shown = f"> {case['department']}: {case['question']}\n\n{to_markdown(answer)}"
    if not shown.endswith("\n"):
        shown += "\n"
    file = HERE / f"{case['id']}.md"
    if request.config.getoption("--update-golden"):
        file.write_text(shown, encoding="utf-8")
    assert shown == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_no_sentence_stands_in_two_parts(app: App, case: dict[str, str]) -> None:
    answer = app.assistant.ask(Question(text=case["question"], department=case["department"]))
    told = [letters(text) for section in answer.sections for text in sentences_of(section)]
    for n, text in enumerate(told):
        assert not any(text in other for m, other in enumerate(told) if m != n), text
