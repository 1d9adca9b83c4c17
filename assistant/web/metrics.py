"""GET /metrics in Prometheus' text format: counts only, no label with anything that was typed."""

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain import Answer, Question, Stage
from assistant.errors import ModelFault, StoreError
from assistant.usage.breaker import BreakerState
from assistant.usage.spending import Use
from assistant.web.needs import Asking, ModelMeter

if TYPE_CHECKING:
    from fastapi import FastAPI

METRICS_PATH = "/metrics"
_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class CountedAsking:
    """Answers as another one does, and counts. Safe to share between threads."""

    def __init__(self, assistant: Asking) -> None:
        """Begin at zero."""
        self._assistant = assistant
        self._lock = threading.Lock()
        self._questions = 0
        self._answers: Counter[tuple[str, str]] = Counter()

    def stream(self, question: Question) -> Iterator[Stage | Answer]:
        """Yield what the other one yields."""
        with self._lock:
            self._questions += 1
        last: Answer | None = None
        for event in self._assistant.stream(question):
            last = event if isinstance(event, Answer) else last
            yield event
        if last is not None:
            with self._lock:
                self._answers[last.mode.value, last.status.value] += 1

    def samples(self) -> "Iterator[_Family]":
        """Yield what was counted."""
        with self._lock:
            questions, answers = self._questions, sorted(self._answers.items())
        yield _Family.one("questions_total", "counter", "Questions that were asked.", questions)
        yield _Family(
            "answers_total",
            "counter",
            "Answers that were given whole, by who wrote them.",
            tuple(
                (f'{{mode="{mode}",status="{status}"}}', count) for (mode, status), count in answers
            ),
        )


def add_metrics(app: "FastAPI", asking: CountedAsking, meter: ModelMeter | None) -> None:
    """Add the route to `app`; without a chat model there is nothing to tell of one."""
    from fastapi import Response

    @app.get(METRICS_PATH)
    def metrics() -> Response:
        families = [*asking.samples(), *(_model(meter) if meter is not None else ())]
        return Response("".join(family.text() for family in families), media_type=_TYPE)


@dataclass(frozen=True, slots=True)
class _Family:
    name: str
    kind: str
    help: str
    samples: tuple[tuple[str, float], ...]
    """Labels as they are written, and the value."""

    @classmethod
    def one(cls, name: str, kind: str, told: str, value: float) -> "_Family":
        return cls(name, kind, told, (("", value),))

    def text(self) -> str:
        name = f"katsuyo_{self.name}"
        lines = (f"{name}{labels} {value}\n" for labels, value in self.samples)
        return f"# HELP {name} {self.help}\n# TYPE {name} {self.kind}\n" + "".join(lines)


def _model(meter: ModelMeter) -> Iterator[_Family]:
    seen = meter.figures()
    yield _Family.one("model_calls_total", "counter", "Calls of the chat model.", seen.asked)
    yield _Family(
        "model_failures_total",
        "counter",
        "Calls that failed or were refused, by reason.",
        _labelled("fault", ((fault.value, seen.failures.get(fault, 0)) for fault in ModelFault)),
    )
    yield _Family(
        "model_breaker",
        "gauge",
        "1 for the state that the circuit breaker is in.",
        _labelled("state", ((state.value, int(state is seen.state)) for state in BreakerState)),
    )
    yield _Family.one("model_under_way", "gauge", "Calls under way.", seen.under_way)
    yield _tokens("model_tokens_total", "counter", "Tokens since the start.", seen.used)
    yield _Family.one("model_yen_total", "counter", "Yen since the start.", seen.used.yen)
    yield from _today(meter)


def _today(meter: ModelMeter) -> Iterator[_Family]:
    try:
        today = meter.today()
    except StoreError:  # told by `katsuyo doctor`; the other figures are still of use
        return
    yield _tokens("model_tokens_today", "gauge", "Tokens of all processes today.", today)
    yield _Family.one("model_yen_today", "gauge", "Yen of all processes today.", today.yen)


def _tokens(name: str, kind: str, told: str, use: Use) -> _Family:
    pairs = (("input", use.input_tokens), ("output", use.output_tokens))
    return _Family(name, kind, told, _labelled("direction", pairs))


def _labelled(label: str, pairs: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    return tuple((f'{{{label}="{value}"}}', count) for value, count in pairs)
