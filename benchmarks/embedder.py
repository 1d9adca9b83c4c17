"""Our embedder beside the wheel's own kernel: CPU, loading, memory, likeness; one run, one thread.

Run: `python -m benchmarks.embedder`. Ratios are taken within one run, texts in turn, because the
clock of a shared machine drifts by a factor of two.
"""

import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.adapters.e5 import E5Embedder
from assistant.adapters.e5_wheel import WheelEmbedder

_JAQUAD = Path("../shared/data/jaquad")
_SENTENCE = "週報を早く書きたいのですが、どの生成AIを使い、何を入力してはいけないでしょうか。"
_TOKENS = (18, 128, 256, 512)
_TEXTS = 1000
_SHARE_OF_PASSAGES = 0.3
_PASSAGE_CHARACTERS = 300
_LOAD = """
import sys, time, resource
from pathlib import Path
start = time.perf_counter()
from assistant.adapters.e5 import E5Embedder
E5Embedder(Path(sys.argv[1]), 1).embed_query("週報")
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU of one text of a length, in ms, one thread: medians."""

    tokens: int
    ours: float
    wheel: float


@dataclass(frozen=True, slots=True)
class Loading:
    """A new process until its first vector."""

    seconds: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """Cosine of our vector to the wheel's, over texts."""

    texts: int
    lowest: float
    mean: float


def main() -> None:
    """Print the table."""
    with TemporaryDirectory() as folder:
        start = time.perf_counter()
        ours = E5Embedder(Path(folder), 1)
        built = time.perf_counter() - start
        wheel = WheelEmbedder(1)
        print("| one text, one thread | ours, CPU ms | wheel's kernel, CPU ms | ratio |")
        print("|---|---|---|---|")
        for cost in costs(ours, wheel):
            row = f"{cost.tokens} tokens | {cost.ours:.1f} | {cost.wheel:.1f}"
            print(f"| {row} | {cost.wheel / cost.ours:.1f}x |", flush=True)
        loading = load(Path(folder))
        print(f"\nfirst build {built:.1f} s; new process to first vector {loading.seconds:.2f} s")
        print(f"peak memory of that process {loading.peak_mb:.0f} MB")
        alike = likeness(ours, wheel)
        print(f"cosine on {alike.texts} texts: min {alike.lowest:.5f}, mean {alike.mean:.5f}")


def costs(ours: E5Embedder, wheel: WheelEmbedder) -> list[Cost]:
    """Return what passages of each length cost on both, in turn."""
    rows = []
    for tokens in _TOKENS:
        text = text_of(tokens, ours)
        repeats = max(3, 1500 // tokens)
        both = [
            (
                _cpu(partial(ours.embed_passages, [text])),
                _cpu(partial(wheel.embed_passages, [text])),
            )
            for _ in range(repeats)
        ]
        first, second = (statistics.median(column) for column in zip(*both, strict=True))
        rows.append(Cost(tokens, ours=first, wheel=second))
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


def likeness(ours: E5Embedder, wheel: WheelEmbedder, *, limit: int = _TEXTS) -> Likeness:
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


def _cpu(run: Callable[[], object]) -> float:
    """Return CPU milliseconds of all threads of this process."""
    start = time.process_time()
    run()
    return 1000 * (time.process_time() - start)


if __name__ == "__main__":
    main()
