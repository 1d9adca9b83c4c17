"""Tokens and yen are counted across threads, processes, restarts and days, up to the caps."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.errors import ModelError, ModelFault
from assistant.usage.spending import Caps, Price, Spending, Use

TODAY = date(2026, 2, 10)
PRICE = Price(input_yen=20, output_yen=80)


def spending(folder: Path, *, day: date = TODAY, **caps: float) -> Spending:
    return Spending(folder / "usage.sqlite3", price=PRICE, caps=Caps(**caps), today=lambda: day)


def test_what_was_used_takes_the_place_of_what_was_set_aside(tmp_path: Path) -> None:
    use = spending(tmp_path)
    kept = use.reserve(PRICE.use(3000, 1000))
    assert use.today() == Use(1, 3000, 1000, pytest.approx(0.14))
    use.settle(kept, PRICE.use(2500, 300))
    assert use.today() == Use(1, 2500, 300, pytest.approx(0.074))


def test_past_the_cap_of_tokens_the_answer_is_no_until_tomorrow(tmp_path: Path) -> None:
    use = spending(tmp_path, tokens=5000)
    use.reserve(PRICE.use(3000, 1000))
    with pytest.raises(ModelError, match="今日の分を使い切りました") as raised:
        use.reserve(PRICE.use(3000, 1000))
    assert raised.value.fault is ModelFault.SPENT
    spending(tmp_path, day=TODAY + timedelta(days=1), tokens=5000).reserve(PRICE.use(3000, 1000))


def test_yen_are_capped_as_well(tmp_path: Path) -> None:
    use = spending(tmp_path, yen=0.2)
    use.reserve(PRICE.use(3000, 1000))
    with pytest.raises(ModelError, match="今日の分"):
        use.reserve(PRICE.use(3000, 1000))


def test_one_person_cannot_use_up_everyones_share(tmp_path: Path) -> None:
    use = spending(tmp_path, tokens_per_asker=5000)
    use.reserve(PRICE.use(3000, 1000), asker="p1")
    with pytest.raises(ModelError, match="お一人あたり"):
        use.reserve(PRICE.use(3000, 1000), asker="p1")
    use.reserve(PRICE.use(3000, 1000), asker="p2")


def test_a_restart_forgets_nothing(tmp_path: Path) -> None:
    spending(tmp_path).reserve(PRICE.use(3000, 1000), asker="p1")
    again = spending(tmp_path, tokens_per_asker=5000)
    with pytest.raises(ModelError):
        again.reserve(PRICE.use(3000, 1000), asker="p1")


def test_nothing_on_disk_tells_who_asked_and_yesterdays_people_are_one(tmp_path: Path) -> None:
    for asker in ("kuroiwa@example.com", "midori@example.com"):
        spending(tmp_path).reserve(PRICE.use(100, 10), asker=asker)
    spending(tmp_path, day=TODAY + timedelta(days=1)).reserve(PRICE.use(7, 0), asker="kuroiwa")
    raw = (tmp_path / "usage.sqlite3").read_bytes()
    assert b"kuroiwa" not in raw and b"midori" not in raw
    rows = sqlite3.connect(tmp_path / "usage.sqlite3")
    past = rows.execute("SELECT asker, input_tokens FROM spending WHERE day = ?", ("2026-02-10",))
    assert past.fetchall() == [("", 200)]
    assert rows.execute("SELECT count(*) FROM spending_salts").fetchone() == (1,)
    rows.close()


def test_threads_together_stay_below_the_cap(tmp_path: Path) -> None:
    use = spending(tmp_path, tokens=1000)

    def one(_: int) -> bool:
        try:
            use.reserve(PRICE.use(90, 10))
        except ModelError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(24))) == 10
    assert use.today().tokens == 1000


_CHILD = """
import sys
from datetime import date
from pathlib import Path
from assistant.usage.spending import Caps, Price, Spending
use = Spending(Path(sys.argv[1]), price=Price(), caps=Caps(), today=lambda: date(2026, 2, 10))
for _ in range(25):
    use.settle(use.reserve(Price().use(100, 10)), Price().use(10, 1))
"""


def test_processes_lose_nothing_of_each_others_use(tmp_path: Path) -> None:
    path = str(tmp_path / "usage.sqlite3")
    children = [subprocess.Popen([sys.executable, "-c", _CHILD, path]) for _ in range(2)]
    assert [child.wait(60) for child in children] == [0, 0]
    assert spending(tmp_path).today() == Use(50, 500, 50, 0.0)
