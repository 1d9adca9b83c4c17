from dataclasses import replace
from itertools import pairwise

from assistant.domain import (
    AnswerSection,
    Line,
    Mode,
    Nearness,
    Question,
    Reduction,
    Slot,
    Verdict,
    VerdictKind,
)
from assistant.web.answer_view import after_parts, answer_parts, turn_html
from tests.web.fake_answers import CARD, OWN_STORY, fact, full_answer, nothing_found
from tests.web.fake_company import BODY, CONDITIONAL, FORBIDDEN
from tests.web.pages import Element, parse

DOCUMENTS = {"rules/rule.md": "rule1", "manuals/start.md": "manual1", "stories/weekly.md": "story1"}
ASKED = Question("週報を早く書きたい", "営業部")


def shown(answer, question: str = ASKED.text) -> Element:
    parts = answer_parts(question, answer, documents=DOCUMENTS) + after_parts(answer)
    return parse(turn_html(1, "done", *parts))


def order(page: Element) -> list[str]:
    turn = page.pieces[0]
    return [piece.attributes["data-part"] for piece in turn.pieces]


def test_verdict_comes_before_everything_and_sources_after() -> None:
    parts = order(shown(full_answer(ASKED)))
    assert parts == [
        *("asked", "verdict", "steps", "stories", "template", "final_check"),
        *("sources", "next", "opinion"),
    ]


def test_verdict_has_a_sign_a_word_and_its_clause() -> None:
    verdict = shown(full_answer(ASKED)).one(data_part="verdict")
    assert "△" in verdict.text
    assert "条件つきで使えます" in verdict.text
    assert verdict.one(data_do="source").attributes["data-n"] == "1"


def test_story_tells_the_saved_time_and_its_source_how_it_was_reckoned() -> None:
    answer = full_answer(ASKED)
    saved = Reduction(0.75, "75%減", "2時間=120分、(120−30)÷120=75%")
    card = replace(OWN_STORY, reduction=saved, mark=answer.citations[0].n)
    section = AnswerSection(Slot.STORIES, "近くの事例", stories=(card,))
    page = shown(replace(answer, sections=(section,)))
    assert "30分(75%減)" in page.one(data_part="stories").text
    assert "計算: 2時間=120分、(120−30)÷120=75%" in page.one(data_part="sources").text


def test_each_verdict_has_a_sign_of_its_own() -> None:
    signs = set()
    for kind in VerdictKind:
        if kind is not VerdictKind.NONE:
            answer = replace(full_answer(ASKED), verdict=Verdict(kind, "文", (CONDITIONAL,)))
            chip = shown(answer).one(data_part="verdict").one("h3")
            signs.add(chip.one("span", aria_hidden="true").text)
    assert len(signs) == 4


def test_clauses_of_the_verdict_are_quoted_below_its_sentence() -> None:
    section = AnswerSection(Slot.VERDICT, "判定", (Line(CONDITIONAL.text, (1,)),))
    answer = replace(full_answer(ASKED), sections=(section,))
    verdict = shown(answer).one(data_part="verdict")
    assert f"「{CONDITIONAL.text}」" in verdict.text
    assert len(verdict.all(data_do="source")) == 1


def test_fact_question_gets_only_its_answer_and_source() -> None:
    parts = order(shown(fact(ASKED)))
    assert parts == ["asked", "notice", "direct", "sources", "opinion"]


def test_template_is_copied_verbatim_even_if_it_looks_like_markup() -> None:
    template = shown(full_answer(ASKED)).one(data_part="template")
    assert template.one("code").text == BODY
    assert not template.all("script")
    assert CARD.caution in template.text


def test_story_shows_before_and_after_in_the_authors_words_and_to_scale() -> None:
    story = shown(full_answer(ASKED)).all("article")[0]
    assert "2時間" in story.text
    assert "30分" in story.text
    widths = [bar.attributes["style"] for bar in story.all("span", class_="k-bar")]
    assert widths == ["width:100.0%", "width:25.0%"]
    assert "あなたの部署" in story.text


def test_story_that_says_no_more_than_its_numbers_gets_no_empty_quote() -> None:
    section = AnswerSection(Slot.STORIES, "近くの事例", stories=(replace(OWN_STORY, sentence=""),))
    page = shown(replace(full_answer(ASKED), sections=(section,)))
    assert not page.all(class_="k-said")


def test_times_that_cannot_be_compared_get_no_bars() -> None:
    per_item = replace(OWN_STORY.after, per="件")
    other = replace(OWN_STORY, after=per_item, nearness=Nearness.OTHER)
    section = AnswerSection(Slot.STORIES, "近くの事例", stories=(other,))
    page = shown(replace(full_answer(ASKED), sections=(section,)))
    assert not page.all("span", class_="k-bar")
    assert "ほかの部署" in page.text


def test_missing_story_of_the_own_department_is_said() -> None:
    note = "広報部の事例はまだありません。となりの営業企画部の例です。"
    section = AnswerSection(Slot.STORIES, "近くの事例", note=note)
    assert note in shown(replace(full_answer(ASKED), sections=(section,))).text


def test_confidential_words_are_marked_and_the_masked_text_is_ready() -> None:
    text = "田中太郎様へのお礼メール"
    page = shown(full_answer(Question(text)), text)
    assert [mark.text for mark in page.one(data_part="asked").all("mark")] == ["田中太郎様"]
    findings = page.one(data_part="findings")
    assert findings.one("p", data_copy="").text == "〔A様〕へのお礼メール"
    assert FORBIDDEN.text in findings.text
    assert findings.one(data_do="masked").text == "伏せ字で聞く"
    alarm = findings.one(data_do="alarm")
    assert (alarm.text, alarm.attributes["data-value"]) == ("誤検知です", "〔A様〕")
    assert alarm.attributes["aria-label"] == "「田中太郎様」は誤検知です"
    assert order(page)[2:4] == ["verdict", "steps"]


def test_masked_words_are_told_without_a_scolding() -> None:
    text = "田中太郎様へのお礼メール"
    told = shown(full_answer(Question(text)), text).one(data_part="findings").text
    assert "そのまま使えます" in told.replace(FORBIDDEN.text, "")
    for scolding in ("入れないでください", "いけません", "禁止", "違反", "ブロック"):
        assert scolding not in told.replace(FORBIDDEN.text, "")


def test_question_that_was_read_differently_can_be_mended_below_the_answer() -> None:
    page = shown(replace(full_answer(ASKED), rewritten="週報について、月報でもいい?"))
    reading = page.one(data_part="reading")
    assert "こう読み取りました" in reading.one("label").text
    assert reading.one("label").one("textarea").text == "週報について、月報でもいい?"
    assert reading.one("button").attributes["data-do"] == "reread"
    assert order(page)[-3:] == ["reading", "next", "opinion"]


def test_abstained_answer_offers_near_documents_and_the_desk() -> None:
    page = shown(nothing_found(ASKED))
    assert "見つけられませんでした" in page.one(data_part="abstained").text
    assert page.one(data_part="abstained").one("button").attributes["data-do"] == "desk"
    assert len(page.one(data_part="nearby").all("li")) == 2
    assert not page.all(data_part="verdict")


def test_source_shows_the_exact_quote_and_links_to_our_own_document_only() -> None:
    source = shown(full_answer(ASKED)).one(data_part="sources").all("li")[1]
    assert source.one("mark").text == "固有名詞を「A社様」などに置き換えます。"
    assert "3ページ" in source.text
    assert source.one("a").attributes["href"].startswith("/doc/manual1?p=m1&s=")


def test_source_that_was_replaced_meanwhile_has_no_dead_link() -> None:
    source = shown(full_answer(ASKED)).one(data_part="sources").all("li")[3]
    assert not source.all("a")
    assert "入れ替わりました" in source.text


def test_headings_go_down_one_level_at_a_time() -> None:
    levels = [
        int(element.tag[1])
        for element in shown(full_answer(ASKED)).all()
        if element.tag in {"h1", "h2", "h3", "h4", "h5"}
    ]
    assert levels[0] == 3
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_page_speaks_no_developers_words() -> None:
    words = shown(full_answer(ASKED)).text + shown(nothing_found(ASKED)).text
    for word in ("RAG", "LLM", "埋め込み", "トークン", "インデックス", "ベクトル"):
        assert word not in words


def test_an_answer_in_a_models_words_says_who_wrote_and_what_was_not_rewritten() -> None:
    composed = full_answer(ASKED)
    written = "".join(after_parts(replace(composed, mode=Mode.MODEL)))
    assert "生成AIが書き、1文ずつ資料と照らし合わせました" in written
    assert "生成AIが書き" not in "".join(after_parts(composed))
