"""The chat model as everyone asks it: within the caps, a few at a time, not while it is failing."""

import logging
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from assistant.errors import ModelError, ModelFault, StoreError
from assistant.ports import ChatModel, ChatReply
from assistant.usage.breaker import Breaker, BreakerState
from assistant.usage.spending import Reservation, Spending, Use

_WAIT_SECONDS = 0.3
"""For a free place: the composed answer should be there within 3 s."""
_FREE = frozenset(
    {ModelFault.UNREACHABLE, ModelFault.REFUSED, ModelFault.LIMITED, ModelFault.TOO_LONG}
)
"""Failures before anything was read: nothing is paid."""
_NO_BLAME = frozenset({ModelFault.TOO_LONG})
"""Failures of the question, not of the model."""
_HURRIED = _NO_BLAME | {ModelFault.SLOW}
"""The same where the asker gave little time: a model that needs longer is not broken."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ChatFigures:
    """What the model did since this process began."""

    asked: int
    failures: Mapping[ModelFault, int]
    """By reason, those that were not asked at all as well."""
    used: Use
    under_way: int
    state: BreakerState


@dataclass
class _Asking:
    """One call under way."""

    reservation: Reservation
    sent_tokens: int
    """Guessed: a Japanese character is about one token."""
    written: int = 0
    """Characters so far."""
    reply: ChatReply | None = None
    free: bool = False

    def used(self, spending: Spending) -> Use:
        if self.free:
            return Use(calls=1)
        reply = self.reply or ChatReply("")
        sent = reply.input_tokens or self.sent_tokens
        return spending.price.use(sent, reply.output_tokens or max(self.written, len(reply.text)))


class GuardedChat:
    """ChatModel port around another one. Refuses with a ModelError when it is not to be asked."""

    def __init__(
        self,
        model: ChatModel,
        *,
        spending: Spending,
        breaker: Breaker,
        places: int,
        max_tokens: int,
    ) -> None:
        """Let at most `places` questions at a time through; a reply has at most `max_tokens`."""
        self._model = model
        self._spending = spending
        self._breaker = breaker
        self._places = threading.BoundedSemaphore(places)
        self._max_tokens = max_tokens
        self._lock = threading.Lock()
        self._figures = _Figures()

    @property
    def name(self) -> str:
        """Name of the model."""
        return self._model.name

    @property
    def structured(self) -> bool:
        """Whether the endpoint takes a JSON schema."""
        return self._model.structured

    def complete(
        self,
        system: str,
        user: str,
        *,
        schema: Mapping[str, object],
        tagged: str = "",
        budget_seconds: float | None = None,
        asker: str = "",
    ) -> ChatReply:
        """Return the whole reply. Raises ModelError."""
        no_blame = _NO_BLAME if budget_seconds is None else _HURRIED
        characters = len(system) + len(tagged) + len(user)
        with self._call(characters, asker, no_blame=no_blame) as call:
            call.reply = self._model.complete(
                system, user, schema=schema, tagged=tagged, budget_seconds=budget_seconds
            )
            return call.reply

    def stream(
        self,
        system: str,
        user: str,
        *,
        schema: Mapping[str, object],
        tagged: str = "",
        asker: str = "",
    ) -> Iterator[str | ChatReply]:
        """Yield text as it comes, the ChatReply of the whole last. Raises ModelError."""
        with self._call(len(system) + len(tagged) + len(user), asker) as call:
            pieces = self._model.stream(system, user, schema=schema, tagged=tagged)
            try:
                for piece in pieces:
                    if isinstance(piece, ChatReply):
                        call.reply = piece
                    else:
                        call.written += len(piece)
                    yield piece
            finally:
                _close(pieces)

    def figures(self) -> ChatFigures:
        """Return the counts of this process."""
        with self._lock:
            seen = self._figures
            return ChatFigures(
                seen.asked, dict(seen.failures), seen.used, seen.under_way, self._breaker.state
            )

    def today(self) -> Use:
        """Return the use of everyone today, in all processes. Raises StoreError."""
        return self._spending.today()

    @contextmanager
    def _call(
        self, characters: int, asker: str, *, no_blame: frozenset[ModelFault] = _NO_BLAME
    ) -> "Iterator[_Asking]":
        try:
            call = self._admitted(characters, asker)
        except ModelError as error:
            self._count(error.fault)
            raise
        tell = self._breaker.left
        try:
            yield call
            tell = self._breaker.succeeded
        except ModelError as error:
            call.free = error.fault in _FREE
            self._count(error.fault)
            if error.fault not in no_blame:
                tell = self._breaker.failed
            raise
        except GeneratorExit:  # the person pressed stop
            tell = self._breaker.succeeded if call.written else self._breaker.left
            raise
        finally:
            tell()
            self._places.release()
            self._settle(call)

    def _admitted(self, characters: int, asker: str) -> _Asking:
        self._breaker.enter()
        try:
            reservation = self._place_and_reservation(characters, asker)
        except ModelError:
            self._breaker.left()
            raise
        with self._lock:
            self._figures.asked += 1
            self._figures.under_way += 1
        return _Asking(reservation, characters)

    def _place_and_reservation(self, characters: int, asker: str) -> Reservation:
        if not self._places.acquire(timeout=_WAIT_SECONDS):
            raise ModelError(
                "生成AIが混みあっています。",
                remedy="少し待ってから、もう一度お試しください。",
                fault=ModelFault.BUSY,
            )
        most = self._spending.price.use(characters, self._max_tokens)
        try:
            return self._spending.reserve(most, asker=asker)
        except ModelError:
            self._places.release()
            raise
        except StoreError as error:  # what is not counted is not spent
            self._places.release()
            raise ModelError(error.message, remedy=error.remedy) from error

    def _settle(self, call: _Asking) -> None:
        used = call.used(self._spending)
        with self._lock:
            self._figures.under_way -= 1
            self._figures.used = _sum(self._figures.used, used)
        try:
            self._spending.settle(call.reservation, used)
        except StoreError as error:  # what was set aside stays counted
            _log.warning("the use of the chat model was not settled: %s", error.message)

    def _count(self, fault: ModelFault) -> None:
        with self._lock:
            self._figures.failures[fault] += 1


@dataclass
class _Figures:
    asked: int = 0
    failures: Counter[ModelFault] = field(default_factory=Counter)
    used: Use = field(default_factory=Use)
    under_way: int = 0


def _close(pieces: Iterator[str | ChatReply]) -> None:
    """End a generator that was left early: its request is aborted now, not at some time."""
    close = getattr(pieces, "close", None)
    if close is not None:
        close()


def _sum(one: Use, other: Use) -> Use:
    return Use(
        one.calls + other.calls,
        one.input_tokens + other.input_tokens,
        one.output_tokens + other.output_tokens,
        one.yen + other.yen,
    )
