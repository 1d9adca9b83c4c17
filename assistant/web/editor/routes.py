"""The addresses of 資料の管理: each handler checks the role itself, through the gate."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from assistant.errors import KatsuyoError
from assistant.web.editor import actions, shown
from assistant.web.editor.gate import NO_STORE, Gate, parse, wrong
from assistant.web.editor.workbench import Workbench

if TYPE_CHECKING:
    from fastapi import APIRouter, FastAPI

_T = TypeVar("_T")
_Action = Callable[[Workbench, Mapping[str, str]], Mapping[str, object]]

_PAGES: Mapping[str, Callable[[Workbench, Mapping[str, str]], str]] = {
    "": shown.home,
    "/drafts/{id}": shown.draft,
    "/drafts/{id}/preview": shown.preview,
    "/documents": shown.documents,
    "/documents/{id}": shown.document,
    "/reviews": shown.reviews,
    "/versions": shown.versions,
    "/story": shown.story,
    "/faq": shown.faq,
}
_ACTIONS: Mapping[str, _Action] = {
    "/times": actions.times,
    "/forms": actions.write,
    "/drafts/{id}/update": actions.update,
    "/drafts/{id}/settle": actions.settle,
    "/drafts/{id}/remove": actions.remove,
    "/drafts/{id}/compare": actions.compare,
    "/drafts/{id}/publish": actions.publish,
    "/documents/{id}/edit": actions.edit,
    "/documents/{id}/withdraw": actions.withdraw,
    "/documents/{id}/restore": actions.restore,
    "/documents/{id}/renew": actions.renew,
    "/undo": actions.undo,
    "/rollback": actions.rollback,
}


@dataclass(frozen=True, slots=True)
class EditorPages:
    """資料の管理 as a part of the application."""

    gate: Gate
    bench: Workbench

    def add_to(self, app: "FastAPI") -> None:
        """Add every route under /editor."""
        from fastapi import APIRouter

        gate, bench = self.gate, self.bench
        router = APIRouter(prefix="/editor")
        for path, show in _PAGES.items():
            _add_page(router, path, gate, _Bound(show, bench))
        for path, act in _ACTIONS.items():
            _add_action(router, path, gate, _Bound(act, bench))
        _add_sign_in(router, gate)
        _add_jobs(router, gate, bench)
        _add_upload(router, gate, bench)
        app.include_router(router)


@dataclass(frozen=True, slots=True)
class _Bound(Generic[_T]):
    """A page or an action, with what it works on."""

    call: Callable[[Workbench, Mapping[str, str]], _T]
    bench: Workbench

    def __call__(self, given: Mapping[str, str]) -> _T:
        return self.call(self.bench, given)


def _add_page(router: "APIRouter", path: str, gate: Gate, show: "_Bound[str]") -> None:
    from fastapi import Request, Response

    @router.get(path)
    def page(request: Request) -> Response:
        given = {**request.query_params, **request.path_params}
        return gate.page(request, lambda: show(given))


def _add_action(
    router: "APIRouter", path: str, gate: Gate, act: "_Bound[Mapping[str, object]]"
) -> None:
    from fastapi import Request, Response
    from fastapi.concurrency import run_in_threadpool

    @router.post(path)
    async def action(request: Request) -> Response:
        refusal = gate.refusal(request)
        if refusal is not None:
            return refusal
        given = {**parse(await request.body()), **request.path_params}
        return await run_in_threadpool(gate.told, lambda: act(given))


def _add_sign_in(router: "APIRouter", gate: Gate) -> None:
    from fastapi import Request, Response

    @router.post("/sign-in")
    async def sign_in(request: Request) -> Response:
        return gate.sign_in(request, await request.body())

    @router.post("/sign-out")
    async def sign_out(request: Request) -> Response:
        return gate.refusal(request) or gate.sign_out()


def _add_jobs(router: "APIRouter", gate: Gate, bench: Workbench) -> None:
    from fastapi import Request, Response
    from fastapi.responses import JSONResponse

    @router.get("/jobs/{id}")
    def job(request: Request, id: str) -> Response:  # noqa: A002  the name in the path
        if not gate.is_editor(request):
            return gate.refuse()
        return JSONResponse(actions.progress_of(bench, id), headers=NO_STORE)


def _add_upload(router: "APIRouter", gate: Gate, bench: Workbench) -> None:
    from fastapi import Request, Response
    from fastapi.concurrency import run_in_threadpool
    from starlette.requests import ClientDisconnect

    @router.post("/upload")
    async def upload(request: Request, name: str = "") -> Response:
        refusal = gate.refusal(request)
        if refusal is not None:
            return refusal
        try:
            coming = await run_in_threadpool(actions.begin_upload, bench, name)
        except KatsuyoError as error:
            return wrong(422, str(error))
        try:
            async for piece in request.stream():
                await run_in_threadpool(coming.write, piece)
            return await run_in_threadpool(
                gate.told, lambda: actions.end_upload(bench, coming, name)
            )
        except KatsuyoError as error:
            return wrong(422, str(error))
        except ClientDisconnect:
            return wrong(400, "送るのが途中で止まりました。もう一度置いてください。")
        finally:
            await run_in_threadpool(coming.discard)
