"""What Windows lacks is missed by nobody: locks, limits, pipes, and a console's own encoding."""

import ast
import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow

POSIX_ONLY = {"fcntl", "resource", "pwd", "grp", "termios", "syslog", "posix"}

AS_ON_WINDOWS = """
import os, sys
import json, pathlib, subprocess, sysconfig, tempfile, threading, typing, zoneinfo
if {holds!r}:
    import fcntl as real
    class Bytes:  # the ranges that Windows locks, by POSIX's own
        LK_NBLCK = 2
        @staticmethod
        def locking(file, mode, size):
            try:
                real.lockf(file, real.LOCK_EX | real.LOCK_NB, size, os.lseek(file, 0, os.SEEK_CUR))
            except OSError as error:
                raise PermissionError(13, "Permission denied") from error
    sys.modules["msvcrt"] = Bytes
sys.modules["fcntl"] = sys.modules["resource"] = None
sysconfig.get_config_vars()
sys.platform = "win32"
"""


def on_windows(code, *arguments, holds=False, **more):
    """Start `code` where sys.platform is win32 and the POSIX modules cannot be imported."""
    return subprocess.Popen(
        [sys.executable, "-c", AS_ON_WINDOWS.format(holds=holds) + code, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        **more,
    )


def top_level_imports(path):
    """Return the modules that importing `path` needs."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = set()
    for node in tree.body:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("path", sorted((ROOT / "assistant").rglob("*.py")), ids=lambda p: p.name)
def test_no_room_needs_a_module_that_windows_lacks(path):
    assert not top_level_imports(path) & POSIX_ONLY


def test_on_windows_one_holds_the_lock_and_the_next_is_told_who(tmp_path):
    hold = (
        "from pathlib import Path; from assistant.corpus.lock import exclusive\n"
        "from assistant.errors import StoreError\n"
        "try:\n"
        "    with exclusive(Path(sys.argv[1]), who=sys.argv[2]):\n"
        "        print('held', flush=True); input()\n"
        "except StoreError as error: print(error)\n"
    )
    first = on_windows(hold, tmp_path / "lock", "佐藤", holds=True)
    assert first.stdout.readline() == "held\n", first.stderr.read()

    told, errors = on_windows(hold, tmp_path / "lock", "鈴木", holds=True).communicate("\n")
    first.communicate("\n")
    freed, _ = on_windows(hold, tmp_path / "lock", "鈴木", holds=True).communicate("\n")

    assert "佐藤" in told, errors
    assert freed == "held\n"


def test_on_windows_files_are_read_without_limits_that_it_lacks(tmp_path):
    from docx import Document

    paper = Document()
    paper.add_paragraph("週報の書き方")
    paper.save(tmp_path / "手引き.docx")
    read = "from assistant.adapters.readers.worker_main import main\nmain(['15', '1500000000'])"

    worker = on_windows(read)
    answer, errors = worker.communicate(f'"{tmp_path / "手引き.docx"}"\n')

    assert "\\u9031\\u5831" in answer or "週報" in answer, errors


@pytest.mark.parametrize("encoding", ["cp932", "ascii"])
def test_a_result_in_a_pipe_is_utf8_whatever_the_system_speaks(encoding, data):
    done = subprocess.run(
        [sys.executable, "-m", "assistant.cli", "doctor"],
        cwd=ROOT,
        capture_output=True,
        env={
            **os.environ,
            "PYTHONIOENCODING": encoding,
            "KATSUYO_DATA_DIR": str(data),
        },
    )

    assert "✓ Python" in done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace")
