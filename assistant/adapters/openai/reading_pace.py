"""Reading a reply that comes token by token a few times a second, with all that has come by then.

Twenty reads a second in each of two hundred threads cost more than what is read. httpcore lets its
network be replaced; here only the reads of a streamed body are different.
"""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import httpcore

from assistant.adapters.openai.events import END_OF_EVENT
from assistant.adapters.openai.http_chunks import ChunkJoiner
from assistant.adapters.openai.timed import Call

_LEAST_REST_SECONDS = 0.2
"""Between two reads of one reply: nobody reads faster, and the page shows as many updates."""
_MOST_REST_SECONDS = 1.0
_MOST_YOUNG_REST_SECONDS = 0.4
_READS_PER_SECOND = 200
"""Of all replies together: with its share of the vendors' objects one takes 1 ms of CPU."""
_YOUNG_SECONDS = 6.0
"""So long a reply is young, and read more often: its first sentence is waited for."""


class Paces:
    """Says how often each of the replies is read that are under way. Safe between threads."""

    def __init__(self) -> None:
        """Begin without any."""
        self._lock = threading.Lock()
        self._under_way = 0

    @contextmanager
    def read(self, call: Call) -> "Iterator[Pace]":
        """Read a streamed body in this thread at the pace that is left for it."""
        with self._lock:
            self._under_way += 1
        pace = Pace(call, self, time.monotonic())
        _PACE.set(pace)
        try:
            yield pace
        finally:
            if _PACE.get() is pace:
                _PACE.set(None)
            with self._lock:
                self._under_way -= 1

    def rest_seconds(self, age: float) -> float:
        """Return how long a reply of that age is left alone between two reads."""
        most = _MOST_YOUNG_REST_SECONDS if age < _YOUNG_SECONDS else _MOST_REST_SECONDS
        return min(max(self._under_way / _READS_PER_SECOND, _LEAST_REST_SECONDS), most)


@dataclass(slots=True)
class Pace:
    """How one streamed body is read, and what of it is not handed over yet."""

    call: Call
    paces: Paces
    begun: float
    chunks: ChunkJoiner = field(default_factory=lambda: ChunkJoiner(b""))
    _events: int = 0
    """Ends of events that came with the last read and were not seen since."""
    _opened: bool = False
    """What comes first says who speaks, and no word yet: what comes next is not waited for."""
    _rests: bool = False
    """Before the next read: the last one took all that there was."""

    def is_last(self) -> bool:
        """Note one event as seen; tell whether the next one has to be read from the network."""
        self._events -= 1
        return self._events <= 0

    def read(self, network: httpcore.NetworkStream, most: int, timeout: float | None) -> bytes:
        """Return what has come after a rest, or what comes first. Raises what `network` does."""
        if self._rests:
            self.call.rests(self.paces.rest_seconds(time.monotonic() - self.begun))
        joined = b""
        while not joined:
            data = _all_there(network, most, timeout)
            if not data:
                return self.chunks.left()
            joined = self.chunks.joined(data)
        self._rests, self._opened = self._opened and len(data) < most, True
        self._events = len(END_OF_EVENT.findall(joined))
        return joined


_PACE: ContextVar[Pace | None] = ContextVar("_PACE", default=None)
"""That of the body that this thread reads."""


def _all_there(network: httpcore.NetworkStream, most: int, timeout: float | None) -> bytes:
    """Return what has come, or what comes first; over TLS one read is one record."""
    data = more = network.read(most, timeout)
    while more and len(data) < most and network.get_extra_info("is_readable"):
        more = network.read(most - len(data), timeout)
        data += more
    return data


class PacedNetwork(httpcore.NetworkBackend):
    """Another network, whose connections are read at the pace of the thread that reads."""

    def __init__(self, inner: httpcore.NetworkBackend) -> None:
        """Connect as `inner` does."""
        self._inner = inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection. Raises httpcore's errors."""
        return _PacedStream(
            self._inner.connect_tcp(host, port, timeout, local_address, socket_options)
        )

    def sleep(self, seconds: float) -> None:
        """Wait before connecting again."""
        self._inner.sleep(seconds)


class _PacedStream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner
        self._last = b""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        pace = _PACE.get()
        if pace is None:
            self._last = self._inner.read(max_bytes, timeout)
            return self._last
        if self._last:
            pace.chunks = ChunkJoiner(self._last)
            self._last = b""
        return pace.read(self._inner, max_bytes, timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, timeout)

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: Any,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        return _PacedStream(self._inner.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
