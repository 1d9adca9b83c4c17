"""Publishing on a machine that fails: nothing acknowledged is lost, no version is half live."""

import random
import re
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.adapters.sqlite.store import SqliteStore
from assistant.corpus.lock import exclusive
from assistant.errors import StoreError
from tests.faults.broken import Fault, Machine
from tests.faults.depth import Depth
from tests.faults.office import asking, database, publisher_on, write_edition
from tests.faults.town import KILLED, Town, Trouble

pytestmark = pytest.mark.slow

SEED = 20261122
NAMED_STEPS = [
    f"{when} {write}"
    for write in ("publish", "save_vectors", "go_live")
    for when in ("before", "after")
]


def test_a_kill_at_any_named_step_or_random_moment_loses_nothing(
    machine: Machine, tmp_path: Path, depth: Depth
) -> None:
    town = Town(machine, tmp_path)
    moments = random.Random(SEED)  # noqa: S311 — moments, not secrets
    named = [Trouble(die_at=step) for step in NAMED_STEPS]
    at_random = [
        Trouble(kill_after=moments.uniform(0, 0.25))
        for _ in range(depth.pick(sample=20, everything=200))
    ]
    endings = town.live_through([*named, *at_random])
    assert [ended.code for ended in endings[: len(named)]] == [KILLED] * len(named)


def test_a_kill_at_any_call_to_the_disk_loses_nothing(
    breakable: Machine, tmp_path: Path, depth: Depth
) -> None:
    town = Town(breakable, tmp_path)
    hows = ("die before", "die amid", "die after")
    calls = depth.spread(range(1, town.calls() + 1), sample=7)
    tried = [
        Fault(call, how)
        for place, call in enumerate(calls)
        for how in depth.pick(sample=hows[place % 3 : place % 3 + 1], everything=hows)
    ]
    endings = Counter(ended.code for ended in town.live_through(Trouble(one) for one in tried))
    assert endings[KILLED] > 0.75 * len(tried)  # pruning makes one publish shorter than the next


@pytest.mark.parametrize("what", ["ENOSPC", "EIO", "EROFS"])
def test_a_disk_that_fails_at_any_call_loses_nothing_and_is_told(
    breakable: Machine, tmp_path: Path, what: str, depth: Depth
) -> None:
    town = Town(breakable, tmp_path)
    calls = depth.spread(range(1, town.calls() + 1), sample=4)
    forever = what != "EIO"
    endings = town.live_through(Trouble(Fault(call, what, forever=forever)) for call in calls)
    told = [line for ended in endings for line in ended.said if line.startswith("error ")]
    assert len(told) >= len(calls) / 2
    for line in told:
        assert line.startswith("error StoreError"), line
        assert re.search(r"katsuyo\.sqlite3|publish\.lock", line), line
        assert re.search(r"(ください|直せます)。$", line), line


def test_a_full_or_read_only_disk_at_the_start_is_told_with_a_remedy(
    breakable: Machine, tmp_path: Path
) -> None:
    town = Town(breakable, tmp_path)
    town.next_edition()
    with asking(town.data, live=town.live):
        for what, words in (("ENOSPC", "空き"), ("EROFS", "書き込め")):
            ended = town.publish(Trouble(Fault(1, what, forever=True)))
            assert ended.code == 4, ended.said
            assert words in ended.said[-1], ended.said
    town.publish_whole()


def test_a_second_publisher_waits_for_the_first(machine: Machine, tmp_path: Path) -> None:
    town = Town(machine, tmp_path)
    town.next_edition()
    with ThreadPoolExecutor(1) as other, asking(town.data, live=town.live) as asker:
        with exclusive(town.data / "publish.lock", who="佐藤"):
            second = other.submit(town.publish)
            time.sleep(0.4)
            assert not second.done()
            asker.allowed = frozenset({town.live, town.edition})
        ended = second.result(timeout=30)
    assert ended.code == 0, ended.said
    assert ended.acknowledged("go_live")


def test_a_second_publisher_that_waited_in_vain_says_who_holds_the_lock(tmp_path: Path) -> None:
    corpus, data = tmp_path / "corpus", tmp_path / "data"
    write_edition(corpus, 1)
    lock = data / "publish.lock"
    with closing(SqliteStore(database(data))) as store, exclusive(lock, who="佐藤"):
        second = publisher_on(store, data, lock_wait=timedelta(seconds=0.2))
        with pytest.raises(StoreError, match=r"佐藤、.*プロセス") as caught:
            second.publish(corpus, author="鈴木")
        assert "終わるのを待って" in caught.value.remedy
        assert store.versions() == []
