"""An OpenAI-compatible server on loopback that says what its script says: whole, or with a fault.

>>> with fake_openai() as server:
...     server.script = [refuses(429, headers={"retry-after": "1"}), says('{"grade": 2}')]
"""

import base64
import contextlib
import json
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any


@dataclass
class Server:
    """What was asked, and what is said to one request after another; the last is repeated."""

    url: str
    script: "list[Act]" = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    let_go: threading.Event = field(default_factory=threading.Event)
    """Set when a client has gone away in the middle of a reply."""
    opened: list[Callable[[], None]] = field(default_factory=list)
    """What closes the clients that a test opened."""
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def base_url(self) -> str:
        return f"{self.url}/v1"


class Request:
    """One request under way, as an act sees it."""

    def __init__(self, handler: BaseHTTPRequestHandler, server: Server, body: dict[str, Any]):
        self._handler = handler
        self.server = server
        self.body = body

    def head(self, status: int, kind: str, headers: Mapping[str, str] | None = None) -> None:
        self._handler.send_response(status)
        self._handler.send_header("content-type", kind)
        self._handler.send_header("connection", "close")  # as it does behind every reply
        for name, value in (headers or {}).items():
            self._handler.send_header(name, value)
        self._handler.end_headers()

    def write(self, data: bytes) -> None:
        self._handler.wfile.write(data)
        self._handler.wfile.flush()

    def whole(self, status: int, text: str, kind: str = "application/json", **headers: str) -> None:
        data = text.encode()
        self.head(status, kind, {"content-length": str(len(data)), **headers})
        self.write(data)

    def chunk(self, data: bytes) -> None:
        self.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def begin_stream(self) -> None:
        self.head(200, "text/event-stream", {"transfer-encoding": "chunked"})

    def event(self, delta: str, *, finish: str | None = None) -> None:
        self.chunk(_event(delta, finish=finish))

    def end_stream(self, *, usage: bool = True) -> None:
        if usage and self.body.get("stream_options"):
            self.chunk(_data({**_CHUNK, "choices": [], "usage": USAGE}))
        self.chunk(b"data: [DONE]\n\n")
        self.write(b"0\r\n\r\n")


Act = Callable[[Request], None]
_NO = '{"error": {"message": "no"}}'
USAGE = {"prompt_tokens": 11, "completion_tokens": 3, "total_tokens": 14}
_CHUNK = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}


def says(
    text: str, *, pieces: int = 3, pause: float = 0.0, finish: str = "stop", usage: bool = True
) -> Act:
    """Say `text`, in pieces where a stream is asked for."""

    def act(request: Request) -> None:
        if not request.body.get("stream"):
            message = {"role": "assistant", "content": text}
            choice = {"index": 0, "message": message, "finish_reason": finish}
            reply = {**_CHUNK, "object": "chat.completion", "choices": [choice]}
            request.whole(200, json.dumps({**reply, "usage": USAGE} if usage else reply))
            return
        request.begin_stream()
        size = max(1, -(-len(text) // pieces))
        for start in range(0, len(text), size):
            request.event(text[start : start + size])
            time.sleep(pause)
        request.event("", finish=finish)
        request.end_stream(usage=usage)

    return act


def refuses(
    status: int,
    text: str = '{"error": {"message": "no"}}',
    *,
    headers: Mapping[str, str] | None = None,
) -> Act:
    return lambda request: request.whole(status, text, **(headers or {}))


def page() -> Act:
    """A company's sign-in page in place of a reply, with HTTP 200."""
    return lambda request: request.whole(
        200, "<html><body>ログインしてください</body></html>", "text/html; charset=utf-8"
    )


def raw(text: str, kind: str = "application/json") -> Act:
    return lambda request: request.whole(200, text, kind)


def hangs() -> Act:
    """Never answer."""
    return lambda request: request.server.closing.wait(30) and None


def hangs_after_headers() -> Act:
    """Begin a stream and send nothing but comments."""

    def act(request: Request) -> None:
        request.begin_stream()
        while not request.server.closing.wait(0.05):
            request.chunk(b": still here\n\n")

    return act


def cut(text: str) -> Act:
    """Send some of a reply, then close the connection."""

    def act(request: Request) -> None:
        if request.body.get("stream"):
            request.begin_stream()
            request.event(text)
        else:
            request.head(200, "application/json", {"content-length": "1000"})
            request.write(b'{"choices": [')

    return act


def twice(text: str) -> Act:
    """Send every event two times, the last one as well."""

    def act(request: Request) -> None:
        request.begin_stream()
        for event in (_event(text), _event("", finish="stop")):
            request.chunk(event)
            request.chunk(event)
        request.event(text)
        request.end_stream()

    return act


def endless(text: str = "あ") -> Act:
    """Write until nobody listens."""

    def act(request: Request) -> None:
        request.begin_stream()
        while not request.server.closing.is_set():
            request.event(text * 2_000)

    return act


def slowly(text: str = "あ", *, pause: float = 0.05) -> Act:
    """Write one character after another until nobody listens."""

    def act(request: Request) -> None:
        request.begin_stream()
        while not request.server.closing.wait(pause):
            request.event(text)

    return act


def huge(kind: str = "application/json") -> Act:
    """One line without an end."""

    def act(request: Request) -> None:
        request.head(200, kind, {"transfer-encoding": "chunked"})
        while not request.server.closing.is_set():
            request.chunk(b"data: " + b"0" * 65_536)

    return act


def embeds(vector_of: Callable[[str], Sequence[float]]) -> Act:
    """Say the vectors of the texts that were sent, in the encoding that was asked for."""

    def act(request: Request) -> None:
        base64_wanted = request.body.get("encoding_format") == "base64"
        texts = request.body["input"]
        data = [
            {
                "object": "embedding",
                "index": index,
                "embedding": _packed(vector_of(text)) if base64_wanted else list(vector_of(text)),
            }
            for index, text in enumerate([texts] if isinstance(texts, str) else texts)
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        reply = {"object": "list", "model": "e", "data": data, "usage": usage}
        request.whole(200, json.dumps(reply))

    return act


@contextlib.contextmanager
def fake_openai(*, certificate: Path | None = None) -> Iterator[Server]:
    """Serve on a free port of loopback; with `certificate` (PEM with its key) over TLS."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            server.asked.append(json.loads(body))
            server.paths.append(self.path)
            server.headers.append({name.lower(): value for name, value in self.headers.items()})
            act = server.script.pop(0) if len(server.script) > 1 else server.script[0]
            try:
                act(Request(self, server, server.asked[-1]))
            except OSError:
                server.let_go.set()
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            pass  # handshakes that a client breaks off

    httpd = Quiet(("127.0.0.1", 0), Handler)
    scheme = "http"
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        httpd.socket = context.wrap_socket(httpd.socket, server_side=True)
        scheme = "https"
    server = Server(f"{scheme}://127.0.0.1:{httpd.server_port}")
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        httpd.shutdown()
        thread.join()
        httpd.server_close()


def _event(delta: str, *, finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": {"content": delta}, "finish_reason": finish}
    return _data({**_CHUNK, "choices": [choice]})


def _data(value: object) -> bytes:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode()


def _packed(vector: Sequence[float]) -> str:
    return base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode()


def self_signed(folder: Path) -> Path:
    """Write a certificate for 127.0.0.1 with its key, which nobody has signed but itself."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path
