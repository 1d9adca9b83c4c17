"""How often one session or address may ask."""

import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass

WINDOW_SECONDS = 60.0
PER_SESSION = 10
PER_ADDRESS = 60
"""Questions in a window (security-findings §5)."""
_KEPT_KEYS = 10_000


@dataclass(frozen=True, slots=True)
class Allowance:
    """Room for `questions` in any window of WINDOW_SECONDS."""

    questions: int


class RateLimit:
    """A sliding window a key, in memory only: nothing about who asked when is written anywhere."""

    def __init__(self, allowance: Allowance, clock: Callable[[], float]) -> None:
        """Count by `clock`, in seconds of any origin."""
        self._allowance = allowance
        self._clock = clock
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait_seconds(self, key: str) -> int:
        """Count one question of `key` and return 0, or return the seconds until there is room."""
        now = self._clock()
        with self._lock:
            times = self._asked.setdefault(key, deque())
            self._asked.move_to_end(key)
            while len(self._asked) > _KEPT_KEYS:
                self._asked.popitem(last=False)
            while times and now - times[0] >= WINDOW_SECONDS:
                times.popleft()
            if len(times) >= self._allowance.questions:
                return max(1, round(WINDOW_SECONDS - (now - times[0])))
            times.append(now)
            return 0
