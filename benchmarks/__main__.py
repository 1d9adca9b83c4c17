"""`make bench`: every benchmark in turn, each in a process of its own.

python -m benchmarks [--quick | --full]

--quick: three minutes of CPU, small sets. By default: about a quarter of an hour on two cores.
--full adds 100,000 passages, whose indexes alone take some six minutes to build.
"""

import argparse
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One module, and what it is given when little or everything is wanted."""

    title: str
    module: str
    quick: tuple[str, ...] = ("--quick",)
    full: tuple[str, ...] = ()


BENCHMARKS = (
    Benchmark("How well it finds", "benchmarks.retrieval"),
    Benchmark("What embedding costs", "benchmarks.embedder", full=("--full",)),
    Benchmark("What publishing costs", "benchmarks.publishing"),
    Benchmark(
        "What an answer costs",
        "benchmarks.latency",
        full=("--sizes", "1000", "10000", "100000"),
    ),
    Benchmark("What people wait who ask at once", "benchmarks.askers"),
)


def main(arguments: list[str] | None = None) -> int:
    """Run all, also after one has failed; the first failure is the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="small sets, some minutes")
    size.add_argument("--full", action="store_true", help="100,000 passages too")
    options = parser.parse_args(arguments)
    codes = []
    for place, each in enumerate(BENCHMARKS, start=1):
        given = each.quick if options.quick else each.full if options.full else ()
        sys.stderr.write(f"[{place}/{len(BENCHMARKS)}] {each.title}\n")
        print(f"\n## {each.title}\n", flush=True)
        started = time.monotonic()
        command = [sys.executable, "-m", each.module, *given]
        codes.append(subprocess.run(command, check=False).returncode)
        sys.stderr.write(f"[{place}/{len(BENCHMARKS)}] {time.monotonic() - started:.0f} s\n")
    if not options.full:
        print("\nNot measured here: 100,000 passages (python -m benchmarks --full).")
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    raise SystemExit(main())
