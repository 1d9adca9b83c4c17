"""A call whose time is limited from outside: name lookup, slow trickles and all.

The timeouts of HTTP clients count each step anew, and looking up a name has none. So the call is
made in a thread of its own, and who waits for it stops waiting by the clock.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

_T = TypeVar("_T")


class TookTooLongError(Exception):
    """Nothing came for `seconds`."""

    def __init__(self, seconds: float) -> None:
        """Say after how many seconds nobody waited any more."""
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds."""

    first: float
    """For the first thing to come."""
    whole: float
    """For everything."""
    gap: float
    """Between one thing and the next."""


class Call:
    """One request under way, which any thread may end."""

    def __init__(self, patience: Patience) -> None:
        """Begin now."""
        self.patience = patience
        self._started = time.monotonic()
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._close: Callable[[], None] | None = None

    @property
    def gap_seconds(self) -> float:
        """How long the connection may be silent once it has begun to answer."""
        return self.patience.gap

    @property
    def is_ended(self) -> bool:
        """Whether nobody waits any more."""
        return self._ended.is_set()

    @property
    def seconds_left(self) -> float:
        """Seconds until the first thing must have come."""
        return self._started + self.patience.first - time.monotonic()

    def holds(self, connection: socket.socket, *, close: Callable[[], None]) -> None:
        """Note the connection that is cut when the call ends early, and what then tidies up."""
        with self._lock:
            self._socket = connection
            self._close = close
            ended = self._ended.is_set()
        if ended:
            self.end()

    def lets_go(self) -> None:
        """Note that the connection is done with: it may serve the next call."""
        with self._lock:
            self._socket = self._close = None

    def tidies_up(self) -> None:
        """Close what is still held; for the thread that makes the call, when it is done."""
        with self._lock:
            close = self._close
        if close is not None:
            close()

    def end(self) -> None:
        """Cut the connection, if it is still held: the endpoint sees it and stops writing."""
        self._ended.set()
        with self._lock, suppress(OSError):
            if self._socket is not None:
                # Not the TLS way, which would wait for the other side.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def rests(self, seconds: float) -> bool:
        """Wait; False if the call was ended meanwhile."""
        return not self._ended.wait(seconds)


@dataclass(frozen=True, slots=True)
class _End:
    error: BaseException | None


class Timed(Generic[_T]):
    """What `produce` yields in another thread, by the clock of this one."""

    def __init__(self, produce: Callable[[Call], Iterator[_T]], patience: Patience) -> None:
        """Begin when it is iterated."""
        self._produce = produce
        self._patience = patience
        self._queue: SimpleQueue[_T | _End] = SimpleQueue()

    def __iter__(self) -> Iterator[_T]:
        """Yield what comes. Raises TookTooLong, and whatever `produce` raises."""
        call = Call(self._patience)
        threading.Thread(target=self._run, args=(call,), name="model-call", daemon=True).start()
        last = time.monotonic() + self._patience.whole
        wait = self._patience.first
        try:
            while not isinstance(item := self._next(min(wait, last - time.monotonic())), _End):
                yield item
                wait = self._patience.gap
            if item.error is not None:
                raise item.error
        finally:
            call.end()

    def _next(self, seconds: float) -> "_T | _End":
        try:
            return self._queue.get(timeout=max(0.0, seconds))
        except Empty:
            raise TookTooLongError(seconds) from None

    def _run(self, call: Call) -> None:
        error: BaseException | None = None
        try:
            for item in self._produce(call):
                self._queue.put(item)
                if call.is_ended:
                    break
        except BaseException as raised:  # noqa: BLE001 — carried over to the thread that waits
            error = raised
        call.tidies_up()
        self._queue.put(_End(error))
