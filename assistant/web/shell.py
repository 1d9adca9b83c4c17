"""Gradio's HTML shell, made ours: Japanese, our style and script, no word of other hosts."""

import re
from typing import TYPE_CHECKING

from assistant.web.words import PRODUCT

if TYPE_CHECKING:
    from starlette.types import Message, Send

_ELSEWHERE = re.compile(
    r'<meta\s[^>]*(?:property|name)="(?:og|twitter):[^>]*>|<link rel="manifest"[^>]*>', re.DOTALL
)
_SCRIPT = re.compile(r"<script(?=[\s>])")


def rewrite_shell(html: str, *, nonce: str) -> str:
    """Return Gradio's index page in Japanese; only its own scripts carry `nonce`."""
    head, rest = html.split("</head>", 1) if "</head>" in html else ("", html)
    head = _ELSEWHERE.sub("", head).replace('lang="en"', 'lang="ja"', 1)
    # The keyboard of a phone shrinks the page instead of covering the input.
    head = head.replace("shrink-to-fit=no", "interactive-widget=resizes-content")
    ours = (
        f"<title>{PRODUCT}</title>"
        '<link rel="icon" href="/page/icon.svg"><link rel="stylesheet" href="/page/base.css">'
        '<link rel="stylesheet" href="/page/page.css"><script src="/page/base.js"></script>'
        '<script src="/page/frame.js"></script><script src="/page/page.js"></script></head>'
    )
    return _SCRIPT.sub(f'<script nonce="{nonce}"', head + ours + rest)


def own_shell(send: "Send", nonce: str) -> "Send":
    """Return a `send` that collects the shell, rewrites it and passes it on whole."""
    start: list[Message] = []
    body = bytearray()

    async def collect(message: "Message") -> None:
        if message["type"] == "http.response.start":
            start.append(message)
        if message["type"] != "http.response.body":
            return
        body.extend(message.get("body", b""))
        if message.get("more_body"):
            return
        page = rewrite_shell(body.decode("utf-8"), nonce=nonce).encode() if body else b""
        changed = {b"content-length", b"cache-control"}
        headers = [pair for pair in start[0]["headers"] if pair[0].lower() not in changed]
        headers += [(b"cache-control", b"no-store")]
        headers += [(b"content-length", str(len(page)).encode())] if page else []
        await send({**start[0], "headers": headers})
        await send({"type": "http.response.body", "body": page})

    return collect
