"""What people wait when several ask at once, and what an answer costs beside its question's vector.

    python -m benchmarks.askers [--quick] [--data DIR]

The sample company as the page's process holds it, the questions of eval/suites without holdout.
Each asker asks again as soon as the answer is there; no question comes twice but where it says so.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import fmean, quantiles

from assistant.adapters.e5.embedder import E5Embedder
from assistant.app import App
from assistant.domain import Question
from assistant.evals.case import Split
from assistant.evals.reading import load_references
from assistant.evals.suites.loading import load_suite
from assistant.settings import Settings
from benchmarks.metered import MeteredEmbedder

PROMISED_RATIO = 1.3
"""CPU of a new question's answer to that of its embedding."""
PROMISED_P95_SECONDS = 1.0
"""Of ten askers on two cores."""

_ASKERS = 10
_QUICK_QUESTIONS = 160
_SHARES = 4
"""The questions are dealt out: to warm up, to one asker, to ten, and what is left is for more."""


_HEAD = (
    "| askers | questions | wall ms p50 / p95 | answers/s | CPU ms an answer "
    "| of it embedding | ratio |"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What one answer took."""

    wall_ms: float
    cpu_ms: float
    """Of the asker's thread, embedding included."""
    embed_ms: float
    """CPU of embedding the question."""


class MeteredApp(App):
    """The page's parts, with an embedder whose CPU is told from that of everything else."""

    @cached_property
    def _metered(self) -> MeteredEmbedder:
        return MeteredEmbedder(E5Embedder(self.settings.data_dir / "embedder"))

    def embedder(self) -> MeteredEmbedder:  # type: ignore[override]
        """Return the local embedder, metered. Raises ModelError."""
        return self._metered

    def ask(self, question: Question) -> Asked:
        """Return what the answer took, in whatever thread."""
        embedder = self.embedder()
        embedder.spent_ms()
        wall, cpu = time.perf_counter(), time.thread_time()
        self.assistant.ask(question)
        return Asked(
            wall_ms=(time.perf_counter() - wall) * 1_000,
            cpu_ms=(time.thread_time() - cpu) * 1_000,
            embed_ms=embedder.spent_ms(),
        )


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 1 if a promise is broken."""
    options = _options(arguments)
    questions = _questions()[: _QUICK_QUESTIONS if options.quick else None]
    shares = [questions[start::_SHARES] for start in range(_SHARES)]
    app = MeteredApp(Settings(corpus_dir=Path("corpus"), data_dir=options.data), serving=True)
    sys.stderr.write("publishing the sample company, then warming up\n")
    app.publish()
    for question in shares[0] + shares[3]:
        app.ask(question)
    alone = _run(app, shares[1], askers=1)
    together = _run(app, shares[2], askers=_ASKERS)
    again = _run(app, shares[2], askers=_ASKERS)
    app.close()
    print(_HEAD)
    print("|---" * 7 + "|")
    for name, askers, row in (
        ("new", 1, alone), ("new", _ASKERS, together), ("asked before", _ASKERS, again)
    ):  # fmt: skip
        print(f"| {askers} | {len(row[0])}, {name} | {_figures(*row)} |")
    return _verdict(alone[0], together[0])


def _run(
    app: MeteredApp, questions: Sequence[Question], *, askers: int
) -> tuple[list[Asked], float]:
    """Return what each answer took, and the seconds of all together."""
    started = time.perf_counter()
    with ThreadPoolExecutor(askers) as pool:
        asked = list(pool.map(app.ask, questions))
    return asked, time.perf_counter() - started


def _figures(asked: Sequence[Asked], seconds: float) -> str:
    p50, p95 = _p50_and_p95(asked)
    cpu, embed = fmean(one.cpu_ms for one in asked), fmean(one.embed_ms for one in asked)
    ratio = f"{cpu / embed:.2f}" if embed > 1 else ""
    cells = (f"{p50:.0f} / {p95:.0f}", f"{len(asked) / seconds:.1f}", f"{cpu:.1f}", f"{embed:.1f}")
    return " | ".join((*cells, ratio))


def _p50_and_p95(asked: Sequence[Asked]) -> tuple[float, float]:
    twentieths = quantiles((one.wall_ms for one in asked), n=20)
    return twentieths[9], twentieths[18]


def _verdict(alone: Sequence[Asked], together: Sequence[Asked]) -> int:
    ratio = fmean(one.cpu_ms for one in alone) / fmean(one.embed_ms for one in alone)
    p95 = _p50_and_p95(together)[1] / 1_000
    broken = []
    if ratio > PROMISED_RATIO:
        broken.append(f"MISSED: an answer costs {ratio:.2f} of its embedding > {PROMISED_RATIO}")
    if p95 > PROMISED_P95_SECONDS:
        broken.append(f"MISSED: p95 of {_ASKERS} askers {p95:.2f} s > {PROMISED_P95_SECONDS} s")
    print("\n".join(broken))
    return 1 if broken else 0


def _questions() -> list[Question]:
    references = load_references(Path("corpus"))
    cases = load_suite(Path("eval/suites"), references=references).cases
    return [
        Question(case.question, case.department, case.history)
        for case in cases
        if case.split is not Split.HOLDOUT
    ]


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="160 questions")
    parser.add_argument(
        "--data",
        type=Path,
        default=Path(tempfile.gettempdir()) / "katsuyo-benchmarks" / "sample",
        help="data folder, kept between runs (embedding the company takes a minute or two)",
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
