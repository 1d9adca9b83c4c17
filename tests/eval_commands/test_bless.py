"""From the first baseline to the run that is compared with it."""

import json
import shutil
from dataclasses import replace

import pytest

from assistant.evals.baseline_file import load_baseline
from tests.eval_commands.conftest import Office

pytestmark = pytest.mark.slow

STRICT = "verdict_accuracy = { min = 1.0 }"
IMPOSSIBLE = """
- id: notice-002
  question: お知らせ文の下書き、AIに任せてもかまいませんか
  type: rule
  group: notice
  expect: {verdict: 禁止}
"""
REASON = "2026年の手引き改定を待つため"


@pytest.fixture
def failing(office: Office) -> Office:
    """Return the office with a case that its answer cannot pass."""
    office.suite.write_text(office.suite.read_text("utf-8") + IMPOSSIBLE, encoding="utf-8")
    gate = (office.folder / "gate.toml").read_text("utf-8")
    office.written("gate.toml", gate.replace("verdict_accuracy = { min = 0.6 }", STRICT))
    return office


@pytest.fixture(scope="module")
def baseline(asked_office: Office, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return baseline.json of the office's own answers."""
    folder = tmp_path_factory.mktemp("blessed") / "eval"
    shutil.copytree(asked_office.folder, folder)
    finished = replace(asked_office, folder=folder).sub("bless")
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "baseline.json" in finished.stdout
    return (folder / "baseline.json").read_text("utf-8")


@pytest.fixture
def blessed(office: Office, baseline: str) -> Office:
    """Return the office with the baseline of its own answers."""
    office.written("baseline.json", baseline)
    return office


def test_a_failed_gate_becomes_no_baseline_without_a_reason(failing: Office) -> None:
    finished = failing.sub("bless", "--reason", "  ")
    assert finished.returncode == 1
    assert "基準にできません" in finished.stderr and "--reason" in finished.stderr
    assert "判定の正解率" in finished.stderr
    assert not (failing.folder / "baseline.json").exists()


def test_a_reason_is_kept_and_told_by_every_later_run(failing: Office) -> None:
    assert failing.sub("bless", "--reason", REASON).returncode == 0
    baseline = load_baseline(failing.folder / "baseline.json")
    assert baseline is not None and baseline.reason == REASON
    later = failing.eval()
    assert later.returncode == 1, "a baseline does not make a wrong answer right"
    assert REASON in later.stdout


def test_a_run_is_compared_with_its_baseline_whoever_answers(blessed: Office) -> None:
    """A recording is not perturbed: what it cannot measure does not count as lost."""
    told = blessed.scored()
    assert (told["verdict"], told["passed"]) == ("pass", True), told["checks"]
    based = {one["name"]: one["baseline"] for one in told["metrics"]}
    assert based["verdict_accuracy"] == 1.0


def test_what_got_worse_is_a_regression_with_its_flip(blessed: Office) -> None:
    answers = blessed.answers()
    (one,) = [one for one in answers if one["id"] == "notice-001"]
    one["verdict"] = "ask_desk"
    told = blessed.with_answers(answers).scored()
    assert (told["verdict"], told["passed"]) == ("regression", False)
    assert ("notice-001", "verdict_accuracy", True) in {
        (flip["id"], flip["metric"], flip["worse"]) for flip in told["flips"]
    }


def test_no_case_may_vanish(blessed: Office) -> None:
    cases = blessed.suite.read_text("utf-8").split("\n\n")
    blessed.suite.write_text(
        "\n\n".join(one for one in cases if "person-001" not in one), encoding="utf-8"
    )
    rest = blessed.with_answers([one for one in blessed.answers() if one["id"] != "person-001"])
    finished = rest.eval("--predictions", str(rest.recording))
    assert finished.returncode == 1
    assert "1 件なくなりました" in finished.stdout
    assert "person-001" in finished.stdout


def test_a_case_that_asks_something_else_now_is_not_compared(blessed: Office) -> None:
    text = blessed.suite.read_text("utf-8")
    blessed.suite.write_text(text.replace("桜の開花", "梅の開花"), encoding="utf-8")
    finished = blessed.eval("--predictions", str(blessed.recording))
    assert finished.returncode == 0, finished.stdout
    assert "season-001" in finished.stdout


def test_an_edit_of_the_baseline_by_hand_is_noticed(blessed: Office) -> None:
    path = blessed.folder / "baseline.json"
    found = path.read_text("utf-8")
    path.write_text(found.replace('"reason": ""', '"reason": "手で直した"', 1), encoding="utf-8")
    finished = blessed.eval("--predictions", str(blessed.recording))
    assert finished.returncode == 6
    assert "書き換えられています" in finished.stderr


def test_an_empty_baseline_compares_nothing_and_passes_nothing(blessed: Office) -> None:
    told = json.loads((blessed.folder / "baseline.json").read_text("utf-8"))
    blessed.written("baseline.json", json.dumps(told | {"cases": {}, "answers": {}}))
    assert blessed.eval("--predictions", str(blessed.recording)).returncode == 6
