"""Follow-ups become standalone questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.japanese.words import Topics
from assistant.answering.question.conversation import Reader
from assistant.answering.question.departments import mentioned
from assistant.answering.question.named import Named
from assistant.answering.question.rewrite import read_as, rewrite
from assistant.domain import (
    Company,
    Department,
    FaqPair,
    Intent,
    Kind,
    Passage,
    Query,
    Role,
    Source,
    Story,
    Template,
    Tool,
    Turn,
)

_COMPANY = Company(
    name="みなと印刷",
    departments=(
        Department("営業部", ("営業",), neighbours=("制作部",)),
        Department("制作部", ("制作",)),
    ),
    allowed_tools=(Tool("みなとAI", ("社内チャット",)),),
)
_STORY = Source("stories/a.md", "議事録をその日に配る", Kind.STORY)
_TEMPLATE = Source("templates/b.md", "色校正の依頼文", Kind.TEMPLATE)
_FAQ = Source("faqs/c.csv", "よくある質問", Kind.FAQ)
_LOST = "忘れ物の保管期間はどのくらいですか"
_NAMED = Named(
    _COMPANY,
    sources=(_STORY, _TEMPLATE, _FAQ),
    passages=(
        Passage("a", _STORY, 0, (), "…", Story("議事録")),
        Passage("b", _TEMPLATE, 0, (), "…", Template("…", task="色校正")),
        Passage("c", _FAQ, 0, (), f"{_LOST}\n90日です。", FaqPair(_LOST, "90日です。")),
    ),
)


@pytest.fixture(scope="module")
def reader(tokenizer):
    return Reader(_COMPANY, Topics(tokenizer), _NAMED)


def _rewrite(text, reader, *history, department="制作部"):
    turns = [one if isinstance(one, Turn) else Turn(Role.USER, one) for one in history]
    return rewrite(text, department=department, history=turns, reader=reader)


def _said(text):
    return Turn(Role.ASSISTANT, text)


def test_follow_up_carries_the_topic_and_takes_the_named_department(reader):
    query = _rewrite("それ、営業でもいい?", reader, "議事録を早くまとめたい")
    assert query.text == "議事録について、営業でもいい?"
    assert (query.department, query.neighbours) == ("営業部", ("制作部",))
    assert query.intent is Intent.PERMISSION


def test_question_with_its_own_topic_carries_nothing(reader):
    query = _rewrite("見積書の下書きを作りたい", reader, "議事録を早くまとめたい")
    assert query.text == "見積書の下書きを作りたい"
    assert query.department == "制作部"


def test_second_follow_up_keeps_topic_and_department(reader):
    query = _rewrite("もっと短くなる?", reader, "議事録を早くまとめたい", "それ、営業でもいい?")
    assert query.text == "議事録について、もっと短くなる?"
    assert query.department == "営業部"


@pytest.mark.parametrize("text", ["5営業日で返ってくる?", "制作する時間を減らしたい"])
def test_alias_inside_another_word_names_no_department(text):
    assert mentioned(text, _COMPANY) is None


@pytest.mark.parametrize(
    "text",
    [
        "予備は何枚?",
        "自分で消しちゃったやつは戻せる?",
        "で、どんだけ早なるん?",
        "実際やってる部署ある?",
        "テンプレートは?",
        "誰に聞けば?",
        "気をつけることは?",
        "録音していい?",
        "原文じゃなければいい?",
        "お客様の名前は?",
    ],
)
def test_question_that_leaves_its_topic_out_carries_it(reader, text):
    assert "議事録" in _rewrite(text, reader, "議事録を早くまとめたい").text


@pytest.mark.parametrize(
    ("text", "searched"),
    [
        (
            "んで今度は引き継ぎの書類なんだけど、何から始める?",
            "引き継ぎの書類なんだけど、何から始める?",
        ),
        ("ありがとう。忘れ物の保管期間は?", "忘れ物の保管期間は?"),
        ("じゃあ忘れ物の保管期間は?", "じゃあ忘れ物の保管期間は?"),
        ("色校正はいつまで?", "色校正はいつまで?"),
        ("社内チャットは何回まで?", "社内チャットは何回まで?"),
        ("それはもう大丈夫。英語のメールを書きたい", "英語のメールを書きたい"),
        ("ところで名刺の注文はどうするの", "名刺の注文はどうするの"),
        ("ありがとうございます", "ありがとうございます"),
    ],
)
def test_new_topic_lets_the_old_one_go(reader, text, searched):
    assert _rewrite(text, reader, "議事録を早くまとめたい").text == searched


@pytest.mark.parametrize(
    "text",
    [
        "ところで、求人票って作れる?",
        "それはもう大丈夫。求人票の型ほしい",
        "了解です!次は求人票やりたい",
    ],
)
def test_who_turns_to_something_else_has_left_what_was_shown(reader, text):
    shown = _said("「色校正の依頼文」を使ってください。")
    query = _rewrite(text, reader, "色校正を頼みたい", shown)
    assert query.left == ("色校正の依頼文",)
    assert not query.carried


def test_who_asks_on_has_left_nothing(reader):
    shown = _said("「色校正の依頼文」を使ってください。")
    query = _rewrite("もっと短くなる?", reader, "色校正を頼みたい", shown)
    assert query.carried
    assert query.left == ()


def test_first_question_keeps_its_opener(reader):
    assert _rewrite("ところで名刺の注文は?", reader).text == "ところで名刺の注文は?"


def test_question_for_a_value_wants_a_fact_and_for_a_doer_a_story(reader):
    assert _rewrite("カーテンの予備は何枚?", reader).intent is Intent.FACT
    assert _rewrite("それやってる人、だれ?", reader, "議事録を早くしたい").intent is Intent.STORY
    assert _rewrite("3回目のときは?", reader, "督促のメールを書きたい").intent is Intent.FACT


def test_what_is_carried_is_the_topic_without_what_was_asked_of_it(reader):
    asked = "AIで作った画像をSNSに載せてもいい?"
    query = _rewrite("確認は何日かかる?", reader, asked)
    assert query.text == "AIで作った画像について、確認は何日かかる?"


def test_only_another_thing_is_named_so_the_same_is_asked_of_it(reader):
    query = _rewrite("じゃあ動画は?", reader, "AIで作った画像をSNSに載せてもいい?")
    assert query.text.endswith("動画は載せてもいい?")
    assert query.intent is Intent.PERMISSION


def test_document_that_the_last_answer_showed_is_carried_by_its_title(reader):
    said = _said("「議事録をその日に配る」「色校正の依頼文」")
    story = _rewrite("その事例、だれの?", reader, "何か早くする方法ある?", said)
    assert story.text == "「議事録をその日に配る」の事例、だれの?"
    template = _rewrite("2つ目のやつ見せて", reader, "何か早くする方法ある?", said)
    assert template.text == "「色校正の依頼文」のやつ見せて"


def test_answer_gives_the_topic_where_no_question_named_one(reader):
    said = _said("「議事録をその日に配る」という例があります。")
    query = _rewrite("それ、どのくらい早い?", reader, "おすすめある?", said)
    assert query.text == "「議事録をその日に配る」について、どのくらい早い?"


def test_of_an_answer_no_sentence_is_taken_over(reader):
    said = _said("名前は伏せました。会社名を入れていいと決まりました。")
    assert "伏せました" not in _rewrite("それ、いい?", reader, "おすすめある?", said).text


def test_what_has_happened_stays_a_sentence(reader):
    query = _rewrite("誰に言えばいい?", reader, "お客様の名簿をうっかり入れてしまった")
    assert query.text == "お客様の名簿をうっかり入れてしまった。誰に言えばいい?"


@pytest.mark.parametrize(
    ("typed", "read", "shown"),
    [
        ("議事録は?", "議事録は?", ""),
        ("ありがとう。議事録は?", "議事録は?", ""),
        ("ＡＩは ﾀﾞﾒ?", "AIは ダメ?", ""),
        ("それは?", "議事録について、それは?", "議事録について、それは?"),
        ("ぎじろくは?", "議事録は?", "議事録は?"),
    ],
)
def test_reading_is_told_only_where_it_differs(typed, read, shown):
    assert read_as(typed, Query(read)) == shown


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=4))
def test_any_conversation_can_be_read_and_the_first_question_stays(tokenizer, text, history):
    reader = Reader(_COMPANY, Topics(tokenizer), _NAMED)
    turns = [Turn(role, one) for one in history for role in Role]
    assert len(rewrite(text, department="", history=turns, reader=reader).text) < 400
    alone = rewrite(text, department="", history=(), reader=reader)
    assert read_as(text, alone) == ""
