from pathlib import Path

from assistant.evals.reports.writing import write_reports
from tests.evals.reports import runs


def test_three_files_are_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    run = runs.results(runs.asked(runs.case("a"), "\ud800" + runs.ANSWER))
    for gate in (runs.passed(), runs.failed("a")):
        paths = write_reports(tmp_path / "out", run, gate=gate, baseline=None)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "junit.xml",
        "report.html",
        "summary.md",
    ]
    assert paths[0].read_text(encoding="utf-8").startswith("❌")
    assert all(path.stat().st_mode & 0o044 for path in paths), "CI publishes as another user"
