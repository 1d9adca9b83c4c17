"""A model's reply, read by a thread of its own: whoever waits for it decides for how long."""

import threading
from collections.abc import Generator, Iterator
from contextlib import closing
from queue import Empty, Full, Queue

from assistant.errors import ModelError, ModelFault
from assistant.ports import ChatReply

_AHEAD = 64
"""Pieces read before they are asked for."""
_LONGEST = 12_000
"""Characters of a reply; a whole answer has 1,500."""
_LOOK = 0.2
"""Seconds after which a reader that nobody empties looks whether it is still wanted."""


class Feed:
    """The pieces of one reply. `close` aborts the request at its next piece, or its deadline."""

    def __init__(self, stream: Iterator[str | ChatReply]) -> None:
        """Begin to read `stream` at once."""
        self._stream = stream
        self._pieces: Queue[str | ModelError | None] = Queue(maxsize=_AHEAD)
        self._closed = threading.Event()
        threading.Thread(target=self._read, name="chat-reply", daemon=True).start()

    def next(self, seconds: float) -> str | None:
        """Return the next piece, None at the end. Raises ModelError, SLOW after `seconds`."""
        try:
            piece = self._pieces.get(timeout=max(seconds, 0.0))
        except Empty as error:
            raise ModelError("生成AIの返事が遅すぎます。", fault=ModelFault.SLOW) from error
        if isinstance(piece, ModelError):
            raise piece
        return piece

    def close(self) -> None:
        """Tell the reader that nobody waits any more."""
        self._closed.set()

    def _read(self) -> None:
        length = 0
        try:
            with closing(_closable(self._stream)) as stream:
                for piece in stream:
                    if self._closed.is_set():
                        return
                    if isinstance(piece, str):
                        length += len(piece)
                        self._put(piece)
                    if length > _LONGEST:
                        self._put(_too_long())
                        return
        except ModelError as error:
            self._put(error)
        finally:
            self._put(None)

    def _put(self, piece: str | ModelError | None) -> None:
        while not self._closed.is_set():
            try:
                self._pieces.put(piece, timeout=_LOOK)
            except Full:
                continue
            return


def _closable(
    stream: Iterator[str | ChatReply],
) -> Generator[str | ChatReply, None, None]:
    """Return `stream` as a generator: closing it closes what it reads."""
    try:
        yield from stream
    finally:
        close = getattr(stream, "close", None)
        if close is not None:
            close()


def _too_long() -> ModelError:
    return ModelError("生成AIの返事が長すぎます。", fault=ModelFault.UNREADABLE)
