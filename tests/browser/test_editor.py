"""A person of the DX staff in a real browser: a file dragged in ends in an employee's answer."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.driver import PHONE, Person, served
from tests.conftest import SAMPLE
from tests.support.servers import free_port

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KEY = "the-key-that-the-operator-chose"
STORY = """# 展示会のアンケートを半日で集計

営業企画部では、展示会のアンケートの自由記述を集計するのに毎回2日かかっていました。
アオバChatに分類を頼んでから見直すようにして、2日 → 半日 になりました。
"""
_DROP = """([zone, name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, { type: "text/markdown" }));
  const how = { dataTransfer: data, bubbles: true, cancelable: true };
  for (const type of ["dragenter", "dragover", "drop"]) {
    zone.dispatchEvent(new DragEvent(type, how));
  }
}"""


@pytest.fixture(scope="module")
def address(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("editor-browser")
    shutil.copytree(
        published, folder / "data", ignore=shutil.ignore_patterns("embedder", "chroma*")
    )
    (folder / "data" / "embedder").symlink_to(published / "embedder")
    shutil.copytree(SAMPLE, folder / "corpus")
    port = free_port()
    env = {
        "KATSUYO_DATA_DIR": str(folder / "data"),
        "KATSUYO_CORPUS_DIR": str(folder / "corpus"),
        "KATSUYO_EDITOR_KEY": KEY,
    }
    command = ["-m", "assistant.cli", "serve", "--port", str(port)]
    with served(command, port, env=env) as up:
        yield up


def sign_in(person: Person) -> None:
    """Open the address that the terminal prints; the first answer is the door."""
    person.page.goto(f"{person.address}/editor#key={KEY}")
    person.page.locator(".e-drop").wait_for(timeout=60_000)
    person.complaints = [said for said in person.complaints if "401" not in said]


def test_a_file_dragged_in_is_previewed_published_asked_for_and_taken_back(person: Person) -> None:
    page = person.page
    expect(page.get_by_text("資料の管理")).to_have_count(0)
    sign_in(person)
    assert KEY not in page.url
    zone = page.locator(".e-drop").element_handle()
    page.evaluate(_DROP, [zone, "アンケート.md", STORY])

    page.get_by_role("link", name="プレビューへ進む").wait_for(timeout=60_000)
    expect(page.get_by_label("種類")).to_have_value("story")
    expect(page.get_by_label("部署")).to_have_value("営業企画部")
    expect(page.locator(".e-times-read")).to_contain_text("2日 → 半日、75%減")
    page.get_by_label("使った後の時間").fill("1日")
    expect(page.locator(".e-times-read")).to_contain_text("2日 → 1日、半分")
    page.get_by_role("link", name="プレビューへ進む").click()
    expect(page.locator(".e-sheet")).to_contain_text("自由記述を集計する")
    expect(page.locator(".e-sheet")).to_contain_text("2日 → 1日")
    page.get_by_label("お名前").fill("三浦")
    page.get_by_role("button", name="公開する").click()
    page.get_by_role("button", name="取り消して、前の版に戻す").wait_for(timeout=60_000)
    expect(page.locator("main")).to_contain_text("三浦")

    person.open()
    person.choose_department("営業企画部")
    turn = person.ask("展示会のアンケートの集計を楽にした人はいますか")
    expect(turn).to_contain_text("展示会のアンケートを半日で集計")

    page.goto(f"{person.address}/editor/versions")
    page.get_by_role("button", name="取り消して、前の版に戻す").click()
    expect(page.locator(".e-now")).to_have_count(0, timeout=30_000)
    page.goto(f"{person.address}/editor")
    expect(page.locator(".e-list")).to_contain_text(
        "展示会のアンケートを半日で集計", timeout=60_000
    )


def test_the_pages_fit_a_phone_and_the_keyboard(person: Person) -> None:
    sign_in(person)
    page = person.page
    page.set_viewport_size(PHONE)
    for path in ("", "/documents", "/reviews", "/versions", "/story", "/faq"):
        page.goto(f"{person.address}/editor{path}")
        assert person.sideways() <= 0, path
    page.goto(f"{person.address}/editor")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="本文へ")).to_be_focused()
    page.locator(".e-drop input").focus()
    expect(page.locator(".e-drop input")).to_be_focused()
