"""Serve the page with the fake assistant: `python -m tests.web.serve_fake PORT`."""

import sys

from assistant.web.server import build_app, listen, serve
from tests.web.fakes import FakeAlarms, FakeAssistant, FakeEngine, FakeLog, fake_starters

if __name__ == "__main__":
    app = build_app(
        FakeAssistant(pause=0.25),
        FakeEngine(),
        FakeLog(),
        alarms=FakeAlarms(),
        starters=fake_starters,
    )
    serve(app, listen("127.0.0.1", int(sys.argv[1])))
