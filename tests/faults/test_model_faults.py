"""Whatever a chat model's endpoint does, the person has the composed answer within 3 seconds."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.app import App
from assistant.domain import Answer, Mode, Question
from assistant.settings import Settings
from tests.fakes import FakeEmbedder
from tests.support.fake_openai import (
    Act,
    Server,
    cut,
    embeds,
    endless,
    fake_openai,
    hangs,
    hangs_after_headers,
    huge,
    page,
    raw,
    refuses,
    says,
    slowly,
    twice,
)
from tests.support.small_company import write_small_company

pytestmark = pytest.mark.slow
QUESTION = Question("広報チラシの下書きを早く作るには?", "市民課", asker="session-1")


@dataclass
class Office:
    """A small company that asks two fake endpoints: one for words, one for vectors."""

    server: Server
    vectors: Server
    folder: Path
    composed: Answer | None = None
    """What is answered without a chat model."""

    def app(self, **settings: object) -> App:
        given = {
            "corpus_dir": self.folder / "corpus",
            "data_dir": self.folder / "data",
            "llm_base_url": self.server.base_url,
            "llm_model": "m-1",
            "llm_first_token_seconds": 1.0,  # the machine that tests run on is busy
            "embedding_base_url": self.vectors.base_url,
            "embedding_model": "fake",
            "embedding_dim": 64,
        }
        app = App(settings=Settings.model_validate({**given, **settings}))
        self.server.opened.append(app.close)
        if app.settings.llm_base_url:
            app.prepare_chat_model()
        return app


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    (folder / "corpus").mkdir()
    write_small_company(folder / "corpus")
    vectors_of = FakeEmbedder().embed_query
    with fake_openai() as server, fake_openai() as vectors:
        server.script = [refuses(500)]
        vectors.script = [embeds(lambda text: vectors_of(text).tolist())]
        here = Office(server, vectors, folder)
        app = here.app(llm_base_url="", llm_model="")
        app.publish()
        here.composed = app.assistant.ask(QUESTION)
        yield here
        for close in server.opened:
            close()


FAULTS: dict[str, Act] = {
    "hangs": hangs(),
    "hangs after its headers": hangs_after_headers(),
    "writes too slowly": slowly('{"'),
    "cut mid-stream": cut('{"direct": [{"pass'),
    "200 with a page": page(),
    "wrong JSON": says('{"direct": [{"passages": '),
    "another JSON": says('{"weather": "fine"}'),
    "no reply": raw("{"),
    "empty": says(""),
    "401": refuses(401),
    "429": refuses(429),
    "429 with a time": refuses(429, headers={"retry-after": "30"}),
    "500": refuses(500),
    "huge": huge("text/event-stream"),
    "endless": endless('{"'),
    "every event twice": twice('{"direct": ['),
}


def answered(app: App) -> Answer:
    begun = time.monotonic()
    answer = app.assistant.ask(QUESTION)
    assert time.monotonic() - begun < 3
    return answer


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_ends_in_the_composed_answer_with_a_notice(office: Office, fault: str) -> None:
    office.server.script = [FAULTS[fault]]
    app = office.app()
    answer = answered(app)
    assert answer.mode is Mode.COMPOSED
    assert "資料の言葉" in answer.notice
    assert answer.sections == office.composed.sections


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/v1", "http://no-such-host.invalid/v1", "https://{host}/v1"]
)
def test_nobody_there_no_such_host_and_no_tls_end_in_the_composed_answer(
    office: Office, url: str
) -> None:
    host = office.server.url.removeprefix("http://")
    app = office.app(llm_base_url=url.format(host=host))
    answer = answered(app)
    assert answer.mode is Mode.COMPOSED and "資料の言葉" in answer.notice


def test_after_three_failures_nobody_waits_for_the_model(office: Office) -> None:
    office.server.script = [refuses(500)]
    app = office.app()
    for _ in range(3):
        answered(app)
    asked = len(office.server.asked)
    assert answered(app).mode is Mode.COMPOSED
    assert len(office.server.asked) == asked


def test_one_persons_share_is_used_up_while_anothers_is_not(office: Office) -> None:
    office.server.script = [says('{"weather": "fine"}')]
    app = office.app(llm_tokens_per_user_per_day=64)
    asked = len(office.server.asked)
    assert answered(app).mode is Mode.COMPOSED
    assert len(office.server.asked) == asked, "one call may use more than this person has"
    app.assistant.ask(Question(QUESTION.text, QUESTION.department))
    assert len(office.server.asked) == asked + 1
    assert app.spending.today().calls > 0
