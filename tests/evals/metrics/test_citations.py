import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.evals.case import MustCite, Qrel
from assistant.evals.metrics import citation_precision, citation_recall
from assistant.evals.prediction import Outcome, PredictedCitation, Prediction
from tests.evals.metrics.scoring_world import (
    FAQ,
    MANUAL,
    OLD,
    RULE,
    WEEKLY,
    answered,
    case,
    cite,
    said,
    score,
    value,
)

PRECISION, RECALL = citation_precision.METRIC, citation_recall.METRIC
ASKED = case(Qrel(FAQ, "利用料は会社が負担します。"))
PAID = "利用料は会社が負担します。"
NAMES = "お客様の氏名を入れない。"
PAYS, NEVER = cite(1, FAQ, PAID), cite(2, RULE, NAMES)


def test_gold_evidence_and_supporting_quotes_are_right() -> None:
    answer = answered("", PAYS, NEVER, sections=(said((PAID, (1,)), (NAMES, (2,))),))
    assert value(PRECISION, ASKED, answer) == 1
    assert value(RECALL, ASKED, answer) == 1


def test_quote_that_says_something_else_than_its_claim_is_wrong() -> None:
    answer = answered(
        "", PAYS, NEVER, sections=(said((PAID, (1,)), ("会議の後に配れます。", (2,))),)
    )
    told = score(PRECISION, ASKED, answer)
    assert told is not None
    assert (told.value, told.why) == (0.5, "根拠になっていない出典: [2]")
    assert value(RECALL, ASKED, answer) == 0.5


def test_gold_evidence_behind_a_loosely_worded_claim_is_right() -> None:
    free = answered("タダで使って大丈夫ですよ。 [1]", PAYS)
    assert value(PRECISION, ASKED, free) == 1
    elsewhere = answered("タダで使って大丈夫ですよ。 [1]", cite(1, RULE, NAMES))
    assert value(PRECISION, ASKED, elsewhere) == 0


def test_quote_that_is_not_in_its_document_is_never_right() -> None:
    answer = answered(f"{PAID} [1]", cite(1, FAQ, "利用料は各自が負担します。"))
    assert value(PRECISION, ASKED, answer) == 0
    assert value(RECALL, ASKED, answer) == 0


def test_citing_everything_lowers_precision() -> None:
    everything = (
        PAYS,
        NEVER,
        cite(3, MANUAL, "会議の後20分で配れます。"),
        cite(4, WEEKLY, "半分以下になりました。"),
    )
    idle = answered("", *everything, sections=(said((PAID, (1,))),))
    behind_all = answered("", *everything, sections=(said((PAID, (1, 2, 3, 4))),))
    assert value(PRECISION, ASKED, idle) == 0.25
    assert value(PRECISION, ASKED, behind_all) == 0.25


def test_marks_without_a_citation_are_wrong() -> None:
    in_section = answered("", PAYS, sections=(said((PAID, (1, 9))),))
    in_markdown = answered(f"{PAID} [1][9]", PAYS)
    assert value(PRECISION, ASKED, in_section) == 0.5
    assert value(PRECISION, ASKED, in_markdown) == 0.5


def test_shuffled_marks_lower_precision() -> None:
    asked = case(Qrel(FAQ, "月3,000円"))
    straight = said((PAID, (1,)), (NAMES, (2,)))
    shuffled = said((PAID, (2,)), (NAMES, (1,)))
    quotes = (cite(1, FAQ, "無料で使えますか"), NEVER)
    assert value(PRECISION, asked, answered("", PAYS, NEVER, sections=(straight,))) == 1
    assert value(PRECISION, asked, answered("", *quotes, sections=(shuffled,))) == 0.5


def test_document_that_must_not_be_cited_is_wrong_even_where_it_says_so() -> None:
    asked = case(must_not_cite=(OLD,))
    assert (
        value(
            PRECISION, asked, answered("何でも入れてよい。 [1]", cite(1, OLD, "何でも入れてよい。"))
        )
        == 0
    )
    assert value(PRECISION, asked, answered(f"{PAID} [1]", PAYS)) == 1
    assert value(PRECISION, asked, answered(PAID)) == 1


def test_answer_without_citations_has_neither_precision_nor_recall() -> None:
    assert value(PRECISION, ASKED, answered(PAID)) == 0
    assert value(RECALL, ASKED, answered(PAID)) == 0


def test_missing_must_cite_lowers_recall() -> None:
    asked = case(must_cite=(MustCite(FAQ, "会社が負担"), MustCite(RULE)))
    told = score(RECALL, asked, answered(f"{PAID} [1]", PAYS))
    assert told is not None
    assert told.value == pytest.approx(2 / 3)
    assert told.why == f"引用すべき文書がない: {RULE}"
    other_words = cite(1, FAQ, "1人あたり月3,000円です。")
    assert (
        value(RECALL, case(must_cite=(MustCite(FAQ, "会社が負担"),)), answered("", other_words))
        == 0
    )


def test_two_quotes_may_bear_a_claim_together() -> None:
    both = f"{PAID.rstrip('。')}が、{NAMES}"
    asked = case(Qrel(MANUAL))
    together = answered("", PAYS, NEVER, sections=(said((both, (1, 2))),))
    assert value(RECALL, asked, together) == 1


def test_line_without_a_mark_lowers_recall_unless_it_names_the_desk_or_what_was_withdrawn() -> None:
    bare = said((PAID, (1,)), ("毎朝の体操を続けましょう。", ()))
    desk = said((PAID, (1,)), ("AI相談窓口に聞いてください。", ()))
    withdrawn = said((PAID, (1,)), ("「旧ルール2025」は取り下げられています。", ()))
    values = [
        value(RECALL, ASKED, answered("", PAYS, sections=(one,))) for one in (bare, desk, withdrawn)
    ]
    assert values == [0.5, 1, 1]


def test_answer_that_wrongly_abstains_bears_nothing() -> None:
    prediction = Prediction(
        "case", status="no_evidence", answer="わかりません。", citations=(PAYS,)
    )
    assert value(RECALL, ASKED, prediction) == 0


def test_case_that_must_abstain_or_names_no_evidence_is_not_scored() -> None:
    answer = answered(f"{PAID} [1]", PAYS)
    for asked in (case(), case(Qrel(FAQ), abstain=True)):
        assert value(PRECISION, asked, answer) is None
        assert value(RECALL, asked, answer) is None


def test_answer_that_never_came_cites_nothing() -> None:
    crash = Prediction("case", outcome=Outcome.CRASH, error="接続できません")
    for metric in (PRECISION, RECALL):
        told = score(metric, ASKED, crash)
        assert told is not None
        assert told.value == 0 and "接続できません" in told.why


def test_headings_code_verdict_chips_sources_and_suggestions_claim_nothing() -> None:
    text = (
        "### 判定のまとめです\n\n**✓ 使えます** ルールで勧められています。\n\n"
        f"1. {PAID} [1]\n\n```text\nここは見本の文です。\n```\n\n"
        "### 出典\n\n- [1] よくある質問「利用料は」\n\n"
        "### つぎに聞けること\n\n- 経費はどうなりますか"
    )
    assert value(RECALL, ASKED, answered(text, PAYS)) == 1


def test_mark_at_the_end_of_a_line_bears_its_sentences() -> None:
    line = "利用料は会社が負担します。1人あたり月3,000円です。"
    assert value(RECALL, ASKED, answered(f"{line} [1]", cite(1, FAQ, line))) == 1


POOL = (
    PAYS,
    NEVER,
    cite(3, MANUAL, "会議の後20分で配れます。"),
    cite(4, RULE, "書かれていない文です。"),
    cite(5, "no/such.md", PAID),
)


@settings(max_examples=60, deadline=None)
@given(kept=st.lists(st.sampled_from(POOL), unique=True), marks=st.lists(st.integers(1, 6)))
def test_irrelevant_citation_never_raises_precision(
    kept: list[PredictedCitation], marks: list[int]
) -> None:
    lines = (PAID, tuple(marks)), (NAMES, (2,))
    before = value(PRECISION, ASKED, answered("はい。", *kept, sections=(said(*lines),)))
    extra = cite(7, MANUAL, "返信は1営業日以内です。")
    after = value(PRECISION, ASKED, answered("はい。", *kept, extra, sections=(said(*lines),)))
    behind = (PAID, (*marks, 7)), (NAMES, (2,))
    claimed = value(PRECISION, ASKED, answered("はい。", *kept, extra, sections=(said(*behind),)))
    assert before is not None and after is not None and claimed is not None
    assert 0 <= after <= before <= 1
    assert claimed <= before


@settings(max_examples=60, deadline=None)
@given(seed=st.permutations([Qrel(FAQ, PAID), Qrel(RULE), Qrel(MANUAL, "三つの型")]))
def test_order_of_qrels_changes_nothing(seed: list[Qrel]) -> None:
    answer = answered(f"{PAID} [1] よいですよ、どうぞ。 [2]", *POOL)
    assert score(PRECISION, case(*seed), answer) == score(
        PRECISION, case(*sorted(seed, key=str)), answer
    )


def test_full_width_and_spaces_score_equal() -> None:
    plain = answered("1人あたり月3,000円です。 [1]", cite(1, FAQ, "1人あたり月3,000円です。"))
    wide = answered(
        "１人あたり 月３，０００円です。 [1]", cite(1, FAQ, "１人あたり月\n3,000円です。")
    )
    for metric in (PRECISION, RECALL):
        assert value(metric, ASKED, plain) == value(metric, ASKED, wide) == 1
