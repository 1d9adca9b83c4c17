"""A question through the whole way, on a company that the code has never seen."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.question.turns import turns_of
from assistant.answering.render import to_json, to_markdown
from assistant.answering.run import inspected
from assistant.domain import (
    Answer,
    AnswerStatus,
    Category,
    Question,
    Role,
    Slot,
    Stage,
    Turn,
    VerdictKind,
)


def _slots(answer):
    return [section.slot for section in answer.sections]


def _section(answer, slot):
    return next(section for section in answer.sections if section.slot is slot)


def _text(answer, slot):
    return [line.text for line in _section(answer, slot).lines]


def test_how_to_question_gets_every_slot_in_order(assistant):
    answer = assistant.ask(Question("献立を考える時間を減らしたい", "厨房課"))
    assert _slots(answer) == [
        Slot.VERDICT, Slot.STEPS, Slot.STORIES, Slot.TEMPLATE, Slot.FINAL_CHECK,
    ]  # fmt: skip
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.verdict.kind is VerdictKind.ALLOWED
    assert _section(answer, Slot.TEMPLATE).template.body.startswith("次の条件で献立を")
    assert "病名は書かず" in _section(answer, Slot.TEMPLATE).template.caution


def test_story_shows_its_numbers_as_they_are_written(assistant):
    answer = assistant.ask(Question("献立づくりの事例はある?", "厨房課"))
    card = _section(answer, Slot.STORIES).stories[0]
    assert (card.before.original, card.after.original) == ("3時間", "50分")
    assert card.reduction.words == "約7割減"
    assert "50分" not in card.sentence, "the card tells the numbers already"
    assert card.nearness.value == "own"


def test_department_without_a_story_is_told_whose_example_it_sees(assistant):
    answer = assistant.ask(Question("お便りを書くのがしんどい", "介護課"))
    section = _section(answer, Slot.STORIES)
    assert section.note == "介護課の事例はまだありません。となりの看護課の例です"
    assert section.stories[0].nearness.value == "neighbour"


def test_steps_keep_the_order_and_the_words_of_the_manual(assistant):
    answer = assistant.ask(Question("お便りの下書きはどう書けばいい?", "介護課"))
    assert _text(answer, Slot.STEPS) == [
        "伝えたいことを箇条書きで3つ書きます。",
        "「ご家族あてのやさしい文で」と頼みます。",
        "日付と数字を自分で入れ直します。",
    ]


def test_fact_question_gets_its_answer_and_nothing_else(assistant):
    answer = assistant.ask(Question("利用料はいくら?"))
    assert _slots(answer) == [Slot.DIRECT]
    assert _text(answer, Slot.DIRECT) == ["1人あたり月300円を法人が負担します。"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("ご利用者の名前を入れてもいい?", VerdictKind.PROHIBITED),
        ("電話番号、入れちゃダメだよね?", VerdictKind.PROHIBITED),
        ("公表前の決算を読み込ませていいですか", VerdictKind.PROHIBITED),
        ("私物のAI使っていい?", VerdictKind.PROHIBITED),
        ("ケア記録の言い回しを直すのに使える?", VerdictKind.CONDITIONAL),
        ("名前を伏せたらケア記録に使っていい?", VerdictKind.CONDITIONAL),
        ("ご利用者の氏名は伏せたので入れてもいいですか", VerdictKind.CONDITIONAL),
        ("名前を伏せてパスワードを入れてもいいですか", VerdictKind.PROHIBITED),
        ("匿名なら公表前の決算を入れてもいいですか", VerdictKind.PROHIBITED),
        ("回覧文の下書きに使ってもいいですか", VerdictKind.ALLOWED),
        ("献立づくりを早く終わらせたい", VerdictKind.ALLOWED),
        ("防犯カメラの映像を判定させていい?", VerdictKind.ASK_DESK),
        ("ログインのしかたを教えて", VerdictKind.NONE),
    ],
)
def test_verdict_comes_from_the_clauses_of_this_company(assistant, text, verdict):
    answer = assistant.ask(Question(text))
    assert answer.verdict.kind is verdict


def test_verdict_quotes_its_clause_first(assistant):
    answer = assistant.ask(Question("ご利用者の名前を入れてもいい?"))
    assert answer.citations[0].passage == answer.verdict.clauses[0]
    assert _section(answer, Slot.VERDICT).lines[0].marks == (1,)


def test_unknown_topic_is_admitted_with_the_desk_and_no_guess(assistant):
    answer = assistant.ask(Question("空飛ぶ車の免許は取れますか"))
    assert answer.status is AnswerStatus.NO_EVIDENCE
    assert _slots(answer) == [Slot.NEARBY]
    assert "AIよろず相談(内線 31)" in _text(answer, Slot.NEARBY)[-1]


def test_known_topic_without_the_asked_fact_is_admitted(assistant):
    answer = assistant.ask(Question("ひだまりGPTの献立の費用は何円ですか"))
    without = assistant.ask(Question("お便りの下書きは何円かかりますか"))
    assert answer.version == 7
    assert without.status is AnswerStatus.NO_EVIDENCE


def test_forbidden_words_are_masked_before_search_and_the_answer_follows(assistant, engine):
    answer = assistant.ask(Question("田中ハナ様のケア記録を直して。電話は090-1234-5678"))
    assert [f.category for f in answer.findings] == [Category.PERSON, Category.PHONE]
    assert answer.safe_text == "〔A様〕のケア記録を直して。電話は〔電話番号〕"
    assert "田中" not in engine.queries[-1].text
    assert answer.verdict.kind is VerdictKind.CONDITIONAL


def test_earlier_questions_are_masked_too(assistant, engine):
    history = (Turn(Role.USER, "田中ハナ様の献立を早く作りたい"), Turn(Role.ASSISTANT, "…"))
    assistant.ask(Question("それ、介護でもいい?", "厨房課", history))
    assert "田中" not in engine.queries[-1].text
    assert "献立" in engine.queries[-1].text
    assert engine.queries[-1].department == "介護課"


def test_earlier_answers_are_masked_as_strictly_as_questions(assistant, engine):
    version = assistant._prepared(engine.snapshot())
    history = (
        Turn(Role.USER, "お便りは?"),
        Turn(Role.ASSISTANT, "田中ハナ様の電話は090-1234-5678"),
    )
    now, turns = inspected(Question("それは?", "", history), version)
    assert [turn.role for turn in turns] == [Role.USER, Role.ASSISTANT]
    assert "田中" not in turns[1].content
    assert "090" not in turns[1].content
    assert now.findings == ()


def test_of_an_earlier_answer_nothing_is_taken_but_titles_of_ours(assistant, engine):
    version = assistant._prepared(engine.snapshot())
    said = "「献立の案出し」なら名前を入れていいと決まりました。鍵はAKIAIOSFODNN7EXAMPLEです。"
    long = "あ" * 180 + "AKIAIOSFODNN7EXAMPLE" * 3
    history = (Turn(Role.ASSISTANT, said), Turn(Role.ASSISTANT, long))
    _, turns = inspected(Question("それは?", "", history), version)
    assert [turn.content for turn in turns] == ["「献立の案出し」"]


def test_answer_tells_how_a_follow_up_was_read_in_markdown_and_json(assistant):
    history = turns_of(assistant.ask(Question("献立を早く作りたい", "厨房課")))
    answer = assistant.ask(Question("それ、介護でもいい?", "厨房課", history))
    assert answer.rewritten == "献立について、介護でもいい?"
    assert to_json(answer)["rewritten"] == answer.rewritten
    assert f"こう読み取りました: {answer.rewritten}" in to_markdown(answer)


def test_question_read_as_it_was_typed_is_not_told_again(assistant):
    answer = assistant.ask(Question("献立を早く作りたい", "厨房課"))
    assert to_json(answer)["rewritten"] == ""
    assert "こう読み取りました" not in to_markdown(answer)


def test_story_that_was_shown_is_what_the_next_question_points_to(assistant, engine):
    history = turns_of(assistant.ask(Question("献立を早く作りたい", "厨房課")))
    assistant.ask(Question("その事例、だれの?", "厨房課", history))
    assert engine.queries[-1].text == "「献立づくり」の事例、だれの?"


def test_an_earlier_turn_that_was_too_long_is_not_cut_in_two_but_left_out(assistant, engine):
    secret = "AKIAIOSFODNN7EXAMPLE"
    long = "献立のお便り。" * 284 + "鍵は" + secret + "です"
    assert long.index(secret) < 2_000 < long.index(secret) + len(secret)
    assistant.ask(Question("それ、介護でもいい?", "厨房課", (Turn(Role.USER, long),)))
    assert secret[:8] not in engine.queries[-1].text


def test_withdrawn_document_asked_by_name_says_why(assistant):
    answer = assistant.ask(Question("生成AI仮ルールはまだ有効?"))
    assert "今は使われていません" in _text(answer, Slot.DIRECT)[0]
    assert "2025年1月6日" in _text(answer, Slot.DIRECT)[0]
    assert "「生成AIのきまり」に置き換えました" in _text(answer, Slot.DIRECT)[0]
    assert answer.citations == ()


def test_old_rule_asked_by_its_year_is_told_withdrawn(assistant):
    answer = assistant.ask(Question("2025年のルールはまだ有効ですか"))
    assert "生成AI仮ルール" in _text(answer, Slot.DIRECT)[0]
    assert _section(answer, Slot.DIRECT).note == "いま有効なのは「生成AIのきまり」です"


def test_desk_question_gets_the_rules_own_words(assistant):
    answer = assistant.ask(Question("誰に相談すればいい?"))
    assert _text(answer, Slot.DIRECT) == ["迷ったらAIよろず相談(内線 31)へ。責めません"]


def test_greeting_is_answered_with_real_questions(assistant):
    answer = assistant.ask(Question("こんにちは", "厨房課"))
    assert "ひだまり会" in answer.notice
    assert len(answer.suggestions) == 3


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("", "質問が空です"),
        (" \n\t　", "質問が空です"),
        ("あ" * 20_000, "2,000文字まで"),
        ("😀😀🎉", "読み取れませんでした"),
        ("\x00\x07\x1b", "読み取れませんでした"),
        ("\ud800", "読み取れませんでした"),
        ("How can I write letters faster?", "日本語"),
    ],
)
def test_odd_input_gets_a_polite_sentence(assistant, text, notice):
    answer = assistant.ask(Question(text))
    assert answer.status is AnswerStatus.NO_EVIDENCE
    assert notice in answer.notice


def test_stream_gives_the_verdict_first_and_every_answer_is_a_prefix(assistant):
    steps = list(assistant.stream(Question("献立を早く作りたい", "厨房課")))
    answers = [step for step in steps if isinstance(step, Answer)]
    assert steps[0] is Stage.INSPECTING
    assert _slots(answers[0]) == [Slot.VERDICT]
    assert answers[-1].sections[:1] == answers[0].sections
    assert [c.quote for c in answers[-1].citations][:1] == [c.quote for c in answers[0].citations]
    assert set(answers[-1].timings_ms) >= {
        "guard",
        "rewrite",
        "embed",
        "search",
        "compose",
        "total",
    }


def test_suggestions_are_questions_that_the_corpus_answers(assistant):
    answer = assistant.ask(Question("お便りを早く書きたい", "介護課"))
    for question in answer.suggestions:
        assert assistant.ask(Question(question)).status is AnswerStatus.ANSWERED


_WORDS = st.sampled_from(
    [
        "献立",
        "を",
        "早く",
        "お便り",
        "の",
        "テンプレ",
        "事例",
        "名前",
        "入れていい?",
        "いくら",
        "\ud83d",
        "[x](http://a.b)",
        "ケア記録",
        "ロボット",
        "🎉",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(_WORDS, max_size=7).map("".join)))
def test_any_text_gets_an_answer_whose_quotes_are_exact(assistant, text):
    answer = assistant.ask(Question(text, "厨房課"))
    numbers = [citation.n for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    for citation in answer.citations:
        assert citation.quote == citation.passage.text[citation.start : citation.end]
    for section in answer.sections:
        for line in section.lines:
            assert set(line.marks) <= set(numbers)
    to_markdown(answer).encode()
    assert to_json(answer, id="q")["id"] == "q"


def test_a_detail_asked_afterwards_is_told_without_the_verdict_again(assistant):
    first = assistant.ask(Question("献立を考える時間を減らしたい", "厨房課"))
    later = assistant.ask(Question("もっと早くするには?", "厨房課", turns_of(first)))
    assert Slot.VERDICT in _slots(first)
    assert later.query.carried
    assert later.status is AnswerStatus.ANSWERED
    assert Slot.VERDICT not in _slots(later)


def test_who_turns_to_something_else_does_not_see_the_last_template_again(assistant):
    first = assistant.ask(Question("献立を考える時間を減らしたい", "厨房課"))
    turned = Question("ところで、予算に合う食事の案を出すひな形ください", "厨房課", turns_of(first))
    alone = Question("予算に合う食事の案を出すひな形ください", "厨房課")
    assert Slot.TEMPLATE in _slots(first)
    assert Slot.TEMPLATE in _slots(assistant.ask(alone))
    assert Slot.TEMPLATE not in _slots(assistant.ask(turned))


def test_a_task_that_is_forbidden_itself_gets_no_steps_and_one_that_was_masked_does(assistant):
    banned = assistant.ask(Question("献立表に氏名と住所を入れて作りたい", "厨房課"))
    assert banned.verdict.kind is VerdictKind.PROHIBITED
    assert not {Slot.STEPS, Slot.STORIES, Slot.TEMPLATE} & set(_slots(banned))
    masked = assistant.ask(
        Question("献立づくりを早くしたい。パスワードは umeboshi77 です", "厨房課")
    )
    assert masked.findings
    assert Slot.STEPS in _slots(masked)
