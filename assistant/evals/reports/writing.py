"""Writes the reports into a folder, each file whole or not at all."""

from pathlib import Path

from assistant.evals.baseline import Baseline
from assistant.evals.files import write_whole
from assistant.evals.gate.known_failures import KnownFailures
from assistant.evals.gate.report import GateReport
from assistant.evals.reports.junit import junit_xml
from assistant.evals.reports.page import report_html
from assistant.evals.reports.summary import summary_markdown
from assistant.evals.results import Results


def write_reports(
    folder: Path,
    results: Results,
    *,
    gate: GateReport,
    baseline: Baseline | None,
    known: KnownFailures = KnownFailures(),  # noqa: B008 — frozen
) -> tuple[Path, ...]:
    """Write summary.md, junit.xml and report.html; return their paths. Raises OSError."""
    texts = {
        "summary.md": summary_markdown(results, gate, baseline),
        "junit.xml": junit_xml(results, gate, known=known),
        "report.html": report_html(results, gate, baseline, known=known),
    }
    for name, text in texts.items():
        write_whole(folder / name, text.encode("utf-8"))
    return tuple(folder / name for name in texts)
