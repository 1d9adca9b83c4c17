"""Faults to order: a child that publishes or searches on a disk that fails, or is killed."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = Path(__file__).with_name("disk.c")


@dataclass(frozen=True, slots=True)
class Fault:
    """At which call that changes the data folder something happens, counted from 1."""

    at: int
    what: str
    """«die before», «die after», «die amid», or the name of an error number."""
    forever: bool = False
    """Whether all later calls fail too, as on a full disk."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How the child ended, and what it said."""

    code: int
    said: tuple[str, ...]
    calls: int
    """Calls that changed the data folder; known of a child that was not killed."""

    def acknowledged(self, write: str) -> list[int]:
        """Return the ids (0 where there is none) of the writes of this name that were done."""
        lines = [line.split() for line in self.said if line.startswith(f"ack {write}")]
        return [int(line[2]) if len(line) > 2 else 0 for line in lines]


class Machine:
    """The other end of `host.py`."""

    def __init__(self, process: subprocess.Popen[str], *, breakable: bool) -> None:
        self._process = process
        self.breakable = breakable
        """Whether a child can be given a disk that breaks."""

    def run(
        self,
        act: str,
        data: Path,
        *,
        corpus: Path | None = None,
        fault: Fault | None = None,
        die_at: str = "",
        kill_after: float | None = None,
    ) -> Ended:
        """Run one child to its end: `act` is «publish» or «search»."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        request = {
            "act": act,
            "data": str(data),
            "corpus": str(corpus),
            "die_at": die_at,
            "kill_after": kill_after,
            "fault": asdict(fault) if fault else None,
        }
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return Ended(answer["code"], tuple(answer["said"]), answer["calls"])


def build_disk(folder: Path) -> Path | None:
    """Compile the breaking disk; None where there is no compiler or no LD_PRELOAD."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or sys.platform != "linux":
        return None
    library = folder / "disk.so"
    command = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"]
    subprocess.run(command, check=True, capture_output=True)
    return library


@contextmanager
def started(disk: Path | None) -> Iterator[Machine]:
    """Start the process that forks; with `disk` its children can be given a broken one."""
    environment = dict(os.environ, OPENBLAS_NUM_THREADS="1")
    if disk is not None:
        environment["LD_PRELOAD"] = str(disk)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.host"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Machine(process, breakable=disk is not None)
        assert process.stdin is not None
        process.stdin.close()
