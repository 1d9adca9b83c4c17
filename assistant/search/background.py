"""One job at a time beside the questions, which wait for it a little and then go on without it."""

import logging
import threading
from collections.abc import Callable

from assistant.errors import KatsuyoError

_LOG = logging.getLogger(__name__)


class Background:
    """Runs a job in a daemon thread; a second job is not started while one is running."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def run(self, job: Callable[[], None], *, wait: float) -> None:
        """Start `job` unless one is running, and wait up to `wait` seconds for what runs."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                work = threading.Thread(
                    target=self._work, args=(job,), name=self._name, daemon=True
                )
                self._thread = work
                work.start()
            thread = self._thread
        if wait > 0:
            thread.join(wait)

    def _work(self, job: Callable[[], None]) -> None:
        try:
            job()
        except KatsuyoError as error:
            _LOG.warning("%s failed: %s", self._name, error)
