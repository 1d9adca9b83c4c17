"""`make bench`: every benchmark in turn, each in a process of its own.

python -m benchmarks [--quick]
"""

import subprocess
import sys

_BENCHMARKS = {
    "How well it finds": "benchmarks.retrieval",
    "What publishing costs": "benchmarks.publishing",
    "What an answer costs": "benchmarks.latency",
    "What embedding costs": "benchmarks.embedder",
}

_HAVE_QUICK = frozenset({"benchmarks.retrieval", "benchmarks.publishing", "benchmarks.latency"})


def main() -> int:
    """Run all, also after one has failed; the first failure is the exit code."""
    quick = "--quick" in sys.argv[1:]
    codes = []
    for title, module in _BENCHMARKS.items():
        print(f"\n## {title}\n", flush=True)
        options = ["--quick"] if quick and module in _HAVE_QUICK else []
        command = [sys.executable, "-m", module, *options]
        codes.append(subprocess.run(command, check=False).returncode)
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    raise SystemExit(main())
