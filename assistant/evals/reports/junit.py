"""junit.xml: one test case for each case and for each check of the gate, as CI systems read it."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from assistant.evals.gate.known_failures import KnownFailures
from assistant.evals.gate.report import GateReport
from assistant.evals.reports import labels
from assistant.evals.reports.joining import build_view
from assistant.evals.reports.text import clean, one_line
from assistant.evals.reports.view import CaseRow, Check, View
from assistant.evals.results import Results

_PREFIX = "katsuyo"
_MOST_ANSWER = 1_500
"""Characters of an answer that are kept in system-out, and of failed cases only."""


def junit_xml(
    results: Results,
    gate: GateReport,
    *,
    known: KnownFailures = KnownFailures(),  # noqa: B008 — frozen
) -> str:
    """Return the run as JUnit XML in the form that Jenkins, GitLab and GitHub actions accept.

    A case that no failing check names is a success; what the allow-list covers is skipped with
    its reason; a case that the target did not answer is an error.
    """
    view = build_view(results, gate, None, known=known)
    suites = [_gate_suite(results, view)]
    kinds = list(dict.fromkeys(row.case.type for row in view.cases))
    suites += [_suite(kind, [row for row in view.cases if row.case.type == kind]) for kind in kinds]
    root = ET.Element("testsuites", {"name": _PREFIX, **_sums(suites)})
    root.extend(suites)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _gate_suite(results: Results, view: View) -> ET.Element:
    suite = ET.Element("testsuite", {"name": f"{_PREFIX}.gate"})
    properties = ET.SubElement(suite, "properties")
    for name, value in _properties(results, view):
        ET.SubElement(properties, "property", {"name": _said(name), "value": _said(value)})
    for check in view.checks:
        suite.append(_check(check))
    if view.hidden.cases:
        suite.append(_hidden(view))
    return _counted(suite)


def _properties(results: Results, view: View) -> list[tuple[str, str]]:
    made = results.fingerprint
    found = [
        ("verdict", view.word),
        ("target", made.target),
        ("product", made.product),
        ("corpus", made.corpus),
        ("holdout.cases", str(view.hidden.cases)),
    ]
    for row in view.metrics:
        one = row.result
        found += [
            (one.name, f"{one.value:.4f}"),
            (f"{one.name}.low", f"{one.low:.4f}"),
            (f"{one.name}.high", f"{one.high:.4f}"),
            (f"{one.name}.n", str(one.n)),
        ]
    return found


def _check(check: Check) -> ET.Element:
    name = f"{check.metric} [{check.kind}]" if check.metric else check.kind
    test = _test(f"{_PREFIX}.gate", name, 0.0)
    if not check.ok:
        _outcome(test, "failure", check.line, f"{check.line}\n{_listed(check.cases)}", check.kind)
    return test


def _listed(cases: Sequence[str]) -> str:
    return "\n".join(cases)


def _hidden(view: View) -> ET.Element:
    test = _test(f"{_PREFIX}.gate", "holdout", 0.0)
    if view.hidden.failed:
        said = f"非公開の問い{view.hidden.cases}件のうち、{view.hidden.failed}件が不合格です。"
        _outcome(test, "failure", said, said, "holdout")
    return test


def _suite(kind: str, rows: list[CaseRow]) -> ET.Element:
    suite = ET.Element("testsuite", {"name": f"{_PREFIX}.{kind}"})
    for row in rows:
        suite.append(_case(row))
    return _counted(suite)


def _case(row: CaseRow) -> ET.Element:
    case, prediction = row.case, row.prediction
    test = _test(f"{_PREFIX}.{case.type}", case.id, prediction.latency_ms / 1000)
    if case.suite:
        test.set("file", _said(f"eval/suites/{case.suite}.yaml"))
    if case.line:
        test.set("line", str(case.line))
    if row.failed:
        said = "\n".join(check.line for check in row.failed)
        kinds = ", ".join(dict.fromkeys(check.metric or check.kind for check in row.failed))
        _outcome(test, "failure", row.failed[0].line, f"{said}\n\n{_evidence(row)}", kinds)
    elif row.known:
        ET.SubElement(test, "skipped", {"message": _said("; ".join(row.known))})
    elif not prediction.ok:
        said = f"{labels.OUTCOMES[prediction.outcome]}: {prediction.error}"
        _outcome(test, "error", said, said, prediction.outcome.value)
    return test


def _evidence(row: CaseRow) -> str:
    lost = [f"{score.title}: {score.shown} {score.why}".rstrip() for score in row.lost]
    answer = clean(row.prediction.answer or row.prediction.error, _MOST_ANSWER)
    return "\n".join([f"問い: {one_line(row.case.question, 500)}", *lost, "", answer])


def _test(classname: str, name: str, seconds: float) -> ET.Element:
    given = {"classname": _said(classname), "name": _said(name), "time": f"{seconds:.3f}"}
    return ET.Element("testcase", given)


def _outcome(test: ET.Element, tag: str, message: str, text: str, kind: str) -> None:
    node = ET.SubElement(test, tag, {"message": _said(message), "type": _said(kind)})
    node.text = clean(text)


def _counted(suite: ET.Element) -> ET.Element:
    tests = suite.findall("testcase")
    suite.set("tests", str(len(tests)))
    for tag, name in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        suite.set(name, str(sum(test.find(tag) is not None for test in tests)))
    suite.set("time", f"{sum(float(test.get('time', 0)) for test in tests):.3f}")
    return suite


def _sums(suites: Sequence[ET.Element]) -> dict[str, str]:
    whole = ("tests", "failures", "errors", "skipped")
    sums = {name: str(sum(int(suite.get(name, 0)) for suite in suites)) for name in whole}
    return sums | {"time": f"{sum(float(suite.get('time', 0)) for suite in suites):.3f}"}


def _said(text: str) -> str:
    return one_line(text, 500)
