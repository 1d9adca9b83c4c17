"""The main job on real parts: the sample company, a real index, a real server, a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.driver import PHONE, Person, served
from tests.conftest import SAMPLE
from tests.support.servers import free_port

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def address(published: Path) -> Iterator[str]:
    port = free_port()
    env = {"KATSUYO_DATA_DIR": str(published), "KATSUYO_CORPUS_DIR": str(SAMPLE)}
    command = ["-m", "assistant.cli", "serve", "--port", str(port)]
    with served(command, port, env=env) as up:
        yield up


def template_of(path: str) -> str:
    """Return the fenced block of a template in the corpus."""
    text = (SAMPLE / "templates" / path).read_text(encoding="utf-8")
    found = re.search(r"```\w*\n(.*?)\n```", text, flags=re.S)
    assert found
    return found[1]


def test_weekly_report_from_department_to_citation_to_clipboard(person: Person) -> None:
    person.choose_department("営業部")
    turn = person.ask("週報を早く書きたい")

    expect(turn.locator(".k-verdict")).to_contain_text("使えます")
    expect(turn.locator(".k-verdict")).to_contain_text("週報・日報・報告書の下書き")
    for heading in ("答え", "近くの事例", "そのまま使えるテンプレート", "出す前の確認"):
        expect(turn).to_contain_text(heading)
    expect(turn).to_contain_text(re.compile(r"2時間.*30分", flags=re.S))
    expect(turn).to_contain_text("河野 真央")
    expect(turn).to_contain_text("2026年5月")

    turn.locator(".k-template").get_by_role("button", name="コピー").click()
    expect(turn.locator(".k-template")).to_contain_text("コピーしました")
    assert person.clipboard() == template_of("weekly-report.md")

    turn.get_by_role("button", name="出典1を見る").first.click()
    source = person.page.locator("#k-panel .k-current")
    expect(source.locator("mark")).to_have_text("週報・日報・報告書の下書きと言い回しの手直し")
    with person.context.expect_page() as opened:
        source.get_by_role("link", name="文書を開く").click()
    quote = opened.value.locator("#quote")
    expect(quote).to_have_text("週報・日報・報告書の下書きと言い回しの手直し")
    expect(quote).to_be_in_viewport()


def test_a_customer_name_is_masked_and_the_answer_follows(person: Person) -> None:
    person.choose_department("営業部")
    turn = person.ask("株式会社山本製作所の田中様へのお礼メールを書きたい")
    expect(turn).to_contain_text("伏せ字にして調べました")
    expect(turn).to_contain_text("へのお礼メールを書きたい")
    expect(turn).to_contain_text("そのまま使えるテンプレート")


def test_an_unknown_thing_is_said_and_the_desk_is_offered(person: Person) -> None:
    turn = person.ask("社員食堂のカレーはいくらですか")
    expect(turn.get_by_role("button", name="窓口に相談する").first).to_be_visible()
    expect(turn).to_contain_text("近い資料")


def test_the_rule_is_one_click_away(person: Person) -> None:
    with person.context.expect_page() as opened:
        person.page.get_by_role("link", name=re.compile("ルール")).first.click()
    expect(opened.value.locator("body")).to_contain_text("入力禁止")


def test_the_phone_shows_the_answer_without_sideways_scrolling(
    browser: Browser, address: str
) -> None:
    someone = Person.at(browser, address, viewport=PHONE, has_touch=True, is_mobile=True)
    someone.ask("見積もりの比較を楽にしたい")
    assert someone.sideways() <= 0
    someone.leave()
