"""Whether the models answer: each is asked one small thing, which is all that is sent."""

import ipaddress
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from assistant.app import App
from assistant.doctor.finding import Finding
from assistant.errors import ModelError, StoreError
from assistant.usage.guarded_chat import GuardedChat

_SYSTEM = "つながりを確かめるための質問です。JSONで答えます。"
_USER = "answer に「はい」とだけ書いてください。"
_TAGGED = "<answer>はい</answer> とだけ書いてください。"
_SCHEMA = {
    "type": "object",
    "properties": {"answer": {"type": "string", "enum": ["はい"]}},
    "required": ["answer"],
    "additionalProperties": False,
}
_PROBE = "つながりの確認"


def embedder(app: App) -> Iterator[Finding]:
    """Load the embedder; a remote one is asked for a vector. Raises ModelError."""
    found = app.embedder()
    url = app.settings.embedding_base_url
    if not url:
        yield Finding("意味検索", ok=True, detail=found.name, remedy=found.notice)
        return
    begun = time.monotonic()
    found.embed_query(_PROBE)
    detail = f"{url} の {found.name} 次元、{time.monotonic() - begun:.1f}秒で応答"
    yield Finding("意味検索", ok=True, detail=detail, remedy=_in_the_open(url))


def chat_model(app: App) -> Iterator[Finding]:
    """Ask the chat model one small thing, if there is one, and tell today's use."""
    chat = app.chat_model
    if chat is None:
        yield Finding("生成AI", ok=True, detail="使いません(答えは資料からまとめます)")
        return
    yield _asked(app, chat)
    yield _use(app)


def _asked(app: App, chat: GuardedChat) -> Finding:
    url = app.settings.llm_base_url
    app.prepare_chat_model()
    begun = time.monotonic()
    first: float | None = None
    try:
        for _ in chat.stream(_SYSTEM, _USER, schema=_SCHEMA, tagged=_TAGGED):
            first = time.monotonic() - begun if first is None else first
    except ModelError as error:
        return Finding("生成AI", ok=False, detail=error.message, remedy=error.remedy)
    form = "JSONの型を指定できます" if chat.structured else "JSONの型は指定できません"
    detail = f"{url} の {chat.name}、最初の文字まで{first or 0.0:.1f}秒、{form}"
    return Finding("生成AI", ok=True, detail=detail, remedy=_in_the_open(url))


def _use(app: App) -> Finding:
    try:
        use, caps = app.spending.today(), app.spending.caps
    except StoreError as error:
        return Finding("生成AIの使用量", ok=False, detail=error.message, remedy=error.remedy)
    tokens = f"{use.tokens:,}トークン(上限 {_cap(caps.tokens)})"
    yen = f"{use.yen:,.1f}円(上限 {_cap(caps.yen)})"
    detail = f"今日 {use.calls}回、{tokens}、{yen}、1人1日の上限 {_cap(caps.tokens_per_asker)}"
    return Finding("生成AIの使用量", ok=True, detail=detail)


def _cap(most: float) -> str:
    return f"{most:,.0f}" if most else "なし"


def _in_the_open(url: str) -> str:
    """Return a warning where questions would cross the network unencrypted."""
    parts = urlsplit(url)
    if parts.scheme == "https" or _is_here(parts.hostname or ""):
        return ""
    return "http:// は暗号化されません。社内の回線でも https:// をおすすめします。"


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
