import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import Company, Document, Kind, Passage, Source
from assistant.evals.case import Qrel
from assistant.evals.metric import Asked, Score
from assistant.evals.metrics.numeric_fidelity import METRIC
from assistant.evals.prediction import (
    Outcome,
    PredictedSection,
    PredictedStory,
    PredictedTemplate,
    Prediction,
)
from assistant.evals.references import References
from tests.evals.metrics.number_pairs import FAITHFUL, UNFAITHFUL
from tests.evals.metrics.scoring_world import (
    FAQ,
    MANUAL,
    WEEKLY,
    answered,
    case,
    cite,
    said,
    score,
    value,
)

KANJI = "〇一二三四五六七八九"
STORY = cite(1, WEEKLY, "Copilotに下書きを頼むと、半分以下になりました。")


def judged(evidence: str, answer: str) -> Score:
    source = Source("a.md", "資料", Kind.MANUAL)
    passage = Passage("a#0", source, 0, (), evidence)
    references = References(
        Company("見本", ()), {"a.md": Document("a", source, (passage,), digest="0")}
    )
    prediction = answered(f"{answer} [1]", cite(1, "a.md", evidence))
    found = METRIC.score(Asked(case(), prediction), references)
    assert found is not None
    return found


@pytest.mark.parametrize(("evidence", "answer"), FAITHFUL)
def test_number_of_the_evidence_is_borne(evidence: str, answer: str) -> None:
    assert judged(evidence, answer) == Score(1.0)


@pytest.mark.parametrize(("evidence", "answer"), UNFAITHFUL)
def test_number_that_no_evidence_holds_is_named(evidence: str, answer: str) -> None:
    found = judged(evidence, answer)
    assert found.value == 0
    assert found.why.startswith("根拠のない数字: 「")


def test_number_changed_within_the_words_of_the_evidence_is_wrong_even_if_it_stands_elsewhere() -> (
    None
):
    evidence = "会議の前に項目を5つ書きます。まとめ方には4つの型があります。"
    assert judged(evidence, "会議の前に項目を5つ書きます。") == Score(1.0)
    assert judged(evidence, "会議の前に項目を4つ書きます。").value == 0
    assert judged(evidence, "会議の前に項目を1つ書きます。").value == 0
    assert judged(evidence, "まず1つ、型は4つから選びます。") == Score(1.0)


def test_same_words_may_stand_with_two_numbers() -> None:
    evidence = "営業部の事例は3件あります。購買部をのぞく営業部の事例は5件あります。"
    assert judged(evidence, "営業部の事例は3件あります。") == Score(1.0)
    assert judged(evidence, "営業部の事例は5件あります。") == Score(1.0)
    assert judged(evidence, "営業部の事例は4件あります。").value == 0


def test_line_is_held_to_the_documents_of_its_own_marks() -> None:
    citations = (
        cite(1, MANUAL, "会議の後20分で配れます。"),
        cite(2, FAQ, "利用料は会社が負担します。"),
    )
    right = answered("配れます。", *citations, sections=(said(("20分で配れます。", (1,))),))
    swapped = answered("配れます。", *citations, sections=(said(("20分で配れます。", (2,))),))
    assert value(METRIC, case(), right) == 1
    assert value(METRIC, case(), swapped) == 0


def test_numbers_of_markdown_and_sections_are_both_checked() -> None:
    quote = cite(1, MANUAL, "会議の後20分で配れます。")
    section = said(("会議の後20分で配れます。", (1,)))
    only_markdown = answered("会議の後25分で配れます。 [1]", quote, sections=(section,))
    assert value(METRIC, case(), only_markdown) == 0


def test_before_after_and_date_of_a_story_card_come_from_its_front_matter() -> None:
    def card(before: str, after: str) -> Prediction:
        story = PredictedStory("週報", "営業部", before=before, after=after, mark=1)
        text = f"- **週報** {before} → {after} [1]\n  営業部(2026年5月)"
        return answered(text, STORY, sections=(PredictedSection("stories", stories=(story,)),))

    assert value(METRIC, case(), card("2時間", "30分")) == 1
    assert value(METRIC, case(), card("3時間", "30分")) == 0


def test_numbers_of_the_question_and_of_the_desk_may_be_repeated() -> None:
    asked = case(question="見積もりが45件あります")
    assert value(METRIC, asked, answered("45件なら、平日9時から17時に聞いてください。")) == 1
    assert value(METRIC, asked, answered("46件なら、平日9時から17時に聞いてください。")) == 0


def test_document_named_by_its_title_tells_its_own_date() -> None:
    told = "「旧ルール2025」(2025年3月31日付け)は取り下げられています。"
    assert value(METRIC, case(), answered(told)) == 1
    assert value(METRIC, case(), answered(told.replace("31日", "30日"))) == 0


def test_sources_templates_and_suggestions_state_nothing() -> None:
    text = (
        "始めましょう。\n\n```text\n99字以内で\n```\n\n### 出典\n\n- [1] 77ページ「…」\n\n"
        "### つぎに聞けること\n\n- 88件のときは?"
    )
    card = PredictedTemplate("型", "99字以内で")
    assert (
        value(METRIC, case(), answered(text, sections=(PredictedSection("t", template=card),))) == 1
    )


def test_clause_that_stands_as_a_block_quote_may_hold_numbers() -> None:
    assert value(METRIC, case(), answered("> 会議の後20分で配れます。\n\n使えます。")) == 1
    assert value(METRIC, case(), answered("> 会議の後21分で配れます。\n\n使えます。")) == 0


@pytest.mark.parametrize("outcome", [Outcome.CRASH, Outcome.TIMEOUT])
def test_answer_that_never_came_scores_nothing(outcome: Outcome) -> None:
    assert value(METRIC, case(), Prediction("case", outcome=outcome)) == 0
    assert value(METRIC, case(), Prediction("case", status="answered")) == 0


def test_every_case_is_scored_with_or_without_qrels() -> None:
    assert score(METRIC, case(Qrel(FAQ)), answered("はい。")) == Score(1.0)


def kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else KANJI[tens]) + "十" if tens else ""
    return head + (KANJI[ones] if ones else "")


COUNTS = st.integers(1, 99).filter(lambda n: n != 10)
"""«十分» alone means «enough»."""


@settings(max_examples=40, deadline=None)
@given(known=COUNTS, told=COUNTS, unit=st.sampled_from(["分", "時間", "円", "件", "割", "日間"]))
def test_kanji_and_arabic_numerals_score_equal(known: int, told: int, unit: str) -> None:
    arabic = judged(f"それは{known}{unit}でした。", f"それは{told}{unit}でした。").value
    assert arabic == float(known == told)
    assert (
        judged(f"それは{known}{unit}でした。", f"それは{kanji(told)}{unit}でした。").value == arabic
    )
    assert (
        judged(f"それは{kanji(known)}{unit}でした。", f"それは{told}{unit}でした。").value == arabic
    )


@settings(max_examples=40, deadline=None)
@given(known=st.integers(1, 40), told=st.integers(1, 40))
def test_hours_and_minutes_score_equal(known: int, told: int) -> None:
    in_hours = judged(f"作業は{known}時間でした。", f"作業は{told}時間でした。").value
    assert judged(f"作業は{known * 60}分でした。", f"作業は{told}時間でした。").value == in_hours
    assert judged(f"作業は{known}時間でした。", f"作業は{told * 60}分でした。").value == in_hours


@settings(max_examples=40, deadline=None)
@given(number=st.integers(2, 9999))
def test_full_width_digits_and_spaces_score_equal(number: int) -> None:
    wide = str(number).translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)})
    assert judged(f"{number}件ありました。", f"{wide} 件ありました。").value == 1
