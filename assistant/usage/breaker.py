"""A model that fails again and again is left alone for a while: nobody waits for it in vain."""

import threading
import time
from collections import deque
from collections.abc import Callable
from enum import StrEnum

from assistant.errors import ModelError, ModelFault

FAILURES = 3
"""So many within the window: one may be chance, and each costs somebody 2.5 s."""
WINDOW_SECONDS = 60.0
REST_SECONDS = 30.0
"""Chosen, not measured: a server that is restarted is back within a minute."""


class BreakerState(StrEnum):
    """Whether the model is asked."""

    CLOSED = "closed"
    """It is asked."""
    OPEN = "open"
    """It rests."""
    TRIAL = "trial"
    """One question tries whether it is back."""


class Breaker:
    """Opens after some failures, lets one question try after a rest. Safe between threads."""

    def __init__(
        self,
        *,
        failures: int = FAILURES,
        window_seconds: float = WINDOW_SECONDS,
        rest_seconds: float = REST_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin closed."""
        self._most = failures
        self._window = window_seconds
        self._rest = rest_seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._failed: deque[float] = deque(maxlen=failures)
        self._state = BreakerState.CLOSED
        self._until = 0.0

    @property
    def state(self) -> BreakerState:
        """Return whether the model is asked now."""
        with self._lock:
            return self._state

    def enter(self) -> None:
        """Let one question through. Raises ModelError (RESTING)."""
        with self._lock:
            if self._state is BreakerState.OPEN and self._clock() >= self._until:
                self._state = BreakerState.TRIAL
                return
            if self._state is not BreakerState.CLOSED:
                raise ModelError(
                    "生成AIの調子が悪いため、少しのあいだ休ませています。",
                    remedy="しばらくすると、ひとりでに戻ります。",
                    fault=ModelFault.RESTING,
                )

    def succeeded(self) -> None:
        """Note that it answered: it is asked again."""
        with self._lock:
            self._failed.clear()
            self._state = BreakerState.CLOSED

    def failed(self) -> None:
        """Note that it failed."""
        with self._lock:
            now = self._clock()
            self._failed.append(now)
            often = len(self._failed) == self._most and now - self._failed[0] <= self._window
            if often or self._state is BreakerState.TRIAL:
                self._state = BreakerState.OPEN
                self._until = now + self._rest

    def left(self) -> None:
        """Note that a question ended without telling anything of the model."""
        with self._lock:
            if self._state is BreakerState.TRIAL:
                self._state = BreakerState.OPEN
