"""Intervals and comparisons: their known values, and whether they keep their word on average."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.evals.comparison import Side, paired_difference, significant
from assistant.evals.metric import Better, Metric, Score
from assistant.evals.statistics import interval, wilson


def metric(name="right", **changes):
    return Metric(name, "正しい割合", lambda asked, references: None, **changes)


def scores(values):
    return {f"c-{number:04}": Score(float(value)) for number, value in enumerate(values)}


def in_pairs(found):
    return {one: f"g-{int(one[2:]) // 2}" for one in found}


MS = metric("latency", better=Better.LOWER, percentile=95, unit="ms")


# ── intervals ────────────────────────────────────────────────────────────────


def test_nothing_scored_has_no_value():
    found = interval(metric(), {}, {})

    assert all(map(math.isnan, (found.value, found.low, found.high)))


def test_wilson_gives_the_textbook_numbers():
    found = wilson(0.9, 10)

    assert (found.low, found.high) == pytest.approx((0.5958, 0.9821), abs=1e-4)


def test_all_right_is_not_certain_and_counts_clusters_instead_of_cases():
    found = scores([1] * 60)
    alone, paired = interval(metric(), found, {}), interval(metric(), found, in_pairs(found))

    assert alone.high == paired.high == 1.0
    assert alone.low == pytest.approx(60 / (60 + 1.96**2), abs=1e-4)
    assert paired.low == pytest.approx(30 / (30 + 1.96**2), abs=1e-4)


def test_cases_that_fail_together_tell_less_than_cases_that_fail_alone():
    values = ([0] * 2 + [1] * 6) * 15
    found = scores(values)
    together = interval(metric(), found, in_pairs(found))
    alone = interval(metric(), found, {})

    assert together.high - together.low > 1.2 * (alone.high - alone.low)


def test_one_cluster_alone_says_nothing():
    found = scores([1, 0, 1])

    one = interval(metric(), found, dict.fromkeys(found, "g"))
    assert (one.low, one.high) == (0.0, 1.0)


def test_a_metric_of_counts_is_summed_before_it_is_divided():
    found = {"a": Score(1.0, counts=(1, 1)), "b": Score(0.5, counts=(4, 8))}

    assert interval(metric(), found, {}).value == pytest.approx(5 / 9)


def test_nothing_counted_has_no_value_though_there_are_cases():
    found = {"a": Score(0.0, counts=(0, 0)), "b": Score(0.0, counts=(0, 0))}

    assert math.isnan(interval(metric(), found, {}).value)


def test_a_percentile_is_a_value_that_occurred_and_lies_inside_its_interval():
    found = interval(MS, scores(range(1, 101)), {})

    assert found.value == 95
    assert 85 <= found.low < 95 < found.high <= 100


def test_a_score_that_is_no_number_is_never_left_out():
    for one in (metric(), MS):
        assert math.isnan(interval(one, scores([1, float("nan"), 1]), {}).value)


@given(
    st.lists(st.sampled_from([0, 0.25, 0.5, 1]), min_size=1, max_size=40),
    st.randoms(use_true_random=False),
)
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_cases_changes_no_interval_and_the_value_is_inside(values, chance):
    found = scores(values)
    shuffled = list(found.items())
    chance.shuffle(shuffled)

    for one in (metric(), MS):
        first = interval(one, found, in_pairs(found), resamples=200)
        assert interval(one, dict(shuffled), in_pairs(found), resamples=200) == first
        assert first.low <= first.value <= first.high


@given(st.integers(min_value=2, max_value=80), st.integers(min_value=1, max_value=5))
@settings(max_examples=40, deadline=None)
def test_the_first_failure_never_raises_the_lower_end(clusters, size):
    values = [1.0] * (clusters * size)
    groups = {one: f"g-{number % clusters}" for number, one in enumerate(scores(values))}
    perfect = interval(metric(), scores(values), groups, resamples=500)
    failed = interval(metric(), scores([0.0, *values[1:]]), groups, resamples=500)

    assert failed.low <= perfect.low + 1e-12


# ── comparisons ──────────────────────────────────────────────────────────────


def compared(before, after, one=None):
    found = paired_difference(one or metric(), scores(before), scores(after), {})
    assert found is not None
    return found


def test_runs_that_share_no_case_are_not_compared():
    assert paired_difference(metric(), {"a": Score(1)}, {"b": Score(0)}, {}) is None


def test_no_change_is_no_difference():
    found = compared([1, 0] * 30, [1, 0] * 30)

    assert (found.change, found.low, found.high, found.p_worse) == (0, 0, 0, 1)


def test_a_loss_is_negative_whichever_way_the_metric_points():
    lower = metric(better=Better.LOWER)

    for found in (
        compared([1] * 40, [0] * 8 + [1] * 32),
        compared([0] * 40, [1] * 8 + [0] * 32, lower),
    ):
        assert found.change == pytest.approx(-0.2)
        assert found.p_worse < 0.01 < found.p_better
        assert not found.touches_zero


def test_p_is_that_of_the_sign_test_where_one_case_is_one_coin():
    found = compared([1] * 50, [0] * 5 + [1] * 45)

    assert found.p_worse == pytest.approx(0.5**5, abs=0.006)
    assert found.smallest_p == 0.5**5


def test_losses_in_one_cluster_are_one_piece_of_evidence():
    before, after = scores([1] * 50), scores([0] * 8 + [1] * 42)
    group = {one: "g" if int(one[2:]) < 8 else one for one in before}

    found = paired_difference(metric(), before, after, group)
    assert found is not None and found.p_worse > 0.4


def test_many_metrics_ask_for_more_evidence_than_one():
    six = [compared([1] * 60, [0] * 6 + [1] * 54, metric(f"m{number:02}")) for number in range(40)]
    lost = six[0]
    noise = [
        compared([1, 0] * 30, [0, 1] * 8 + [1, 0] * 22, metric(f"n{number:02}"))
        for number in range(40)
    ]

    assert significant([lost], alpha=0.05, side=Side.WORSE) == {"m00"}
    assert not significant([lost, *noise], alpha=0.05, side=Side.WORSE)


def test_metrics_of_which_nothing_changed_ask_for_nothing():
    lost = compared([1] * 60, [0] * 6 + [1] * 54)
    still = [compared([1] * 60, [1] * 60, metric(f"s{number}")) for number in range(50)]

    assert significant([lost, *still], alpha=0.05, side=Side.WORSE) == {"right"}


def test_holm_stops_at_the_first_metric_that_chance_explains():
    clear = compared([1] * 60, [0] * 12 + [1] * 48, metric("clear"))
    mixed = compared([1] * 50 + [0] * 10, [0] * 6 + [1] * 48 + [0] * 6, metric("mixed"))

    assert significant([mixed, clear], alpha=0.05, side=Side.WORSE) == {"clear"}
    assert not significant([mixed], alpha=0.05, side=Side.WORSE)
    assert not significant([mixed, clear], alpha=0.05, side=Side.BETTER)


def test_a_second_loss_that_alone_would_count_does_not_count_among_many():
    before, after = [1] * 12 + [0] * 48, [0] * 12 + [1] * 4 + [0] * 44
    several = [compared(before, after, metric(f"m{number}")) for number in range(4)]

    assert significant(several[:1], alpha=0.05, side=Side.WORSE)
    assert not significant(several, alpha=0.05, side=Side.WORSE)


def test_latencies_of_one_cluster_are_drawn_together():
    found = scores([100] * 50 + [900] * 50)
    halves = {one: f"g-{int(one[2:]) // 25}" for one in found}
    median = metric("latency", better=Better.LOWER, percentile=45, unit="ms")

    assert interval(median, found, halves).high == 900
    assert interval(median, found, {}).low == 100


# ── on average ───────────────────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.parametrize(
    ("clusters", "truth", "alike"), [(80, 0.9, 0.3), (120, 0.8, 0.2), (120, 0.95, 0.0)]
)
def test_95_percent_intervals_hold_the_truth_in_93_to_97_percent_of_clustered_suites(
    clusters, truth, alike
):
    draw = np.random.default_rng(20_261_122)
    suites, held = 800, 0
    for _ in range(suites):
        found = {
            f"{cluster}": Score(0.0, counts=(float(draw.binomial(size, share)), float(size)))
            for cluster, (size, share) in enumerate(
                zip(
                    draw.integers(1, 6, clusters),
                    _shares(draw, clusters, truth, alike),
                    strict=True,
                )
            )
        }
        one = interval(metric(), found, {}, resamples=300)
        held += one.low <= truth <= one.high

    assert 0.93 <= held / suites <= 0.97


def _shares(draw, clusters, truth, alike):
    """Return each cluster's own share of right answers, `alike` = intra-cluster correlation."""
    if not alike:
        return np.full(clusters, truth)
    strength = (1 - alike) / alike
    return draw.beta(truth * strength, (1 - truth) * strength, clusters)


def flipped(draw, before, share):
    """Return the values after chance turned round `share` of them, as many up as down."""
    after = before.copy()
    for value in (0.0, 1.0):
        holding = np.flatnonzero(before == value)
        count = min(len(holding), draw.binomial(len(before), share / 2))
        after[draw.choice(holding, count, replace=False)] = 1 - value
    return after


@pytest.mark.slow
def test_5_percent_random_flips_raise_a_false_alarm_in_at_most_5_percent_of_runs():
    draw = np.random.default_rng(7)
    runs, metrics, alarms = 120, 8, 0
    for _ in range(runs):
        differences = []
        for number in range(metrics):
            before = (draw.random(240) < 0.85).astype(float)
            after = flipped(draw, before, 0.05)
            one = paired_difference(
                metric(f"m{number}"), scores(before), scores(after), {}, resamples=500
            )
            differences.append(one)
        alarms += bool(significant(differences, alpha=0.05, side=Side.WORSE))

    assert alarms / runs <= 0.05


@pytest.mark.slow
def test_a_drop_of_5_points_is_found_in_at_least_90_percent_of_runs():
    draw = np.random.default_rng(8)
    runs, found = 40, 0
    for _ in range(runs):
        before = (draw.random(240) < 0.9).astype(float)
        lost = before.copy()
        lost[draw.choice(np.flatnonzero(before), 12, replace=False)] = 0.0
        differences = [paired_difference(metric("lost"), scores(before), scores(lost), {})]
        for number in range(6):  # other metrics move a little, by chance
            values = (draw.random(240) < 0.9).astype(float)
            after = flipped(draw, values, 0.02)
            differences.append(
                paired_difference(
                    metric(f"m{number}"), scores(values), scores(after), {}, resamples=500
                )
            )
        found += "lost" in significant(differences, alpha=0.05, side=Side.WORSE)

    assert found / runs >= 0.9
