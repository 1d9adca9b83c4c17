"""What openai, httpx and the network raise -> ModelError: what happened, where, what to do.

Nothing that the endpoint wrote is repeated: some repeat the key or the question in their errors.
"""

import socket
import ssl
from collections.abc import Iterator
from typing import TypeAlias

import httpx
import openai

from assistant.adapters.openai.endpoint import Endpoint, UnreadableBodyError
from assistant.adapters.openai.timed import TookTooLongError
from assistant.errors import ModelError, ModelFault

VENDOR_ERRORS = (
    openai.OpenAIError,
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.CookieConflict,
    httpx.StreamError,
    TookTooLongError,
    OSError,
    # a reply of another shape
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
"""Everything that asking an endpoint may raise; LlamaIndex has no errors of its own."""

_OVERFLOW = ("context_length_exceeded", "exceed_context_size", "maximum context", "context length")
_Told: TypeAlias = tuple[ModelFault, str, str]
"""Of what sort, what happened, what to do."""

_BY_STATUS: dict[int, _Told] = {
    400: (ModelFault.REFUSED, "質問の形を受け付けません", "モデル名とURLを確かめてください。"),
    401: (ModelFault.REFUSED, "APIキーを受け付けません", "APIキーを確かめてください。"),
    403: (
        ModelFault.REFUSED,
        "この利用を許していません",
        "APIキーの権限と、接続元の制限を確かめてください。",
    ),
    404: (
        ModelFault.REFUSED,
        "そのモデルかURLを知りません",
        "モデル名(Azureではデプロイ名)と、URLの終わり(/v1 など)を確かめてください。",
    ),
    408: (ModelFault.SLOW, "時間内に答えられませんでした", "しばらくしてからお試しください。"),
    413: (ModelFault.TOO_LONG, "質問が長すぎると答えました", "質問を短くしてください。"),
    429: (
        ModelFault.LIMITED,
        "いまの利用が上限に達しています",
        "しばらくしてからお試しください。続くときは、契約の上限を確かめてください。",
    ),
}
_SERVER: _Told = (
    ModelFault.BROKEN,
    "中でエラーになりました",
    "しばらくしてからお試しください。",
)
_URL_REMEDY = "OpenAI互換のURLかを確かめてください。"
_UNREADABLE: _Told = (ModelFault.UNREADABLE, "読めない返事を返しました", _URL_REMEDY)
_SLOW_REMEDY = (
    "しばらくしてからお試しください。続くときは、サーバーの混みぐあいを確かめてください。"
    "生成AIなら KATSUYO_LLM_FIRST_TOKEN_SECONDS で長く待てます。"
)
_Causes: TypeAlias = tuple[tuple[tuple[type[BaseException], ...], _Told], ...]
_BEFORE_STATUS: _Causes = (
    (
        (UnreadableBodyError,),
        (ModelFault.UNREADABLE, "生成AIの返事ではないものを返しました", _URL_REMEDY),
    ),
    (
        (TookTooLongError, openai.APITimeoutError, httpx.TimeoutException),
        (ModelFault.SLOW, "時間内に答えません", _SLOW_REMEDY),
    ),
)
_BY_CAUSE: _Causes = (
    (
        (ssl.SSLError,),
        (
            ModelFault.UNREACHABLE,
            "示した証明書を信頼できません",
            "会社の認証局の証明書を KATSUYO_LLM_CA_BUNDLE に指定してください。",
        ),
    ),
    (
        (socket.gaierror,),
        (
            ModelFault.UNREACHABLE,
            "見つかりません(名前を引けません)",
            "URLのホスト名とDNSを確かめてください。",
        ),
    ),
    (
        (httpx.ProxyError,),
        (
            ModelFault.UNREACHABLE,
            "プロキシの先にあり、つながりません",
            "KATSUYO_LLM_PROXY を確かめてください。",
        ),
    ),
    (
        (httpx.RemoteProtocolError, httpx.ReadError),
        (ModelFault.BROKEN, "返事の途中で切れました", "しばらくしてからお試しください。"),
    ),
    (
        (httpx.RequestError, OSError),
        (
            ModelFault.UNREACHABLE,
            "応答せず、つながりません",
            "URLとネットワーク、サーバーが動いているかを確かめてください。",
        ),
    ),
)
"""The first that fits; an error of a TLS connection is one of a connection, too."""


def model_error(error: BaseException, endpoint: Endpoint) -> ModelError:
    """Return what to tell a person about `error`, one of VENDOR_ERRORS."""
    fault, what, remedy = _told(error)
    return ModelError(f"{endpoint.role}({endpoint.shown})が{what}。", remedy=remedy, fault=fault)


def retry_after_seconds(error: BaseException) -> float | None:
    """Return how long the endpoint wishes to be left alone; None where it does not say."""
    if not isinstance(error, openai.APIStatusError):
        return None
    headers = error.response.headers
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return max(0.0, float(headers[name]) * unit)
        except (KeyError, ValueError):  # a date is allowed, too; no model server sends one
            continue
    return None


def refusal_text(error: openai.APIStatusError) -> str:
    """Return what an HTTP 400 says, in small letters: to look for words in, never to show."""
    return f"{error.code} {error.param} {error.body} {error}".lower()


def _told(error: BaseException) -> _Told:
    chain = list(_chain(error))
    for kinds, told in _BEFORE_STATUS:
        if any(isinstance(one, kinds) for one in chain):
            return told
    if isinstance(error, openai.APIStatusError):
        return _status(error)
    for kinds, told in _BY_CAUSE:
        if any(isinstance(one, kinds) for one in chain):
            return told
    # An error event in the middle of a stream is an APIError and nothing more.
    return _SERVER if type(error) is openai.APIError else _UNREADABLE


def _status(error: openai.APIStatusError) -> _Told:
    status = error.status_code
    if status in {400, 413, 422}:
        words = refusal_text(error)
        if any(word in words for word in _OVERFLOW):
            return _BY_STATUS[413]
        if "content_filter" in words:
            return ModelFault.REFUSED, "安全のため答えませんでした", "言い方を変えてください。"
    if status == 429 and error.code == "insufficient_quota":
        remedy = "契約の残高と上限を確かめてください。"
        return ModelFault.LIMITED, "契約の残りがないと答えました", remedy
    fault, what, remedy = _BY_STATUS.get(status, _SERVER if status >= 500 else _BY_STATUS[400])
    return fault, f"{what}(HTTP {status})", remedy


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        yield now
        now = now.__cause__ or now.__context__
