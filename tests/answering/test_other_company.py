"""A second company with other words: a rule of tables with marks and 「してはならない」."""

from datetime import date

import pytest

from assistant.adapters.readers import default_readers
from assistant.answering.assistant import Assistant
from assistant.answering.render import to_json, to_markdown
from assistant.corpus.reading import read_corpus
from assistant.domain import AnswerStatus, Category, Question, Slot, Status, VerdictKind
from assistant.web.answer_view import answer_parts
from tests.answering.conftest import SmallEngine

_FILES = {
    "company.yaml": """\
company:
  name: 北浜ホテル株式会社
  short_names: [北浜ホテル]
departments:
  - {name: フロント課, aliases: [フロント], neighbours: [宿泊課]}
  - {name: 宿泊課, neighbours: [フロント課]}
  - {name: 調理課, aliases: [調理]}
tools:
  allowed:
    - {name: 北浜アシスト, aliases: [アシスト]}
  not_allowed:
    - {name: 会社が契約していないAI, aliases: [自前のAI]}
consultation: {name: ITよろず窓口, channel: 内線 88}
""",
    "rules/kitei.md": """\
---
title: AI取扱規程
kind: rule
review_by: 2026-01-31
---
# AI取扱規程

## 第1条(禁止事項)
従業員は、次のものをAIに入力してはならない。
- 宿泊者の氏名、部屋番号、連絡先
- 取引先の会社名
- 監視カメラの映像
- 発表前の料金改定および新規出店の計画

## 第2条(用途の区分)
| 用途 | 区分 | 守ること |
| --- | --- | --- |
| 口コミへの返信文 | ○ | 投稿者が分かる語を含めない |
| 予約台帳の集計 | △ | 氏名を連番に置き換え、課長の許可を得る |
| 面接の採否の決定 | × | 人が決める |
| 外国語の館内案内 | ○ | 母語話者が読む |

## 第3条(提出前の確認)
- 料金と時刻を原本と照合したか

## 第4条(相談)
- 判断に迷うときはITよろず窓口(内線 88)に連絡する
""",
    "stories/kuchikomi.md": """\
---
title: 口コミの返信が翌日に持ち越さなくなった
department: 宿泊課
task: 口コミの返信
tool: 北浜アシスト
before: 1件25分
after: 1件7分
author: 南 千早
date: 2026-03-03
---
以前は一件書くのに25分を要し、週末の分が月曜まで残っていた。

次に、褒められた点と叱られた点を一行ずつ抜き出した。最後に、北浜アシストへ返信の案を二つ出させた。

いまは7分で返し終わる。言い訳を足してくることだけは、いまも直していない。
""",
    "templates/kuchikomi.md": """\
---
title: 口コミ返信の下書き
task: 口コミの返信
---
投稿者の名前は書かずに使います。

```
【良かった点】と【ご指摘】に触れて、200字の返信を書いてください。
```
""",
    "faqs/faq.csv": "question,answer,department,updated\n"
    "北浜アシストは休憩室の端末でも使えますか,共用端末では使えません。,,2026-01-05\n",
}


@pytest.fixture(scope="module")
def hotel(tokenizer, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hotel")
    for name, text in _FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    reading = read_corpus(folder, readers=default_readers())
    passages = [
        passage
        for document in reading.documents
        if document.source.status is Status.CURRENT
        for passage in document.passages
    ]
    engine = SmallEngine(tokenizer, reading.company, passages)
    return Assistant(engine, tokenizer, lambda: date(2026, 11, 22))


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("宿泊者の氏名を入れてもいい?", VerdictKind.PROHIBITED),
        ("監視カメラの映像を解析させていいですか", VerdictKind.PROHIBITED),
        ("発表前の料金改定の表をまとめさせていい?", VerdictKind.PROHIBITED),
        ("面接の採否を決めさせてもいい?", VerdictKind.PROHIBITED),
        ("自前のAI使ってもいい?", VerdictKind.ASK_DESK),
        ("予約台帳を集計させてもかまわない?", VerdictKind.CONDITIONAL),
        ("予約台帳の氏名を伏せて集計してもいい?", VerdictKind.CONDITIONAL),
        ("氏名を伏せれば監視カメラの映像を入れていい?", VerdictKind.PROHIBITED),
        ("名前を伏せたら監視カメラの映像を入れていい?", VerdictKind.PROHIBITED),
        ("口コミの返信に使っていい?", VerdictKind.ALLOWED),
        ("厨房の排水量を予測させていい?", VerdictKind.ASK_DESK),
    ],
)
def test_verdict_is_read_from_articles_and_marks(hotel, text, verdict):
    assert hotel.ask(Question(text)).verdict.kind is verdict


def _section(answer, slot):
    return next(section for section in answer.sections if section.slot is slot)


def test_yes_is_followed_by_one_story_and_the_template(hotel):
    answer = hotel.ask(Question("口コミの返信に使っていい?", "フロント課"))
    slots = [section.slot for section in answer.sections]
    assert slots == [Slot.VERDICT, Slot.STORIES, Slot.TEMPLATE]
    marks = {mark for section in answer.sections for line in section.lines for mark in line.marks}
    cards = [card.mark for card in _section(answer, Slot.STORIES).stories]
    template = _section(answer, Slot.TEMPLATE).template.mark
    assert {c.n for c in answer.citations} == {*marks, *cards, template}


def test_sentence_that_only_repeats_the_numbers_is_left_out(hotel):
    answer = hotel.ask(Question("口コミの返信を早く書きたい", "フロント課"))
    story = _section(answer, Slot.STORIES)
    assert story.stories[0].after.original.endswith("7分")
    assert story.stories[0].sentence == "", "«いまは7分で返し終わる。» says no more"
    assert story.note.startswith("フロント課の事例はまだありません。となりの宿泊課")


def test_steps_tell_what_was_done_and_share_one_source(hotel):
    answer = hotel.ask(Question("口コミの返信を早く書きたい", "宿泊課"))
    lines = _section(answer, Slot.STEPS).lines
    assert [line.text[:3] for line in lines] == ["次に、", "最後に"]
    assert len({line.marks for line in lines}) == 1


def test_word_typed_as_it_is_read_is_understood(hotel):
    answer = hotel.ask(Question("ｸﾁｺﾐのへんしん楽にしたい", "宿泊課"))
    assert "返信" in answer.query.text
    assert answer.status is AnswerStatus.ANSWERED


def test_general_nouns_together_are_a_topic(hotel):
    assert hotel.ask(Question("館内案内を外国語にしたい")).status is AnswerStatus.ANSWERED


def test_story_question_without_a_story_says_so(hotel):
    answer = hotel.ask(Question("外国語の館内案内にAIを使った人いる?", "調理課"))
    first = next((s for s in answer.sections if s.slot is Slot.STORIES), None)
    assert first is None or first.stories or first.note.startswith("この仕事の事例は、まだ")


def test_passed_review_is_marked_wherever_the_source_is_told(hotel):
    answer = hotel.ask(Question("宿泊者の氏名を入れてもいい?"))
    assert answer.citations[0].overdue
    assert "AI取扱規程 第1条(禁止事項)(見直し期限切れ)" in to_markdown(answer)
    assert to_json(answer)["citations"][0]["overdue"]
    assert "見直し期限切れ" in "".join(answer_parts("?", answer, documents={}))


@pytest.mark.parametrize(
    "text",
    ["大浴場の清掃は何時からですか", "社員寮の家賃はいくら?", "アシストの契約会社はどこ?"],
)
def test_what_the_documents_do_not_hold_is_admitted(hotel, text):
    assert hotel.ask(Question(text)).status is AnswerStatus.NO_EVIDENCE


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("株式会社川本製作所への礼状", "〔A社様〕への礼状"),
        ("大和田課長に出す文", "〔A様〕課長に出す文"),
        ("大阪支店長のあいさつ", "大阪支店長のあいさつ"),
    ],
)
def test_names_are_masked_whole(hotel, text, masked):
    answer = hotel.ask(Question(text))
    assert answer.safe_text == masked
    assert {f.category for f in answer.findings} <= {Category.PERSON, Category.COMPANY}
