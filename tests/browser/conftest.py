"""One Chromium for a module of tests, and a person in front of the page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.driver import Person, launch


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture
def person(browser: Browser, address: str) -> Iterator[Person]:
    someone = Person.at(browser, address)
    yield someone
    someone.leave()
