"""Versions, backups and mass deletions as DX staff and CI meet them at the command line."""

import io
import json
import shutil
import sys
import threading
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.app import App
from assistant.settings import Settings
from assistant.web.startup import Publishing
from tests.conftest import ROOT, katsuyo
from tests.support.small_company import write_small_company

pytestmark = pytest.mark.slow


class Terminal(io.StringIO):
    """A person who types one line."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_small_company(tmp_path / "corpus")


def answers(data: Path, batch: Path) -> list[Any]:
    """Return the answers to a batch without what the clock says."""
    finished = katsuyo("ask", "--batch", str(batch), data=data)
    assert finished.returncode == 0, finished.stderr
    return [json.loads(line) | {"timings_ms": None} for line in finished.stdout.splitlines()]


def test_a_restored_folder_answers_as_the_one_before(
    published: Path, data: Path, tmp_path: Path
) -> None:
    cases = yaml.safe_load((ROOT / "eval/suites/how_to.yaml").read_text(encoding="utf-8"))[:20]
    batch = tmp_path / "questions.jsonl"
    lines = [json.dumps({"id": case["id"], "question": case["question"]}) for case in cases]
    batch.write_text("\n".join(lines), encoding="utf-8")
    archive = tmp_path / "katsuyo.zip"
    assert katsuyo("backup", str(archive), data=published).returncode == 0
    restored = katsuyo("restore", str(archive), "--json", data=data)
    assert restored.returncode == 0, restored.stderr
    assert json.loads(restored.stdout)["before"] is None
    told = answers(data, batch)
    assert len(told) == 20
    assert told == answers(published, batch)


def test_a_damaged_backup_is_told_in_one_line(data: Path, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04 damaged")
    finished = katsuyo("restore", str(tmp_path / "b.zip"), data=data)
    assert finished.returncode == 4
    assert "壊れています。なにも変えていません" in finished.stderr
    assert "Traceback" not in finished.stderr


def test_history_diff_and_rollback_after_two_publishes(corpus: Path, data: Path) -> None:
    rule = corpus / "rules/guide.md"
    assert katsuyo("publish", corpus=corpus, data=data).returncode == 0
    text = rule.read_text(encoding="utf-8").replace("課長の許可", "部長の許可")
    rule.write_text(text, encoding="utf-8")
    katsuyo("publish", "-m", "許可を部長に変更", corpus=corpus, data=data)
    history = katsuyo("history", "rules/guide.md", data=data).stdout.splitlines()
    assert [line.split()[0] for line in history] == ["第2版", "第1版"]
    assert "変更 許可を部長に変更" in history[0]
    assert "変更 rules/guide.md「生成AI利用の手引き」" in katsuyo("diff", data=data).stdout
    words = katsuyo("diff", "1", "2", "--document", "rules/guide.md", data=data).stdout
    assert "- 議会答弁の素案づくりは、課長の許可" in words
    assert "+ 議会答弁の素案づくりは、部長の許可" in words
    told = json.loads(katsuyo("diff", "--json", data=data).stdout)
    assert [(one["path"], one["kind"]) for one in told["documents"]] == [
        ("rules/guide.md", "changed")
    ]
    shutil.rmtree(corpus)  # rolling back needs no folder
    assert katsuyo("rollback", data=data).stdout.startswith("第1版に戻しました")
    assert "● 公開中" in katsuyo("versions", data=data).stdout.splitlines()[1]


def test_a_document_or_version_that_is_not_there_is_told(corpus: Path, data: Path) -> None:
    katsuyo("publish", corpus=corpus, data=data)
    missing = katsuyo("history", "rules/none.md", data=data)
    assert (missing.returncode, "rules/none.md" in missing.stderr) == (3, True)
    assert katsuyo("diff", "7", data=data).returncode == 4
    assert "くらべる版がありません" in katsuyo("diff", data=data).stderr


def test_a_mass_deletion_is_refused_in_ci_and_asked_about_at_a_terminal(
    corpus: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(10):
        (corpus / f"manuals/{number}.md").parent.mkdir(exist_ok=True)
        (corpus / f"manuals/{number}.md").write_text(f"# 手順{number}\n\n{number}回押します。\n")
    assert katsuyo("publish", corpus=corpus, data=data).returncode == 0
    shutil.rmtree(corpus / "manuals")
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    refused = katsuyo("publish", corpus=corpus, data=data)
    assert (refused.returncode, "katsuyo publish --yes" in refused.stderr) == (3, True)
    preview = katsuyo("publish", "--preview", corpus=corpus, data=data)
    assert "削除 manuals/0.md" in preview.stdout
    monkeypatch.setattr(sys, "stdin", Terminal("n\n"))
    declined = katsuyo("publish", corpus=corpus, data=data)
    assert (declined.returncode, "14件のうち10件" in declined.stderr) == (3, True)
    monkeypatch.setattr(sys, "stdin", Terminal("y\n"))
    assert "削除 10" in katsuyo("publish", corpus=corpus, data=data).stdout


def test_check_ends_with_the_reviews_and_writes_a_calendar(
    corpus: Path, data: Path, tmp_path: Path
) -> None:
    story = corpus / "stories/flyer.md"
    text = story.read_text(encoding="utf-8").replace(
        "review_by: 2027-06-01", "review_by: 2020-04-01"
    )
    story.write_text(text, encoding="utf-8")
    calendar = tmp_path / "reviews.ics"
    told = katsuyo("check", "--calendar", str(calendar), corpus=corpus, data=data).stdout
    assert told.splitlines()[-2:] == [
        "  市民課",
        "    2020-04-01 過ぎています stories/flyer.md「広報チラシの下書き」",
    ]
    assert calendar.read_bytes().count(b"BEGIN:VEVENT\r\n") == 3


def test_a_page_that_starts_does_not_publish_over_a_version_that_was_gone_back_to(
    corpus: Path, data: Path
) -> None:
    app = App(Settings(corpus_dir=corpus, data_dir=data))
    app.publish()
    rule = corpus / "rules/guide.md"
    rule.write_text(rule.read_text(encoding="utf-8").replace("課長", "部長"), encoding="utf-8")
    app.publish()
    app.publisher.rollback()
    held = Publishing(app, progress=nullcontext(lambda *_: None))
    held.start()
    done = threading.Event()
    held.when_done(lambda _: done.set())
    assert done.wait(60)
    assert (held.held_back and held.held_back.id, held.report) == (1, None)
    app.publish()
    live = app.store.live()
    assert live is not None
    assert live.id == 3
