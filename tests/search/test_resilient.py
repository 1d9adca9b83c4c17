import threading
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.errors import StoreError
from assistant.ports import Vectors
from assistant.search.exact import ExactIndex
from assistant.search.resilient import ResilientIndex

VECTORS = np.eye(4, dtype=np.float32)
IDS = ["a", "b", "c", "d"]


class Lying:
    """An index that answers what it was told to, or fails."""

    def __init__(self, answer: list[tuple[str, float]] | None, *, sync_fails: bool = False) -> None:
        self.answer = answer
        self.sync_fails = sync_fails

    def sync(self, ids: Sequence[str], vectors: Vectors) -> None:
        if self.sync_fails:
            raise StoreError("だめです")

    def nearest(self, vector: NDArray[np.float32], *, limit: int) -> list[tuple[str, float]]:
        if self.answer is None:
            raise StoreError("だめです")
        return self.answer[:limit]


def resilient(primary: Lying | ExactIndex) -> ResilientIndex:
    index = ResilientIndex(primary)
    index.sync(IDS, VECTORS)
    index.wait(5)
    return index


def test_a_right_primary_answers() -> None:
    primary = Lying([("b", 1.0), ("d", 0.0)])
    index = resilient(primary)
    assert index.ready
    assert index.nearest(VECTORS[1], limit=2) == [("b", 1.0), ("d", 0.0)]


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        [("b", 1.0)],
        [("b", 0.5), ("a", 0.0)],
        [("b", 1.0), ("of another version", 0.0)],
    ],
)
def test_a_failing_short_or_wrong_primary_is_replaced_by_the_exact_scan(
    answer: list[tuple[str, float]] | None,
) -> None:
    found = resilient(Lying(answer)).nearest(VECTORS[1], limit=2)
    assert found == [("b", 1.0), ("a", 0.0)]


def test_a_primary_that_cannot_be_built_does_not_stop_answers() -> None:
    index = resilient(Lying([], sync_fails=True))
    assert not index.ready
    assert index.nearest(VECTORS[2], limit=1) == [("c", 1.0)]


def test_the_newest_state_answers_at_once() -> None:
    index = resilient(ExactIndex())
    index.sync(["x"], VECTORS[:1])
    assert index.nearest(VECTORS[0], limit=4) == [("x", 1.0)]
    index.wait(5)
    assert index.ready
    assert index.nearest(VECTORS[0], limit=4) == [("x", 1.0)]


def test_many_wait_while_the_index_is_synced_again_and_again() -> None:
    index = ResilientIndex(ExactIndex())
    synced = threading.Event()
    failed: list[RuntimeError] = []

    def wait_always() -> None:
        while not synced.is_set():
            try:
                index.wait(5)
            except RuntimeError as error:
                failed.append(error)
                return

    waiting = [threading.Thread(target=wait_always) for _ in range(3)]
    for each in waiting:
        each.start()
    for _ in range(300):
        index.sync(IDS, VECTORS)
    synced.set()
    for each in waiting:
        each.join(10)
    assert failed == [], "a thread that is only being started was joined"


class EndsMeanwhile(Lying):
    """An index whose process ends while it syncs, as Chroma's does at Ctrl+C."""

    def __init__(self) -> None:
        super().__init__([], sync_fails=True)
        self.syncing, self.ended = threading.Event(), threading.Event()

    def sync(self, ids: Sequence[str], vectors: Vectors) -> None:
        self.syncing.set()
        assert self.ended.wait(5)
        super().sync(ids, vectors)


def test_a_primary_that_fails_because_the_process_ends_is_no_news(
    caplog: pytest.LogCaptureFixture,
) -> None:
    primary = EndsMeanwhile()
    index = ResilientIndex(primary)
    index.sync(IDS, VECTORS)
    assert primary.syncing.wait(5)
    index.stop()
    primary.ended.set()
    index.wait(5)
    assert caplog.messages == []
