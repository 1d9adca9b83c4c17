"""The default target: this product, in this process, on an index of the evaluation's own."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from assistant.answering.render import to_json
from assistant.app import App
from assistant.domain import Answer, Question
from assistant.errors import StoreError
from assistant.evals.contract import parse_prediction
from assistant.evals.prediction import Prediction
from assistant.evals.targets.in_order import in_order
from assistant.evals.targets.machine import Machine
from assistant.evals.targets.target import Asking
from assistant.settings import Settings

TIMEOUT = timedelta(seconds=30)
"""Of one question; a person would have gone long before."""

_WORKERS = 2
_STORE = "katsuyo.sqlite3"
_WARM_UP = "週報に使っていい?"
"""Asked once before the first question: no case pays for loading the dictionary."""


class Answering(Protocol):
    """What is evaluated: the assistant, or one that was broken on purpose."""

    def ask(self, question: Question) -> Answer:
        """Return the whole answer."""


class InProcess:
    """Asks an assistant of this process, two questions at a time, as two people would."""

    def __init__(
        self,
        prepare: Callable[[], Answering],
        *,
        timeout: timedelta = TIMEOUT,
        workers: int = _WORKERS,
        name: str = "inprocess",
    ) -> None:
        """`prepare` publishes what is to be published and returns who answers."""
        self.name = name
        self._prepare = prepare
        self._timeout = timeout
        self._workers = workers
        self._machine = Machine()
        self._assistant: Answering | None = None

    @property
    def machine_ms(self) -> float:
        """Median milliseconds of the reference workload between the questions."""
        return self._machine.median_ms

    def prepare(self) -> None:
        """Publish the corpus into the evaluation's index. Raises KatsuyoError."""
        if self._assistant is None:
            self._assistant = self._prepare()

    def answers(self, questions: Sequence[Asking]) -> Iterator[Prediction]:
        """Yield one prediction a question, in order; whatever is raised is a crash."""
        self.prepare()
        return in_order(
            questions,
            self._answer,
            before=self._machine.between_questions,
            workers=self._workers,
            timeout=self._timeout,
        )

    def _answer(self, asking: Asking) -> Prediction:
        assert self._assistant is not None  # noqa: S101 — `answers` prepares
        question = Question(asking.question, asking.department, asking.history)
        answer = self._assistant.ask(question)
        return parse_prediction(to_json(answer, id=asking.id), id=asking.id)


def in_process(
    app: App, *, live: App | None = None, timeout: timedelta = TIMEOUT, name: str = "inprocess"
) -> InProcess:
    """Return the target that publishes the corpus of `app` and asks its assistant.

    `live` is whose vectors are taken over where `app` has no store yet; it is only read.
    """

    def published() -> Answering:
        publish_for_eval(app, vectors_of=live.settings.data_dir if live else None)
        app.assistant.ask(Question(_WARM_UP))
        return app.assistant

    return InProcess(published, timeout=timeout, name=name)


def eval_app(
    settings: Settings, *, today: Callable[[], date] = date.today, with_model: bool = False
) -> App:
    """Return the App of the evaluation: the same corpus, a data folder of its own.

    The version that the page answers from is never touched. A chat model is asked only where that
    is wanted: it costs money, and its answers differ from run to run.
    """
    own = settings.model_copy(
        update={
            "data_dir": settings.data_dir / "eval" / "index",
            **({} if with_model else {"llm_base_url": ""}),
        }
    )
    return App(own, today=today, embedder_dir=settings.data_dir / "embedder")


def has_store(app: App) -> bool:
    """Return whether `app` has a store already; asking its `store` would make an empty one."""
    return (app.settings.data_dir / _STORE).exists()


def publish_for_eval(app: App, *, vectors_of: Path | None) -> None:
    """Publish the corpus of `app`; of an own store, only what changed. Raises KatsuyoError.

    Where there is none yet, that of the data folder `vectors_of` is copied: embedding the sample
    company anew takes half a minute, a copy 10 ms.
    """
    if vectors_of is not None and not has_store(app):
        _copy_store(vectors_of / _STORE, app.settings.data_dir / _STORE)
    app.publish(summary="評価", allow_mass_deletion=True)


def _copy_store(source: Path, target: Path) -> None:
    """Copy a store that others may be writing to; a failed copy leaves nothing behind."""
    if not source.is_file():
        return
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    building = target.with_name(f".copying-{target.name}")
    try:
        building.unlink(missing_ok=True)
        building.touch(mode=0o600)
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as live,
            closing(sqlite3.connect(building)) as copy,
        ):
            live.backup(copy)
        building.replace(target)
    except (OSError, sqlite3.Error) as error:
        building.unlink(missing_ok=True)
        raise StoreError(
            f"{source} を評価用に写せません({type(error).__name__})。",
            remedy="katsuyo doctor で状態を確かめてください。",
        ) from error
