"""report.html: one file without outside hosts, in which every answer can be looked into."""

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.evals.baseline import Baseline
from assistant.evals.gate.known_failures import KnownFailures
from assistant.evals.gate.report import GateReport
from assistant.evals.prediction import PredictedCitation
from assistant.evals.reports import charts, labels
from assistant.evals.reports.comparing import Paragraph, Row, marked, side_by_side
from assistant.evals.reports.joining import build_view
from assistant.evals.reports.text import clean, one_line
from assistant.evals.reports.view import CaseRow, Change, View
from assistant.evals.reports.wanting import came, wanted
from assistant.evals.results import Results

if TYPE_CHECKING:
    from jinja2 import Environment


_HERE = Path(__file__).parent
_MOST_CITATIONS = 30
"""A system that cites everything must not make a page of it."""


@dataclass(frozen=True, slots=True)
class PageCase:
    """A case as the page's template draws it."""

    anchor: str
    row: CaseRow
    wanted: tuple[tuple[str, str], ...]
    came: tuple[tuple[str, str], ...]
    earlier: tuple[tuple[str, str], ...]
    lines: tuple[Paragraph, ...]
    """The answer, where there is nothing to compare it with or nothing changed."""
    diff: tuple[Row, ...]
    citations: tuple[PredictedCitation, ...]


def report_html(
    results: Results,
    gate: GateReport,
    baseline: Baseline | None,
    *,
    known: KnownFailures = KnownFailures(),  # noqa: B008 — frozen
) -> str:
    """Return the whole page; its script and style are the only ones that its CSP lets run."""
    view = build_view(results, gate, baseline, known=known)
    style, script = _file("page.css"), _file("page.js")
    cases = tuple(_page_case(f"q{n}", row) for n, row in enumerate(_worst_first(view), start=1))
    template = _environment().get_template("page.html.j2")
    return template.render(
        view=view,
        cases=cases,
        anchors={one.row.case.id: one.anchor for one in cases},
        results=results,
        labels=labels,
        bars={row.result.name: charts.bar(row) for row in view.metrics},
        confusion=charts.confusion(results),
        histogram=charts.histogram(results),
        departments=charts.departments(view.cases),
        types={row.case.type.value: labels.TYPES[row.case.type] for row in view.cases},
        style=style,
        script=script,
        policy=_policy(style, script),
        has_baseline=baseline is not None,
    )


def _worst_first(view: View) -> list[CaseRow]:
    order = {Change.WORSE: 0, Change.BETTER: 1, Change.WORDING: 2, Change.NONE: 3}

    def rank(row: CaseRow) -> tuple[bool, bool, int, bool]:
        return (not row.failed, row.prediction.ok, order[row.change], not row.lost)

    return sorted(view.cases, key=rank)


def _page_case(anchor: str, row: CaseRow) -> PageCase:
    answer = row.prediction.answer
    earlier = row.earlier
    quotes = tuple(one_line(one.quote, 500) for one in row.prediction.citations[:_MOST_CITATIONS])
    changed = earlier is not None and earlier.answer != answer
    return PageCase(
        anchor=anchor,
        row=row,
        wanted=wanted(row.case),
        came=came(row.prediction),
        earlier=()
        if earlier is None
        else (
            ("判定", labels.VERDICTS.get(earlier.verdict, earlier.verdict)),
            ("答え方", labels.STATUSES.get(earlier.status, earlier.status or "(記録なし)")),
        ),
        lines=() if changed else marked(answer, quotes),
        diff=side_by_side(earlier.answer, answer, quotes) if earlier and changed else (),
        citations=row.prediction.citations[:_MOST_CITATIONS],
    )


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _file(name: str) -> str:
    from markupsafe import Markup

    return Markup((_HERE / name).read_text(encoding="utf-8"))  # noqa: S704 — our own files


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_HERE, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_cleaned,
    )


def _cleaned(value: object) -> object:
    """Return what a template prints without controls; escaping comes after this."""
    return clean(value) if type(value) is str else value
