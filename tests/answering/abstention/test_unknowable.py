"""Some questions no document can answer, and how they are asked tells it."""

import pytest

from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.abstention.unknowable import (
    asks_mind,
    asks_other_day,
    is_garbled,
    lacks_count,
)
from assistant.answering.japanese.words import Topics


@pytest.fixture(scope="module")
def topics():
    return Topics(SudachiTokenizer())


@pytest.mark.parametrize(
    ("question", "mind"),
    [
        ("部長は本心ではどう思ってるの", True),
        ("あの人の好きな食べ物は?", True),
        ("私の考えてること当ててみて", True),
        ("どの道具を使うのが早いですか", False),
        ("相手の機嫌を損ねない言い方を知りたい", False),
    ],
)
def test_nobody_wrote_down_what_people_think(question, mind):
    assert asks_mind(question) is mind


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("来月は何件届く?", "毎月20日に締めます", True),
        ("来月の締め切りはいつ?", "来月の締め切りは20日です", False),
        ("きのうの会議が長くてつらい、短くしたい", "会議を短くする", False),
        ("2031年の上限はいくら?", "上限は月3万円です", True),
    ],
)
def test_which_and_how_many_of_another_day_must_be_written(question, text, other):
    assert asks_other_day(question, [text]) is other


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("返事まで平均何秒?", "すぐに返ります", True),
        ("返事まで平均何秒?", "約5秒で返ります", False),
        ("どこの何県にあるの", "国内にあります", True),
        ("1回に何文字まで?", "8,000字までです", False),
        ("夜は何時まで?", "5:00〜25:00", False),
        ("何を書けばいいの", "目的を書きます", False),
    ],
)
def test_what_is_counted_must_stand_in_the_evidence(question, text, lacks):
    assert lacks_count(question, [text]) is lacks


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        ("ああああああああ", True),
        ("ﾎﾟﾎﾟﾎﾟﾎﾟﾎﾟﾎﾟ", True),
        ("12 ぬ 禁止 の へ ら", True),
        ("台帳が台帳を台帳するとき台帳は?", True),
        ("週報を早く書きたい", False),
        ("how do I write a weekly report", False),
        ("", False),
    ],
)
def test_what_means_nothing_is_seen(topics, text, garbled):
    assert is_garbled(text, topics) is garbled
