"""A judge counts only as far as it agrees with people."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import SuiteError
from assistant.evals.judge.cache import ReplyCache
from assistant.evals.judge.calibration import (
    Agreement,
    calibrate,
    cohens_kappa,
    corrected_mean,
    counts,
    load_calibration,
    save_calibration,
)
from assistant.evals.judge.judging import Judge
from assistant.evals.judge.labels import load_labels
from assistant.evals.judge.rubrics import rubrics
from assistant.evals.judge.rules import JudgeRules
from assistant.ports import ChatReply

RELEVANCE = rubrics()[1]
RULES = JudgeRules(votes=1)


@dataclass
class Reader:
    """A judge that calls an answer good when it holds 「はい」."""

    name: str = "reader"

    def complete(self, system: str, user: str, *, schema: Mapping[str, object]) -> ChatReply:
        assert system and schema
        return ChatReply(json.dumps({"grade": 2 if "はい" in user else 0, "reason": ""}))


def labels_file(tmp_path: Path, rows: list[tuple[str, str]]) -> Path:
    path = tmp_path / "labels.jsonl"
    lines = [
        json.dumps(
            {"id": str(n), "metric": "answer_relevance", "label": label, "question": f"質問{n}",
             "answer": answer}, ensure_ascii=False)
        for n, (label, answer) in enumerate(rows)
    ]  # fmt: skip
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def agreement(tmp_path: Path, rows: list[tuple[str, str]]) -> Agreement:
    judge = Judge(Reader(), RULES, ReplyCache(tmp_path / "replies"))
    (told,) = calibrate(judge, load_labels(labels_file(tmp_path, rows)))
    return told


def test_kappa_of_the_textbook_example() -> None:
    # 50 applications: both yes 20, both no 15, only the first 5, only the second 10: κ = 0.4
    first = [True] * 20 + [False] * 15 + [True] * 5 + [False] * 10
    second = [True] * 20 + [False] * 15 + [False] * 5 + [True] * 10
    assert cohens_kappa(first, second) == pytest.approx(0.4)


def test_a_judge_that_always_flatters_agrees_by_chance_only() -> None:
    people = [True] * 45 + [False] * 5
    assert cohens_kappa([True] * 50, people) == 0.0
    assert cohens_kappa(people, people) == 1.0


def test_agreement_counts_what_people_and_judge_said(tmp_path: Path) -> None:
    told = agreement(
        tmp_path,
        [("good", "はい。")] * 30 + [("bad", "いいえ")] * 15 + [("bad", "はい?")] * 5,
    )
    assert told.n == 50
    assert told.kappa == pytest.approx(cohens_kappa([True] * 35 + [False] * 15,
                                                    [True] * 30 + [False] * 20))  # fmt: skip
    assert (told.bad_precision, told.bad_recall) == (1.0, 0.75)
    assert told.human_share == 0.6
    assert told.bias == pytest.approx(-0.1)


def test_a_judge_counts_only_while_calibrated_with_this_model_and_prompt(tmp_path: Path) -> None:
    good = agreement(tmp_path, [("good", "はい")] * 30 + [("bad", "いいえ")] * 30)
    assert counts(good, RELEVANCE, model="reader", rules=RULES) == ""
    assert counts(None, RELEVANCE, model="reader", rules=RULES)
    assert counts(good, RELEVANCE, model="another", rules=RULES)
    assert counts(replace(good, prompt_hash="old"), RELEVANCE, model="reader", rules=RULES)
    assert "49件" in counts(replace(good, n=49), RELEVANCE, model="reader", rules=RULES)
    assert "κ=0.59" in counts(replace(good, kappa=0.59), RELEVANCE, model="reader", rules=RULES)


def test_the_corrected_mean_covers_the_truth_where_the_raw_mean_does_not(tmp_path: Path) -> None:
    random = np.random.default_rng(7)
    told = agreement(tmp_path, [("good", "はい")] * 30 + [("bad", "いいえ")] * 30)
    covered = 0
    for _ in range(300):
        truth = random.random(400) < 0.7
        judged = np.where(random.random(400) < 0.2, 1.0, truth)  # flatters every fifth time
        labelled = slice(0, 100)
        errors = truth[labelled] - judged[labelled]
        one = replace(told, bias=float(errors.mean()), bias_error=float(errors.std(ddof=1) / 10))
        corrected = corrected_mean([float(value) for value in judged[100:]], one)
        covered += corrected.low <= 0.7 <= corrected.high
    assert covered / 300 > 0.9


def test_a_calibration_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    told = agreement(tmp_path, [("good", "はい"), ("bad", "いいえ")])
    save_calibration(tmp_path / "calibration.json", [told])
    assert load_calibration(tmp_path / "calibration.json") == {"answer_relevance": told}
    assert load_calibration(tmp_path / "none.json") == {}
    (tmp_path / "calibration.json").write_text('[{"metric": 1}]', encoding="utf-8")
    with pytest.raises(SuiteError, match=r"calibration\.json"):
        load_calibration(tmp_path / "calibration.json")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "JSON"),
        ('{"id": "1"}', "metric"),
        ('{"id": "1", "metric": "kindness", "label": "good", "question": "", "answer": ""}', "met"),
        ('{"id": "1", "metric": "faithfulness", "label": "満点", "question": ""}', "label"),
    ],
)
def test_a_broken_label_is_named_with_its_line(tmp_path: Path, line: str, told: str) -> None:
    path = labels_file(tmp_path, [("good", "はい")])
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(SuiteError, match="2行目") as raised:
        load_labels(path)
    assert told in str(raised.value)
    assert raised.value.exit_code == 6


def test_an_empty_file_and_a_doubled_label_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="1行もありません"):
        load_labels(labels_file(tmp_path, []))
    path = labels_file(tmp_path, [("good", "はい")])
    path.write_text(path.read_text(encoding="utf-8") * 2, encoding="utf-8")
    with pytest.raises(SuiteError, match="2つ"):
        load_labels(path)
