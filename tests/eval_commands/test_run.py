"""`katsuyo eval` from folder to exit code: what passes, what fails, what is refused."""

import json
import re

import pytest
from lxml import etree

from tests.eval_commands.conftest import Office, quality

pytestmark = pytest.mark.slow


def test_a_run_that_passes_ends_with_0_and_leaves_four_files(asked_office: Office) -> None:
    told = (asked_office.folder.parent / "first.txt").read_text("utf-8")
    assert "合格です。" in told
    assert told.strip().splitlines()[-1] == "pass"
    out = asked_office.out
    answers = asked_office.answers()
    assert [one["id"] for one in answers][:3] == ["flyer-001", "flyer-001#1", "flyer-001#2"]
    assert all(one["outcome"] == "ok" for one in answers)
    assert "合格" in (out / "summary.md").read_text("utf-8")
    assert not etree.parse(out / "junit.xml").findall(".//failure")
    page = (out / "report.html").read_text("utf-8")
    assert "Content-Security-Policy" in page and "チラシ" in page


def test_the_corpus_itself_makes_cases_and_is_perturbed(asked_office: Office) -> None:
    assert any(one["id"].startswith("gen-rule-") for one in asked_office.answers())
    told = (asked_office.folder.parent / "first.txt").read_text("utf-8")
    assert re.search(r"資料を消すと、言わなくなる +\d", told)
    assert re.search(r"資料の数字を変えると、答えも変わる +\d", told)


def test_json_holds_the_verdict_and_nothing_but_json(office: Office) -> None:
    finished = office.eval("--predictions", str(office.recording), "--json")
    told = json.loads(finished.stdout)
    assert (told["verdict"], told["passed"], finished.returncode) == ("pass", True, 0)
    assert told["target"] == "run.jsonl"
    assert {one["id"] for one in told["cases"]} >= {"flyer-001", "season-001"}


def test_a_failed_gate_ends_with_1_and_names_the_case(office: Office) -> None:
    answers = office.answers()
    (wrong,) = [one for one in answers if one["id"] == "address-001"]
    wrong["verdict"] = "allowed"
    other = office.with_answers(answers)
    finished = other.eval("--predictions", str(other.recording))
    assert finished.returncode == 1
    assert "不合格" in finished.stdout and "address-001" in finished.stdout
    assert finished.stdout.strip().splitlines()[-1] == "regression"
    assert "address-001" in (office.out / "summary.md").read_text("utf-8")
    failures = etree.parse(office.out / "junit.xml").findall(".//failure")
    assert failures


def test_a_recorded_crash_is_a_failure_and_not_a_gap(office: Office) -> None:
    answers = office.answers()
    answers[0] = {"id": answers[0]["id"], "outcome": "crash", "error": "落ちました。"}
    told = office.with_answers(answers).scored()
    assert not told["passed"]
    (errors,) = [one for one in told["metrics"] if one["name"] == "error_rate"]
    assert errors["value"] > 0
    assert errors["n"] == len(told["cases"])


def test_a_recording_scores_as_the_run_did(office: Office) -> None:
    """The run is asked anew here: so it shows as well that the index is not disturbed by one."""
    live = json.loads(office.eval("--json").stdout)
    again = office.scored()
    assert live["verdict"] == again["verdict"]
    assert quality(live) == quality(again)
    assert {"deletion_abstention", "swap_following"} <= {
        one["name"] for one in live["metrics"] if one["n"]
    }


def test_two_runs_answer_byte_for_byte_the_same_but_for_timings(office: Office) -> None:
    first = [_untimed(one) for one in office.answers()]
    office.recording.unlink()
    assert office.eval().returncode == 0
    assert [_untimed(one) for one in office.answers()] == first
    assert any("#" in one for one in first)


def _untimed(answer: dict[str, object]) -> str:
    kept = {key: one for key, one in answer.items() if key not in ("timings_ms", "latency_ms")}
    return json.dumps(kept, ensure_ascii=False)


def test_without_a_gate_only_what_nobody_wants_to_see_is_looked_for(office: Office) -> None:
    (office.folder / "gate.toml").unlink()
    fine = office.eval("--predictions", str(office.recording))
    assert fine.returncode == 0
    assert "gate.toml がない" in fine.stdout
    answers = office.answers()
    (quoted,) = [one for one in answers if one["id"] == "flyer-001"]
    quoted["citations"][0]["quote"] = "どの資料にもない引用です"
    other = office.with_answers(answers)
    assert other.eval("--predictions", str(other.recording)).returncode == 1


def test_check_counts_the_cases_and_asks_nothing(office: Office) -> None:
    finished = office.sub("check")
    assert finished.returncode == 0
    assert f"{len(office.scored()['cases'])}問を読みました" in finished.stdout
    assert "unanswerable: 1問" in finished.stdout


def test_options_before_a_sub_command_are_not_silently_left_out(office: Office) -> None:
    misplaced = office.eval("check")
    assert misplaced.returncode == 2
    assert "--folder は、check の後ろに" in misplaced.stderr
    assert "katsuyo eval check --folder" in misplaced.stderr
