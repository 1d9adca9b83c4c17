"""The guard on sentences of other voices: what was promised holds for each class."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.guard.inspect import Guard
from assistant.corpus.company import load_company
from benchmarks.guard import SETS, Measured, Sentence, measure, read_set, without_lists

pytestmark = pytest.mark.slow

_LEAST = {
    "person": 0.80,
    "company": 0.80,
    "source_code": 0.90,
    "unpublished_figure": 0.80,
    "health_or_evaluation": 0.80,
    "confidential_term": 0.50,
}
_LEAST_FORMAT = 0.98
_LEAST_WITH_LISTS = 0.90
_MOST_FLAGGED = 0.05
_NAMES = sorted(path.stem for path in SETS.glob("set[12].tsv"))


@pytest.fixture(scope="module", params=_NAMES)
def measured(request: pytest.FixtureRequest) -> Measured:
    company = without_lists(load_company(SETS / "company.yaml"))
    return measure(company, read_set(SETS / f"{request.param}.tsv"))


def test_each_class_is_found_as_often_as_promised(measured: Measured) -> None:
    too_low = {
        name: f"{measured.found[name]}/{count}"
        for name, count in measured.spans.items()
        if measured.found[name] < count * _LEAST.get(name, _LEAST_FORMAT)
    }
    assert not too_low, measured.wrong


@pytest.mark.parametrize("name", _NAMES)
def test_the_lists_of_the_company_find_its_people_and_partners(name: str) -> None:
    listed = measure(load_company(SETS / "company.yaml"), read_set(SETS / f"{name}.tsv"))
    for kind in ("person", "company", "health_or_evaluation"):
        assert listed.found[kind] >= listed.spans[kind] * _LEAST_WITH_LISTS, listed.wrong


def test_what_is_harmless_is_left_alone(measured: Measured) -> None:
    assert measured.flagged <= measured.harmless * _MOST_FLAGGED, measured.wrong


def test_each_set_is_large_and_knows_each_class(measured: Measured) -> None:
    assert sum(measured.spans.values()) + measured.harmless >= 130
    assert min(Counter(measured.spans).values()) >= 2


_SET1 = read_set(SETS / "set1.tsv")
_HARMLESS = [one.text for one in _SET1 if not one.spans]
_JAPANESE = [text for text in _HARMLESS if not re.search("[A-Za-z0-9]", text)]
"""Pasted code reaches over Japanese remarks to the next Latin words."""


@settings(deadline=None)
@given(sentences=st.lists(st.sampled_from(_HARMLESS), min_size=1, max_size=4))
def test_harmless_sentences_in_any_company_stay_as_typed(
    guard: Guard, sentences: list[str]
) -> None:
    text = "\n".join(sentences)
    assert guard.inspect(text).safe_text == text


@settings(deadline=None)
@given(
    before=st.sampled_from(_JAPANESE),
    secret=st.sampled_from([one for one in _SET1 if one.spans]),
    after=st.sampled_from(_JAPANESE),
)
def test_around_what_is_masked_nothing_changes(
    guard: Guard, before: str, secret: Sentence, after: str
) -> None:
    safe = guard.inspect(f"{before}\n{secret.text}\n{after}").safe_text
    assert safe.startswith(f"{before}\n")
    assert safe.endswith(f"\n{after}")
