from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.driver import PHONE, Person, served
from tests.support.servers import free_port
from tests.web.fake_company import BODY

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    port = free_port()
    with served(["-m", "tests.web.serve_fake", str(port)], port) as up:
        yield up


@pytest.fixture
def on_the_phone(browser: Browser, address: str) -> Iterator[Person]:
    someone = Person.at(
        browser, address, viewport=PHONE, has_touch=True, is_mobile=True, color_scheme="dark"
    )
    yield someone
    someone.leave()


def test_question_is_answered_with_verdict_steps_story_template_and_sources(person: Person) -> None:
    person.choose_department("営業部")
    turn = person.ask("週報を早く書きたい")
    expect(turn.locator(".k-verdict")).to_contain_text("条件つきで使えます")
    for words in ("やり方", "近くの事例", "30分", "そのまま使えるテンプレート", "出す前の確認"):
        expect(turn).to_contain_text(words)
    expect(person.page.get_by_label("聞きたいこと")).to_have_value("")
    assert person.page.evaluate("document.documentElement.lang") == "ja"


def test_template_is_copied_whole(person: Person) -> None:
    turn = person.ask("週報を早く書きたい")
    turn.locator(".k-template").get_by_role("button", name="コピー").click()
    expect(turn.locator(".k-template")).to_contain_text("コピーしました")
    assert person.clipboard() == BODY


def test_mark_shows_its_source_and_the_document_opens_at_the_quote(person: Person) -> None:
    turn = person.ask("週報を早く書きたい")
    turn.locator(".k-steps").get_by_role("button", name="出典2を見る").first.click()
    source = person.page.locator("#k-panel .k-current")
    expect(source.locator("mark")).to_have_text("固有名詞を「A社様」などに置き換えます。")
    with person.context.expect_page() as opened:
        source.get_by_role("link", name="文書を開く").click()
    expect(opened.value.locator("#quote")).to_have_text("固有名詞を「A社様」などに置き換えます。")
    expect(opened.value.locator("#quote")).to_be_in_viewport()


def test_department_is_remembered_and_changes_the_cards(person: Person) -> None:
    person.choose_department("品質保証部")
    expect(person.page.locator(".k-card").first).to_contain_text("品質保証部の例")
    person.open()
    expect(person.page.get_by_label("部署")).to_have_value("品質保証部")
    expect(person.page.locator(".k-card").first).to_contain_text("品質保証部の例")


def test_card_asks_its_question(person: Person) -> None:
    person.page.locator(".k-card").first.click()
    expect(person.finished(0).locator(".k-asked")).to_have_text("週報を早く書きたい")
    expect(person.page.locator(".k-welcome")).to_be_hidden()


def test_whole_way_by_keyboard(person: Person) -> None:
    field = person.page.get_by_label("聞きたいこと")
    field.focus()
    person.page.keyboard.type("週報を早く書きたい")
    person.page.keyboard.press("Enter")
    assert person.page.locator(".k-turn").count() == 0
    person.page.keyboard.press("Control+Enter")
    turn = person.finished(0)
    mark = turn.locator(".k-mark").first
    mark.focus()
    person.page.keyboard.press("Enter")
    person.page.keyboard.press("Tab")
    expect(person.page.locator("#k-panel a.k-open").first).to_be_focused()
    person.page.keyboard.press("Escape")
    expect(mark).to_be_focused()


def test_enter_that_confirms_kanji_does_not_send(person: Person) -> None:
    field = person.page.get_by_label("聞きたいこと")
    field.fill("しゅうほう")
    field.dispatch_event(
        "keydown", {"key": "Enter", "ctrlKey": True, "isComposing": True, "bubbles": True}
    )
    person.page.wait_for_timeout(200)
    assert person.page.locator(".k-turn").count() == 0


def test_ticks_stay_while_the_conversation_goes_on(person: Person) -> None:
    first = person.ask("週報を早く書きたい")
    first.get_by_role("checkbox").first.check()
    first.locator(".k-next button").first.click()
    second = person.finished(1)
    expect(second.locator(".k-asked")).to_have_text("月報にも使えますか?")
    expect(first.get_by_role("checkbox").first).to_be_checked()
    expect(second.locator(".k-asked")).to_be_in_viewport()


def test_escape_stops_and_again_asks_again(person: Person) -> None:
    person.page.get_by_label("聞きたいこと").fill("週報を早く書きたい")
    person.page.keyboard.press("Control+Enter")
    person.page.locator(".k-status").first.wait_for()
    person.page.keyboard.press("Escape")
    stopped = person.finished(0)
    expect(stopped).to_contain_text("止めました")
    person.page.wait_for_timeout(1500)
    assert stopped.locator(".k-opinion").count() == 0
    stopped.get_by_role("button", name="もう一度").click()
    expect(person.finished(1)).to_contain_text("条件つきで使えます")


def test_confidential_words_are_marked_and_can_be_hidden(person: Person) -> None:
    turn = person.ask("田中太郎様へのお礼メール")
    expect(turn.locator(".k-asked mark")).to_have_text("田中太郎様")
    expect(turn).to_contain_text("やり方")
    turn.get_by_role("button", name="伏せ字で聞く").click()
    expect(turn.locator(".k-asked")).to_have_text("〔A様〕へのお礼メール")
    assert "田中" not in person.page.locator(".k-log").inner_text()


def test_masked_text_is_one_click_away_and_its_answer_follows_at_once(person: Person) -> None:
    turn = person.ask("田中太郎様へのお礼メール")
    findings = turn.locator(".k-findings")
    expect(findings).to_contain_text("お客様や社員のお名前・連絡先は入力しないでください。")
    findings.get_by_role("button", name="コピー").click()
    expect(findings).to_contain_text("コピーしました")
    assert person.clipboard() == "〔A様〕へのお礼メール"
    expect(turn.locator(".k-steps")).to_be_visible()


def test_word_masked_by_mistake_is_reported_with_one_click(person: Person) -> None:
    turn = person.ask("田中太郎様と佐々木様へのお礼メール")
    turn.get_by_role("button", name="「田中太郎様」は誤検知です").click()
    said = turn.locator(".k-findings .k-noted")
    expect(said).to_contain_text("元の言葉は送っていません")
    expect(turn.locator("[data-do=alarm]").first).to_have_text("知らせました")
    expect(turn.locator("[data-do=alarm]").first).to_be_disabled()
    expect(turn.locator("[data-do=alarm]").last).to_be_enabled()


def test_question_as_it_was_read_is_mended_and_asked_again(person: Person) -> None:
    person.ask("週報を早く書きたい")
    turn = person.ask("それ、月報でもいい?")
    field = turn.get_by_label("こう読み取りました")
    expect(field).to_have_value("週報を早く書きたいについて、月報でもいい?")
    field.fill("日報を早く書きたい")
    turn.get_by_role("button", name="この質問で聞き直す").click()
    again = person.finished(2)
    expect(again.locator(".k-asked")).to_have_text("日報を早く書きたい")
    expect(again.locator(".k-reading")).to_have_count(0)
    expect(person.page.get_by_label("聞きたいこと")).to_have_value("")


def test_question_as_it_was_read_is_mended_by_keyboard_alone(person: Person) -> None:
    person.ask("週報を早く書きたい")
    turn = person.ask("それ、月報でもいい?")
    turn.get_by_label("こう読み取りました").focus()
    person.page.keyboard.press("Control+a")
    person.page.keyboard.type("日報を早く書きたい")
    person.page.keyboard.press("Tab")
    expect(turn.get_by_role("button", name="この質問で聞き直す")).to_be_focused()
    person.page.keyboard.press("Shift+Tab")
    person.page.keyboard.press("Control+Enter")
    expect(person.finished(2).locator(".k-asked")).to_have_text("日報を早く書きたい")


def test_opinions_are_thanked_for(person: Person) -> None:
    turn = person.ask("田中太郎様へのお礼メール")
    turn.get_by_role("button", name="役に立った").click()
    expect(turn.locator(".k-opinion .k-noted")).to_contain_text("お名前は記録せず")


def test_desk_opens_with_the_masked_question_filled_in(person: Person) -> None:
    turn = person.ask("田中太郎様の件、見つからないときは?")
    turn.get_by_role("button", name="窓口に相談する").first.click()
    desk = person.page.get_by_role("dialog", name="相談窓口")
    expect(desk).to_contain_text("#ai-soudan")
    expect(desk.locator("[data-copy]")).to_contain_text("見つからないときは?")
    person.page.keyboard.press("Escape")
    expect(desk).to_be_hidden()


def test_failure_shows_a_number_and_no_traceback(person: Person) -> None:
    turn = person.ask("落ちてください")
    expect(turn.locator(".k-trouble")).to_contain_text("相談窓口に伝えてください")
    assert "hunter2" not in person.page.content()


def test_new_conversation_starts_empty(person: Person) -> None:
    person.ask("週報を早く書きたい")
    person.page.get_by_role("button", name="新しい会話").click()
    expect(person.page.locator(".k-turn")).to_have_count(0)
    expect(person.page.locator(".k-card").first).to_be_visible()


def test_lost_connection_keeps_what_was_typed(browser: Browser, address: str) -> None:
    person = Person.at(browser, address)
    person.page.get_by_label("聞きたいこと").fill("下書きの途中です")
    person.context.set_offline(offline=True)
    expect(person.page.get_by_role("alert")).to_contain_text("つながりが切れました")
    expect(person.page.get_by_label("聞きたいこと")).to_have_value("下書きの途中です")
    person.context.set_offline(offline=False)
    expect(person.page.locator(".k-offline")).to_be_hidden(timeout=20_000)
    person.complaints.clear()  # of requests that had no connection
    person.leave()


def test_phone_shows_sources_as_a_sheet_and_never_scrolls_sideways(on_the_phone: Person) -> None:
    person = on_the_phone
    assert person.sideways() == 0
    turn = person.ask("会社で使えるツールはどれ")
    assert person.sideways() == 0
    turn = person.ask("週報を早く書きたい")
    assert person.sideways() == 0
    turn = person.ask("それ、とても長い名前の月報や日報や引き継ぎ書でもいいですか?")
    expect(turn.get_by_label("こう読み取りました")).to_be_visible()
    person.ask("田中太郎様と佐々木様へのお礼メール")
    assert person.sideways() == 0
    turn.locator(".k-mark").first.tap()
    sheet = person.page.get_by_role("dialog", name="出典")
    expect(sheet).to_be_visible()
    expect(sheet.locator(".k-current mark")).to_contain_text("社内文書の下書き")
    person.page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def test_phone_has_buttons_big_enough_for_a_thumb(on_the_phone: Person) -> None:
    on_the_phone.ask("田中太郎様へのお礼メール")
    turn = on_the_phone.ask("それ、佐々木様にも送っていい?")
    expect(turn.locator(".k-alarm")).to_be_visible()
    for button in turn.locator("button.k-btn:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44


CONTRAST = """
() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (c) => {
    const [r, g, b] = c.slice(0, 3).map((v) => v / 255)
      .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const weak = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.checkVisibility() || node.disabled) continue;
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(behind(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) weak.push(ratio.toFixed(2) + walker.currentNode.data.trim().slice(0, 20));
  }
  return weak;
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read(browser: Browser, address: str, scheme: str) -> None:
    person = Person.at(browser, address, color_scheme=scheme)
    assert person.page.evaluate(CONTRAST) == []
    person.ask("田中太郎様へのお礼メール")
    person.ask("それ、佐々木様にも送っていい?")
    person.ask("これは見つからない質問")
    assert person.page.evaluate(CONTRAST) == []
    person.page.goto(f"{address}/doc/manual1?p=m2&s=0&e=5")
    assert person.page.evaluate(CONTRAST) == []
    person.leave()


def test_dark_is_one_button_away_and_remembered(person: Person) -> None:
    person.page.get_by_role("button", name="暗い画面にする").click()
    dark = person.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark == "rgb(20, 24, 22)"
    person.open()
    assert person.page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_rule_is_one_click_away_and_fits_one_printed_page(person: Person) -> None:
    with person.context.expect_page() as opened:
        person.page.get_by_role("link", name="ルール").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("生成AI利用ルール")
    assert opened.value.pdf(format="A4").count(b"/Type /Page\n") == 1
