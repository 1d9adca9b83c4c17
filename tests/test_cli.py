"""The commands as DX staff and scripts use them, on a company that the product has never seen."""

import json
import os
import socket
from pathlib import Path

import pytest

from tests.conftest import katsuyo
from tests.support.small_company import write_small_company

pytestmark = pytest.mark.slow


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_small_company(tmp_path / "corpus")


def test_check_shows_what_each_document_became(corpus: Path, data: Path) -> None:
    result = katsuyo("check", corpus=corpus, data=data)
    assert result.returncode == 0, result.stderr
    assert "市民の氏名、住所、電話番号を入力してはならない" in result.stdout
    assert not (data / "katsuyo.sqlite3").exists()


def test_ask_before_publishing_says_what_to_do(corpus: Path, data: Path) -> None:
    result = katsuyo("ask", "チラシを作りたい", corpus=corpus, data=data)
    assert result.returncode == 4
    assert "katsuyo publish" in result.stderr
    assert "Traceback" not in result.stderr


def test_publish_then_ask_then_change_then_roll_back(corpus: Path, data: Path) -> None:
    assert katsuyo("publish", corpus=corpus, data=data).returncode == 0
    first = katsuyo(
        "ask", "チラシの下書きを早くしたい", "-d", "市民課", "--json", corpus=corpus, data=data
    )
    answer = json.loads(first.stdout)
    assert answer["status"] == "answered"
    assert answer["verdict"] == "allowed"
    assert "3時間" in answer["answer"] and "40分" in answer["answer"]
    assert {c["source"] for c in answer["citations"]} >= {"rules/guide.md", "stories/flyer.md"}

    again = katsuyo("publish", corpus=corpus, data=data)
    assert "変わった資料はありません" in again.stdout

    story = corpus / "stories" / "flyer.md"
    story.write_text(story.read_text(encoding="utf-8").replace("40分", "25分"), encoding="utf-8")
    assert "変更 1" in katsuyo("publish", corpus=corpus, data=data).stdout
    changed = katsuyo("ask", "チラシの下書きを早くしたい", "-d", "市民課", corpus=corpus, data=data)
    assert "25分" in changed.stdout and "40分" not in changed.stdout

    assert "第1版に戻しました" in katsuyo("rollback", corpus=corpus, data=data).stdout
    back = katsuyo("ask", "チラシの下書きを早くしたい", "-d", "市民課", corpus=corpus, data=data)
    assert "40分" in back.stdout
    listed = json.loads(katsuyo("versions", "--json", corpus=corpus, data=data).stdout)
    assert [(version["id"], version["live"]) for version in listed] == [(2, False), (1, True)]


def test_batch_answers_one_json_a_line_in_order(corpus: Path, data: Path, tmp_path: Path) -> None:
    katsuyo("publish", corpus=corpus, data=data)
    questions = tmp_path / "questions.jsonl"
    lines = [
        {"id": "a", "question": "住所を入れてもいい?", "department": "市民課"},
        {"id": "b", "question": "庁内AIは何時まで?", "department": ""},
        {"id": "c", "question": "", "department": "市民課"},
    ]
    questions.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    result = katsuyo("ask", "--batch", str(questions), corpus=corpus, data=data)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b", "c"]
    assert answers[0]["verdict"] == "prohibited"
    assert "22時" in answers[1]["answer"]
    assert answers[2]["status"] == "no_evidence"
    assert set(answers[0]) >= {
        "id", "status", "verdict", "clause", "answer", "sections", "citations", "retrieved",
        "passages", "findings", "safe_text", "mode", "timings_ms",
    }  # fmt: skip


def test_a_broken_batch_line_names_file_and_line(corpus: Path, data: Path, tmp_path: Path) -> None:
    katsuyo("publish", corpus=corpus, data=data)
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": "a", "question": "週報"}\n{oops\n', encoding="utf-8")
    result = katsuyo("ask", "--batch", str(questions), corpus=corpus, data=data)
    assert result.returncode == 3
    assert "questions.jsonl:2行目" in result.stderr


def test_a_bad_file_among_good_ones_gets_one_line(corpus: Path, data: Path) -> None:
    (corpus / "manuals").mkdir()
    (corpus / "manuals" / "broken.pdf").write_bytes(b"%PDF-1.7\nnot really")
    (corpus / "manuals" / "empty.docx").write_bytes(b"")
    result = katsuyo("publish", corpus=corpus, data=data)
    assert result.returncode == 3
    assert "第1版を公開しました" in result.stdout
    bad = [line for line in result.stderr.splitlines() if line.startswith("✕")]
    assert len(bad) == 2, result.stderr
    assert all("→" in line for line in bad)
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "company.yaml"),
        ("company: [", "company.yaml"),
        ("company: {name: x}\n", "company.yaml"),
    ],
)
def test_a_company_file_that_cannot_be_used_is_explained(
    corpus: Path, data: Path, text: str | None, said: str
) -> None:
    file = corpus / "company.yaml"
    file.unlink()
    if text is not None:
        file.write_text(text, encoding="utf-8")
    result = katsuyo("publish", corpus=corpus, data=data)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_port_in_use_is_said_before_anything_else(corpus: Path, data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = katsuyo("serve", "--port", port, corpus=corpus, data=data)
    assert result.returncode == 2
    assert port in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(os.name != "posix", reason="a file in the way of a folder, as POSIX reports it")
def test_a_data_folder_that_cannot_be_written_is_said(corpus: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    result = katsuyo("publish", corpus=corpus, data=blocked)
    assert result.returncode == 4
    assert "blocked" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_damaged_store_is_said_with_a_remedy(corpus: Path, data: Path) -> None:
    (data / "katsuyo.sqlite3").write_bytes(b"this is not a database at all" * 100)
    result = katsuyo("ask", "週報", corpus=corpus, data=data)
    assert result.returncode == 4
    assert "→" in result.stderr
    assert "Traceback" not in result.stderr


def test_init_copies_a_company_that_can_be_published(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "ours"
    result = katsuyo("init", str(folder), data=data)
    assert result.returncode == 0
    assert (folder / "company.yaml").is_file()
    assert katsuyo("check", corpus=folder, data=data).returncode == 0
    assert katsuyo("init", str(folder), data=data).returncode == 2


def test_doctor_says_what_is_missing_and_how_to_mend_it(corpus: Path, data: Path) -> None:
    before = katsuyo("doctor", corpus=corpus, data=data)
    assert before.returncode == 1
    assert "katsuyo publish" in before.stdout
    katsuyo("publish", corpus=corpus, data=data)
    after = katsuyo("doctor", corpus=corpus, data=data)
    assert after.returncode == 0, after.stdout
