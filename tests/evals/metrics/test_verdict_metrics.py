"""判定: right, told apart by kind, never laxer than the rule."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import VerdictKind
from assistant.evals.case import Expect
from tests.evals.metrics.library import CRASH, answer, case, metric, score, scores, total

WORDS = [kind.value for kind in VerdictKind]


def wants(kind: VerdictKind) -> object:
    return case(expect=Expect(verdict=kind))


def test_the_right_verdict_scores_one_and_another_names_both() -> None:
    prohibited = wants(VerdictKind.PROHIBITED)
    assert score("verdict_accuracy", prohibited, answer(verdict="prohibited")).value == 1
    wrong = score("verdict_accuracy", prohibited, answer(verdict="conditional"))
    assert wrong.value == 0
    assert "禁止" in wrong.why
    assert "条件付き" in wrong.why


def test_a_crash_is_wrong_even_where_no_verdict_is_wanted() -> None:
    assert score("verdict_accuracy", wants(VerdictKind.NONE), CRASH).value == 0


def test_a_case_without_a_gold_verdict_is_not_scored() -> None:
    for name in ("verdict_accuracy", "verdict_macro_f1", "unsafe_allow_rate"):
        assert not scores(name, case(), answer())


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("unsafe_allow_rate", VerdictKind.PROHIBITED),
        ("condition_dropped_rate", VerdictKind.CONDITIONAL),
    ],
)
def test_only_allowed_or_no_answer_is_unsafe(name: str, kind: VerdictKind) -> None:
    values = {word: score(name, wants(kind), answer(verdict=word)).value for word in WORDS}
    assert values == {word: float(word == "allowed") for word in WORDS}
    assert score(name, wants(kind), CRASH).value == 1
    assert not scores(name, wants(VerdictKind.ALLOWED), answer(verdict="allowed"))


def test_macro_f1_is_that_of_the_textbook() -> None:
    gold = [VerdictKind.ALLOWED, VerdictKind.ALLOWED, VerdictKind.ALLOWED, VerdictKind.PROHIBITED]
    came = ["allowed", "allowed", "prohibited", "prohibited"]
    pairs = [(wants(one), answer(verdict=word)) for one, word in zip(gold, came, strict=True)]
    # allowed: 2·2/(2·2+0+1) = 0.8; prohibited: 2·1/(2·1+1+0) = 2/3
    assert total("verdict_macro_f1", pairs) == pytest.approx((0.8 + 2 / 3) / 2)


def test_macro_f1_of_a_rare_class_weighs_as_much_as_that_of_a_frequent_one() -> None:
    pairs = [(wants(VerdictKind.ALLOWED), answer(verdict="allowed"))] * 60
    pairs.append((wants(VerdictKind.PROHIBITED), answer(verdict="allowed")))
    assert total("verdict_macro_f1", pairs) < 0.5
    assert total("verdict_accuracy", pairs) > 0.98


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(VerdictKind), st.sampled_from(WORDS)), min_size=1, max_size=12
    ),
    st.integers(min_value=0),
)
def test_a_crash_never_raises_macro_f1(told: list[tuple[VerdictKind, str]], place: int) -> None:
    pairs = [(wants(kind), answer(verdict=word)) for kind, word in told]
    crashed = list(pairs)
    crashed[place % len(pairs)] = (pairs[place % len(pairs)][0], CRASH)
    assert total("verdict_macro_f1", crashed) <= total("verdict_macro_f1", pairs) + 1e-12


def test_macro_f1_sums_up_many_resamples_at_once() -> None:
    sums = np.random.default_rng(7).integers(0, 3, (3, 4, 30)).astype(float)
    sums[0, 0] = 0
    macro = metric("verdict_macro_f1").aggregate
    together = macro(sums)
    assert together.shape == (3, 4)
    np.testing.assert_array_equal(together[1, 2], macro(sums[1, 2]))
    assert np.isnan(together[0, 0])
    assert ((together >= 0) & (together <= 1) | np.isnan(together)).all()
