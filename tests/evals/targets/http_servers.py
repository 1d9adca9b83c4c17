"""Real servers that answer, or behave as badly as servers do."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Behaviour = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One request; `asked` is the question's JSON."""

    server: "Server"
    asked: dict[str, Any]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.asked = json.loads(body)
        self.server.asked.append((self.path, self.headers["content-type"], self.asked))
        self.server.behaviour(self)

    def reply(self, body: object, *, status: int = 200, kind: str = "application/json") -> None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def answer(self) -> None:
        self.reply(
            {
                "id": self.asked["id"],
                "status": "answered",
                "verdict": "none",
                "answer": f"答え: {self.asked['question']}",
            }
        )

    def log_message(self, *_args: object) -> None:
        """Keep still."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, behaviour: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behaviour = behaviour
        self.asked: list[tuple[str, str, dict[str, Any]]] = []
        self.released = Event()
        """Set at the end: whatever hangs may go."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""


@contextmanager
def running(behaviour: Behaviour) -> Iterator[Server]:
    server = Server(behaviour)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


def after_probe(behaviour: Behaviour) -> Behaviour:
    """Answer the probe, and behave badly afterwards."""
    return lambda handler: (
        handler.answer() if handler.asked["id"] == "probe" else behaviour(handler)
    )
