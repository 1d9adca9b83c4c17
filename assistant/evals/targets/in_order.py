"""Ask a few at a time, tell in order, wait for nobody for ever."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Event, Lock, Thread

from assistant.evals.contract import crash
from assistant.evals.prediction import Outcome, Prediction
from assistant.evals.targets.target import Asking

Ask = Callable[[Asking], Prediction]
"""Answers one question; what it raises is a crash."""


@dataclass(slots=True)
class _Job:
    asking: Asking
    started: float = 0.0
    prediction: Prediction | None = None
    begun: Event = field(default_factory=Event)
    done: Event = field(default_factory=Event)
    given_up: bool = False


def in_order(
    questions: Sequence[Asking],
    ask: Ask,
    *,
    before: Callable[[], object] = lambda: None,
    workers: int,
    timeout: timedelta,
) -> Iterator[Prediction]:
    """Yield a prediction a question, in order; past `timeout` it is TIMEOUT and asking goes on.

    `before` is called ahead of each question, outside of its latency. A thread cannot be stopped:
    one that hangs is left behind, and another takes its place. When the caller stops iterating,
    no further question is begun.
    """
    crew = _Crew([_Job(asking) for asking in questions], ask, before)
    for _ in range(workers):
        crew.hire()
    try:
        for job in crew.jobs:
            yield crew.result(job, timeout.total_seconds())
    finally:
        crew.stop()


class _Crew:
    """Threads that take the next job each, and the one who waits for them."""

    def __init__(self, jobs: list[_Job], ask: Ask, before: Callable[[], object]) -> None:
        self.jobs = jobs
        self._ask = ask
        self._before = before
        self._waiting = iter(jobs)
        self._lock = Lock()
        self._stopped = False

    def hire(self) -> None:
        # daemon: a hanging thread must not keep the process from ending
        Thread(target=self._work, name="eval-ask", daemon=True).start()

    def stop(self) -> None:
        with self._lock:
            self._stopped = True

    def result(self, job: _Job, seconds: float) -> Prediction:
        job.begun.wait()
        job.done.wait(max(0.0, job.started + seconds - time.perf_counter()))
        with self._lock:
            if job.prediction is None:
                job.given_up = True
        if job.prediction is not None and job.prediction.latency_ms <= seconds * 1000:
            return job.prediction
        if job.given_up:
            self.hire()
        return Prediction(
            id=job.asking.id,
            outcome=Outcome.TIMEOUT,
            error=f"{seconds:g}秒たっても答えが返りませんでした。",
            latency_ms=seconds * 1000,
        )

    def _work(self) -> None:
        while True:
            with self._lock:
                job = None if self._stopped else next(self._waiting, None)
            if job is None:
                return
            self._before()
            job.started = time.perf_counter()
            job.begun.set()
            prediction = self._asked(job)
            with self._lock:
                job.prediction = prediction
                left_behind = job.given_up
            job.done.set()
            if left_behind:
                return

    def _asked(self, job: _Job) -> Prediction:
        try:
            prediction = self._ask(job.asking)
        except Exception as error:  # noqa: BLE001 — the outermost border of what is evaluated
            # The class alone: a message may hold the question, and with it a secret.
            prediction = crash(job.asking.id, f"{type(error).__name__} が起きました。")
        return replace(prediction, latency_ms=(time.perf_counter() - job.started) * 1000)
