"""What a warm answer costs, by stage and by size of the company, beside embedding its question.

python -m benchmarks.latency [--quick] [--sizes 1000 10000 100000]

Every size is asked twice: with the exact scan, which answers while Chroma's index is being filled,
and with Chroma. The vectors of passages and tokens are random: no index finds its way among them
easily.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from statistics import fmean, quantiles

import psutil

from assistant.adapters.bm25 import Bm25Indexer
from assistant.adapters.chroma.index import ChromaIndex
from assistant.adapters.e5.embedder import E5Embedder
from assistant.adapters.sqlite.store import SqliteStore
from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.assistant import Assistant
from assistant.domain import Answer, Question
from assistant.ports import VectorIndex
from assistant.search.engine import SearchEngine
from assistant.search.exact import ExactIndex
from assistant.search.resilient import ResilientIndex
from benchmarks import synthetic
from benchmarks.metered import MeteredEmbedder
from benchmarks.questions import questions

_SIZES = (1_000, 10_000)
"""100,000 takes some ten minutes more: ask for it by --sizes."""

_QUICK_SIZES = (1_000,)
_ROUNDS, _QUICK_ROUNDS = 5, 2
_FILL_SECONDS = 3_600
"""Longer than filling Chroma with 100,000 vectors took on a busy machine (440 s)."""

_STAGES = ("guard", "rewrite", "verdict", "embed", "search", "compose")


@dataclass
class Costs:
    """What the questions of one size took, in ms."""

    wall: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """By stage, a value a question."""
    cpu: list[float] = field(default_factory=list)
    """Of the whole answer but for embedding, all threads."""
    embed_cpu: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """One size with one kind of vector index."""

    passages: int
    index: str
    wall: dict[str, tuple[float, float]]
    """p50 and p95 in ms, by stage and of the whole answer."""
    cpu: float
    """Mean ms of an answer without embedding its question, all threads."""
    embed_cpu: float
    memory_mb: float
    first_open: float
    """Seconds until the first answer is possible after publishing: the keyword index is built."""
    restart: float
    fill: float
    """Seconds until Chroma has taken over from the exact scan."""


def main(arguments: list[str] | None = None) -> int:
    """Measure each size in a process of its own, so that memory is its own."""
    options = _options(arguments)
    if options.alone:
        json.dump([asdict(row) for row in _measure(options.sizes[0], options.rounds)], sys.stdout)
        return 0
    rows: list[Row] = []
    for size in options.sizes:
        _say(f"{size:,} passages: preparing and asking")
        command = [sys.executable, "-m", "benchmarks.latency", "--alone"]
        command += ["--sizes", str(size), "--rounds", str(options.rounds)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        rows += [Row(**values) for values in json.loads(done.stdout)]
    _print(rows)
    return 0


def _measure(size: int, rounds: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        embedder = MeteredEmbedder(E5Embedder(Path(tempfile.gettempdir()) / "katsuyo-benchmarks"))
        store = SqliteStore(folder / "katsuyo.sqlite3")
        synthetic.publish(store, size, embedder=embedder)
        rows: list[Row] = []
        for index in (ExactIndex(), _chroma(folder, embedder)):
            # The first opening builds the keyword index, the second finds it.
            started = time.perf_counter()
            engine = _engine(store, embedder, index, folder)
            engine.snapshot()
            opened = time.perf_counter() - started
            filled = _filled(index)
            _say(f"  {type(index).__name__}: open in {opened:.1f} s, filled in {filled:.1f} s")
            assistant = Assistant(engine, tokenizer=SudachiTokenizer(), today=_today)
            costs = _ask(assistant, embedder, rounds=rounds, tag=type(index).__name__)
            first = rows[0].first_open if rows else opened
            rows.append(_row(size, index, costs, seconds=(first, opened, filled)))
        store.close()
    return rows


def _today() -> date:
    return date(2026, 11, 1)


def _filled(index: VectorIndex) -> float:
    """Wait until the index answers by itself; return the seconds that it took."""
    started = time.perf_counter()
    while isinstance(index, ResilientIndex) and not index.ready:
        if time.perf_counter() - started > _FILL_SECONDS:
            raise TimeoutError("Chroma did not take over")
        time.sleep(0.1)
    return time.perf_counter() - started


def _row(
    size: int, index: VectorIndex, costs: Costs, *, seconds: tuple[float, float, float]
) -> Row:
    first_open, restart, fill = seconds
    return Row(
        passages=size,
        index="exact scan" if isinstance(index, ExactIndex) else "Chroma",
        wall={stage: _median_and_p95(values) for stage, values in costs.wall.items()},
        cpu=fmean(costs.cpu),
        embed_cpu=fmean(costs.embed_cpu),
        memory_mb=psutil.Process().memory_info().rss / 2**20,
        first_open=first_open,
        restart=restart,
        fill=fill,
    )


def _median_and_p95(values: list[float]) -> tuple[float, float]:
    twentieths = quantiles(values, n=20)
    return twentieths[9], twentieths[18]


def _ask(assistant: Assistant, embedder: MeteredEmbedder, *, rounds: int, tag: str) -> Costs:
    costs = Costs()
    for turn in range(rounds + 1):
        for text in questions(f"{tag}{turn}"):
            question = Question(text, department="第3部")
            embedder.spent_ms()
            wall, started = time.perf_counter(), time.process_time()
            answer = assistant.ask(question)
            cpu = (time.process_time() - started) * 1000
            if turn:  # The first round warms up.
                costs.wall["answer"].append((time.perf_counter() - wall) * 1000)
                _count(costs, answer, cpu, embedder.spent_ms())
    return costs


def _count(costs: Costs, answer: Answer, cpu: float, embed_cpu: float) -> None:
    for stage, wall in answer.timings_ms.items():
        costs.wall[stage].append(wall)
    costs.cpu.append(cpu - embed_cpu)
    costs.embed_cpu.append(embed_cpu)


def _print(rows: list[Row]) -> None:
    print("A warm answer, wall ms, p50 / p95")
    print("| passages | vectors | answer | " + " | ".join(_STAGES) + " |")
    print("|---" * (len(_STAGES) + 3) + "|")
    for row in rows:
        cells = [_pair(row, stage) for stage in ("answer", *_STAGES)]
        print(f"| {row.passages:,} | {row.index} | " + " | ".join(cells) + " |")
    print("\nCPU ms of an answer (mean, all threads), memory, and what opening takes")
    print("| passages | vectors | all but embedding | embedding the question | ratio | memory MB |"
          " first open s | restart s | Chroma filled s |")  # fmt: skip
    print("|---" * 9 + "|")
    for row in rows:
        cells = [f"{row.cpu:.1f}", f"{row.embed_cpu:.1f}", f"{row.cpu / row.embed_cpu:.2f}"]
        cells += [f"{row.memory_mb:.0f}", f"{row.first_open:.1f}"]
        cells += [f"{row.restart:.2f}", f"{row.fill:.0f}"] if row.index == "Chroma" else ["", ""]
        print(f"| {row.passages:,} | {row.index} | " + " | ".join(cells) + " |")


def _pair(row: Row, stage: str) -> str:
    return "{:.1f} / {:.1f}".format(*row.wall[stage])


def _chroma(folder: Path, embedder: MeteredEmbedder) -> VectorIndex:
    return ResilientIndex(ChromaIndex(folder / "chroma", embedder=embedder.name))


def _engine(
    store: SqliteStore, embedder: MeteredEmbedder, index: VectorIndex, folder: Path
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
    parser.add_argument("--alone", action="store_true", help="one size, here, without heading")
    options = parser.parse_args(arguments)
    if options.quick:
        options.sizes, options.rounds = list(_QUICK_SIZES), _QUICK_ROUNDS
    return options


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    raise SystemExit(main())
