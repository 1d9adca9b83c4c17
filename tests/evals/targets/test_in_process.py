import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.app import App
from assistant.domain import Answer, AnswerStatus, Query, Question, Verdict, VerdictKind
from assistant.errors import IndexMissing, StoreError
from assistant.evals.prediction import Outcome
from assistant.evals.reading import load_references, published_documents
from assistant.evals.targets.in_process import InProcess, eval_app, in_process
from assistant.evals.targets.target import Asking
from assistant.settings import Settings
from tests.support.small_company import write_small_company

SAID = Answer(
    AnswerStatus.NO_EVIDENCE,
    Verdict(VerdictKind.NONE),
    sections=(),
    citations=(),
    safe_text="",
    query=Query(""),
)


class Fake:
    """Answers, falls or hangs as the question says."""

    def __init__(self) -> None:
        self.asked: list[Question] = []
        self.released = threading.Event()

    def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        if "落ちて" in question.text:
            raise RuntimeError(question.text)
        if "止まって" in question.text:
            self.released.wait()
        return replace(SAID, safe_text=question.text, retrieved=("a.md",))


@pytest.fixture
def fake() -> Iterator[Fake]:
    fake = Fake()
    yield fake
    fake.released.set()


def test_the_answers_come_through_the_contract(fake: Fake) -> None:
    target = InProcess(lambda: fake)
    (prediction,) = target.answers([Asking("a", "週報", "営業部")])
    assert (prediction.id, prediction.ok, prediction.abstained) == ("a", True, True)
    assert (prediction.retrieved, prediction.safe_text) == (("a.md",), "週報")
    assert prediction.latency_ms > 0
    assert fake.asked == [Question("週報", "営業部")]
    assert (target.name, target.machine_ms > 0) == ("inprocess", True)


def test_a_crash_and_a_hang_are_predictions_that_hold_no_question(fake: Fake) -> None:
    target = InProcess(lambda: fake, timeout=timedelta(seconds=0.2))
    texts = ["田中様が落ちて", "止まって", "ふつう"]
    predictions = list(target.answers([Asking(str(n), text) for n, text in enumerate(texts)]))
    assert [one.outcome for one in predictions] == [Outcome.CRASH, Outcome.TIMEOUT, Outcome.OK]
    assert predictions[0].error == "RuntimeError が起きました。"


def test_what_keeps_the_corpus_from_being_published_ends_the_run() -> None:
    def unready() -> Fake:
        raise IndexMissing("ありません。")

    with pytest.raises(IndexMissing):
        InProcess(unready).answers([Asking("a", "週報")])


def test_it_is_prepared_once(fake: Fake) -> None:
    made = []
    target = InProcess(lambda: made.append(1) or fake)
    target.prepare()
    target.prepare()
    list(target.answers([Asking("a", "週報")]))
    assert made == [1]


def test_the_evaluation_has_a_folder_of_its_own() -> None:
    live = Settings(corpus_dir=Path("c"), data_dir=Path("d"))
    app = eval_app(live, today=lambda: date(2026, 1, 1))
    assert app.settings.data_dir == Path("d/eval/index")
    assert app.settings.corpus_dir == Path("c")
    assert app.embedder_dir == Path("d/embedder")
    assert app.today() == date(2026, 1, 1)


def test_a_damaged_store_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    write_small_company(tmp_path / "corpus")
    live = Settings(corpus_dir=tmp_path / "corpus", data_dir=tmp_path / "live")
    (tmp_path / "live").mkdir()
    (tmp_path / "live" / "katsuyo.sqlite3").write_bytes(b"no database at all" * 100)
    app = eval_app(live)
    with pytest.raises(StoreError, match="評価用に写せません"):
        in_process(app, live=App(live)).prepare()
    assert list(app.settings.data_dir.iterdir()) == []


@pytest.mark.slow
def test_the_live_version_is_neither_asked_nor_changed(tmp_path: Path) -> None:
    corpus = write_small_company(tmp_path / "corpus")
    (corpus / "manuals").mkdir()
    (corpus / "manuals" / "start.md").write_text("# はじめに\n\n庁内AIを開きます。", "utf-8")
    live = App(Settings(corpus_dir=corpus, data_dir=tmp_path / "live"))
    live.publish()
    before = live.store.versions()
    story = corpus / "stories" / "flyer.md"
    story.write_text(story.read_text("utf-8").replace("40分", "55分"), encoding="utf-8")

    app = eval_app(live.settings)
    assert published_documents(app) == ()
    target = in_process(app, live=live)
    (prediction,) = target.answers([Asking("a", "広報チラシの下書きは何分で終わった?", "市民課")])

    (told,) = [one.text for one in prediction.passages if one.source == "stories/flyer.md"]
    assert "55分" in told
    assert live.store.versions() == before
    (entry,) = [one for one in live.store.documents(before[0].id) if "stories" in one.source.path]
    assert "40分" in live.store.passages(entry.passage_ids)[0].text
    embedder = live.embedder_name
    assert app.store.verify(embedder=embedder).vectors == 1 + live.store.verify().vectors

    known = published_documents(app)
    assert {"manuals/start.md", "stories/flyer.md"} <= {one.source.path for one in known}
    taken_over, read = load_references(corpus, known=known), load_references(corpus)
    assert (taken_over.company, taken_over.documents) == (read.company, read.documents)
