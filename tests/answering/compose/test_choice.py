"""The sentence, list item or row of a table that holds what is asked for."""

from datetime import timedelta

import pytest

from assistant.answering.compose.choice import chosen
from assistant.answering.compose.pieces import rows
from assistant.domain import Hit, Kind, Measure, Passage, Prose, Query, Source, Story

_TABLE = """予備は階ごとに置きます。

| 品目 | 交換の周期 | 予備 | 保管場所 |
| --- | --- | --- | --- |
| シーツ | 2泊ごと | 4枚 | リネン庫 |
| カーテン | 年2回 | 10組 | 地下倉庫 |
"""

_STORY = (
    "口コミの返信は1件に25分かかっていました。"
    "名前を消してAIに渡すようにしました。"
    "1件8分で出せます。"
)


def _hit(text, content=None, *, score=1.0, title="客室の手引き"):
    kind = Kind.STORY if isinstance(content, Story) else Kind.MANUAL
    source = Source("manuals/room.md", title, kind)
    passage = Passage(f"{title}{text[:8]}", source, 0, ("リネン",), text, content or Prose())
    return Hit(passage, score)


def _texts(question, *hits):
    fitting = {hit.passage.id for hit in hits}
    return [one.piece.text for one in chosen(Query(question), hits, fitting=fitting)]


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("シーツは何泊ごとに替える?", "| シーツ | 2泊ごと | 4枚 | リネン庫 |"),
        ("カーテンの交換は年に何回?", "| カーテン | 年2回 | 10組 | 地下倉庫 |"),
    ],
)
def test_the_asked_row_of_a_table_is_chosen_exactly_as_written(question, row):
    assert row in _texts(question, _hit(_TABLE))


def test_a_row_reads_as_one_line_with_the_names_of_its_columns():
    shown = [row.shown for row in rows(_hit(_TABLE).passage)]
    assert shown[1] == "カーテン: 交換の周期は年2回、予備は10組、保管場所は地下倉庫"


def test_names_of_columns_with_a_number_are_left_out_since_the_quote_has_none():
    table = "| 区分 | 2025年度 | 2026年度 |\n|---|---|---|\n| 宿泊 | 300 | 320 |"
    assert [row.shown for row in rows(_hit(table).passage)] == ["宿泊: 300、320"]


def test_two_columns_read_as_name_and_value():
    table = "| 項目 | 限度 |\n|---|---|\n| 大きさ | 20MBまで |"
    assert [row.shown for row in rows(_hit(table).passage)] == ["大きさ: 20MBまで"]


def test_the_sentence_with_the_asked_number_goes_before_the_first_sentence():
    text = "申し出は3日前までに受けます。聞き取り票は5年間保存します。まな板は紫色です。"
    assert _texts("聞き取り票は何年残すの", _hit(text)) == ["聞き取り票は5年間保存します。"]
    assert _texts("まな板は何色?", _hit(text)) == ["まな板は紫色です。"]


def test_each_of_two_questions_gets_its_sentence():
    text = "マイクの貸し出しは3日までです。数に限りがあります。申し込みは総務部の窓口へ。"
    found = _texts("マイクは何日まで?申し込みは誰に?", _hit(text))
    assert found == ["マイクの貸し出しは3日までです。", "申し込みは総務部の窓口へ。"]


def test_what_a_story_came_to_is_told_when_its_result_is_asked_for():
    story = Story(
        "口コミ返信",
        before=Measure("1件25分", timedelta(minutes=25)),
        after=Measure("1件8分", timedelta(minutes=8)),
    )
    hit = _hit(_STORY, story, title="口コミの返信を早く")
    assert "1件8分で出せます。" in _texts("口コミの返信、何分になった?", hit)


def test_a_passage_that_is_not_near_answers_only_with_number_and_words_together():
    other = _hit("研修は年4回です。")
    assert chosen(Query("1日に何回使える?"), [other], fitting=()) == []
    fitting = _hit("1日に使えるのは100回までです。")
    assert chosen(Query("1日に何回使える?"), [fitting], fitting=())


def test_names_that_stand_everywhere_choose_nothing():
    training = _hit("ナビAIの研修は1回90分です。", title="ナビAI研修")
    limit = _hit("1日に100回まで使えます。", score=0.95)
    found = chosen(
        Query("ナビAIは1日何回まで?"),
        [training, limit],
        fitting={training.passage.id, limit.passage.id},
        general=["ナビAI"],
    )
    assert found[0].piece.text == "1日に100回まで使えます。"


def test_nothing_is_chosen_from_nothing():
    assert chosen(Query("何回?"), [], fitting=()) == []
