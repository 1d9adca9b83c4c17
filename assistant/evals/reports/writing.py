"""Writes the reports into a folder, each file whole or not at all."""

import os
import tempfile
from pathlib import Path

from assistant.evals.baseline import Baseline
from assistant.evals.gate_report import GateReport
from assistant.evals.known_failures import KnownFailures
from assistant.evals.reports.junit import junit_xml
from assistant.evals.reports.page import report_html
from assistant.evals.reports.summary import summary_markdown
from assistant.evals.results import Results

_READABLE = 0o644
"""CI publishes the files as another user; mkstemp would keep them to itself."""


def write_reports(
    folder: Path,
    results: Results,
    *,
    gate: GateReport,
    baseline: Baseline | None,
    known: KnownFailures = KnownFailures(),  # noqa: B008 — frozen
) -> tuple[Path, ...]:
    """Write summary.md, junit.xml and report.html; return their paths. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        "summary.md": summary_markdown(results, gate, baseline),
        "junit.xml": junit_xml(results, gate, known=known),
        "report.html": report_html(results, gate, baseline, known=known),
    }
    return tuple(_write(folder / name, text) for name, text in texts.items())


def _write(path: Path, text: str) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        temporary.chmod(_READABLE)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return path
