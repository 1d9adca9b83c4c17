import pytest

from assistant.evals.case import Qrel
from assistant.evals.metrics.quote_exactness import METRIC
from assistant.evals.prediction import (
    Outcome,
    PredictedCitation,
    PredictedSection,
    PredictedStory,
    PredictedTemplate,
    Prediction,
)
from tests.evals.metrics.scoring_world import (
    FAQ,
    MANUAL,
    RULE,
    WEEKLY,
    answered,
    case,
    cite,
    said,
    score,
    value,
)

ASKED = case(Qrel(RULE))
NAMES = "お客様の氏名を入れない。"


@pytest.mark.parametrize(
    "citation",
    [
        cite(1, RULE, NAMES, heading="3. 入力禁止"),
        cite(1, RULE, "お客様の\n 氏名を入れない。"),
        cite(1, MANUAL, "録音から作ります。", page=3),
        cite(1, FAQ, "1人あたり月３，０００円です。", heading="無料で使えますか"),
    ],
)
def test_words_of_the_passage_are_exact_whatever_the_width_and_the_line_breaks(
    citation: PredictedCitation,
) -> None:
    assert value(METRIC, ASKED, answered("はい。", citation)) == 1


@pytest.mark.parametrize(
    ("citation", "why"),
    [
        (cite(1, RULE, "お客様の名前を入れない。"), "にそのままの形でありません"),
        (cite(1, RULE, "お客様の氏名を入れない!"), "にそのままの形でありません"),
        (cite(1, FAQ, NAMES), "にそのままの形でありません"),
        (cite(1, "no/such.md", NAMES), "にそのままの形でありません"),
        (cite(1, RULE, ""), "にそのままの形でありません"),
        (cite(1, RULE, f"{NAMES}数字は元の資料"), "にそのままの形でありません"),
        (cite(1, MANUAL, "録音から作ります。", page=4), "4ページにありません"),
        (
            cite(1, RULE, NAMES, heading="4. 最終チェック"),
            "見出し「4. 最終チェック」の下にありません",
        ),
    ],
)
def test_altered_or_misplaced_quote_is_named(citation: PredictedCitation, why: str) -> None:
    told = score(METRIC, ASKED, answered("はい。", cite(2, RULE, NAMES), citation))
    assert told is not None
    assert told.value == 0.5
    assert why in told.why


def test_sentence_of_a_story_card_is_a_quote_of_its_document() -> None:
    def card(sentence: str) -> Prediction:
        story = PredictedStory("週報", "営業部", sentence=sentence, mark=1)
        quote = cite(1, WEEKLY, "半分以下になりました。")
        return answered("はい。", quote, sections=(PredictedSection("stories", stories=(story,)),))

    assert value(METRIC, ASKED, card("毎週の週報に手間がかかっていました。")) == 1
    assert value(METRIC, ASKED, card("毎週の週報がすぐ終わりました。")) == 0.5


def test_body_of_a_template_is_a_quote_of_its_document() -> None:
    def card(body: str) -> Prediction:
        template = PredictedTemplate("型", body, mark=1)
        quote = cite(1, MANUAL, "メールは三つの型で頼みます。")
        return answered("はい。", quote, sections=(PredictedSection("t", template=template),))

    assert value(METRIC, ASKED, card("メールは三つの型で頼みます。")) == 1
    assert value(METRIC, ASKED, card("メールは四つの型で頼みます。")) == 0.5


def test_long_words_in_brackets_are_quotes_of_the_marked_document() -> None:
    def line(words: str) -> Prediction:
        quote = cite(1, RULE, NAMES)
        return answered("", quote, sections=(said((f"ルールに「{words}」とあります。", (1,))),))

    assert value(METRIC, ASKED, line("数字は元の資料と見くらべる。")) == 1
    assert value(METRIC, ASKED, line("数字はだれかが必ず確かめる。")) == 0.5
    assert value(METRIC, ASKED, line("A社の田中様")) == 1


def test_answer_without_quotes_is_not_scored() -> None:
    assert value(METRIC, ASKED, answered("はい。")) is None


def test_answer_that_never_came_quotes_nothing() -> None:
    assert value(METRIC, ASKED, Prediction("case", outcome=Outcome.TIMEOUT)) == 0
    assert value(METRIC, case(), Prediction("case", outcome=Outcome.TIMEOUT)) == 0
