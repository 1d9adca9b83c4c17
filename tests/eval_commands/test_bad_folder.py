"""What DX staff get to read when the folder, a case or an answer file is wrong: exit code 6."""

import json
from pathlib import Path

import pytest

from tests.conftest import Finished
from tests.eval_commands.conftest import Office

pytestmark = pytest.mark.slow


def refused(finished: Finished, *words: str) -> None:
    """Demand exit code 6, no verdict, and these words in what is told, with what to do."""
    assert finished.returncode == 6, finished.stdout + finished.stderr
    assert finished.stdout == ""
    told, _, remedy = finished.stderr.partition("✕")[2].partition("\n  → ")
    assert len(remedy) > 5
    for word in words:
        assert word in told


def test_a_folder_that_is_not_there(office: Office, tmp_path: Path) -> None:
    nowhere = str(tmp_path / "どこにもない")
    refused(office.katsuyo("eval", "--folder", nowhere), "どこにもない", "ありません")
    refused(office.katsuyo("eval", "check", "--folder", nowhere), "どこにもない")
    refused(office.katsuyo("eval", "draft", "週報", "--folder", nowhere), "どこにもない")


def test_a_broken_line_is_named(office: Office) -> None:
    office.suite.write_text(office.suite.read_text("utf-8") + "- id: [oops\n", encoding="utf-8")
    line = len(office.suite.read_text("utf-8").splitlines())
    told = office.eval()
    refused(told, "office.yaml:", "行目")
    assert f":{line}行目" in told.stderr or f":{line + 1}行目" in told.stderr


@pytest.mark.parametrize(
    ("entry", "word"),
    [
        ("- id: a\n  type: how_to\n  expect: {abstain: false}\n", "question"),
        ("- id: a\n  question: '  '\n  type: how_to\n  expect: {abstain: false}\n", "question"),
        ("- id: a\n  question: 週報\n  type: how_to\n  expect: {verdict: たぶん}\n", "たぶん"),
        (
            "- id: flyer-001\n  question: 週報\n  type: how_to\n  expect: {abstain: false}\n",
            "flyer-001",
        ),
        (
            (
                "- {id: a, question: 週報, type: how_to, expect: "
                "{must_cite: [{doc: stories/flyer.md, quote: 5分で終わりました}]}}\n"
            ),
            "5分で終わりました",
        ),
        (
            (
                "- {id: a, question: 週報, type: how_to, asker: {department: 宇宙課}, "
                "expect: {abstain: false}}\n"
            ),
            "宇宙課",
        ),
    ],
    ids=["no question", "blank question", "unknown verdict", "taken id", "quote", "department"],
)
def test_a_case_that_cannot_be_scored_is_named(office: Office, entry: str, word: str) -> None:
    (office.folder / "suites" / "more.yaml").write_text(entry, encoding="utf-8")
    refused(office.eval(), "more.yaml:", "行目", word)
    refused(office.sub("check"), "more.yaml:", word)
    refused(office.sub("export"), "more.yaml:", word)


def test_a_question_mark_in_a_list_does_not_hide_where_the_error_is(office: Office) -> None:
    """PyYAML stops at 「[早くならん?, 速く]」, which libyaml reads: the error is further down."""
    office.suite.write_text(
        "- {id: a, question: 週報, type: how_to, paraphrases: [早くならん?, 速くしたい]}\n"
        "- id: b\n question: 字下げ違い\n",
        encoding="utf-8",
    )
    refused(office.sub("check"), "office.yaml:3行目", "字下げ")


@pytest.mark.parametrize("name", ["gate.toml", "known_failures.toml", "baseline.json"])
@pytest.mark.parametrize("text", ["{oops", '"文字だけ"', "\x00\x01"])
def test_a_broken_rule_file_is_named_before_anything_is_asked(
    office: Office, name: str, text: str
) -> None:
    office.written(name, text)
    office.recording.unlink()
    refused(office.eval(), name)
    assert not office.recording.exists()


def test_a_threshold_for_a_metric_that_does_not_exist_is_named(office: Office) -> None:
    gate = (office.folder / "gate.toml").read_text("utf-8")
    office.written("gate.toml", gate.replace("verdict_accuracy", "verdict_acuracy"))
    refused(office.eval(), "gate.toml", "verdict_acuracy")
    refused(office.sub("check"), "gate.toml", "verdict_acuracy")


def test_a_folder_without_cases_in_a_company_that_makes_none(
    office: Office, tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    company = (office.corpus / "company.yaml").read_text("utf-8")
    (corpus / "company.yaml").write_text(company, encoding="utf-8")
    (office.folder / "suites" / "office.yaml").unlink()
    (office.folder / "suites").rmdir()
    refused(office.eval("--corpus", str(corpus)), "問いが1つもありません")


def test_an_answer_file_with_a_broken_line_is_named(office: Office) -> None:
    lines = office.recording.read_text("utf-8").splitlines()
    broken = office.written("answers.jsonl", "\n".join([*lines[:3], "{oops", *lines[3:]]))
    refused(office.eval("--predictions", str(broken)), "answers.jsonl:4行目", "JSON")


def test_an_answer_that_is_missing_is_named(office: Office) -> None:
    rest = office.with_answers([one for one in office.answers() if one["id"] != "address-001"])
    refused(
        office.eval("--predictions", str(rest.recording)), "1問の答えがありません", "address-001"
    )


def test_an_answer_to_a_question_that_nobody_asked_is_named(office: Office) -> None:
    more = office.with_answers([*office.answers(), office.answers()[0] | {"id": "よその問い"}])
    refused(office.eval("--predictions", str(more.recording)), "answers.jsonl:", "よその問い")


def test_an_answer_without_an_id_and_a_double_one_are_named(office: Office) -> None:
    first, *rest = office.answers()
    nameless = office.with_answers([{key: one for key, one in first.items() if key != "id"}, *rest])
    refused(office.eval("--predictions", str(nameless.recording)), "1行目", "id")
    double = office.with_answers([first, first, *rest])
    refused(office.eval("--predictions", str(double.recording)), "2行目", "flyer-001")


def test_an_answer_file_that_is_not_there(office: Office, tmp_path: Path) -> None:
    refused(office.eval("--predictions", str(tmp_path / "no.jsonl")), "no.jsonl")


def test_an_answer_that_breaks_the_contract_is_a_scored_failure(office: Office) -> None:
    answers = office.answers()
    answers[0]["status"] = "素晴らしい"
    told = office.with_answers(answers).scored()
    assert not told["passed"]
    assert [one["outcome"] for one in told["cases"] if one["id"] == "flyer-001"] == ["crash"]


def test_two_targets_at_once_are_a_usage_error(office: Office) -> None:
    finished = office.eval("--target", "http://127.0.0.1:9", "--predictions", str(office.recording))
    assert finished.returncode == 2
    assert "いっしょに使えません" in finished.stderr


def test_a_place_for_reports_that_cannot_be_written_is_told(office: Office, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    finished = office.katsuyo(
        "eval", "--folder", str(office.folder), "--out", str(tmp_path / "file" / "out"),
        "--predictions", str(office.recording),
    )  # fmt: skip
    refused(finished, "file/out")


def test_the_json_of_a_refused_run_is_not_there(office: Office) -> None:
    office.written("baseline.json", json.dumps({"format": "katsuyo-eval-baseline/1"}))
    finished = office.eval("--json")
    refused(finished, "baseline.json")
    assert finished.stdout == ""
