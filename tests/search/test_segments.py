"""A version that is built beside the one before is found in like one that was built anew."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.adapters.bm25 import Bm25Indexer
from assistant.domain import Document
from assistant.search import vectors
from assistant.search.cache import IndexCache
from assistant.search.index import IndexBuilder, PassageIndex
from assistant.search.terms import Terms
from tests.fakes import FakeEmbedder, MemoryStore
from tests.search.small_world import SpacedTokenizer, document, embed, publish

pytestmark = pytest.mark.slow

WORDS = ("締切", "月末", "二十日", "届出", "窓口", "印刷", "予約", "会議室", "旅費", "精算")


def told(number: int, words: Sequence[str] = WORDS) -> Document:
    """Return a document of two passages; all passages have four words."""
    first = [words[(number * 3 + n) % len(words)] for n in range(4)]
    second = [words[(number * 7 + n * 2) % len(words)] for n in range(4)]
    return document(f"manuals/{number:03}.md", " ".join(first), " ".join(second))


COMPANY_WIDE = tuple(told(number) for number in range(100))


@dataclass
class World:
    """A store, and two caches: one that builds beside, one that builds everything."""

    folder: Path
    store: MemoryStore

    def opened(self, name: str, *, joined_from: int) -> PassageIndex:
        live = self.store.live()
        assert live is not None
        builder = IndexBuilder(
            self.store,
            SpacedTokenizer({"締切": "g1", "月末": "g1"}),
            Bm25Indexer(),
            IndexCache(self.folder / name),
            joined_from=joined_from,
        )
        return builder.open(live.id, tuple(self.store.documents(live.id)))

    def joined(self) -> PassageIndex:
        return self.opened("joined", joined_from=1)

    def anew(self) -> PassageIndex:
        return self.opened("anew", joined_from=10**9)


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path, MemoryStore())
    publish(world.store, *COMPANY_WIDE)
    assert len(world.joined().segments) == 1
    return world


def assert_same(joined: PassageIndex, anew: PassageIndex, words: Sequence[str] = WORDS) -> None:
    assert joined.ids == anew.ids
    assert joined.keys() == anew.keys()
    for word in words:
        terms = Terms((word,), ("g1",) if word in {"締切", "月末"} else ())
        left, right = joined.keyword.scores(terms, word), anew.keyword.scores(terms, word)
        # The mean length of a passage is still that of the version before.
        np.testing.assert_allclose(left.words, right.words, rtol=3e-2)
        np.testing.assert_allclose(left.pairs, right.pairs, rtol=3e-2)
        assert joined.keyword.frequency(word) == anew.keyword.frequency(word)


changes = st.dictionaries(
    st.integers(0, 103), st.sampled_from(("changed", "gone", "new")), max_size=3
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rounds=st.lists(changes, min_size=1, max_size=3))
def test_scores_are_those_of_an_index_that_was_built_anew(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[dict[int, str]]
) -> None:
    world = World(tmp_path_factory.mktemp("world"), MemoryStore())
    documents = dict(enumerate(COMPANY_WIDE))
    publish(world.store, *documents.values())
    world.joined()
    for round_ in rounds:
        for number, what in round_.items():
            if what == "gone":
                documents.pop(number, None)
            else:
                documents[number] = told(number, WORDS[::-1] if what == "changed" else WORDS)
        publish(world.store, *(documents[number] for number in sorted(documents)))
        assert_same(world.joined(), world.anew())


def test_only_what_is_new_is_analysed_and_the_rest_is_linked(world: World) -> None:
    publish(world.store, *COMPANY_WIDE[:-1], told(999, ("新しい",)))
    joined = world.joined()
    assert [len(segment.rows) for segment in joined.segments] == [200, 2]
    base = joined.segments[0].folder / "words/data.csc.index.npy"
    assert base.stat().st_nlink > 1
    assert joined.keyword.frequency("新しい") == 2


def test_a_new_title_is_searched_for_though_the_text_is_the_same(world: World) -> None:
    first = COMPANY_WIDE[0]
    source = type(first.source)(first.source.path, "改訂版 特別", first.source.kind)
    passages = tuple(
        type(one)(one.id, source, one.ordinal, one.headings, one.text) for one in first.passages
    )
    renamed = type(first)(first.id, source, passages, digest="renamed")
    publish(world.store, renamed, *COMPANY_WIDE[1:])
    joined = world.joined()
    assert len(joined.segments) == 2
    assert joined.keyword.scores(Terms(("特別",), ()), "").words.argmax() in {0, 1}


def test_too_many_changes_build_everything_anew(world: World) -> None:
    publish(world.store, *COMPANY_WIDE[20:])
    assert len(world.joined().segments) == 1


def test_the_version_before_may_be_forgotten(world: World) -> None:
    publish(world.store, *COMPANY_WIDE[:-1])
    folder = world.joined().segments[1].folder
    for other in folder.parent.iterdir():
        if other != folder:
            shutil.rmtree(other)
    assert_same(world.joined(), world.anew())


@pytest.mark.parametrize("name", ["base/content.json", "content.json", "words/columns.npz"])
def test_damaged_files_are_built_anew(world: World, name: str) -> None:
    publish(world.store, *COMPANY_WIDE[:-1], told(999))
    folder = world.joined().segments[1].folder
    (folder / name).write_bytes(b"damaged")
    assert_same(world.joined(), world.anew())


def test_vectors_of_the_version_before_are_taken_over(world: World) -> None:
    embedder = FakeEmbedder()
    embed(world.store, embedder, *COMPANY_WIDE)
    whole = world.joined()
    rows = vectors.fill(whole.vectors, whole.keys(), store=world.store, embedder=embedder)
    vectors.save(rows, whole.segments[0].folder)
    publish(world.store, *COMPANY_WIDE[1:], told(999))
    joined = world.joined()
    kept = vectors.load(joined.segments, embedder=embedder, size=len(joined.ids))
    assert kept is not None
    assert int(kept.present.sum()) == 198
    embed(world.store, embedder, told(999))
    filled = vectors.fill(kept, joined.keys(), store=world.store, embedder=embedder)
    assert filled.complete
    for row in (0, len(joined.ids) - 1):
        key = joined.keys()[row]
        stored = world.store.vectors([key], embedder=embedder.name)[key]
        np.testing.assert_array_equal(filled.matrix[row], stored)
