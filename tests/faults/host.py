"""A process that has imported everything and forks a child for each fault: 20 ms, not 2 s.

Started with `disk.so` in LD_PRELOAD where a C compiler is there. One JSON request a line:
{"act", "data", "corpus", "fault": {"at", "what", "forever"} | null, "kill_after": seconds | null,
"die_at": "before go_live" | ""}; one JSON answer: {"code", "said", "calls"}.
"""

import ctypes
import errno
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from assistant.adapters.sqlite.store import SqliteStore
from assistant.errors import KatsuyoError
from tests.faults.office import database, publisher_on, search_edition
from tests.search.small_world import engine_on

HOW = {"die before": -1, "die after": -2, "die amid": -3}
_WRITES = ("publish", "save_vectors", "go_live")


class TellingStore:
    """The real store; says every write that was acknowledged, and dies at the named one."""

    def __init__(self, store: SqliteStore, die_at: str) -> None:
        self._store = store
        self._die_at = die_at

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._store, name)
        if name not in _WRITES:
            return method

        def write(*arguments: Any, **named: Any) -> Any:
            self._maybe_die(f"before {name}")
            result = method(*arguments, **named)
            print("ack", name, getattr(result, "id", ""), flush=True)
            self._maybe_die(f"after {name}")
            return result

        return write

    def _maybe_die(self, step: str) -> None:
        if step == self._die_at:
            os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    for line in sys.stdin:
        print(json.dumps(_answer(json.loads(line))), flush=True)


def _answer(request: Mapping[str, Any]) -> Mapping[str, object]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(writing, 1)
        os.dup2(writing, 2)
        code = _run(request)
        sys.stdout.flush()
        os._exit(code)
    os.close(writing)
    if request["kill_after"] is not None:
        time.sleep(request["kill_after"])
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading, encoding="utf-8", errors="replace") as pipe:
        said = pipe.read().splitlines()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    calls = next((int(one.split()[1]) for one in said if one.startswith("calls ")), 0)
    return {"code": code, "said": said, "calls": calls}


def _run(request: Mapping[str, Any]) -> int:
    """Do what was asked; 0, the error's exit code, or 99 for what must never leave an adapter."""
    fault = request["fault"]
    if fault is not None:
        _break_disk(fault, Path(request["data"]))
    try:
        _act(request)
        if fault is not None:
            print("calls", ctypes.CDLL(None).disk_calls())
    except KatsuyoError as error:
        print("error", type(error).__name__, str(error).replace("\n", " "))
        return error.exit_code
    except BaseException:  # noqa: BLE001 — told to the parent, for which it is a failure
        traceback.print_exc()
        return 99
    return 0


def _act(request: Mapping[str, Any]) -> None:
    data = Path(request["data"])
    with closing(SqliteStore(database(data))) as real:
        if request["act"] == "search":
            print("found", search_edition(engine_on(real, data)))
            return
        store: Any = TellingStore(real, request["die_at"])
        report = publisher_on(store, data).publish(Path(request["corpus"]), author="佐藤")
        print("published", report.version.id)


def _break_disk(fault: Mapping[str, Any], folder: Path) -> None:
    number = HOW.get(fault["what"]) or getattr(errno, fault["what"])
    forever = int(fault["forever"])
    ctypes.CDLL(None).disk_break(os.fsencode(folder), fault["at"], number, forever)


if __name__ == "__main__":
    main()
