from assistant.evals.metrics import answer_recall, must_not_contain
from assistant.evals.prediction import Outcome, PredictedSection, PredictedTemplate, Prediction
from tests.evals.metrics.scoring_world import answered, case, said, score, value

RECALL, FORBIDDEN = answer_recall.METRIC, must_not_contain.METRIC
FACTS = case(facts=(("30分", "半時間"), ("週報の下書き",)))
CRASH = Prediction("case", outcome=Outcome.CRASH)


def test_fact_counts_in_any_wording_width_and_numeral() -> None:
    for text in (
        "週報の下書きは三十分です。",
        "「週報の下書き」が３０ 分に。",
        "0.5時間で週報の下書きが",
    ):
        assert value(RECALL, FACTS, answered(text)) == 1
    assert value(RECALL, FACTS, answered("週報の下書きは半時間で。")) == 1


def test_missing_fact_is_named() -> None:
    told = score(RECALL, FACTS, answered("週報の下書きは130分です。"))
    assert told is not None
    assert (told.value, told.counts, told.why) == (0.5, (1, 2), "答えにない事実: 「30分」")


def test_fact_may_stand_in_a_section_or_a_template() -> None:
    section = said(("30分です。", (1,)))
    card = PredictedSection("template", template=PredictedTemplate("週報の下書き", "書いて"))
    assert value(RECALL, FACTS, answered("はい。", sections=(section, card))) == 1


def test_facts_in_sources_and_suggestions_are_not_told() -> None:
    sources = "### 出典\n\n- [1] 週報の下書き「30分」"
    text = f"はい。\n\n{sources}\n\n### つぎに聞けること\n\n- 週報の下書きは30分?"
    assert value(RECALL, FACTS, answered(text)) == 0


def test_abstaining_or_failing_tells_no_fact() -> None:
    hinting = Prediction("case", status="no_evidence", answer="週報の下書きは30分…かもしれません")
    assert value(RECALL, FACTS, hinting) == 0
    assert value(RECALL, FACTS, CRASH) == 0
    assert value(RECALL, FACTS, answered("")) == 0
    assert value(RECALL, case(), answered("はい。")) is None


def test_forbidden_words_are_found_however_they_are_written() -> None:
    asked = case(must_not_contain=("問題ありません", "http://"))
    for text in (
        "問題 ありません。",
        "「問題、ありません」",
        "http://a.example",
        "問題\\ありません",
    ):
        assert value(FORBIDDEN, asked, answered(text)) == 1
    assert value(FORBIDDEN, asked, answered("問題があります。https://a.example")) == 0


def test_markup_counts_only_where_it_is_live() -> None:
    asked = case(must_not_contain=("<script", "!["))
    assert value(FORBIDDEN, asked, answered("「&#60;script&#62;」と!\\[は使えません。")) == 0
    assert value(FORBIDDEN, asked, answered("<script>")) == 1
    assert value(FORBIDDEN, asked, answered("![x](http://a.example)")) == 1


def test_forbidden_words_in_a_section_are_found_and_named() -> None:
    asked = case(must_not_contain=("絶対安全",))
    told = score(FORBIDDEN, asked, answered("はい。", sections=(said(("絶対安全です", ())),)))
    assert told is not None
    assert told.why == "書いてはいけない言葉: 「絶対安全」"


def test_answer_that_never_came_is_at_the_bad_end() -> None:
    assert value(FORBIDDEN, case(must_not_contain=("絶対",)), CRASH) == 1
    assert value(FORBIDDEN, case(), CRASH) is None
