"""report.html as a person opens it: from a file, without a server, on a phone and on a desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant.evals.case import CaseType
from assistant.evals.metric import Score
from assistant.evals.reports.writing import write_reports
from tests.browser.driver import DESKTOP, PHONE, launch
from tests.evals.reports import runs

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write a report of friendly and hostile answers, of which some changed."""
    texts = {"週報": runs.ANSWER.replace("30分", "45分"), "見積": runs.ANSWER} | {
        name: f"{text}\n\n{runs.ANSWER}" for name, text in runs.hostile().items()
    }
    questions = [
        runs.asked(
            runs.case(
                f"c{n}",
                f"{name} の問い" if n < 2 else texts[name],
                department="介護課" if n % 2 else "厨房課",
                type=CaseType.RULE if n == 1 else CaseType.HOW_TO,
            ),
            answer,
        )
        for n, (name, answer) in enumerate(texts.items())
    ]
    scores = {
        "verdict_accuracy": {
            one.case.id: Score(float(one.case.id != "c0"), "可のはずが禁止") for one in questions
        }
    }
    run = runs.results(*questions, runs.silent(runs.case("gone")), runs.holdout(), scores=scores)
    folder: Path = tmp_path_factory.mktemp("report")
    gate = runs.failed("c0", flips=(runs.flip("c0"),))
    write_reports(folder, run, gate=gate, baseline=runs.baseline(run))
    return (folder / "report.html").as_uri()


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desk", "phone"])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open the report; whatever the console says, or asks of another host, fails the test."""
    context = browser.new_context(viewport=request.param, locale="ja-JP")
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("dialog", lambda dialog: complaints.append(dialog.message))
    opened.on(
        "request", lambda one: None if one.url.startswith(address) else complaints.append(one.url)
    )
    opened.goto(address)
    yield opened
    wider = opened.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    context.close()
    assert complaints == []
    assert wider <= 0, "it scrolls sideways"


def _shows(page: Page, number: int) -> None:
    expect(page.locator(".case:visible")).to_have_count(number)


def test_filters_and_search_narrow_the_list(page: Page) -> None:
    everything = len(runs.hostile()) + 3
    _shows(page, everything)
    for label, value, wanted in (
        ("状態", "worse", 1),
        ("状態", "silent", 1),
        ("減点された指標", "verdict_accuracy", 1),
        ("種類", "rule", 1),
        ("部署", "厨房課", (everything - 1) // 2),
    ):
        page.get_by_label(label, exact=True).select_option(value)
        _shows(page, wanted)
        page.get_by_role("button", name="しぼりこみをやめる").click()
        _shows(page, everything)
    page.get_by_label("言葉でさがす").fill("45分")
    _shows(page, 1)
    page.get_by_label("言葉でさがす").fill("そんな言葉はない")
    page.get_by_text("あてはまる問いはありません").wait_for()


def test_a_case_opens_by_keyboard_and_shows_the_difference(page: Page) -> None:
    first = page.locator(".case").first
    first.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert first.get_by_text("可のはずが禁止").is_visible()
    assert first.locator("ins").first.inner_text() == "45"
    assert first.locator("del").first.is_visible()


def test_a_failing_check_leads_to_its_case(page: Page) -> None:
    page.get_by_label("種類").select_option("rule")
    _shows(page, 1)
    page.locator(".checks").get_by_role("link", name="c0").click()
    expect(page.locator(".case").first, "a filter does not hide it").to_have_attribute("open", "")
    expect(page.locator(".case").first).to_be_visible()


def test_a_metric_leads_to_the_cases_that_lost_points(page: Page) -> None:
    page.get_by_role("button", name="減点の1件を一覧で見る").click()
    _shows(page, 1)
