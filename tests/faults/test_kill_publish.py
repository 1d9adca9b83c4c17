"""`kill -9` while publishing: nothing acknowledged is lost, and no version is ever half live."""

import random
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from assistant.adapters.sqlite_store import SqliteStore
from assistant.corpus.versions import load_documents

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = 90
SEED = 20261122


def write_round(corpus: Path, number: int) -> None:
    """Write every document anew, each with the number of the round in it."""
    (corpus / "manuals").mkdir(parents=True, exist_ok=True)
    company = "company: {name: みどり市役所}\ndepartments: [{name: 市民課}]\n"
    (corpus / "company.yaml").write_text(company, encoding="utf-8")
    for place in range(DOCUMENTS):
        text = f"# 手順{place}\n\n第{number}回の改訂です。窓口{place}では番号札を渡します。\n"
        (corpus / "manuals" / f"{place}.md").write_text(text, encoding="utf-8")


def start(corpus: Path, data: Path, step: str = "") -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.faults.publish_child", str(corpus), str(data), step]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def round_that_is_live(store: SqliteStore) -> int:
    """Return the one round whose text every live document holds; 0 if nothing is live."""
    live = store.live()
    if live is None:
        return 0
    documents = load_documents(store, version_id=live.id)
    texts = {one.text for document in documents for one in document.passages}
    rounds = {int(text.split("第")[1].split("回")[0]) for text in texts if "回の改訂" in text}
    assert len(documents) == DOCUMENTS
    assert len(rounds) == 1
    return rounds.pop()


def check(data: Path, said: str, *, before: int, now: int) -> None:
    """Check the store after a death: whole, unmixed, and true to what it acknowledged."""
    with closing(SqliteStore(data / "katsuyo.sqlite3")) as store:
        assert store.verify().ok
        live = round_that_is_live(store)
        acknowledged = [line.split() for line in said.splitlines()]
        if any(line[0] == "go_live" for line in acknowledged):
            assert live == now
        assert live in {before, now}
        kept = {version.id for version in store.versions()}
        assert {int(line[1]) for line in acknowledged if line[0] == "publish"} <= kept
        batches = sum(line[0] == "save_vectors" for line in acknowledged)
        assert store.verify().vectors >= min(batches * 16, DOCUMENTS)


def publish_whole(corpus: Path, data: Path, number: int) -> None:
    """Publish again after the death: it must end where an undisturbed one would."""
    with start(corpus, data) as child:
        said, _ = child.communicate(timeout=120)
        assert child.returncode == 0, said
    with closing(SqliteStore(data / "katsuyo.sqlite3")) as store:
        assert round_that_is_live(store) == number
        live = store.live()
        assert live is not None
        assert store.missing_vectors(live.id, embedder="fake-bigrams") == []


def test_a_kill_at_any_step_or_moment_loses_nothing(tmp_path: Path) -> None:
    corpus, data = tmp_path / "corpus", tmp_path / "data"
    moments = random.Random(SEED)  # noqa: S311 — moments, not secrets
    before = 0
    steps = ["after:publish", "after:save_vectors", "before:go_live", "after:go_live", "", "", ""]
    for number, step in enumerate(steps, start=1):
        write_round(corpus, number)
        with start(corpus, data, step) as child:
            assert child.stdout is not None
            first = child.stdout.readline()
            if not step:
                time.sleep(moments.uniform(0.0, 1.0))
                child.kill()
            said = first + child.stdout.read()
        check(data, said, before=before, now=number)
        if number in {4, len(steps)}:
            publish_whole(corpus, data, number)
        with closing(SqliteStore(data / "katsuyo.sqlite3")) as store:
            before = round_that_is_live(store)
