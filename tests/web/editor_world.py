"""資料の管理 over HTTP on the sample company, without Gradio: its pages need none of it."""

import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from assistant.app import App
from assistant.domain import Question
from assistant.evals.impact import preview_impact
from assistant.settings import Settings
from tests.conftest import ROOT, SAMPLE
from tests.web.pages import Element, parse

KEY = "a-key-that-nobody-guesses"
BASE = "http://127.0.0.1:7860"
OWN = {"origin": BASE}
TODAY = date(2026, 11, 22)


@dataclass
class Editor:
    """Someone of the DX staff, signed in, in front of the pages."""

    app: App
    client: Any

    def page(self, path: str = "") -> Element:
        reply = self.client.get(f"/editor{path}")
        assert reply.status_code == 200, reply.text
        return parse(reply.text.removeprefix("<!doctype html>"))

    def post(self, path: str, **given: object) -> Any:
        return self.client.post(f"/editor{path}", json=given, headers=OWN)

    def done(self, path: str, **given: object) -> Mapping[str, Any]:
        """Post, and wait for the work that this begins; returns what came of it."""
        reply = self.post(path, **given)
        assert reply.status_code == 200, reply.text
        told = reply.json()
        if "job" not in told:
            return dict(told)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            state = self.client.get(f"/editor/jobs/{told['job']}").json()
            if state["finished"]:
                return dict(state)
            time.sleep(0.05)
        raise AssertionError("the work did not end")

    def upload(self, name: str, data: bytes) -> Any:
        return self.client.post("/editor/upload", params={"name": name}, content=data, headers=OWN)

    def hand_in(self, name: str, data: bytes) -> str:
        """Bring a file and wait until it was read; returns the path of its page."""
        reply = self.upload(name, data)
        assert reply.status_code == 200, reply.text
        path = str(reply.json()["go"]).removeprefix("/editor")
        self.read(path)
        return path

    def read(self, path: str) -> Element:
        """Return the page of a 下書き once it was read."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            page = self.page(path)
            if not page.all(class_="e-work"):
                return page
            time.sleep(0.05)
        raise AssertionError("the file was not read")

    def cited(self, question: str, department: str = "") -> set[str]:
        """Return the paths that an employee's answer cites, once the live version answers.

        On a crowded machine the version before answers until the new one's index is built.
        """
        until = time.monotonic() + 60
        while self.app.engine.snapshot().version.id != self.live:
            assert time.monotonic() < until, "the live version did not come to answer"
            time.sleep(0.1)
        answer = self.app.assistant.ask(Question(question, department))
        return {citation.passage.source.path for citation in answer.citations}

    @property
    def live(self) -> int:
        version = self.app.store.live()
        assert version is not None
        return version.id

    def corpus(self, path: str) -> Path:
        return self.app.settings.corpus_dir / path


def company_of_its_own(published: Path, folder: Path) -> App:
    """Return the sample company, published, in a folder where it may be changed."""
    data = folder / "data"
    shutil.copytree(
        published, data, symlinks=True, ignore=shutil.ignore_patterns("embedder", "chroma*")
    )
    shutil.copytree(SAMPLE, folder / "corpus")
    (folder / "eval" / "suites").mkdir(parents=True)
    shutil.copy(ROOT / "eval" / "suites" / "smalltalk.yaml", folder / "eval" / "suites")
    settings = Settings(corpus_dir=folder / "corpus", data_dir=data)
    return App(settings, today=lambda: TODAY, embedder_dir=published / "embedder")


def web_of(app: App) -> Any:
    """Return 資料の管理 and the border before it as an application."""
    from fastapi import FastAPI

    from assistant.web.border import Border
    from assistant.web.editor.access import Access
    from assistant.web.editor.gate import Gate
    from assistant.web.editor.routes import EditorPages
    from assistant.web.editor.workbench import Workbench

    web = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    bench = Workbench(
        app.releases,
        app.store,
        inspect=app.assistant.inspect,
        preview=partial(preview_impact, app),
        today=app.today,
    )
    EditorPages(Gate(Access(KEY)), bench).add_to(web)
    web.add_middleware(Border)
    return web
