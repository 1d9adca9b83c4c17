"""What a warm answer costs, by stage and by size of the company, beside embedding its question.

python -m benchmarks.latency [--quick] [--sizes 1000 10000 100000] [--index chroma|exact]
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import fmean, quantiles

import psutil

from assistant.adapters.bm25 import Bm25Indexer
from assistant.adapters.chroma_index import ChromaIndex
from assistant.adapters.e5 import load_embedder
from assistant.adapters.sqlite_store import SqliteStore
from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.assistant import Assistant
from assistant.app import quiet_vendors
from assistant.domain import Answer, Question
from assistant.ports import Embedder, VectorIndex
from assistant.search.engine import SearchEngine
from assistant.search.exact import ExactIndex
from assistant.search.resilient import ResilientIndex
from benchmarks import synthetic

_SIZES = (1_000, 10_000, 100_000)
_QUICK_SIZES = (1_000,)
_ROUNDS = 10

_TASKS = (
    "週報",
    "議事録",
    "見積の比較",
    "不具合報告",
    "翻訳",
    "求人票",
    "点検表",
    "お客様への返信",
)
_QUESTIONS = (
    "{}を早く書きたい",
    "{}に生成AIを使ってもいいですか",
    "{}のテンプレートはありますか",
    "{}でお客様の名前を入れてはいけませんか",
    "{}を作るときに気をつけることを教えてください",
)


@dataclass
class Costs:
    """What the questions of one size took, in ms."""

    wall: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """By stage, a value a question."""
    cpu: list[float] = field(default_factory=list)
    """Of the whole answer but for embedding, all threads."""
    embed_cpu: list[float] = field(default_factory=list)


class TimedEmbedder:
    """Tells the CPU of embedding from that of everything else."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name = embedder.name
        self.dim = embedder.dim
        self.embed_passages = embedder.embed_passages
        self.last_cpu_ms = 0.0

    def embed_query(self, text: str):  # type: ignore[no-untyped-def]
        """Return the question's vector; what it cost is in `last_cpu_ms`."""
        started = time.process_time()
        vector = self._embedder.embed_query(text)
        self.last_cpu_ms = (time.process_time() - started) * 1000
        return vector


def main(arguments: list[str] | None = None) -> int:
    """Measure each size in a process of its own, so that memory is its own."""
    options = _options(arguments)
    quiet_vendors()
    if options.alone:
        _measure(options.sizes[0], options.index, options.rounds)
        return 0
    print("| passages | stage p50 / p95, wall ms | cpu ms without embedding | embedding | ratio |"
          " first open s | restart s | memory MB |\n|---|---|---|---|---|---|---|---|")  # fmt: skip
    sys.stdout.flush()
    for size in options.sizes:
        command = [sys.executable, "-m", "benchmarks.latency", "--alone", "--sizes", str(size)]
        command += ["--index", options.index, "--rounds", str(options.rounds)]
        subprocess.run(command, check=True)
    return 0


def _measure(size: int, index_name: str, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        embedder = TimedEmbedder(load_embedder(Path(tempfile.gettempdir()) / "katsuyo-benchmarks"))
        store = SqliteStore(folder / "katsuyo.sqlite3")
        synthetic.publish(store, size, embedder=embedder.name, dim=embedder.dim)
        index = _index(index_name, folder, embedder)
        seconds = []
        for _ in range(2):  # The first builds the indexes, the second opens them.
            started = time.perf_counter()
            engine = _engine(store, embedder, index, folder)
            engine.snapshot()
            seconds.append(time.perf_counter() - started)
        if isinstance(index, ResilientIndex):
            time.sleep(0.5)
            index.wait()
        assistant = Assistant(engine, tokenizer=SudachiTokenizer(), today=lambda: date(2026, 11, 1))
        costs = _ask(assistant, embedder, rounds)
        memory = psutil.Process().memory_info().rss / 2**20
        _print(size, costs, seconds, memory)


def _ask(assistant: Assistant, embedder: TimedEmbedder, rounds: int) -> Costs:
    costs = Costs()
    questions = [form.format(task) for form in _QUESTIONS for task in _TASKS]
    for turn in range(rounds + 1):
        for place, text in enumerate(questions):
            # The embedder remembers questions: each is asked once.
            question = Question(f"{text}（{turn}-{place}）", department="第3部")
            embedder.last_cpu_ms = 0.0
            started = time.process_time()
            answer = assistant.ask(question)
            cpu = (time.process_time() - started) * 1000
            if turn:  # The first round warms up.
                _count(costs, answer, cpu, embedder.last_cpu_ms)
    return costs


def _count(costs: Costs, answer: Answer, cpu: float, embed_cpu: float) -> None:
    for stage, wall in answer.timings_ms.items():
        costs.wall[stage].append(wall)
    costs.cpu.append(cpu - embed_cpu)
    costs.embed_cpu.append(embed_cpu)


def _print(size: int, costs: Costs, seconds: list[float], memory: float) -> None:
    stages = ", ".join(
        f"{stage} {quantiles(wall, n=20)[9]:.1f}/{quantiles(wall, n=20)[18]:.1f}"
        for stage, wall in costs.wall.items()
    )
    cpu, embed = fmean(costs.cpu), fmean(costs.embed_cpu)
    print(
        f"| {size:,} | {stages} | {cpu:.1f} | {embed:.1f} | {cpu / embed:.2f} "
        f"| {seconds[0]:.1f} | {seconds[1]:.2f} | {memory:.0f} |",
        flush=True,
    )


def _index(name: str, folder: Path, embedder: TimedEmbedder) -> VectorIndex:
    if name == "exact":
        return ExactIndex()
    return ResilientIndex(ChromaIndex(folder / "chroma", embedder=embedder.name))


def _engine(
    store: SqliteStore, embedder: TimedEmbedder, index: VectorIndex, folder: Path
) -> SearchEngine:
    return SearchEngine(
        store,
        tokenizer=SudachiTokenizer(),
        embedder_loader=lambda: embedder,
        index=index,
        indexer=Bm25Indexer(),
        cache_dir=folder / "index",
    )


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="1,000 passages, two rounds")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(_SIZES))
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    parser.add_argument("--index", choices=("chroma", "exact"), default="chroma")
    parser.add_argument("--alone", action="store_true", help="one size, here, without heading")
    options = parser.parse_args(arguments)
    if options.quick:
        options.sizes, options.rounds = list(_QUICK_SIZES), 2
    return options


if __name__ == "__main__":
    raise SystemExit(main())
