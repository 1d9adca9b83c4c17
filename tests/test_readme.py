"""What the README tells people to type works, and both languages tell the same."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.servers import free_port

pytestmark = pytest.mark.slow

READMES = [ROOT / "README.md", ROOT / "README.ja.md"]


def commands(readme: Path) -> list[str]:
    """Return the lines of the README's shell blocks without their comments."""
    blocks = re.findall(r"```sh\n(.*?)```", readme.read_text(encoding="utf-8"), flags=re.S)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line]


def environment(data: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if "KATSUYO" not in name}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return kept | {"PATH": path, "KATSUYO_DATA_DIR": str(data), **more}


def make(*words: str) -> list[str]:
    """Return the make command with this very environment in place of .venv."""
    venv = Path(sys.prefix)
    return ["make", f"VENV={venv}", "-o", f"{venv}/.ready", "-o", f"{venv}/.ready-dev", *words]


def wait_for_page(url: str, *, seconds: float) -> int:
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as reply:
                return int(reply.status)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)


def test_both_readmes_give_the_same_commands() -> None:
    assert commands(READMES[0]) == commands(READMES[1])


def test_make_run_opens_the_page_with_the_sample_company(data: Path) -> None:
    assert "make run" in commands(READMES[0])
    port = free_port()
    server = subprocess.Popen(
        make("run"), cwd=ROOT, env=environment(data, KATSUYO_PORT=str(port)),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        assert wait_for_page(f"http://127.0.0.1:{port}/healthz", seconds=90) == 200
        assert wait_for_page(f"http://127.0.0.1:{port}/", seconds=30) == 200
    finally:
        os.killpg(server.pid, signal.SIGINT)
        talk, _ = server.communicate(timeout=30)
    assert f"http://127.0.0.1:{port}" in talk
    assert "Traceback" not in talk


def test_make_test_runs_pytest() -> None:
    assert "make test" in commands(READMES[0])
    plan = subprocess.run(make("-n", "test"), cwd=ROOT, capture_output=True, text=True)
    assert plan.returncode == 0, plan.stderr
    assert "-m pytest" in plan.stdout


def test_the_commands_for_an_own_company_work(data: Path, tmp_path: Path) -> None:
    lines = [line for line in commands(READMES[0]) if "our-company" in line]
    words = [re.sub(r"^\S+=\S+ ", "", line).split()[1] for line in lines]
    assert words == ["init", "check", "serve"]
    for line in lines[:2]:
        result = subprocess.run(
            line, shell=True, cwd=tmp_path, env=environment(data), capture_output=True, text=True,
            timeout=120,
        )  # fmt: skip
        assert result.returncode == 0, result.stderr + result.stdout
    assert (tmp_path / "our-company" / "company.yaml").is_file()


@pytest.mark.parametrize("readme", READMES, ids=["en", "ja"])
def test_every_local_link_leads_somewhere(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    assert targets
    missing = [target for target in targets if not (ROOT / target).exists()]
    assert not missing


@pytest.mark.parametrize("readme", READMES, ids=["en", "ja"])
def test_the_answer_that_the_readme_shows_is_a_real_one(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    shown = re.search(r"```text\n(> 営業部.*?)```", text, flags=re.S)
    assert shown
    golden = (ROOT / "tests" / "golden" / "weekly-report.md").read_text(encoding="utf-8")
    lines = [line for line in shown[1].splitlines() if line.strip() and line.strip() != "…"]
    assert len(lines) > 10
    assert [line for line in lines if line not in golden.splitlines()] == []
