"""資料の管理 is for editors alone: every address, every wrong sender."""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import SettingsError
from assistant.web.editor.access import COOKIE, Access, editor_key
from assistant.web.startup import editor_line
from tests.support.small_company import write_small_company
from tests.web.editor_world import BASE, KEY, OWN, web_of

pytestmark = pytest.mark.filterwarnings("ignore")

_IDS = "0123456789ab"


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Any:
    from assistant.app import App
    from assistant.settings import Settings

    folder = tmp_path_factory.mktemp("access")
    corpus = write_small_company(folder / "corpus")
    return web_of(App(Settings(corpus_dir=corpus, data_dir=folder / "data")))


@pytest.fixture
def client(web: Any) -> Iterator[Any]:
    from starlette.testclient import TestClient

    with TestClient(web, base_url=BASE) as client:
        yield client


def addresses(web: Any) -> Iterator[tuple[str, str]]:
    """Yield (method, path) of every route of 資料の管理 but the two that let people in."""
    for route in routes_of(web):
        path = route.path.replace("/jobs/{id}", "/jobs/0123456789abcdef").replace("{id}", _IDS)
        for method in route.methods - {"HEAD"}:
            if path != "/editor/sign-in":
                yield method, path


def routes_of(router: Any) -> Iterator[Any]:
    for route in getattr(router, "routes", None) or ():
        if getattr(route, "methods", None):
            yield route
        yield from routes_of(getattr(route, "original_router", None))


def test_nobody_gets_in_without_the_key(web: Any, client: Any) -> None:
    found = sorted(addresses(web))
    assert len(found) > 20
    for method, path in found:
        for cookie in ("", "1.2.3", f"99999999999.ab.{'0' * 64}"):
            client.cookies.clear()
            if cookie:
                client.cookies.set(COOKIE, cookie)
            reply = client.request(
                method, path, headers=OWN, content=b"{}" if method == "POST" else None
            )
            assert reply.status_code == 401, (method, path, reply.text)
            assert "アオバ" not in reply.text
            assert "みどり市" not in reply.text


def test_no_other_page_can_send_for_an_editor(web: Any, client: Any) -> None:
    assert client.post("/editor/sign-in", json={"key": KEY}, headers=OWN).status_code == 200
    posts = [path for method, path in sorted(addresses(web)) if method == "POST"]
    for path in posts:
        for headers in (
            {},
            {"origin": "null"},
            {"origin": "http://evil.example"},
            {"origin": "http://127.0.0.1:1"},
        ):
            reply = client.post(path, content=b"{}", headers=headers)
            assert reply.status_code == 403, (path, headers, reply.text)
    assert client.post("/editor/sign-in", json={"key": KEY}).status_code == 403


def test_the_cookie_is_hidden_from_scripts_and_other_sites(client: Any) -> None:
    reply = client.post("/editor/sign-in", json={"key": KEY}, headers=OWN)
    cookie = reply.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/editor" in cookie
    assert KEY not in cookie
    assert client.get("/editor").status_code == 200
    client.post("/editor/sign-out", headers=OWN, content=b"{}")
    assert client.get("/editor").status_code == 401


def test_a_wrong_key_is_told_and_guessing_is_slowed_down(web: Any) -> None:
    from starlette.testclient import TestClient

    with TestClient(web, base_url=BASE, client=("127.0.0.9", 1)) as client:
        replies = [
            client.post("/editor/sign-in", json={"key": f"wrong-{n}"}, headers=OWN)
            for n in range(12)
        ]
    assert replies[0].status_code == 401
    assert "鍵がちがう" in replies[0].json()["error"]
    assert replies[-1].status_code == 429
    assert int(replies[-1].headers["retry-after"]) > 0


def test_pages_of_the_editor_are_kept_by_nobody_and_run_no_script_of_their_own(client: Any) -> None:
    client.post("/editor/sign-in", json={"key": KEY}, headers=OWN)
    for path in ("/editor", "/editor/documents", "/editor/story", "/editor/versions"):
        reply = client.get(path)
        assert reply.headers["cache-control"] == "no-store"
        assert "default-src 'self'" in reply.headers["content-security-policy"]
        assert "<script>" not in reply.text
        assert " onclick" not in reply.text


def test_uploads_are_weighed_before_they_are_read(client: Any) -> None:
    client.post("/editor/sign-in", json={"key": KEY}, headers=OWN)
    heavy = {**OWN, "content-length": "60000000"}
    assert client.post("/editor/upload?name=a.md", content=b"x", headers=heavy).status_code == 413
    assert client.post("/editor/forms", content=b"x" * 200_000, headers=OWN).status_code == 413


def test_the_key_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "data" / "editor.key"
    key = editor_key("", path)
    assert len(key) >= 32
    assert editor_key("", path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert editor_key("another-key-of-the-operator", path) == "another-key-of-the-operator"
    with pytest.raises(SettingsError, match="短すぎます"):
        editor_key("short", path)


def test_a_sign_in_ends_after_a_working_day() -> None:
    now = [1_000_000.0]
    access = Access(KEY, clock=lambda: now[0])
    cookie = access.cookie()
    assert access.is_editor(cookie)
    assert not Access("another-key-entirely-here", clock=lambda: now[0]).is_editor(cookie)
    now[0] += 13 * 3600
    assert not access.is_editor(cookie)


def test_the_terminal_tells_the_address_and_never_a_key_that_was_chosen() -> None:
    assert editor_line(BASE, made_key="k" * 32).startswith(
        f"資料の管理: {BASE}/editor#key={'k' * 32} "
    )
    assert "key" not in editor_line(BASE, made_key="")
