"""The weights of the verdict's signs: what ships tells right, and they can be fitted anew."""

from dataclasses import fields
from pathlib import Path

import pytest

from assistant.adapters.e5.embedder import E5Embedder
from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.japanese.words import Topics
from assistant.answering.verdict.signs import Signs
from assistant.domain import VerdictKind
from training.reading import HELD_OUT, read_organisations
from training.verdicts import NO_REASON, Asked, fit, questions_of, shipped, verdicts

pytestmark = pytest.mark.slow

_SIGNS = [each.name for each in fields(Signs)]


@pytest.fixture(scope="module")
def asked(embedder: Path) -> list[Asked]:
    """Return the may-I questions of an organisation that no embedder was tuned on."""
    one = next(
        one
        for one in read_organisations()
        if one.name in HELD_OUT and one.name.endswith("waterworks")
    )
    return list(questions_of(one, Topics(SudachiTokenizer()), E5Embedder(embedder)))


def test_what_ships_tells_most_verdicts_and_permits_no_ban(asked: list[Asked]) -> None:
    pairs = [verdicts(one, shipped()) for one in asked]

    told = [wanted is found for wanted, found in pairs if wanted]
    assert sum(told) / len(told) > 0.65
    assert (VerdictKind.PROHIBITED, VerdictKind.ALLOWED) not in pairs


def test_a_fit_from_nothing_finds_the_clauses_and_no_reason_in_the_clause_alone(
    asked: list[Asked],
) -> None:
    pytest.importorskip("scipy", reason="needs the extra train")
    nothing = shipped() * 0

    fitted = fit(asked, nothing)

    def right(weights):
        return sum(wanted is found for wanted, found in (verdicts(one, weights) for one in asked))

    assert right(fitted) > 2 * right(nothing)
    assert all(fitted[_SIGNS.index(name)] <= 0 for name in NO_REASON)
    assert fitted[_SIGNS.index("near")] > 0
