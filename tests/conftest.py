"""Folders that tests share: the built embedder, the sample company published once, fresh data."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "corpus"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


def katsuyo(
    *arguments: str, data: Path, corpus: Path = SAMPLE, stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command line as a person would, in a process of its own."""
    environment = {name: value for name, value in os.environ.items() if "KATSUYO" not in name}
    environment |= {"KATSUYO_DATA_DIR": str(data), "KATSUYO_CORPUS_DIR": str(corpus)}
    return subprocess.run(
        [sys.executable, "-m", "assistant.cli", *arguments],
        cwd=ROOT, env=environment, input=stdin, capture_output=True, text=True, timeout=300,
    )  # fmt: skip


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder in which the sample company is published with all its vectors."""
    data = tmp_path_factory.mktemp("published")
    result = katsuyo("publish", data=data)
    assert result.returncode == 0, result.stdout + result.stderr
    return data


@pytest.fixture
def data(published: Path, tmp_path: Path) -> Path:
    """Return an empty data folder that shares the embedder which was built once."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    (folder / "embedder").symlink_to(published / "embedder")
    return folder
