"""From the command to a page that answers: publish what changed while the page comes up."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from assistant.app import App
from assistant.corpus.publishing.publish import PublishReport
from assistant.corpus.publishing.versions import is_rolled_back
from assistant.corpus.reading import Progress
from assistant.domain import Question, Version
from assistant.errors import KatsuyoError
from assistant.printing import problem_line
from assistant.web.editor.access import Access, editor_key
from assistant.web.editor.gate import Gate
from assistant.web.editor.routes import EditorPages
from assistant.web.editor.workbench import Workbench
from assistant.web.needs import Asking, Preview
from assistant.web.remembering import Remembering
from assistant.web.server import build_app, listen, serve
from assistant.web.thrift import settle

_log = logging.getLogger(__name__)

Say = Callable[[str], None]
"""Told one Japanese line after another."""

_LOOK_SECONDS = 0.05
_WARM_UP = "週報に使っていい?"
"""Asked once before the page opens: the first person does not wait for the dictionary to load.
The rule answers it, so that it costs nothing where a chat model is set."""


class Publishing:
    """Publishing in a thread of its own: the page is up as soon as one version can answer."""

    def __init__(self, app: App, *, progress: AbstractContextManager[Progress]) -> None:
        """Prepare; `start` begins, and shows the progress while it publishes."""
        self._app = app
        self._progress = progress
        self._thread = threading.Thread(target=self._run, name="publishing", daemon=True)
        self.held_back: Version | None = None
        """What somebody went back to: the folder was not published over it."""
        self.report: PublishReport | None = None
        self.error: KatsuyoError | None = None

    def start(self) -> None:
        """Begin to publish."""
        self._thread.start()

    def wait_until_answerable(self) -> None:
        """Return once a version is live. Raises the KatsuyoError that kept it from going live."""
        while self._app.store.live() is None:
            if not self._thread.is_alive():
                if self.error is not None:
                    raise self.error
                return
            time.sleep(_LOOK_SECONDS)

    def when_done(self, tell: Callable[["Publishing"], None]) -> None:
        """Call `tell` from another thread when publishing has ended."""

        def follow() -> None:
            self._thread.join()
            tell(self)

        threading.Thread(target=follow, name="publishing-report", daemon=True).start()

    def _run(self) -> None:
        try:
            with self._progress as show:
                live = self._app.store.live()
                if live is not None and is_rolled_back(self._app.store):
                    self.held_back = live
                    self._app.publisher.fill_vectors(live.id, progress=show)
                else:
                    self.report = self._app.publish(progress=show)
        except KatsuyoError as error:
            self.error = error


def serve_page(
    app: App, *, say: Say, progress: AbstractContextManager[Progress], preview: Preview
) -> None:
    """Publish what changed and serve the page until it is stopped. Raises KatsuyoError.

    `preview` tells DX staff what a change would do to the answers.
    A corpus that cannot be published now does not stop the page while an older version is live.
    """
    bound = listen(app.settings.host, app.settings.port)
    with bound:
        say("資料を読みこんでいます …")
        app.store.live()  # a store that cannot be opened is said before anything is started
        app.releases.recover()
        key = editor_key(app.settings.editor_key.get_secret_value(), _key_file(app))
        # Importing Gradio takes 5 s of CPU, which embedding would stretch to half a minute.
        page = build_app(
            _asked(app),
            app.engine,
            app.feedback,
            alarms=app.false_alarms,
            starters=app.starters,
            meter=app.chat_model,
            editor=_editor_pages(app, key, preview),
            with_model=app.settings.llm_concurrency if app.chat_model else 0,
        )
        settle()
        publishing = Publishing(app, progress=progress)
        publishing.start()
        publishing.wait_until_answerable()
        app.assistant.ask(Question(_WARM_UP))
        publishing.when_done(lambda done: _tell(done, say))
        host, port = bound.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{port}"
        say(f"開きました: {address}  (止めるには Ctrl+C)")
        say(editor_line(address, made_key="" if app.settings.editor_key else key))
        try:
            serve(page, bound)
        finally:
            app.close()


def _asked(app: App) -> Asking:
    """Return who answers, and keeps the questions unless that is switched off."""
    if not app.settings.keep_questions:
        return app.assistant
    return Remembering(app.assistant, app.questions, today=app.today)


def editor_line(address: str, *, made_key: str) -> str:
    """Return where 資料の管理 is; a key that the operator chose is known, and is not shown."""
    key = f"#key={made_key}" if made_key else ""
    return f"資料の管理: {address}/editor{key}  (DX担当のかただけに)"


def _key_file(app: App) -> Path:
    return app.settings.data_dir / "editor.key"


def _editor_pages(app: App, key: str, preview: Preview) -> EditorPages:
    bench = Workbench(
        app.releases,
        app.store,
        inspect=app.assistant.inspect,
        preview=preview,
        today=app.today,
    )
    return EditorPages(Gate(Access(key)), bench)


def _tell(done: Publishing, say: Say) -> None:
    """Say how publishing ended."""
    if done.error is not None:
        say(f"✕ 資料を公開できませんでした。前の版で答えます。 {done.error}")
    elif done.held_back is not None:
        say(
            f"△ 第{done.held_back.id}版に戻してあるので、資料フォルダの内容は公開していません。"
            "公開するには katsuyo publish を実行してください。"
        )
    elif done.report is not None:
        for problem in done.report.problems:
            say(problem_line(problem))
        version = done.report.version
        say(
            f"準備ができました: 第{version.id}版、資料{version.documents}件、"
            f"抜粋{version.passages}件({done.report.seconds:.1f}秒)"
        )
