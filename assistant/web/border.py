"""What stands between the network and the page: hosts, routes, origins and response headers."""

import json
import re
import secrets
from collections.abc import Iterable, MutableMapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.corpus.walking import MAX_FILE_BYTES
from assistant.web.shell import own_shell

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALLOWED_GET = re.compile(
    r"/|/config|/theme\.css|/(assets|static|svelte)/(?!.*\.\.)[A-Za-z0-9._/-]+"
    r"|/gradio_api/(queue/data|heartbeat/[A-Za-z0-9]+|startup-events)"
    r"|/page/[a-z.]+|/parts/start|/rule|/healthz|/metrics|/doc/[A-Za-z0-9_-]+"
    r"|/editor(/(documents|reviews|versions|story|faq|jobs/[0-9a-f]{16}))?"
    r"|/editor/(drafts|documents)/[0-9a-f]{12}(/preview)?"
)
ALLOWED_POST = re.compile(
    r"/gradio_api/(queue/join|cancel|reset/?)|/gradio_api/startup-events|/api/ask"
    r"|/editor/(sign-in|sign-out|upload|times|forms|undo|rollback)"
    r"|/editor/(drafts|documents)/[0-9a-f]{12}/[a-z]+"
)
UPLOAD_PATH = "/editor/upload"
_BODY_LIMIT = 100_000
"""Bytes: the longest allowed question is some 8 kB, a story written in a form some 30 kB."""
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})

_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"x-frame-options": b"DENY",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


def content_policy(nonce: str) -> str:
    """Return the Content-Security-Policy: nothing from, and nothing to, another host."""
    return (
        f"default-src 'self'; script-src 'self' 'nonce-{nonce}'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "media-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "frame-src 'none'; object-src 'none'; worker-src 'self'; manifest-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )


class Border:
    """ASGI middleware. Unknown routes are 404 whatever Gradio mounts behind them."""

    def __init__(self, app: "ASGIApp", *, hosts: Iterable[str] = _LOOPBACK) -> None:
        """Pass to `app` only requests for one of `hosts` (names without port)."""
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Serve one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        nonce = secrets.token_urlsafe(16)
        status, sentence = self._refusal(scope)
        if status:
            await _refuse(scope["path"], status, sentence, _dressed(send, nonce))
        elif scope["path"] == "/":
            await self._app(scope, receive, own_shell(_dressed(send, nonce), nonce))
        else:
            await self._app(scope, receive, _dressed(send, nonce))

    def _refusal(self, scope: "Scope") -> tuple[int, str]:
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get(b"host", "")
        if _name(host) not in self._hosts:
            return (
                421,
                "このアドレスでは開けません。http://127.0.0.1 で始まるアドレスで開いてください。",
            )
        method, path = scope["method"], scope["path"]
        if method in {"GET", "HEAD"}:
            return (0, "") if ALLOWED_GET.fullmatch(path) else (404, _NOT_FOUND)
        if method != "POST" or not ALLOWED_POST.fullmatch(path):
            return 404, _NOT_FOUND
        origin = headers.get(b"origin", "")
        if origin and urlsplit(origin).netloc != host:
            return 403, "ほかのページからは送れません。活用ナビのページを開き直してください。"
        return _weighed(path, headers.get(b"content-length", ""))


def _weighed(path: str, length: str) -> tuple[int, str]:
    """Return the refusal of a body that is too large, or whose size is not told."""
    if path == UPLOAD_PATH:
        limit, sentence = MAX_FILE_BYTES, "ファイルが大きすぎます(1つ50 MBまで)。"
    else:
        limit, sentence = _BODY_LIMIT, "送られた内容が大きすぎます。文を短くしてください。"
    return (0, "") if length.isdecimal() and int(length) <= limit else (413, sentence)


_NOT_FOUND = "お探しのページはありません。"


def _name(host: str) -> str:
    return re.sub(r":\d+$", "", host).lower()


def _dressed(send: "Send", nonce: str) -> "Send":
    policy = content_policy(nonce).encode("ascii")

    async def dressed(message: "Message") -> None:
        if message["type"] == "http.response.start":
            replaced = {b"content-security-policy": policy, **_HEADERS}
            kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in replaced]
            message = {**message, "headers": [*kept, *replaced.items()]}
        await send(message)

    return dressed


async def _refuse(path: str, status: int, sentence: str, send: "Send") -> None:
    body, kind = sentence.encode(), b"text/plain; charset=utf-8"
    if path.startswith(("/api/", "/editor/")):
        body, kind = json.dumps({"error": sentence}).encode(), b"application/json"
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
    ]
    start: MutableMapping[str, Any] = {
        "type": "http.response.start",
        "status": status,
        "headers": headers,
    }
    await send(start)
    await send({"type": "http.response.body", "body": body})
