"""Where a model is asked, and the one client that talks to it: nothing of the environment counts.

The vendors' own clients would read OPENAI_*, HTTPS_PROXY and the like, add headers about this
machine, follow redirects and read replies without end. Here every request passes `_Border`, which
lets five headers out, puts the key in, and counts what comes back.
"""

import logging
import ssl
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx

from assistant.adapters.openai.events import bundled
from assistant.adapters.openai.reading_pace import PacedNetwork, Paces
from assistant.adapters.openai.timed import Call
from assistant.errors import SettingsError

if TYPE_CHECKING:
    from openai import OpenAI

CONNECT_SECONDS = 5.0
_SENT = frozenset({"host", "accept", "content-type", "content-length", "connection"})
_LOGGERS = ("openai", "httpx", "httpcore", "llama_index")
_IN_ITS_PLACE = "the border puts the key in"

UNDER_WAY: ContextVar[Call | None] = ContextVar("UNDER_WAY", default=None)
"""The call that this thread makes, so that another thread can end it."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible endpoint and the company's way to it."""

    base_url: str
    """https://…/v1; of Azure with an `api_version`: https://NAME.openai.azure.com."""
    model: str
    """Name of the model; at Azure, of the deployment."""
    api_key: str = field(default="", repr=False)
    api_version: str = ""
    """Given: Azure OpenAI, whose URLs and key header differ."""
    ca_bundle: Path | None = None
    """Certificates (PEM) to trust instead of the public ones."""
    proxy: str = field(default="", repr=False)
    """http://…: the only proxy used; the environment's are not."""
    role: str = "生成AI"
    """What it is called when it fails."""
    most_bytes: int = 8 * 2**20
    """A reply beyond that is broken off: 8 MB hold some 25,000 streamed tokens."""

    @property
    def shown(self) -> str:
        """Host and model, as told to people; never a key."""
        parts = urlsplit(self.base_url)
        return f"{parts.netloc.rpartition('@')[2]}、{self.model}"


class UnreadableBodyError(httpx.DecodingError):
    """What came back is no reply of a model: a page, compressed, or without an end."""


def open_client(endpoint: Endpoint) -> "OpenAI":
    """Return the vendor's client for the endpoint. Raises SettingsError."""
    import openai

    for name in _LOGGERS:  # at DEBUG they write whole requests
        logging.getLogger(name).setLevel(logging.WARNING)
    http = httpx.Client(
        transport=_Border(endpoint, _transport(endpoint)),
        trust_env=False,
        follow_redirects=False,
    )
    if endpoint.api_version:
        return openai.AzureOpenAI(
            azure_endpoint=endpoint.base_url,
            api_version=endpoint.api_version,
            api_key=_IN_ITS_PLACE,
            max_retries=0,
            http_client=http,
        )
    return openai.OpenAI(
        base_url=endpoint.base_url, api_key=_IN_ITS_PLACE, max_retries=0, http_client=http
    )


def _transport(endpoint: Endpoint) -> httpx.HTTPTransport:
    try:
        trusted = ssl.create_default_context(cafile=endpoint.ca_bundle)
    except (OSError, ssl.SSLError) as error:
        raise SettingsError(
            f"証明書のファイルを読めません: {endpoint.ca_bundle}。",
            remedy="KATSUYO_LLM_CA_BUNDLE に、会社の認証局の証明書(PEM形式)を指定してください。",
        ) from error
    try:
        transport = httpx.HTTPTransport(
            verify=trusted,
            trust_env=False,
            proxy=endpoint.proxy or None,
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=20),
        )
    except (ValueError, httpx.InvalidURL):
        # Not chained: the cause would show the proxy's password.
        raise SettingsError(
            "設定 KATSUYO_LLM_PROXY の値は使えません。",
            remedy="http://proxy.example.co.jp:8080 のように書いてください。",
        ) from None
    pool = transport._pool  # httpcore takes a network, but httpx hands none on
    pool._network_backend = PacedNetwork(pool._network_backend)
    return transport


class _Border(httpx.BaseTransport):
    """The last step before the network, and the first after it."""

    def __init__(self, endpoint: Endpoint, inner: httpx.BaseTransport) -> None:
        self._endpoint = endpoint
        self._inner = inner
        self._paces = Paces()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        sent = [(name, value) for name, value in request.headers.items() if name in _SENT]
        request.headers = httpx.Headers([*sent, *self._own_headers()])
        call = UNDER_WAY.get()
        response = self._inner.handle_request(request)
        body = _Body(response, call, most_bytes=self._endpoint.most_bytes)
        if call is not None:
            connection = response.extensions["network_stream"].get_extra_info("socket")
            call.holds(connection, close=body.close)
            # httpcore reads this again when the body begins: headers and gaps have own limits.
            request.extensions["timeout"]["read"] = call.gap_seconds
        if (what := _unreadable(response)) and response.is_success:
            body.close()
            raise UnreadableBodyError(what)
        not_events = _kind(response) != "text/event-stream"
        return httpx.Response(
            response.status_code,
            headers=response.headers,
            stream=body if call is None or not_events else _Events(body, call, self._paces),
            extensions=response.extensions,
        )

    def close(self) -> None:
        self._inner.close()

    def _own_headers(self) -> Iterator[tuple[str, str]]:
        yield "user-agent", "katsuyo"
        yield "accept-encoding", "identity"
        if self._endpoint.api_version:
            yield "api-key", self._endpoint.api_key
        elif self._endpoint.api_key:
            yield "authorization", f"Bearer {self._endpoint.api_key}"


def _unreadable(response: httpx.Response) -> str:
    packed = response.headers.get("content-encoding", "identity").lower()
    if _kind(response) == "text/html":
        return "a page"
    return "compressed" if packed != "identity" else ""


def _kind(response: httpx.Response) -> str:
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()


class _Body(httpx.SyncByteStream):
    """What comes back, up to a limit."""

    def __init__(self, response: httpx.Response, call: Call | None, *, most_bytes: int) -> None:
        if not isinstance(response.stream, httpx.SyncByteStream):
            raise TypeError("a synchronous transport was expected")
        self._stream = response.stream
        self._call = call
        self._left = most_bytes

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._stream:
            self._left -= len(piece)
            if self._left < 0:
                raise UnreadableBodyError("without an end")
            yield piece

    def close(self) -> None:
        if self._call is not None:
            self._call.lets_go()
        self._stream.close()


class _Events(httpx.SyncByteStream):
    """A streamed reply, read with rests and in fewer events."""

    def __init__(self, body: _Body, call: Call, paces: Paces) -> None:
        self._body = body
        self._call = call
        self._paces = paces

    def __iter__(self) -> Iterator[bytes]:
        with self._paces.read(self._call) as pace:
            yield from bundled(self._body, pace.is_last)

    def close(self) -> None:
        self._body.close()
