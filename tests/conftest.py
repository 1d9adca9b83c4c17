"""Folders that tests share: the built embedder, the sample company published once, fresh data."""

import contextlib
import io
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pytest

from assistant.adapters.e5.opening import open_e5
from assistant.cli import main
from tests.support.fake_openai import Server, fake_openai

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "corpus"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")
    parser.addoption("--deep", action="store_true", help="try every fault, not a sample of them")


@dataclass(frozen=True)
class Finished:
    """What a command printed and how it ended."""

    returncode: int
    stdout: str
    stderr: str


def katsuyo(
    *arguments: str,
    data: Path,
    corpus: Path = SAMPLE,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> Finished:
    """Run the command line in this process: imports cost three seconds of CPU each time else.

    `settings` are further variables of the environment; those of this machine do not count.
    """
    out, err = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as environment,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        for name in [name for name in os.environ if "KATSUYO" in name]:
            environment.delenv(name)
        environment.setenv("KATSUYO_DATA_DIR", str(data))
        environment.setenv("KATSUYO_CORPUS_DIR", str(corpus))
        for name, value in settings.items():
            environment.setenv(name, value)
        try:
            main(arguments)
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
    return Finished(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="session")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the folder of the embedder, built once; it stays open for who asks in this process."""
    folder = tmp_path_factory.mktemp("embedder")
    kept_open = open_e5(folder)
    yield folder
    del kept_open


@pytest.fixture(scope="session")
def published(embedder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder in which the sample company is published with all its vectors."""
    data = tmp_path_factory.mktemp("published")
    (data / "embedder").symlink_to(embedder)
    result = katsuyo("publish", data=data)
    assert result.returncode == 0, result.stdout + result.stderr
    return data


@pytest.fixture
def data(embedder: Path, tmp_path: Path) -> Path:
    """Return an empty data folder that shares the embedder which was built once."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    (folder / "embedder").symlink_to(embedder)
    return folder


@pytest.fixture
def server() -> Iterator[Server]:
    """A chat endpoint on loopback; clients that were opened on it are closed at the end."""
    with fake_openai() as running:
        yield running
        for close in running.opened:
            close()
