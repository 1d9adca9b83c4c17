"""The import contracts hold, and each of them fails when it is broken."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    return subprocess.run(
        [*command, "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=120
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(
        ROOT / "assistant", tmp_path / "assistant", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_rooms_keep_their_contracts() -> None:
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("room", "line", "broken"),
    [
        ("domain.py", "import assistant.ports", "Rooms are stacked one way BROKEN"),
        ("corpus/text.py", "import assistant.search", "Rooms are stacked one way BROKEN"),
        ("answering/__init__.py", "import assistant.usage", "Rooms are stacked one way BROKEN"),
        (
            "answering/question/__init__.py",
            "import assistant.answering.verdict",
            "An answer is made one way BROKEN",
        ),
        ("search/__init__.py", "import chromadb", "Vendors stay in adapters and web BROKEN"),
        ("cli.py", "import gradio", "Vendors stay in adapters and web BROKEN"),
        (
            "adapters/e5/embedder.py",
            "import training.reading",
            "does not know what it was fitted on BROKEN",
        ),
    ],
)
def test_a_forbidden_import_is_caught(copy: Path, room: str, line: str, broken: str) -> None:
    file = copy / "assistant" / room
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    result = lint_imports(copy)
    assert result.returncode != 0
    assert broken in result.stdout


def test_a_new_room_must_be_placed(copy: Path) -> None:
    (copy / "assistant" / "misc.py").write_text('"""Anything."""\n', encoding="utf-8")
    result = lint_imports(copy)
    assert result.returncode != 0
    assert "misc" in result.stdout


@pytest.mark.parametrize("command", ["ask", "check", "publish", "doctor", "serve"])
def test_help_loads_no_heavy_package(command: str) -> None:
    program = (
        "import sys\n"
        "from assistant.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'gradio', 'chromadb', 'onnxruntime', 'llama_index', 'sqlalchemy', 'pypdf'}\n"
        "print('HEAVY', sorted(heavy & set(sys.modules)))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, command, "--help"],
        cwd=ROOT, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert "HEAVY []" in result.stdout, result.stdout + result.stderr
