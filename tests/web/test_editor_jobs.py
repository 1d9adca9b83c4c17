import threading
import time
from collections.abc import Callable

import pytest

from assistant.corpus.reading import Progress
from assistant.errors import StoreError
from assistant.web.editor.jobs import Job, Jobs


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_the_time_left_is_told_from_what_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    job = Job("1", "a", "読んでいます", "/editor")
    job.started = time.monotonic() - 10
    assert job.seconds_left() is None
    job.show(25, 100, "x.pdf")
    assert job.seconds_left() == 30
    job.show(100, 100, "")
    assert job.seconds_left() is None


def test_one_thing_is_worked_on_once_and_the_lanes_do_not_wait_for_each_other() -> None:
    jobs, gate, seen = Jobs(), threading.Event(), []

    def slow(progress: Progress) -> None:
        progress(1, 2, "a")
        gate.wait(10)
        seen.append("slow")

    first = jobs.start(slow, about="a", doing="", go="/")
    assert jobs.start(slow, about="a", doing="", go="/") is first
    second = jobs.start(lambda _: seen.append("second"), about="b", doing="", go="/")
    other = jobs.start(lambda _: seen.append("other"), about="c", doing="", go="/", lane="release")
    until(lambda: other.finished)
    assert seen == ["other"]
    assert not second.finished
    gate.set()
    until(lambda: second.finished)
    assert seen == ["other", "slow", "second"]
    assert jobs.running("a") is None


def test_what_goes_wrong_is_a_sentence_and_the_next_job_runs(
    caplog: pytest.LogCaptureFixture,
) -> None:
    jobs = Jobs()

    def refused(_: Progress) -> None:
        raise StoreError("ディスクがいっぱいです。", remedy="空けてください。")

    words = "山本" + "太郎様の本文"  # a traceback shows lines of the program, never their values

    def broken(_: Progress) -> None:
        raise RuntimeError(words)

    told = [jobs.start(work, about=work.__name__, doing="", go="/") for work in (refused, broken)]
    until(lambda: all(job.finished for job in told))
    assert told[0].error == "ディスクがいっぱいです。 空けてください。"
    assert "番号" in told[1].error
    assert words not in told[1].error + caplog.text
