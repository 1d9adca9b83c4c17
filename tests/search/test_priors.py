"""Who asks, and what is asked for, counts a little."""

from datetime import date

import pytest

from assistant.domain import Kind, Query, Source
from assistant.search.priors import ASKED_KIND, NEIGHBOUR, OWN_DEPARTMENT, RECENCY, priors_of

TODAY = date(2026, 11, 1)


def source(**known: object) -> Source:
    return Source(path="a.md", title="a", kind=Kind.STORY, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "held", "gain"),
    [
        (Query("x"), source(departments=("営業部",)), 0.0),
        (Query("x", department="営業部"), source(departments=("営業部",)), OWN_DEPARTMENT),
        (Query("x", neighbours=("営業部",)), source(departments=("営業部",)), NEIGHBOUR),
        (Query("x", kinds=(Kind.STORY,)), source(), ASKED_KIND),
        (Query("x"), source(updated=TODAY), RECENCY),
        (Query("x"), source(updated=date(2020, 1, 1)), 0.0),
    ],
)
def test_who_asks_and_what_is_asked_for_count_a_little(
    query: Query, held: Source, gain: float
) -> None:
    known = priors_of([source(updated=TODAY), held])
    assert known.gains(query)[1] == pytest.approx(gain)


def test_the_own_department_counts_once_where_it_is_a_neighbour_too() -> None:
    query = Query("x", department="営業部", neighbours=("営業部", "経理部"))
    gains = priors_of([source(departments=("営業部", "経理部"))]).gains(query)
    assert gains.tolist() == pytest.approx([OWN_DEPARTMENT])
