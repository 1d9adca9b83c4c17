"""What people wait for whose answers a chat model writes, two hundred at a time.

    python -m benchmarks.streams [--quick] [--askers 200] [--seconds 40] [--data DIR]

The real page (Gradio's queue, server-sent events) before a stub that writes 20 tokens a second. The
askers come one after another over `--seconds`; each stream lasts 36 s, so that they overlap.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from urllib.request import urlopen

import httpx

PROMISED_P95_SECONDS = 1.0
"""From the question to the first words of an answer: the verdict, where there is one."""

_TOKENS_PER_SECOND = 20
_STREAM_SECONDS = 36
"""Under the 45 s after which a reply is given up."""
_PORT = 7_893
_TASKS = ("英文メール", "週報", "議事録", "見積の比較表", "不具合報告", "お礼メール")
_WISHES = (
    "を早く書きたい",
    "を早くまとめたい",
    "づくりを楽にしたい",
    "をAIで早く作るやり方は?",
    "に時間がかかるので早く終わらせたい",
    "の書き方をAIで楽にするには?",
    "をAIで作った人いる?",
    "をAIに手伝ってもらう手順を知りたい",
    "づくりの手間を減らしたい",
    "を短い時間で仕上げるコツを知りたい",
)
_QUESTIONS = tuple(task + wish for wish in _WISHES for task in _TASKS)
_ADDRESSES = 20
"""Addresses of loopback that the askers come from: one may ask 60 times a minute."""


@dataclass(slots=True)
class Waited:
    """Seconds from the question to what a person sees; None where it never came."""

    first: float | None = None
    """Anything: «ルールを確かめています…»."""
    verdict: float | None = None
    sentence: float | None = None
    """The first checked sentence of the model."""
    end: float | None = None
    by_model: bool = False
    updates: int = 0
    error: str = ""


@dataclass(slots=True)
class Crowd:
    """How many streams are open."""

    now: int = 0
    most: int = 0
    waited: list[Waited] = field(default_factory=list)


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 1 if the promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--askers", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--data", type=Path)
    options = parser.parse_args(arguments)
    askers = 20 if options.quick else options.askers
    seconds = 20.0 if options.quick else options.seconds
    with ExitStack() as stack:
        data = options.data or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stub = stack.enter_context(_stub())
        page, url = stack.enter_context(_page(data, stub))
        asyncio.run(_warm_up(url))
        before = _cpu_seconds(page.pid)
        crowd = asyncio.run(_ask_all(url, askers, seconds))
        cpu = _cpu_seconds(page.pid) - before
    return _told(crowd, cpu)


@contextmanager
def _stub() -> Iterator[str]:
    tokens = str(_STREAM_SECONDS * _TOKENS_PER_SECOND)
    command = [sys.executable, "-m", "benchmarks.stub_endpoint", "--least-tokens", tokens]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None  # noqa: S101 — a pipe was asked for
        yield process.stdout.readline().strip()
        process.terminate()


@contextmanager
def _page(data: Path, stub: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    settings = {
        "KATSUYO_CORPUS_DIR": "corpus",
        "KATSUYO_DATA_DIR": str(data),
        "KATSUYO_PORT": str(_PORT),
        "KATSUYO_LLM_BASE_URL": stub,
        "KATSUYO_LLM_MODEL": "stub",
        "KATSUYO_LLM_CONCURRENCY": "200",
        "KATSUYO_LLM_TOKENS_PER_DAY": "0",
        "KATSUYO_LLM_TOKENS_PER_USER_PER_DAY": "0",
    }
    command = [sys.executable, "-m", "assistant.cli", "serve"]
    sys.stderr.write("opening the page; a new data folder is filled first\n")
    with subprocess.Popen(command, env={**os.environ, **settings}, text=True) as process:
        url = f"http://127.0.0.1:{_PORT}"
        _wait_for(url, process)
        yield process, url
        process.terminate()


def _wait_for(url: str, process: "subprocess.Popen[str]") -> None:
    for _ in range(1_200):
        try:
            with urlopen(f"{url}/config", timeout=5):  # noqa: S310 — our own page
                return
        except OSError:
            if process.poll() is not None:
                raise
            time.sleep(0.5)
    raise TimeoutError(url)


async def _warm_up(url: str) -> None:
    """Ask a few questions, so that dictionaries and libraries are loaded."""
    event = await _event(url)
    async with asyncio.TaskGroup() as group:
        for question in _QUESTIONS[: len(_TASKS)]:
            group.create_task(_ask(url, event, question, n=0, crowd=Crowd()))


async def _ask_all(url: str, askers: int, seconds: float) -> Crowd:
    event = await _event(url)
    crowd = Crowd()
    async with asyncio.TaskGroup() as group:
        for n in range(askers):
            question = _QUESTIONS[n % len(_QUESTIONS)]
            group.create_task(_ask(url, event, question, n=n, crowd=crowd))
            await asyncio.sleep(seconds / askers)
    return crowd


async def _event(url: str) -> int:
    """Return the number of the event by which the page asks."""
    async with httpx.AsyncClient() as client:
        config = (await client.get(f"{url}/config", timeout=30)).json()
    found = (one["id"] for one in config["dependencies"] if len(one["inputs"]) == 2)
    return int(next(found))


async def _ask(url: str, event: int, question: str, *, n: int, crowd: Crowd) -> None:
    """Ask one question as the page does, and note when what was seen."""
    waited = Waited()
    crowd.waited.append(waited)
    crowd.now += 1
    crowd.most = max(crowd.most, crowd.now)
    session = f"bench{n}x{time.monotonic_ns()}"
    message = json.dumps({"turn": 1, "text": question, "department": "営業部"})
    told = {"data": [message, None], "fn_index": event, "session_hash": session}
    transport = httpx.AsyncHTTPTransport(local_address=f"127.0.0.{2 + n % _ADDRESSES}")
    started = time.perf_counter()
    try:
        async with httpx.AsyncClient(transport=transport, timeout=120) as client:
            (await client.post(f"{url}/gradio_api/queue/join", json=told)).raise_for_status()
            stream = f"{url}/gradio_api/queue/data?session_hash={session}"
            async with client.stream("GET", stream) as reply:
                async for line in reply.aiter_lines():
                    if line.startswith("data:"):
                        _note(waited, line, time.perf_counter() - started)
                    if '"process_completed"' in line:
                        break
    except httpx.HTTPError as error:
        waited.error = type(error).__name__
    crowd.now -= 1


def _note(waited: Waited, line: str, now: float) -> None:
    if '"process_generating"' not in line and '"process_completed"' not in line:
        return
    waited.updates += 1
    waited.first = waited.first or now
    if waited.verdict is None and "k-verdict" in line:
        waited.verdict = now
    if waited.sentence is None and ("k-steps" in line or "k-direct" in line):
        waited.sentence = now
    waited.by_model = waited.by_model or "k-writer" in line
    if '"process_completed"' in line:
        waited.end = now


def _told(crowd: Crowd, cpu: float) -> int:
    waited = crowd.waited
    print("| seen | n | p50 s | p95 s | longest s |")
    print("|---" * 5 + "|")
    for name in ("first", "verdict", "sentence", "end"):
        times = sorted(one for each in waited if (one := getattr(each, name)) is not None)
        print(f"| {name} | {len(times)} | {_percentiles(times)} |")
    by_model = sum(one.by_model for one in waited)
    errors = sum(bool(one.error) for one in waited)
    updates = sum(one.updates for one in waited) / max(len(waited), 1)
    print(f"\nopen at once: {crowd.most}; in the model's words: {by_model} of {len(waited)}")
    print(f"errors: {errors}; updates an answer: {updates:.1f}; CPU of the page: {cpu:.0f} s")
    verdicts = [one.verdict for one in waited if one.verdict is not None]
    p95 = quantiles(verdicts, n=20)[18] if len(verdicts) > 1 else float("inf")
    kept = p95 <= PROMISED_P95_SECONDS and not errors
    print(f"promised: verdict p95 ≤ {PROMISED_P95_SECONDS} s: {'kept' if kept else 'BROKEN'}")
    return 0 if kept else 1


def _percentiles(times: list[float]) -> str:
    if len(times) < 2:
        return "– | – | –"
    cuts = quantiles(times, n=20)
    return f"{cuts[9]:.2f} | {cuts[18]:.2f} | {times[-1]:.2f}"


def _cpu_seconds(pid: int) -> float:
    """Return user and system seconds of a process, on Linux."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
