"""A limited process that opens what may be hostile, and is replaced when it fails.

PDF and Office parsers are attacked by small files that unfold to gigabytes or minutes. One
long-lived process spares the 0.3 s that each start costs.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.adapters.readers.wire import extract_from_json
from assistant.errors import DocumentError
from assistant.ports import Extract, Reader

_FILES_PER_PROCESS = 200
_APART_BYTES = 300_000
"""A second of reading, for formats whose time grows with the size alone."""
_MAX_ANSWER_BYTES = 200_000_000
_KILLED = {-signal.SIGKILL, -signal.SIGXCPU} if sys.platform != "win32" else {1}
"""Exit codes of a process that was ended for taking too long; Windows knows only the one."""

_ROOT = Path(__file__).resolve().parents[3]
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from assistant.adapters.readers.worker_main import main; main(sys.argv[2:])"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Normal 500-page PDFs take about 4 s of CPU and 100 MB."""

    cpu_seconds: int = 10
    wall_seconds: float = 120.0
    memory_bytes: int = 512_000_000


class Worker:
    """Reads files in another process, one at a time; safe to share between threads."""

    def __init__(self, limits: Limits = Limits()) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._stop: weakref.finalize[[subprocess.Popen[bytes]], Worker] | None = None
        self._served = 0

    def read(self, path: Path) -> Extract:
        """Return what the process made of the file. Raises DocumentError."""
        with self._lock:
            for attempt in (1, 2):
                process = self._running()
                answer = self._ask(process, path)
                if answer:
                    break
                code = self.close()
                # 0: it went home after its idle time, just as we asked. Ask a new one.
                if attempt == 2 or code != 0:
                    raise _died(path, code, self._limits)
            self._served += 1
            extract = extract_from_json(answer, path)
            if self._served >= _FILES_PER_PROCESS:
                self.close()
            return extract

    def close(self) -> int | None:
        """End the process; returns its exit code. A new one starts with the next file."""
        process, stop = self._process, self._stop
        self._process = self._stop = None
        self._served = 0
        if process is None or stop is None:
            return None
        try:
            code = process.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            code = None
        stop()
        return code

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            limits = self._limits
            arguments = [str(_ROOT), str(limits.cpu_seconds), str(limits.memory_bytes)]
            self._process = subprocess.Popen(  # noqa: S603 — our own interpreter and code
                [sys.executable, "-c", _START, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
            self._stop = weakref.finalize(self, _end, self._process)
        return self._process

    def _ask(self, process: subprocess.Popen[bytes], path: Path) -> bytes:
        """Return one line of JSON, or b"" when the process died or had to be ended."""
        request = json.dumps(os.fsdecode(path.resolve())) + "\n"
        stdin, stdout = process.stdin, process.stdout
        if stdin is None or stdout is None:
            return b""
        # A timer ends it: Windows cannot wait for a pipe with a deadline.
        deadline = threading.Timer(self._limits.wall_seconds, process.kill)
        deadline.daemon = True
        deadline.start()
        try:
            stdin.write(request.encode("ascii"))
            answer = _line(stdout.fileno())
        except OSError:
            return b""
        finally:
            deadline.cancel()
        if len(answer) > _MAX_ANSWER_BYTES:
            process.kill()
            return b""
        return answer


@dataclass(frozen=True, slots=True)
class IsolatedReader:
    """A reader whose work is done by the worker; `suffixes` are those that `worker_main` knows."""

    suffixes: Collection[str]
    worker: Worker

    def read(self, path: Path) -> Extract:
        """Return the blocks of the file. Raises DocumentError."""
        return self.worker.read(path)


@dataclass(frozen=True, slots=True)
class GuardedReader:
    """A reader of texts: small files are read here, larger ones by the worker."""

    reader: Reader
    worker: Worker
    apart_bytes: Mapping[str, int]
    """By suffix; a file of more bytes is read by the worker."""

    @property
    def suffixes(self) -> Collection[str]:
        """Lower-case suffixes with the dot."""
        return self.reader.suffixes

    def read(self, path: Path) -> Extract:
        """Return the blocks of the file. Raises DocumentError."""
        limit = self.apart_bytes.get(path.suffix.lower(), _APART_BYTES)
        return (self.worker if path.stat().st_size > limit else self.reader).read(path)


def _line(pipe: int) -> bytes:
    """Return what comes up to the end of a line; b"" when the pipe closes before that."""
    chunks: list[bytes] = []
    size = 0
    while size <= _MAX_ANSWER_BYTES:
        chunk = os.read(pipe, 1 << 20)
        if not chunk:
            return b""
        chunks.append(chunk)
        size += len(chunk)
        if chunk.endswith(b"\n"):
            break
    return b"".join(chunks)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


def _died(path: Path, code: int | None, limits: Limits) -> DocumentError:
    if code in _KILLED:
        reason = f"読むのに時間がかかりすぎました(1ファイル {limits.cpu_seconds} 秒まで)。"
        remedy = "ファイルを分けるか、元のアプリから保存し直してください。"
    else:
        reason = "読んでいる途中で、ファイルの中身のために処理が止まりました。"
        remedy = "壊れているおそれがあります。元のアプリから保存し直してください。"
    return DocumentError(reason, remedy=remedy, path=path)
