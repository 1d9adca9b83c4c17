"""From publish to answer nothing tries to leave the machine."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.small_company import write_small_company
from tests.support.small_eval import write_small_eval

pytestmark = pytest.mark.slow

NETNS = ["unshare", "--net", "--map-root-user", sys.executable, "tests/support/netns.py"]

# Publish, start the page, ask once through it, stop: all inside one namespace.
JOURNEY = """
import subprocess, sys, time, urllib.request
katsuyo = [sys.executable, "-m", "assistant.cli"]
subprocess.run([*katsuyo, "publish"], check=True)
subprocess.run([*katsuyo, "ask", "チラシの下書き", "--json"], check=True)
server = subprocess.Popen([*katsuyo, "serve", "--port", "7861"])
try:
    for _ in range(240):
        try:
            with urllib.request.urlopen("http://127.0.0.1:7861/healthz", timeout=5) as reply:
                print("HEALTH", reply.status)
                break
        except OSError:
            time.sleep(0.5)
    with urllib.request.urlopen("http://127.0.0.1:7861/", timeout=20) as reply:
        print("PAGE", reply.status)
finally:
    server.terminate()
    server.wait(20)
"""


# Publish, evaluate (with changed copies of the corpus, too), draft a case.
EVALUATION = """
import subprocess, sys
katsuyo = [sys.executable, "-m", "assistant.cli"]
folder = sys.argv[1]
subprocess.run([*katsuyo, "publish"], check=True)
subprocess.run([*katsuyo, "eval", "--folder", folder, "--out", folder + "/out"], check=True)
subprocess.run([*katsuyo, "eval", "draft", "チラシの下書き", "--folder", folder], check=True)
"""


def namespaces_allowed() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*NETNS, "true"], cwd=ROOT, capture_output=True).returncode == 0


def without_a_network(script: str, *arguments: str, data: Path, corpus: Path) -> str:
    """Run `script` in a namespace of its own and return all that it printed."""
    environment = os.environ | {"KATSUYO_DATA_DIR": str(data), "KATSUYO_CORPUS_DIR": str(corpus)}
    environment.pop("CI", None)  # onnxruntime keeps quiet under CI by itself: take that away
    result = subprocess.run(
        [*NETNS, sys.executable, "-c", script, *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    return result.stdout + result.stderr


@pytest.mark.skipif(not namespaces_allowed(), reason="this machine allows no network namespace")
def test_no_packet_looks_for_a_way_out(data: Path, tmp_path: Path) -> None:
    corpus = write_small_company(tmp_path / "corpus")
    told = without_a_network(JOURNEY, data=data, corpus=corpus)
    assert "HEALTH 200" in told, told
    assert "PAGE 200" in told
    assert "NO_ROUTE 0" in told


@pytest.mark.skipif(not namespaces_allowed(), reason="this machine allows no network namespace")
def test_no_packet_of_an_evaluation_looks_for_a_way_out(data: Path, tmp_path: Path) -> None:
    corpus = write_small_company(tmp_path / "corpus")
    folder = write_small_eval(tmp_path / "eval")
    told = without_a_network(EVALUATION, str(folder), data=data, corpus=corpus)
    assert "合格です。" in told, told
    assert (folder / "out" / "report.html").exists()
    assert "1問の下書きを足しました" in told
    assert "NO_ROUTE 0" in told


def test_the_namespace_probe_notices_an_attempt_to_leave() -> None:
    if not namespaces_allowed():
        pytest.skip("this machine allows no network namespace")
    attempt = "import socket; socket.socket().connect_ex(('192.0.2.1', 80))"
    result = subprocess.run(
        [*NETNS, sys.executable, "-c", attempt], cwd=ROOT, capture_output=True, text=True
    )
    assert "NO_ROUTE 0" not in result.stdout
    assert "NO_ROUTE" in result.stdout
