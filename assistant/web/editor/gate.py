"""What every request to 資料の管理 passes: is it an editor, and did our own page send it."""

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from assistant.errors import KatsuyoError
from assistant.web.editor.access import COOKIE, HOURS, Access
from assistant.web.editor.jobs import logged
from assistant.web.editor.layout import message, sign_in_page

if TYPE_CHECKING:
    from fastapi import Request, Response

NO_STORE = {"cache-control": "no-store"}
_NOT_YOURS = "サインインが必要です。ページを開き直して、鍵を入れてください。"
_NOT_OURS = "ほかのページからは送れません。資料の管理のページを開き直してください。"
_SIGN_IN_LIMIT = 2_000


class Gate:
    """Refuses who is no editor, and turns errors into sentences."""

    def __init__(self, access: Access) -> None:
        """`access` knows the key."""
        self._access = access

    def page(self, request: "Request", show: Callable[[], str]) -> "Response":
        """Return the page that `show` makes, the sign-in for anybody else."""
        from fastapi.responses import HTMLResponse

        if not self.is_editor(request):
            return HTMLResponse(sign_in_page(), 401, NO_STORE)
        try:
            return HTMLResponse(show(), headers=NO_STORE)
        except KatsuyoError as error:
            return HTMLResponse(message("うまくいきませんでした", str(error)), 404, NO_STORE)
        except Exception as error:  # noqa: BLE001  the outermost border: nobody sees a traceback
            sentence = logged(error)
            return HTMLResponse(message("うまくいきませんでした", sentence), 500, NO_STORE)

    def refusal(self, request: "Request") -> "Response | None":
        """Return why a POST is not served, if it is not."""
        if not self.is_editor(request):
            return self.refuse()
        return None if is_own_page(request) else wrong(403, _NOT_OURS)

    def told(self, work: Callable[[], Mapping[str, object]]) -> "Response":
        """Return what `work` tells the page, or the sentence of what went wrong."""
        from fastapi.responses import JSONResponse

        try:
            return JSONResponse(dict(work()), headers=NO_STORE)
        except KatsuyoError as error:
            return wrong(422, str(error))
        except Exception as error:  # noqa: BLE001  the outermost border: nobody sees a traceback
            return wrong(500, logged(error))

    def sign_in(self, request: "Request", body: bytes) -> "Response":
        """Return the cookie for the right key."""
        if not is_own_page(request):
            return wrong(403, _NOT_OURS)
        address = request.client.host if request.client else ""
        wait = self._access.wait_seconds(address)
        if wait:
            reply = wrong(429, f"続けて試したので、{wait}秒ほど待ってください。")
            reply.headers["retry-after"] = str(wait)
            return reply
        key = parse(body[:_SIGN_IN_LIMIT]).get("key", "")
        if not self._access.opens(key):
            return wrong(401, "鍵がちがうようです。前後の文字が欠けていないか確かめてください。")
        reply = self.told(lambda: {"go": "/editor"})
        reply.set_cookie(
            COOKIE,
            self._access.cookie(),
            max_age=HOURS * 3600,
            path="/editor",
            httponly=True,
            samesite="strict",
        )
        return reply

    def sign_out(self) -> "Response":
        """Return what takes the cookie away."""
        reply = self.told(lambda: {"go": "/editor"})
        reply.delete_cookie(COOKIE, path="/editor", httponly=True, samesite="strict")
        return reply

    def refuse(self) -> "Response":
        """Return what a program without our cookie gets."""
        return wrong(401, _NOT_YOURS)

    def is_editor(self, request: "Request") -> bool:
        """Return whether the request brings our cookie."""
        return self._access.is_editor(request.cookies.get(COOKIE, ""))


def is_own_page(request: "Request") -> bool:
    """Return whether a page of this very server sent the request: its Origin must say so."""
    host = request.headers.get("host", "")
    return request.headers.get("origin", "") in {f"http://{host}", f"https://{host}"}


def parse(body: bytes) -> dict[str, str]:
    """Return the texts of a JSON object; nothing of anything else."""
    try:
        given = json.loads(body)
    except ValueError:
        return {}
    if not isinstance(given, dict):
        return {}
    return {str(name): str(value) for name, value in given.items() if isinstance(value, str | int)}


def wrong(status: int, sentence: str) -> "Response":
    """Return a sentence for the page to show."""
    from fastapi.responses import JSONResponse

    return JSONResponse({"error": sentence}, status, NO_STORE)
