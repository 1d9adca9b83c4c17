"""Drives the page as a person would, in a Chromium that may reach nothing but the server."""

import contextlib
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request

ROOT = Path(__file__).resolve().parent.parent.parent
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_SECONDS = 180
"""Importing Gradio takes 5 s on a quiet machine and a minute on a crowded one."""
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 860}


def launch(playwright: Playwright) -> Browser:
    """Return the system's Chromium, or else Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    return playwright.chromium.launch(executable_path=path, args=list(FLAGS))


@contextlib.contextmanager
def served(
    command: Sequence[str], port: int, *, env: dict[str, str] | None = None
) -> Iterator[str]:
    """Run a server in a process of its own and yield its address once it answers."""
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=os.environ | (env or {}), stderr=subprocess.PIPE
    )
    try:
        _wait_until_up(address, server)
        yield address
    finally:
        server.terminate()
        try:
            server.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.communicate()


def _wait_until_up(address: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            _, said = server.communicate()
            raise AssertionError(f"the server ended: {said.decode()}")
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError("the server did not come up")


_contexts: WeakKeyDictionary[Browser, dict[str, BrowserContext]] = WeakKeyDictionary()


def _context(browser: Browser, options: dict[str, Any]) -> BrowserContext:
    """Return the same context for the same options: its cache loads the page in half the time."""
    kept = _contexts.setdefault(browser, {})
    key = repr(sorted(options.items()))
    if key not in kept:
        kept[key] = browser.new_context(**options)
    return kept[key]


def _forget(context: BrowserContext, address: str) -> None:
    """Leave nothing of who was here before; on a page whose complaints nobody hears."""
    context.set_offline(offline=False)
    context.clear_cookies()
    page = context.new_page()
    page.goto(f"{address}/healthz")
    page.evaluate("localStorage.clear()")
    page.close()


@dataclass
class Person:
    """Someone in front of the page; what the page did wrong on the way is kept."""

    context: BrowserContext
    page: Page
    address: str
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def at(cls, browser: Browser, address: str, **options: Any) -> "Person":
        """Open the page as somebody who has not been here; files of the page may be cached."""
        context = _context(browser, {"viewport": DESKTOP, "locale": "ja-JP", **options})
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
        _forget(context, address)
        person = cls(context, context.new_page(), address)
        context.on("request", person._watch)
        person.page.on("console", person._hear)
        person.page.on("pageerror", lambda error: person.complaints.append(str(error)))
        person.open()
        return person

    def open(self) -> None:
        """Load the page and wait until it can be used."""
        self.page.goto(self.address)
        self.page.wait_for_selector("html.k-ready", timeout=60_000)

    def choose_department(self, name: str) -> None:
        """Pick the department in the header."""
        self.page.get_by_label("部署").select_option(name)

    def ask(self, text: str) -> Any:
        """Type a question, press 聞く, and return the finished turn."""
        before = self.page.locator(".k-turn").count()
        self.page.get_by_label("聞きたいこと").fill(text)
        self.page.get_by_role("button", name="聞く", exact=True).click()
        return self.finished(before)

    def finished(self, index: int) -> Any:
        """Return turn `index` (from 0) once its answer is complete."""
        turn = self.page.locator(".k-turn").nth(index)
        turn.locator(".k-opinion, .k-trouble").first.wait_for(timeout=60_000)
        return turn

    def clipboard(self) -> str:
        """Return what was copied."""
        return str(self.page.evaluate("navigator.clipboard.readText()"))

    def sideways(self) -> int:
        """Return by how many pixels the page is wider than the screen."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))

    def leave(self) -> None:
        """Close all pages; anything that went wrong on the way fails now."""
        for page in self.context.pages:
            page.close()
        self.context.remove_listener("request", self._watch)
        assert self.elsewhere == [], f"requests to other hosts: {self.elsewhere}"
        assert self.complaints == [], f"the browser complained: {self.complaints}"

    def _watch(self, request: Request) -> None:
        inside = (f"{self.address}/", "data:", f"blob:{self.address}/")
        if not request.url.startswith(inside):
            self.elsewhere.append(request.url)

    def _hear(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} {message.location.get('url', '')}")
