"""Long work that goes on when the page is left: kept in this process, asked for by its id."""

import logging
import secrets
import threading
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue

from assistant.corpus.reading import Progress
from assistant.errors import KatsuyoError

_log = logging.getLogger(__name__)

Work = Callable[[Progress], None]

_KEPT = 100
"""Finished jobs that are remembered."""
_FAILED = (
    "うまくいきませんでした。公開中の内容は変わっていません。もう一度押しても同じなら、"
    "番号 {number} をシステムの担当に伝えてください。"
)
_TELL_AFTER_SECONDS = 2.0
"""Before, nobody can say how long it will take."""


@dataclass
class Job:
    """One piece of work; written by its own thread, read by any."""

    id: str
    about: str
    """What it works on: the id of a 下書き; one job at a time for each."""
    doing: str
    """«資料を読んでいます»."""
    go: str
    """The page to see when it is done."""
    started: float = field(default_factory=time.monotonic)
    done: int = 0
    total: int = 0
    item: str = ""
    finished: bool = False
    error: str = ""

    def show(self, done: int, total: int, item: str) -> None:
        """Take a report of progress."""
        self.done, self.total, self.item = done, total, item

    def seconds_left(self) -> int | None:
        """Return how long it will still take, as far as it went until now."""
        took = time.monotonic() - self.started
        if not self.done or self.done >= self.total or took < _TELL_AFTER_SECONDS:
            return None
        return max(1, round(took / self.done * (self.total - self.done)))


class Jobs:
    """Runs work one after another in each lane, in threads that never keep the process alive."""

    def __init__(self) -> None:
        """Run nothing yet."""
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._lanes: dict[str, SimpleQueue[tuple[Job, Work]]] = {}

    def start(self, work: Work, *, about: str, doing: str, go: str, lane: str = "read") -> Job:
        """Begin, or return the job that works on the same thing already."""
        with self._lock:
            running = self._running(about)
            if running is not None:
                return running
            job = Job(secrets.token_hex(8), about, doing, go)
            self._jobs[job.id] = job
            for old in [one for one in self._jobs.values() if one.finished][:-_KEPT]:
                del self._jobs[old.id]
            self._lane(lane).put((job, work))
        return job

    def get(self, job_id: str) -> Job | None:
        """Return a job of this process."""
        with self._lock:
            return self._jobs.get(job_id)

    def running(self, about: str) -> Job | None:
        """Return what works on this now, or will."""
        with self._lock:
            return self._running(about)

    def _running(self, about: str) -> Job | None:
        return next(
            (job for job in self._jobs.values() if job.about == about and not job.finished), None
        )

    def _lane(self, name: str) -> "SimpleQueue[tuple[Job, Work]]":
        if name not in self._lanes:
            lane: SimpleQueue[tuple[Job, Work]] = SimpleQueue()
            self._lanes[name] = lane
            threading.Thread(target=_work_through, args=(lane,), name=name, daemon=True).start()
        return self._lanes[name]


def _work_through(lane: "SimpleQueue[tuple[Job, Work]]") -> None:
    while True:
        job, work = lane.get()
        _run(job, work)


def _run(job: Job, work: Work) -> None:
    job.started = time.monotonic()
    try:
        work(job.show)
    except KatsuyoError as error:
        job.error = str(error)
    except Exception as error:  # noqa: BLE001  the outermost border of this thread
        job.error = logged(error)
    finally:
        job.finished = True


def logged(error: Exception) -> str:
    """Log where an error came up, and return the sentence with the number to tell."""
    number = secrets.token_hex(3).upper()
    # Where, not what: a message may hold words of a document.
    place = "".join(traceback.format_tb(error.__traceback__))
    kind = type(error).__name__
    _log.error("could not do: %s\n%s", kind, place, extra={"error_id": number})
    return _FAILED.format(number=number)
