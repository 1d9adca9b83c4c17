"""Retrieval quality: our pipeline beside what one would pick instead, in one run.

python -m benchmarks.retrieval [--quick] [--cache DIR]
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from assistant.adapters.e5.embedder import E5Embedder
from assistant.adapters.sqlite.store import SqliteStore
from benchmarks.sets import DATA, NAMES, Figures, RetrievalSet, figures, load_set
from benchmarks.systems import SYSTEMS, KeptEmbedder, Ranker

_QUICK_SETS = ("lawqa", "debian_faq_ja")
_QUICK_QUESTIONS = 50

MUST_REACH = {"jaquad": 0.915, "lawqa": 0.805, "debian_faq_ja": 0.68}
"""nDCG@10 that the product promises, in one configuration."""


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 1 if a promised figure is missed, 2 if the data is not there."""
    options = _options(arguments)
    missing = [name for name in NAMES if not (DATA / name / "corpus.jsonl").exists()]
    if missing:
        sys.stderr.write(
            f"The retrieval sets {', '.join(missing)} are not in {DATA}.\n"
            "They are not part of the project: put them there to measure retrieval.\n"
        )
        return 2
    names = _QUICK_SETS if options.quick else NAMES
    questions = _QUICK_QUESTIONS if options.quick else 1_000
    sets = [load_set(DATA / name, questions=questions) for name in names]
    options.cache.mkdir(parents=True, exist_ok=True)
    embedder = KeptEmbedder(
        E5Embedder(options.cache / "embedder"), SqliteStore(options.cache / "vectors.sqlite3")
    )
    table: dict[str, dict[str, Figures]] = {}
    for system, prepare in SYSTEMS.items():
        table[system] = {}
        for each in sets:
            started = time.perf_counter()
            with tempfile.TemporaryDirectory() as folder:
                table[system][each.name] = _measure(
                    prepare(each.texts, embedder, Path(folder)), each
                )
            took = time.perf_counter() - started
            sys.stderr.write(f"{system} on {each.name}: {took:.0f} s\n")
    _print(table, sets)
    return 0 if options.quick else _verdict(table["活用ナビ"])


def _measure(rank: Ranker, chosen: RetrievalSet) -> Figures:
    rankings = {name: rank(question) for name, question in chosen.questions.items()}
    return figures(rankings, chosen)


def _print(table: dict[str, dict[str, Figures]], sets: list[RetrievalSet]) -> None:
    heads = [f"{each.name} ({len(each.questions)} q)" for each in sets]
    print("nDCG@10 / S@1 / S@5")
    print("| system |" + "|".join(f" {head} " for head in heads) + "|")
    print("|---" * (len(sets) + 1) + "|")
    for system, row in table.items():
        cells = [f" {f.ndcg10:.3f} / {f.s1:.3f} / {f.s5:.3f} " for f in row.values()]
        print(f"| {system} |" + "|".join(cells) + "|")


def _verdict(own: dict[str, Figures]) -> int:
    missed = [name for name, least in MUST_REACH.items() if own[name].ndcg10 < least]
    for name in missed:
        print(f"MISSED: {name} {own[name].ndcg10:.4f} < {MUST_REACH[name]}")
    return 1 if missed else 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two sets, 50 questions each")
    parser.add_argument(
        "--cache",
        type=Path,
        default=Path(tempfile.gettempdir()) / "katsuyo-benchmarks",
        help="where vectors are kept between runs (embedding takes most of the time)",
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
