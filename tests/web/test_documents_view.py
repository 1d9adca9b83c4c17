from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Status
from assistant.web.documents_view import Quote, document_page
from assistant.web.passage_view import text_html
from assistant.web.rule_view import rule_page
from assistant.web.start_view import start_html
from tests.web.fake_company import (
    BODY,
    CHECK,
    COMPANY,
    CONDITIONAL,
    DOCUMENTS,
    FORBIDDEN,
    TABLE,
    TOLD,
)
from tests.web.fakes import FakePublished, fake_starters
from tests.web.pages import Element, parse

BY_ID = {document.id: document for document in DOCUMENTS}


def opened(document_id: str, quote: Quote = Quote("")) -> Element:  # noqa: B008
    return parse(document_page(BY_ID[document_id], company=COMPANY, quote=quote))


def test_document_opens_at_the_exact_quote() -> None:
    start = TOLD.text.index("30分")
    page = opened("story1", Quote("s1", start, start + 3))
    mark = page.one("mark")
    assert mark.text == "30分"
    assert mark.attributes["id"] == "quote"


def test_quote_inside_a_table_is_marked_in_its_cell() -> None:
    start = TABLE.text.index("議事録くん")
    page = opened("manual1", Quote("m2", start, start + 5))
    cells = [cell.text for cell in page.all("td")]
    assert cells[:3] == ["社内AIチャット", "文章の下書き、要約", "いりません"]
    assert [cell.text for cell in page.all("th")] == ["ツール", "できること", "申し込み"]
    assert page.one("mark").text == "議事録くん"


def test_headings_and_pages_are_shown_once_each() -> None:
    page = opened("manual1")
    assert [heading.text for heading in page.all("h2")] == ["文書を作る", "使えるツール"]
    assert [heading.text for heading in page.all("h3")] == ["週報"]
    assert "3ページ" in page.text
    assert "5ページ" in page.text


def test_withdrawn_document_says_so_and_why() -> None:
    banner = opened("old1").one(role="alert").text
    assert "古い版" in banner
    assert "2026年4月に第2版" in banner
    retracted = replace(BY_ID["old1"].source, status=Status.RETRACTED)
    page = document_page(replace(BY_ID["old1"], source=retracted), company=COMPANY, quote=Quote(""))
    assert "取り下げられました" in parse(page).one(role="alert").text


def test_template_can_be_copied_from_its_document() -> None:
    assert opened("template1").one("code").text == BODY


def test_offsets_beyond_the_text_do_no_harm() -> None:
    assert opened("story1", Quote("s1", 5_000, 9_000)).all("mark") == []
    assert opened("story1", Quote("no such passage", 0, 3)).all("mark") == []


@given(st.text("あ|\n- x", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_any_text_with_any_quote_becomes_well_formed(text: str, start: int, end: int) -> None:
    parse(text_html(text, (start, end)))


def test_rule_page_holds_every_clause_under_its_heading() -> None:
    page = parse(rule_page((FORBIDDEN, CONDITIONAL, CHECK), company=COMPANY))
    assert [heading.text for heading in page.all("h2")] == [
        "3. 入力禁止",
        "4. 条件つきで使えるもの",
        "6. 最終チェック",
    ]
    assert [item.text for item in page.all("li")] == [FORBIDDEN.text, CONDITIONAL.text, CHECK.text]
    assert "#ai-soudan" in page.text


def test_company_without_a_rule_is_told_what_to_do() -> None:
    assert "rules フォルダ" in parse(rule_page((), company=COMPANY)).text


def test_start_offers_three_cards_and_asks_gently_for_the_department() -> None:
    page = parse(start_html(FakePublished(), "", fake_starters("")))
    assert len(page.all("button", class_="k-card")) == 3
    assert "選ばなくても使えます" in page.text
    assert [option.text for option in page.all("option")][1:] == [
        "営業部",
        "営業企画部",
        "品質保証部",
    ]


def test_start_remembers_the_department() -> None:
    page = parse(start_html(FakePublished(), "営業部", fake_starters("営業部")))
    assert page.one("option", selected="").text == "営業部" or any(
        "selected" in option.attributes for option in page.all("option", value="営業部")
    )
    assert "はじめまして" not in page.text


def test_start_shows_the_desk_with_owner_channel_hours_and_anonymous_way() -> None:
    desk = parse(start_html(FakePublished(), "", ())).one(data_into="desk").text
    for words in ("三浦", "#ai-soudan", "9:00〜17:00", "1営業日", "名前なしで送る"):
        assert words in desk


def test_missing_vectors_are_one_quiet_line() -> None:
    page = parse(start_html(FakePublished(vector_share=0.42), "", ()))
    assert "42%" in page.one(data_into="notice").text
    page = parse(start_html(FakePublished(), "", ()))
    assert page.one(data_into="notice").text == ""
