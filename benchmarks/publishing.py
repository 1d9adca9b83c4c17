"""Publishing speed and memory by size and length, until a running search finds what changed.

python -m benchmarks.publishing [--quick] [--sizes 1000 10000 100000]
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.app import sample_corpus
from assistant.domain import Query
from assistant.ports import Embedder
from benchmarks.stand_ins import RandomEmbedder, ScriptTokenizer

if TYPE_CHECKING:
    from assistant.search.engine import SearchEngine

_SIZES = (1_000, 10_000)
_QUICK_SIZES = (1_000,)
_LENGTHS = (100, 400)
"""Characters of a passage: an FAQ pair, and where manuals are cut."""

_PASSAGES_A_DOCUMENT = 10
_EMBEDDED = 64
"""Texts embedded to measure the embedder; some five seconds at 400 characters."""

_MARK = "KT20261122"
"""A word that stands in the changed document alone."""

_SETTLED_SECONDS = 3
"""Files that were touched a moment ago are opened once more: people change one among old ones."""

_LOOK_SECONDS = 0.05

_COMPANY = "company: {name: 計測製作所}\ndepartments: [{name: 第1部}]\n"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one corpus took: seconds of wall time and CPU, and the process's peak memory."""

    passages: int
    first_seconds: float
    first_cpu: float
    again_seconds: float
    changed_seconds: float
    changed_cpu: float
    found_seconds: float
    """From the start of publishing until a running search finds the changed document."""
    found_cpu: float
    peak_mb: float


def main(arguments: list[str] | None = None) -> int:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.publishing", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="1,000 passages only")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="PASSAGES")
    parser.add_argument("--measure", nargs=2, type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.measure:
        print(json.dumps(_measure(*options.measure)))
        return 0
    print("publishing        passages  p/s first  (cpu)  again s", end="")
    print("  changed s (cpu)  found s (cpu)  peak MB")
    for length in _LENGTHS:
        for size in options.sizes or (_QUICK_SIZES if options.quick else _SIZES):
            print(f"  {length:4} characters {_row(_in_a_process(size, length))}")
    print("embedding         texts/s  (cpu ms a text)")
    for length in _LENGTHS:
        print(f"  {length:4} characters {_embedding(length)}")
    return 0


def _row(cost: Cost) -> str:
    return (
        f"{cost.passages:8,} {cost.passages / cost.first_seconds:10,.0f} "
        f"{cost.passages / cost.first_cpu:7,.0f} {cost.again_seconds:8.2f} "
        f"{cost.changed_seconds:10.2f} {cost.changed_cpu:5.2f} "
        f"{cost.found_seconds:8.2f} {cost.found_cpu:5.2f} {cost.peak_mb:8,.0f}"
    )


def _in_a_process(size: int, length: int) -> Cost:
    """Measure in a process of its own: peak memory is never given back."""
    command = [sys.executable, "-m", "benchmarks.publishing", "--measure", str(size), str(length)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Cost(**json.loads(done.stdout))


def _measure(size: int, length: int) -> dict[str, float]:
    from assistant.adapters.bm25 import Bm25Indexer
    from assistant.adapters.readers import default_readers
    from assistant.adapters.sqlite.store import SqliteStore
    from assistant.corpus.publishing.publish import Publisher
    from assistant.search.engine import SearchEngine
    from assistant.search.exact import ExactIndex

    with tempfile.TemporaryDirectory() as folder:
        corpus = _corpus(Path(folder) / "corpus", size=size, length=length)
        store = SqliteStore(Path(folder) / "data" / "katsuyo.sqlite3")
        publisher = Publisher(
            store,
            readers=default_readers(),
            embedder_loader=RandomEmbedder,
            embedder_name=RandomEmbedder.name,
            lock_path=Path(folder) / "data" / "publish.lock",
        )
        engine = SearchEngine(
            store,
            tokenizer=ScriptTokenizer(),
            embedder_loader=RandomEmbedder,
            index=ExactIndex(),
            indexer=Bm25Indexer(),
            cache_dir=Path(folder) / "data" / "index",
        )
        cpu = time.process_time()
        first = publisher.publish(corpus, author="benchmark")
        first_cpu = time.process_time() - cpu
        engine.snapshot()
        time.sleep(_SETTLED_SECONDS)
        again = publisher.publish(corpus, author="benchmark")
        path = corpus / "manuals" / "00000.md"
        path.write_text(path.read_text(encoding="utf-8") + f"\n{_MARK} です。\n", encoding="utf-8")
        started, cpu = time.perf_counter(), time.process_time()
        changed = publisher.publish(corpus, author="benchmark")
        changed_cpu = time.process_time() - cpu
        _wait_until_found(engine)
        found, found_cpu = time.perf_counter() - started, time.process_time() - cpu
    return {
        "passages": first.version.passages,
        "first_seconds": first.seconds,
        "first_cpu": first_cpu,
        "again_seconds": again.seconds,
        "changed_seconds": changed.seconds,
        "changed_cpu": changed_cpu,
        "found_seconds": found,
        "found_cpu": found_cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _wait_until_found(engine: "SearchEngine") -> None:
    while True:
        hits = engine.search(Query(_MARK), limit=5)
        if any(_MARK in hit.passage.text for hit in hits):
            return
        time.sleep(_LOOK_SECONDS)


def _embedding(length: int) -> str:
    from assistant.adapters.e5.embedder import E5Embedder

    with tempfile.TemporaryDirectory() as folder:
        embedder: Embedder = E5Embedder(Path(folder))
        chance, lines = random.Random(0), _lines()
        texts = [_text(lines, chance, length) for _ in range(_EMBEDDED)]
        embedder.embed_passages(texts[:4])
        wall, cpu = _clocked(lambda: embedder.embed_passages(texts))
    return f"{_EMBEDDED / wall:8.1f} {1000 * cpu / _EMBEDDED:8.0f}"


def _clocked(work: Callable[[], object]) -> tuple[float, float]:
    """Return wall and CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def _corpus(folder: Path, *, size: int, length: int) -> Path:
    """Write Markdown manuals with one passage under each heading."""
    (folder / "manuals").mkdir(parents=True)
    (folder / "company.yaml").write_text(_COMPANY, encoding="utf-8")
    chance = random.Random(0)
    for number in range(-(-size // _PASSAGES_A_DOCUMENT)):
        path = folder / "manuals" / f"{number:05}.md"
        count = min(_PASSAGES_A_DOCUMENT, size - number * _PASSAGES_A_DOCUMENT)
        _document(path, chance, count=count, length=length)
    return folder


def _document(path: Path, chance: random.Random, *, count: int, length: int) -> None:
    lines = _lines()
    parts = [f"## 手順{place}\n\n{_text(lines, chance, length)}\n" for place in range(count)]
    path.write_text(f"# 資料{path.stem}\n\n" + "\n".join(parts), encoding="utf-8")


def _lines() -> list[str]:
    """Return plain sentences of the sample company."""
    return [
        line
        for path in sorted(sample_corpus().rglob("*.md"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.endswith("。") and line[0] not in "#|->*`:"
    ]


def _text(lines: Sequence[str], chance: random.Random, length: int) -> str:
    text = ""
    while len(text) < length:
        text += chance.choice(lines)
    return text[:length]


if __name__ == "__main__":
    sys.exit(main())
