"""One HTTP exchange with a server that may be gone, slow, somebody else, or lying."""

import json
import re
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

_LIMIT = 4_000_000
"""Bytes of a reply; an answer with its passages has some 30 kB."""
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: a body to read, or trouble in one Japanese line."""

    body: bytes = b""
    kind: str = ""
    """The content type."""
    trouble: str = ""
    heard: bool = True
    """False: not even a status line came."""
    timed_out: bool = False

    @property
    def described(self) -> str:
        """Return the kind of the body and how it starts."""
        return _described(self.kind, self.body)


def read_reply(client: "httpx.Client", url: str, payload: Mapping[str, object]) -> Reply:
    """Post `payload` as JSON and return what came; raises nothing of httpx's."""
    import httpx

    data = json.dumps(payload).encode("ascii")
    try:
        with client.stream(
            "POST", url, content=data, headers={"content-type": "application/json"}
        ) as response:
            body = _body(response)
            return _reply(response, body)
    except httpx.TimeoutException:
        return Reply(trouble="時間内に返事がありませんでした。", heard=False, timed_out=True)
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        return Reply(trouble=_why(error), heard=False)


def _body(response: "httpx.Response") -> bytes:
    body = b""
    for part in response.iter_bytes():
        body += part
        if len(body) > _LIMIT:
            break
    return body


def _reply(response: "httpx.Response", body: bytes) -> Reply:
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if response.is_redirect:
        place = _one_line(response.headers.get("location", "?"))
        return Reply(
            body, kind, f"{place} へ移るように言われました。移った先のアドレスを指定してください。"
        )
    if response.status_code != 200:
        said = _error_of(body) or _described(kind, body)
        return Reply(body, kind, f"HTTP {response.status_code} が返りました({said})。")
    if len(body) > _LIMIT:
        return Reply(body, kind, "返事が大きすぎます(4 MBをこえました)。")
    return Reply(body, kind)


def _error_of(body: bytes) -> str:
    """Return what {"error": …} says."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    told = said.get("error") if isinstance(said, dict) else None
    return _one_line(told) if isinstance(told, str) else ""


def _described(kind: str, body: bytes) -> str:
    start = _one_line(body[:400].decode("utf-8", "replace"))
    return f"{_one_line(kind) or '種類の表示なし'}、先頭は「{start}」" if start else "中身は空"


def _one_line(text: str) -> str:
    """Return the start of foreign text, fit for a terminal."""
    shown = re.sub(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+", " ", text)
    return shown.strip()[:_SHOWN]


def _why(error: Exception) -> str:
    """Return why no reply came: the cause, not the library's words."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return (
                "安全な接続(TLS)を結べませんでした。"
                "証明書か、http と https の違いを確かめてください。"
            )
        if isinstance(cause, socket.gaierror):
            return "その名前のサーバーが見つかりません(DNS)。"
        if isinstance(cause, ConnectionRefusedError):
            return "接続を断られました。サーバーが動いていません。"
        cause = cause.__cause__ or cause.__context__
    return f"接続が切れたか、HTTPではない返事でした({type(error).__name__})。"
