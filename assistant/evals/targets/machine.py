"""How fast this machine is just now: a fixed piece of work, so that latencies compare."""

import time
from statistics import median
from threading import Lock

import numpy as np

_SIZE = 64
"""Side of the matrices. Small on purpose: bigger ones are computed by several threads, which wait
for one another on a busy machine (measured with 256: 8 ms alone, 144 ms beside other work)."""
_PRODUCTS = 150
_WORDS = 8_000
"""Both halves together take some 5 ms on the machine of the first baseline."""
_EVERY = 8
"""Questions between two measurements: 300 questions spend 0.2 s on it."""


class Machine:
    """Measures the reference workload between questions. Safe for threads."""

    def __init__(self) -> None:
        """Start with nothing measured."""
        self._lock = Lock()
        self._asked = 0
        self._times: list[float] = []

    def between_questions(self) -> None:
        """Measure now and then; called before each question."""
        with self._lock:
            due = self._asked % _EVERY == 0
            self._asked += 1
        if due:
            took = reference_work()
            with self._lock:
                self._times.append(took)

    @property
    def median_ms(self) -> float:
        """Return the median of what was measured; 0 before the first time."""
        with self._lock:
            return median(self._times) if self._times else 0.0


def reference_work() -> float:
    """Do the work once and return its wall milliseconds: half linear algebra, half Python."""
    matrix = np.linspace(0.0, 1.0, _SIZE * _SIZE, dtype=np.float32).reshape(_SIZE, _SIZE)
    started = time.perf_counter()
    product = matrix
    for _ in range(_PRODUCTS):
        product = product @ matrix
        product /= product.max()
    counts: dict[str, int] = {}
    for number in range(_WORDS):
        word = f"語{number % 97}"
        counts[word] = counts.get(word, 0) + len(word)
    return (time.perf_counter() - started) * 1000
