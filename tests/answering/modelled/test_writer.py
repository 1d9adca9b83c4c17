"""What a person sees of a chat model: only what the documents bear, in the shape they know."""

import time
from itertools import pairwise

import pytest

from assistant.answering.render import to_json, to_markdown
from assistant.domain import Answer, AnswerStatus, DropReason, Mode, Question, Slot
from assistant.errors import ModelError, ModelFault
from tests.answering.modelled.scripted import alias_of, reply

pytestmark = pytest.mark.slow

MENU = Question("献立を考える時間を減らしたい", "厨房課")
LETTER = Question("お便りの書き方を教えて", "厨房課")
PRICE = Question("利用料はいくらですか", "厨房課")


def section(answer, slot):
    return next(one for one in answer.sections if one.slot is slot)


def texts(answer, slot):
    return [line.text for line in section(answer, slot).lines]


def menu(user):
    story = alias_of(user, "毎週の献立を考えるのに")
    return reply(
        steps=[
            (story, "人数と食材だけを伝えて、献立の案を5つ出してもらいます。"),
            (story, "気に入った案を選んで、献立表にまとめます。"),
        ],
        stories=[(story, "いまは50分で終わります。")],
    )


def test_steps_are_the_models_and_everything_else_is_ours(with_model, assistant):
    answer = with_model(menu)[0].ask(MENU)
    composed = assistant.ask(MENU)
    assert answer.mode is Mode.MODEL
    assert not answer.notice
    assert texts(answer, Slot.STEPS) == [
        "人数と食材だけを伝えて、献立の案を5つ出してもらいます。",
        "気に入った案を選んで、献立表にまとめます。",
    ]
    assert section(answer, Slot.STORIES).stories[0].sentence == "いまは50分で終わります。"
    assert answer.verdict == composed.verdict
    assert [one.slot for one in answer.sections] == [one.slot for one in composed.sections]
    template = section(answer, Slot.TEMPLATE).template
    assert template.body == section(composed, Slot.TEMPLATE).template.body
    assert texts(answer, Slot.FINAL_CHECK) == texts(composed, Slot.FINAL_CHECK)
    assert to_json(answer)["mode"] == "model"


def test_marks_count_from_one_as_they_are_met_and_every_quote_is_exact(with_model):
    answer = with_model(menu)[0].ask(MENU)
    met = [n for one in answer.sections for line in one.lines for n in line.marks]
    assert sorted(set(met)) == sorted(set(met), key=met.index)
    assert [one.n for one in answer.citations] == list(range(1, len(answer.citations) + 1))
    for one in answer.citations:
        assert one.quote == one.passage.text[one.start : one.end]
    step = section(answer, Slot.STEPS).lines[0]
    quote = next(one for one in answer.citations if one.n == step.marks[0]).quote
    assert quote == "食材と人数だけを伝えて案を5つ出してもらいました。"


def test_a_fact_is_told_in_one_sentence_of_the_model(with_model):
    def price(user):
        faq = alias_of(user, "1人あたり月300円")
        return reply(direct=[(faq, "利用料は1人あたり月300円で、法人が負担します。")])

    answer = with_model(price)[0].ask(PRICE)
    assert answer.mode is Mode.MODEL
    assert texts(answer, Slot.DIRECT) == ["利用料は1人あたり月300円で、法人が負担します。"]


def test_what_no_passage_bears_is_left_out_and_counted(with_model):
    def says(user):
        told = alias_of(user, "お便りの下書きは次の順で")
        return reply(
            steps=[
                (told, "伝えたいことを箇条書きで3つ書きます。"),
                (told, "施設長に稟議書を回して決裁を待ちます。"),
                (told, "日付と数字を自分で入れ直します。"),
            ]
        )

    answer = with_model(says)[0].ask(LETTER)
    assert answer.mode is Mode.MODEL
    assert len(texts(answer, Slot.STEPS)) == 2
    assert answer.dropped == (DropReason.UNSUPPORTED,)
    assert "1つ外しました" in answer.notice
    assert to_json(answer)["dropped"] == {"unsupported": 1}


def test_too_little_is_left_so_the_composed_answer_is_shown_and_says_why(with_model, assistant):
    def says(user):
        told = alias_of(user, "お便りの下書きは次の順で")
        steps = [
            "伝えたいことを箇条書きで3つ書きます。",
            "毎朝5時に出勤します。",
            "FAXで送ります。",
        ]
        return reply(steps=[(told, text) for text in steps])

    answer = with_model(says)[0].ask(LETTER)
    composed = assistant.ask(LETTER)
    assert answer.mode is Mode.COMPOSED
    assert answer.sections == composed.sections
    assert answer.citations == composed.citations
    assert "資料の言葉をそのまま" in answer.notice
    assert len(answer.dropped) == 2


def test_tagged_text_is_read_as_well_as_json(with_model):
    def says(user):
        told = alias_of(user, "お便りの下書きは次の順で")
        return (
            f"[steps {told}] 伝えたいことを箇条書きで3つ書きます。\nはい、わかりました。\n"
            f"[steps {told}] 日付と数字を自分で入れ直します。"
        )

    answer = with_model(says)[0].ask(LETTER)
    assert answer.mode is Mode.MODEL
    assert len(texts(answer, Slot.STEPS)) == 2


@pytest.mark.parametrize(
    "text", ["社員食堂のカレーはいくら?", "こんにちは", "ご利用者の名前を入れていい?"]
)
def test_what_needs_no_model_is_never_sent_to_one(with_model, text):
    assistant, chat = with_model(menu)
    answer = assistant.ask(Question(text, "厨房課"))
    assert chat.asked == []
    assert answer.mode is Mode.COMPOSED
    assert "生成AI" not in answer.notice


def test_no_evidence_stays_no_evidence_with_a_model(with_model):
    answer = with_model(menu)[0].ask(Question("駐車場の空きはありますか", "厨房課"))
    assert answer.status is AnswerStatus.NO_EVIDENCE


def test_the_verdict_comes_first_and_sentences_follow_before_the_reply_is_through(with_model):
    assistant, _ = with_model(menu, pause=0.002)
    seen = []
    for step in assistant.stream(MENU):
        if isinstance(step, Answer):
            slots = [one.slot for one in step.sections]
            seen.append((slots, step.mode))
    assert seen[0] == seen[1] == ([Slot.VERDICT], Mode.COMPOSED)
    assert seen[2] == ([Slot.VERDICT, Slot.STEPS], Mode.MODEL)
    assert seen[-1][0][-1] is Slot.FINAL_CHECK
    assert len(seen) >= 4


def test_each_update_goes_on_from_the_one_before(with_model):
    assistant, _ = with_model(menu)
    shown = [to_markdown(one) for one in assistant.stream(MENU) if isinstance(one, Answer)]
    steps = [text.partition("### やり方")[2].partition("###")[0].strip() for text in shown[1:]]
    for before, after in pairwise(steps):
        assert after.startswith(before)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (ModelFault.UNREACHABLE, "いまは生成AIが使えない"),
        (ModelFault.SPENT, "利用枠を使い切った"),
        (ModelFault.BUSY, "混み合っている"),
        (ModelFault.SLOW, "時間がかかっている"),
    ],
)
def test_a_failing_model_leaves_the_composed_answer_and_one_quiet_line(
    with_model, assistant, fault, words
):
    broken = ModelError("生成AI(http://secret.example)につながりません。", fault=fault)
    answer = with_model(lambda _: "", breaks=broken)[0].ask(MENU)
    assert answer.mode is Mode.COMPOSED
    assert answer.sections == assistant.ask(MENU).sections
    assert words in answer.notice
    assert "secret.example" not in to_markdown(answer)


def test_a_reply_that_breaks_off_is_replaced_by_the_composed_answer(with_model, assistant):
    cut = ModelError("切れました。", fault=ModelFault.BROKEN)
    asking, _ = with_model(lambda user: menu(user)[:-40], breaks=cut)
    steps = [step for step in asking.stream(MENU) if isinstance(step, Answer)]
    assert any(step.mode is Mode.MODEL for step in steps), "a sentence was shown before the cut"
    assert steps[-1].mode is Mode.COMPOSED
    assert steps[-1].sections == assistant.ask(MENU).sections


@pytest.mark.parametrize(
    "text",
    ["", "<html>502 Bad Gateway</html>", '{"steps": [', '["steps"]', "null", "考え中です" * 99],
)
def test_a_reply_in_another_form_leaves_the_composed_answer(with_model, text):
    answer = with_model(lambda _: text)[0].ask(MENU)
    assert answer.mode is Mode.COMPOSED
    assert "資料の言葉をそのまま" in answer.notice


def test_a_slow_model_is_waited_for_less_than_three_seconds_and_then_stopped(with_model):
    asking, _ = with_model(menu, pause=4)
    begun = time.perf_counter()
    answer = asking.ask(MENU)
    assert time.perf_counter() - begun < 3.0
    assert answer.mode is Mode.COMPOSED
    assert "時間がかかっている" in answer.notice


def test_a_model_that_pauses_before_its_first_sentence_is_stopped(with_model):
    asking, chat = with_model(menu, pause=1.7, piece=30)
    answer = asking.ask(MENU)
    assert answer.mode is Mode.COMPOSED
    assert "時間がかかっている" in answer.notice
    time.sleep(0.5)
    assert chat.closed == 1


def test_a_model_of_twenty_tokens_a_second_is_slow_enough_to_be_shown(with_model):
    asking, _ = with_model(menu, pause=0.1, piece=4)
    assert asking.ask(MENU).mode is Mode.MODEL


def test_who_stops_reading_frees_the_model(with_model):
    asking, chat = with_model(menu, pause=0.01)
    reading = asking.stream(MENU)
    for step in reading:
        if isinstance(step, Answer) and step.mode is Mode.MODEL:
            break
    reading.close()
    time.sleep(0.3)
    assert chat.closed == 1


def test_a_reply_without_end_is_cut(with_model):
    asking, chat = with_model(lambda _: '{"steps": [' + " " * 200_000, piece=2_000)
    assert asking.ask(MENU).mode is Mode.COMPOSED
    time.sleep(0.3)
    assert chat.closed == 1
