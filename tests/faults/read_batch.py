"""Reads a folder as the product does and prints, as JSON, what became of every file and its cost.

python -m tests.faults.read_batch FOLDER CPU_SECONDS
A process of its own, so that its children are no other test's.
"""

import contextlib
import json
import resource
import sys
import time
from pathlib import Path

import psutil

from assistant.adapters.readers import Limits, default_readers
from assistant.corpus.reading import read_corpus


class Meter:
    """CPU seconds of this process and its children, and their peak memory, for each file."""

    def __init__(self) -> None:
        self.cpu: dict[str, float] = {}
        self.megabytes = 0.0
        self._name, self._before = "", 0.0
        self._own = psutil.Process()

    def next(self, done: int, total: int, name: str) -> None:
        del done, total
        now = self._spent()
        if self._name:
            self.cpu[self._name] = now - self._before
        self._name, self._before = name, now

    def _spent(self) -> float:
        times = self._own.cpu_times()  # children that ended are counted here
        spent = times.user + times.system + times.children_user + times.children_system
        for child in self._own.children(recursive=True):
            with contextlib.suppress(psutil.Error, OSError, IndexError):  # it may just have died
                spent += sum(child.cpu_times()[:2])
                status = Path(f"/proc/{child.pid}/status").read_text(encoding="ascii")
                peak = int(status.split("VmHWM:")[1].split()[0]) / 1000
                self.megabytes = max(self.megabytes, peak)
        return spent


def main(folder: str, cpu_seconds: str) -> None:
    meter = Meter()
    started = time.monotonic()
    readers = default_readers(Limits(cpu_seconds=int(cpu_seconds)))
    reading = read_corpus(Path(folder), readers=readers, progress=meter.next)
    result = {
        "read": [document.source.path for document in reading.documents],
        "told": {problem.path: str(problem) for problem in reading.errors},
        "cpu": meter.cpu,
        "megabytes": max(meter.megabytes, _peak_of_dead_children()),
        "seconds": time.monotonic() - started,
    }
    print(json.dumps(result))


def _peak_of_dead_children() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000


if __name__ == "__main__":
    main(*sys.argv[1:])
