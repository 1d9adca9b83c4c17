"""The guard on sentences of other voices: what was promised holds for each class."""

from collections import Counter

import pytest

from assistant.corpus.company import load_company
from benchmarks.guard import SETS, Measured, guard_of, measure, read_set

_LEAST = {
    "person": 0.90,
    "company": 0.90,
    "source_code": 0.90,
    "unpublished_figure": 0.80,
    "health_or_evaluation": 0.80,
    "confidential_term": 0.50,
}
_LEAST_FORMAT = 0.98
_MOST_FLAGGED = 0.05
_NAMES = sorted(path.stem for path in SETS.glob("set[12].tsv"))


@pytest.fixture(scope="module", params=_NAMES)
def measured(request: pytest.FixtureRequest) -> Measured:
    company = load_company(SETS / "company.yaml")
    return measure(guard_of(company), read_set(SETS / f"{request.param}.tsv"))


def test_each_class_is_found_as_often_as_promised(measured: Measured) -> None:
    too_low = {
        name: f"{measured.found[name]}/{count}"
        for name, count in measured.spans.items()
        if measured.found[name] < count * _LEAST.get(name, _LEAST_FORMAT)
    }
    assert not too_low, measured.wrong


def test_what_is_harmless_is_left_alone(measured: Measured) -> None:
    assert measured.flagged <= measured.harmless * _MOST_FLAGGED, measured.wrong


def test_each_set_is_large_and_knows_each_class(measured: Measured) -> None:
    assert sum(measured.spans.values()) + measured.harmless >= 130
    assert min(Counter(measured.spans).values()) >= 2
