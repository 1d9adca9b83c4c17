"""What runs inside the worker process: one path a line in, one line of JSON out."""

import contextlib
import json
import os
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.adapters.readers.csv import CsvReader
from assistant.adapters.readers.docx import parse_docx
from assistant.adapters.readers.html import HtmlReader
from assistant.adapters.readers.markdown import MarkdownReader
from assistant.adapters.readers.pdf import limit_pypdf, parse_pdf
from assistant.adapters.readers.pptx import parse_pptx
from assistant.adapters.readers.text import TextReader
from assistant.adapters.readers.wire import error_to_json, extract_to_json
from assistant.adapters.readers.xlsx import parse_xlsx
from assistant.errors import DocumentError
from assistant.ports import Extract

PARSERS: dict[str, Callable[[Path], Extract]] = {
    **{
        suffix: reader.read
        for reader in (MarkdownReader(), TextReader(), CsvReader(), HtmlReader())
        for suffix in reader.suffixes
    },
    ".pdf": parse_pdf,
    ".docx": parse_docx,
    ".pptx": parse_pptx,
    ".xlsx": parse_xlsx,
    ".xlsm": parse_xlsx,
    ".docm": parse_docx,
}

_IDLE_SECONDS = 30.0
"""After this long without a file the process goes, and its memory with it."""


def main(arguments: Sequence[str]) -> None:
    """Serve paths from stdin until it closes or nothing comes for a while."""
    cpu_seconds, memory_bytes = int(arguments[0]), int(arguments[1])
    answers = os.fdopen(os.dup(1), "wb")
    # Parsers that print must not write between the answers.
    os.dup2(2, 1)
    _limit_memory(memory_bytes)
    limit_pypdf()
    while line := _next_line():
        _limit_cpu(cpu_seconds)
        answer = _answer(Path(json.loads(line)))
        answers.write(answer.encode("ascii") + b"\n")
        answers.flush()


def _next_line() -> bytes:
    """Wait for a path; when none comes for a while the process ends, as it does with stdin.

    By a timer: Windows cannot wait for a pipe with a deadline.
    """
    leaving = threading.Timer(_IDLE_SECONDS, os._exit, (0,))
    leaving.daemon = True
    leaving.start()
    try:
        return sys.stdin.buffer.readline()
    finally:
        leaving.cancel()


def _answer(path: Path) -> str:
    try:
        return extract_to_json(PARSERS[path.suffix.lower()](path))
    except DocumentError as error:
        return error_to_json(error)
    except MemoryError:
        return error_to_json(
            DocumentError(
                "開くと大きくなりすぎるファイルです(メモリの上限を超えました)。",
                remedy="ファイルを分けてください。",
            )
        )
    except Exception as error:  # noqa: BLE001 — the outermost border: parsers raise anything
        return error_to_json(_broken(path, error))


def _broken(path: Path, error: Exception) -> DocumentError:
    kind = path.suffix.lower().lstrip(".")
    return DocumentError(
        f"{kind} ファイルとして読めません(壊れているようです: {type(error).__name__})。",
        remedy="元のアプリで開けるか確かめ、保存し直してください。",
    )


def _limit_memory(limit: int) -> None:
    """Limit memory and core dumps where the system can; macOS ignores the first, Windows both."""
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_cpu(seconds: int) -> None:
    """Give the process up to `seconds` more than it has used (the kernel counts whole ones).

    On Windows the wall clock alone counts.
    """
    if sys.platform == "win32":
        return
    import resource

    usage = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    used = int(usage.ru_utime + usage.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, hard))
