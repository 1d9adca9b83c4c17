"""One suite for every VectorIndex: what the search room relies on."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant.adapters.chroma.index import ChromaIndex
from assistant.ports import VectorIndex, Vectors
from assistant.search.exact import ExactIndex
from assistant.search.resilient import ResilientIndex


@pytest.fixture(params=["exact", "resilient", pytest.param("chroma", marks=pytest.mark.slow)])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorIndex]:
    if request.param == "exact":
        yield ExactIndex()
    elif request.param == "resilient":
        yield ResilientIndex(ExactIndex())
    else:
        with closing(ChromaIndex(tmp_path / "chroma", embedder="e")) as chroma:
            yield chroma


def unit_rows(count: int, *, seed: int = 0) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, 16)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def names(count: int) -> list[str]:
    return [f"passage-{number}" for number in range(count)]


def test_an_empty_index_finds_nothing(index: VectorIndex) -> None:
    assert index.nearest(unit_rows(1)[0], limit=5) == []
    index.sync([], np.zeros((0, 16), dtype=np.float32))
    assert index.nearest(unit_rows(1)[0], limit=5) == []


def test_the_nearest_of_a_vector_is_itself_and_scores_are_cosines(index: VectorIndex) -> None:
    vectors = unit_rows(50)
    index.sync(names(50), vectors)
    found = index.nearest(vectors[7], limit=10)
    assert found[0][0] == "passage-7"
    assert len(found) == 10
    cosines = [cosine for _, cosine in found]
    assert cosines == sorted(cosines, reverse=True)
    expected = np.sort(vectors @ vectors[7])[::-1][:10]
    np.testing.assert_allclose(cosines, expected, atol=1e-4)


def test_asking_for_more_than_there_is_returns_all(index: VectorIndex) -> None:
    index.sync(names(3), unit_rows(3))
    assert len(index.nearest(unit_rows(1)[0], limit=100)) == 3
    assert index.nearest(unit_rows(1)[0], limit=0) == []


def test_sync_adds_what_is_new_and_forgets_what_vanished(index: VectorIndex) -> None:
    vectors = unit_rows(40)
    index.sync(names(30), vectors[:30])
    index.sync(names(40)[5:], vectors[5:])
    assert index.nearest(vectors[35], limit=1)[0][0] == "passage-35"
    left = {passage_id for passage_id, _ in index.nearest(vectors[0], limit=100)}
    assert left == set(names(40)[5:])


def test_a_passage_whose_vector_changed_is_found_by_the_new_one_only(index: VectorIndex) -> None:
    vectors = unit_rows(20)
    index.sync(names(20), vectors)
    changed = vectors.copy()
    changed[3] = -vectors[3]
    index.sync(names(20), changed)
    found = dict(index.nearest(changed[3], limit=20))
    assert found["passage-3"] == pytest.approx(1.0, abs=1e-4)
    assert len(found) == 20


def test_sync_back_and_forth_ends_where_it_began(index: VectorIndex) -> None:
    vectors = unit_rows(30)
    for count in (30, 3, 30, 10):
        index.sync(names(count), vectors[:count])
        assert len(index.nearest(vectors[0], limit=100)) == count


def test_equal_vectors_are_all_found(index: VectorIndex) -> None:
    vectors = np.repeat(unit_rows(1), 5, axis=0)
    index.sync(names(5), vectors)
    assert {name for name, _ in index.nearest(vectors[0], limit=5)} == set(names(5))
