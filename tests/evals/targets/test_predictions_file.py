import json
from pathlib import Path

import pytest

from assistant.errors import SuiteError
from assistant.evals.prediction import Outcome
from assistant.evals.targets.predictions_file import PredictionsFile
from assistant.evals.targets.target import Asking

QUESTIONS = [Asking("a", "問い"), Asking("a#1", "言いかえ"), Asking("b", "別の問い")]


def line(identity: str, **more: object) -> str:
    told = {"id": identity, "status": "answered", "answer": f"{identity}の答え"} | more
    return json.dumps(told, ensure_ascii=False)


def written(folder: Path, *lines: str) -> PredictionsFile:
    path = folder / "answers.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return PredictionsFile(path)


def test_answers_come_in_the_order_asked_whatever_the_order_of_lines(tmp_path: Path) -> None:
    target = written(tmp_path, "\ufeff" + line("b"), "", line("a#1"), line("a"), "")
    target.prepare()
    answers = [one.answer for one in target.answers(QUESTIONS)]
    assert answers == ["aの答え", "a#1の答え", "bの答え"]
    assert (target.name, target.machine_ms) == ("answers.jsonl", 0.0)


def test_a_line_separator_inside_an_answer_ends_no_line(tmp_path: Path) -> None:
    target = written(tmp_path, line("a", answer="一\u2028二\x85三"))
    (answer,) = target.answers(QUESTIONS[:1])
    assert answer.answer == "一\u2028二\x85三"


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("{", r"answers\.jsonl:2行目: JSONとして"),
        ("[" * 50_000, r"answers\.jsonl:2行目: JSONとして"),
        ("[]", r"answers\.jsonl:2行目: JSONのオブジェクト"),
        ('{"status": "answered"}', r"answers\.jsonl:2行目: id がありません"),
        ('{"id": 5}', r"answers\.jsonl:2行目: id がありません"),
        (line("a"), r"answers\.jsonl:2行目: id「a」は1行目にもあります"),
        (line("zzz"), r"answers\.jsonl:2行目: 束にない id が1件あります\(zzz\)"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, broken: str, told: str) -> None:
    target = written(tmp_path, line("a"), broken, line("a#1"), line("b"))
    with pytest.raises(SuiteError, match=told) as caught:
        target.answers(QUESTIONS)
    assert caught.value.exit_code == 6
    assert caught.value.remedy


def test_missing_answers_are_counted_and_five_are_named(tmp_path: Path) -> None:
    asked = [Asking(f"q{n}", "問い") for n in range(9)]
    with pytest.raises(SuiteError) as caught:
        written(tmp_path, line("q0")).answers(asked)
    assert "8問の答えがありません(q1、q2、q3、q4、q5 ほか3件)" in caught.value.message


def test_an_answer_that_breaks_the_contract_is_a_failure_of_that_case(tmp_path: Path) -> None:
    target = written(tmp_path, line("a", verdict="たぶん"), line("a#1"), line("b"))
    first, second, third = target.answers(QUESTIONS)
    assert (first.outcome, second.ok, third.ok) == (Outcome.CRASH, True, True)


def test_a_recorded_failure_stays_one(tmp_path: Path) -> None:
    failed = json.dumps({"id": "a", "outcome": "timeout", "error": "30秒", "latency_ms": 3e4})
    (prediction,) = written(tmp_path, failed).answers(QUESTIONS[:1])
    assert (prediction.outcome, prediction.latency_ms) == (Outcome.TIMEOUT, 30000.0)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "sjis.jsonl").write_bytes("答え".encode("cp932"))
    for name in ("sjis.jsonl", "nosuch.jsonl", "."):
        with pytest.raises(SuiteError, match="読めません"):
            PredictionsFile(tmp_path / name).prepare()
