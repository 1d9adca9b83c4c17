import gc
import socket
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.errors import SettingsError
from assistant.web.server import build_app, listen
from tests.web.fakes import (
    FakeAlarms,
    FakeAssistant,
    FakeEngine,
    FakeLog,
    FakePublished,
    fake_starters,
)
from tests.web.pages import parse

BASE = "http://127.0.0.1:7860"

# Every route that Gradio 6.31 mounts. A new one must be looked at before it is listed here.
GRADIO_ROUTES = {
    "/",
    "/assets/{path:path}",
    "/config",
    "/config/",
    "/favicon.ico",
    "/gradio_api/deep_link",
    "/login",
    "/login/",
    "/logout",
    "/manifest.json",
    "/monitoring",
    "/monitoring/summary",
    "/monitoring/{key}",
    "/pwa_icon",
    "/pwa_icon/{size}",
    "/robots.txt",
    "/static/{path:path}",
    "/svelte/{path:path}",
    "/theme.css",
}
OPEN_ROUTES = {
    "/",
    "/api/ask",
    "/assets/{path:path}",
    "/config",
    "/doc/{document_id}",
    "/gradio_api/cancel",
    "/gradio_api/heartbeat/{session_hash}",
    "/gradio_api/queue/data",
    "/gradio_api/queue/join",
    "/gradio_api/reset",
    "/gradio_api/reset/",
    "/gradio_api/startup-events",
    "/healthz",
    "/metrics",
    "/page/{name}",
    "/parts/start",
    "/rule",
    "/static/{path:path}",
    "/svelte/{path:path}",
    "/theme.css",
}


@pytest.fixture(scope="module")
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture(scope="module")
def app(engine: FakeEngine) -> Iterator[Any]:
    # Gradio leaves event loops of its own open when it is built.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        built = build_app(
            FakeAssistant(), engine, FakeLog(), alarms=FakeAlarms(), starters=fake_starters
        )
        gc.collect()
    return built


@pytest.fixture(scope="module")
def client(app: Any) -> Iterator[Any]:
    from starlette.testclient import TestClient

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield TestClient(app, base_url=BASE)
        gc.collect()


pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


def routes_of(router: Any) -> Iterator[tuple[str, str]]:
    for route in getattr(router, "routes", None) or ():
        for method in getattr(route, "methods", None) or ():
            yield method, route.path
        yield from routes_of(route)
        yield from routes_of(getattr(route, "original_router", None))


def sample(path: str) -> str:
    names = {"{path:path}": "x.js", "{document_id}": "rule1", "{name}": "page.css"}
    for name, value in names.items():
        path = path.replace(name, value)
    return path.replace("{session_hash}", "abc123").replace("{", "").replace("}", "")


def test_only_the_routes_that_the_page_needs_can_be_reached(app: Any) -> None:
    from assistant.web.border import ALLOWED_GET, ALLOWED_POST

    reachable = set()
    for method, path in routes_of(app):
        allowed = ALLOWED_POST if method == "POST" else ALLOWED_GET
        if allowed.fullmatch(sample(path)):
            reachable.add(path)
    assert reachable == OPEN_ROUTES


def test_new_route_of_gradio_is_noticed(app: Any) -> None:
    ours = {"/api/ask", "/doc/{document_id}", "/healthz", "/metrics", "/page/{name}"}
    ours |= {"/parts/start", "/rule"}
    outer = {path for _, path in routes_of(app) if not path.startswith("/gradio_api/")} - ours
    assert outer | {"/gradio_api/deep_link"} == GRADIO_ROUTES


@pytest.mark.parametrize(
    "path",
    [
        *("/docs", "/redoc", "/openapi.json", "/gradio_api/openapi.json", "/gradio_api/info"),
        *("/gradio_api/upload", "/monitoring", "/login", "/logout", "/robots.txt"),
        *(
            "/gradio_api/file=/etc/passwd",
            "/file=/etc/passwd",
            "/gradio_api/proxy=http://a.example",
        ),
        *("/static/..%2f..%2fetc%2fpasswd", "/page/../server.py", "/page/x.py", "/parts/other"),
        *("/doc/..%2f..%2fetc%2fpasswd", "/gradio_api/runs", "/manifest.json", "/pwa_icon"),
    ],
)
def test_everything_else_is_not_found(client: Any, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path, content=b"x").status_code == 404


def test_every_answer_forbids_other_hosts(client: Any) -> None:
    for path in ("/", "/config", "/healthz", "/rule", "/doc/rule1", "/nothing", "/page/page.js"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe-eval" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
    assert "script-src 'self' 'nonce-" in policy


def test_shell_is_japanese_and_names_no_other_host(client: Any) -> None:
    page = client.get("/")
    assert '<html\n\tlang="ja"' in page.text or 'lang="ja"' in page.text
    head = page.text.split("window.gradio_config")[0]
    assert "https://" not in head
    nonce = page.headers["content-security-policy"].split("'nonce-")[1].split("'")[0]
    assert f'<script nonce="{nonce}"' in page.text
    assert nonce not in client.get("/").text


def test_other_host_names_are_refused(client: Any) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "169.254.169.254:7860", ""):
        assert client.get("/healthz", headers={"host": host}).status_code == 421
    assert client.get("/healthz", headers={"host": "localhost:7860"}).status_code == 200


def test_other_pages_cannot_post(client: Any) -> None:
    join = "/gradio_api/queue/join"
    for origin in ("http://evil.example", "null", "http://127.0.0.1:1"):
        assert client.post(join, json={}, headers={"origin": origin}).status_code == 403
    assert client.post(join, json={}, headers={"origin": BASE}).status_code not in {403, 404}


def test_enormous_posts_are_refused_before_they_are_read(client: Any) -> None:
    assert client.post("/gradio_api/queue/join", content=b"x" * 200_000).status_code == 413


def test_health_tells_version_passages_and_vectors(client: Any) -> None:
    health = client.get("/healthz").json()
    assert health["status"] == "ok"
    assert (health["version"], health["passages"], health["vector_share"]) == (7, 8, 1.0)


def test_before_the_first_publish_every_page_says_so(client: Any, engine: FakeEngine) -> None:
    engine.published = None
    try:
        for path in ("/healthz", "/rule", "/doc/rule1", "/parts/start"):
            reply = client.get(path)
            assert reply.status_code == 503
            assert "まだ資料が公開されていません" in reply.text
    finally:
        engine.published = FakePublished()


def test_the_page_answers_programs_too(client: Any) -> None:
    reply = client.post("/api/ask", json={"id": "1", "question": "週報を早く書きたい"})
    assert (reply.status_code, reply.json()["id"]) == (200, "1")


def test_document_opens_at_its_quote(client: Any) -> None:
    page = parse(client.get("/doc/rule1?p=r1&s=0&e=5").text)
    assert page.one("mark").text == "お客様や社"


@pytest.mark.parametrize(
    "query", ["?p=r1&s=-1&e=x", "?s=99999999999999999999", "?p=%00&e=²", "?p="]
)
def test_odd_offsets_open_the_document_all_the_same(client: Any, query: str) -> None:
    assert client.get(f"/doc/rule1{query}").status_code == 200


def test_unknown_and_restricted_documents_look_alike(client: Any) -> None:
    unknown, restricted = client.get("/doc/nosuch"), client.get("/doc/secret1")
    assert unknown.status_code == restricted.status_code == 404
    assert unknown.text == restricted.text
    assert "見つかりません" in unknown.text


def test_events_are_private(app: Any) -> None:
    (blocks,) = {
        id(r.app.blocks): r.app.blocks
        for r in app.routes
        if hasattr(r, "app") and hasattr(r.app, "blocks")
    }.values()
    assert {fn.api_visibility for fn in blocks.fns.values()} == {"private"}
    assert blocks.max_threads == 300


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.2", "example.com", ""])  # noqa: S104
def test_only_this_machine_is_served(host: str) -> None:
    with pytest.raises(SettingsError, match="サインイン") as caught:
        listen(host, 0)
    assert "127.0.0.1" in caught.value.remedy


def test_port_in_use_says_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"ポート {port} は、ほかのプログラム") as caught:
            listen("127.0.0.1", port)
    assert f"KATSUYO_PORT={port + 1}" in caught.value.remedy


def test_port_zero_takes_a_free_one() -> None:
    with listen("127.0.0.1", 0) as bound:
        assert bound.getsockname()[1] > 0
