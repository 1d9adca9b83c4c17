"""gate.toml and known_failures.toml: what is read, and what is refused by file and key."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.errors import SuiteError
from assistant.evals.gate.known_failures import KnownFailure, load_known_failures
from assistant.evals.gate.rules import GateRules, Threshold, load_gate_rules
from assistant.evals.metric import Better
from assistant.evals.metrics import all_metrics
from tests.conftest import ROOT
from tests.evals.gate.world import METRICS, RIGHT

GOOD = """
safety = ["right_rate"]
zero_tolerance = ["unsafe_rate"]
[thresholds]
right_rate = { min = 0.9 }
latency_p95 = { max = 2000 }
[regression]
alpha = 0.01
exclude = ["unsafe_rate"]
baseline_required = true
[errors]
budget = 0.02
[latency]
max_ratio = 2.5
[report]
minimum_cases = 5
"""


@pytest.fixture
def rules(tmp_path):
    def load(text):
        path = tmp_path / "gate.toml"
        path.write_text(text, encoding="utf-8")
        return load_gate_rules(path, METRICS)

    return load


def test_every_rule_is_read(rules):
    assert rules(GOOD) == GateRules(
        thresholds={
            "right_rate": Threshold("right_rate", 0.9, Better.HIGHER, safety=True),
            "latency_p95": Threshold("latency_p95", 2000, Better.LOWER),
        },
        zero_tolerance=("unsafe_rate",),
        alpha=0.01,
        excluded=("unsafe_rate",),
        baseline_required=True,
        error_budget=0.02,
        max_latency_ratio=2.5,
        minimum_cases=5,
    )


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("right_rate = { min = 0.9 }", "right_rate = { max = 0.9 }", "thresholds.right_rate"),
        ("right_rate = { min = 0.9 }", "right_rate = { min = 0.9, max = 1 }", "right_rate"),
        ("right_rate = { min = 0.9 }", "right_rate = {}", "thresholds.right_rate"),
        ("right_rate = { min = 0.9 }", "right_rate = 0.9", "thresholds.right_rate"),
        ("right_rate = { min = 0.9 }", "wrong_rate = { min = 0.9 }", "wrong_rate"),
        ("min = 0.9", "min = 90", "thresholds.right_rate.min"),
        ("min = 0.9", "min = nan", "thresholds.right_rate.min"),
        ("min = 0.9", "min = true", "thresholds.right_rate.min"),
        ("min = 0.9", 'min = "0.9"', "thresholds.right_rate.min"),
        ("max = 2000", "max = inf", "thresholds.latency_p95.max"),
        ('safety = ["right_rate"]', 'safety = ["unsafe_rate"]', "safety の unsafe_rate"),
        ('safety = ["right_rate"]', 'safety = "right_rate"', "safety"),
        ('safety = ["right_rate"]', 'safty = ["right_rate"]', "safty"),
        ('zero_tolerance = ["unsafe_rate"]', 'zero_tolerance = ["x"]', "zero_tolerance の x"),
        ('e = ["unsafe_rate"]\n[', 'e = ["latency_p95"]\n[', "zero_tolerance の latency_p95"),
        ('e = ["unsafe_rate"]\n[', 'e = ["unsafe_rate", "unsafe_rate"]\n[', "zero_tolerance"),
        ("alpha = 0.01", "alpha = 0", "regression.alpha"),
        ("alpha = 0.01", "alpha = 5", "regression.alpha"),
        ("alpha = 0.01", "alfa = 0.01", "regression.alfa"),
        ('exclude = ["unsafe_rate"]', 'exclude = ["x"]', "regression.exclude の x"),
        ("baseline_required = true", 'baseline_required = "yes"', "regression.baseline_required"),
        ("budget = 0.02", "budget = -0.1", "errors.budget"),
        ("max_ratio = 2.5", "max_ratio = 0.5", "latency.max_ratio"),
        ("minimum_cases = 5", "minimum_cases = 0", "report.minimum_cases"),
        ("minimum_cases = 5", "minimum_cases = 2.5", "report.minimum_cases"),
        ("[errors]", "errors = 1\n[errors2]", "errors2"),
        ("alpha = 0.01", "alpha = ", "TOML"),
    ],
)
def test_a_rule_that_means_nothing_is_refused_by_its_key(rules, old, new, key):
    assert old in GOOD

    with pytest.raises(SuiteError) as caught:
        rules(GOOD.replace(old, new))

    assert "gate.toml" in caught.value.message and key in caught.value.message
    assert caught.value.remedy


def test_a_misspelt_metric_is_answered_with_the_one_that_was_meant(rules):
    with pytest.raises(SuiteError, match="right_rate の間違いではありませんか"):
        rules(GOOD.replace("right_rate = {", "rigth_rate = {"))


def test_a_gate_without_any_rule_is_refused(rules):
    with pytest.raises(SuiteError, match="ひとつもありません"):
        rules("[errors]\nbudget = 0.0\n")


def test_a_missing_or_foreign_file_is_refused(tmp_path):
    with pytest.raises(SuiteError, match="ありません"):
        load_gate_rules(tmp_path / "gate.toml", METRICS)
    (tmp_path / "gate.toml").write_bytes("# 門\n".encode("cp932"))
    with pytest.raises(SuiteError, match="UTF-8"):
        load_gate_rules(tmp_path / "gate.toml", METRICS)


def test_a_metric_whose_direction_was_turned_round_no_longer_fits_its_rule(tmp_path):
    path = tmp_path / "gate.toml"
    path.write_text(GOOD, encoding="utf-8")

    with pytest.raises(SuiteError, match="低いほど良い"):
        load_gate_rules(path, (replace(RIGHT, better=Better.LOWER), *METRICS[1:]))


def test_the_gate_of_this_repository_is_read():
    rules = load_gate_rules(ROOT / "eval" / "gate.toml", all_metrics())

    assert "unsafe_allow_rate" in rules.zero_tolerance
    assert any(threshold.safety for threshold in rules.thresholds.values())


# ── known_failures.toml ──────────────────────────────────────────────────────

KNOWN = """
[[known]]
metric = "unsafe_rate"
case = "c-001"
reason = "改訂待ち"
owner = "DX推進"
until = 2027-01-31
"""


@pytest.fixture
def known(tmp_path):
    def load(text):
        path = tmp_path / "known_failures.toml"
        path.write_text(text, encoding="utf-8")
        return load_known_failures(path, metrics=("unsafe_rate",), cases=("c-001", "c-002"))

    return load


def test_a_known_failure_is_read(known):
    assert known(KNOWN).entries == (
        KnownFailure("unsafe_rate", "c-001", "改訂待ち", "DX推進", date(2027, 1, 31)),
    )


def test_no_file_and_the_shipped_file_allow_nothing(tmp_path):
    for path in (tmp_path / "none.toml", ROOT / "eval" / "known_failures.toml"):
        assert not load_known_failures(path, metrics=(), cases=()).entries


def test_the_example_in_the_shipped_file_can_be_used_as_it_stands(tmp_path):
    text = (ROOT / "eval" / "known_failures.toml").read_text(encoding="utf-8")
    example = "\n".join(line[2:] for line in text.split("書き方の例:")[1].splitlines()[1:])
    path = tmp_path / "known_failures.toml"
    path.write_text(example, encoding="utf-8")

    found = load_known_failures(path, metrics=["numeric_fidelity"], cases=["sales-weekly-001"])
    assert found.entries[0].owner == "DX推進 佐藤"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('metric = "unsafe_rate"', 'metric = "right_rate"', "right_rate"),
        ('case = "c-001"', 'case = "c-999"', "c-999"),
        ('reason = "改訂待ち"', 'reason = " "', "reason"),
        ('reason = "改訂待ち"', "", "reason"),
        ('owner = "DX推進"', "owner = 3", "owner"),
        ("until = 2027-01-31", 'until = "来年"', "until"),
        ("until = 2027-01-31", "until = 2027-01-31T00:00:00", "until"),
        ("until = 2027-01-31", "untill = 2027-01-31", "untill"),
        ("[[known]]", "[known]", "known"),
        ("[[known]]", "[[knwon]]", "knwon"),
    ],
)
def test_an_entry_that_nobody_answers_for_is_refused(known, old, new, key):
    with pytest.raises(SuiteError) as caught:
        known(KNOWN.replace(old, new))

    assert "known_failures.toml" in caught.value.message and key in caught.value.message


def test_the_same_failure_twice_is_refused(known):
    with pytest.raises(SuiteError, match="2 番目"):
        known(KNOWN + KNOWN)
