"""Our own pages beside Gradio's: start, documents, the rule, health, style and script."""

from importlib import metadata, resources
from typing import TYPE_CHECKING

from assistant.errors import IndexMissing
from assistant.web.documents_view import Quote, document_page, message_page
from assistant.web.needs import Engine, Starters
from assistant.web.rule_view import rule_page
from assistant.web.start_view import start_html
from assistant.web.words import NOT_PUBLISHED

if TYPE_CHECKING:
    from fastapi import FastAPI

_FILES = {
    "base.css": "text/css; charset=utf-8",
    "page.css": "text/css; charset=utf-8",
    "base.js": "text/javascript; charset=utf-8",
    "editor.css": "text/css; charset=utf-8",
    "editor.js": "text/javascript; charset=utf-8",
    "frame.js": "text/javascript; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
_NO_DOCUMENT = (
    "入れ替えられたか、取り下げられたのかもしれません。活用ナビでもう一度聞いてみてください。"
)


def add_routes(app: "FastAPI", engine: Engine, starters: Starters) -> None:
    """Add every route of ours to `app`."""
    _add_parts(app, engine, starters)
    _add_documents(app, engine)


def _add_parts(app: "FastAPI", engine: Engine, starters: Starters) -> None:
    from fastapi import Request, Response
    from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse

    contents = {name: _static(name) for name in _FILES}

    @app.exception_handler(IndexMissing)
    def nothing_published(request: Request, _error: IndexMissing) -> Response:
        if request.url.path.startswith(("/rule", "/doc")):
            return HTMLResponse(message_page("準備中です", NOT_PUBLISHED), status_code=503)
        return PlainTextResponse(NOT_PUBLISHED, status_code=503)

    @app.get("/page/{name}")
    def page_file(name: str) -> Response:
        if name not in contents:
            return PlainTextResponse("お探しのページはありません。", status_code=404)
        return Response(
            contents[name], media_type=_FILES[name], headers={"cache-control": "no-cache"}
        )

    @app.get("/parts/start")
    def start(department: str = "") -> Response:
        published = engine.snapshot()
        known = published.company.department(department)
        name = known.name if known else ""
        return HTMLResponse(start_html(published, name, starters(name)))

    @app.get("/healthz")
    def health() -> Response:
        published = engine.snapshot()
        return JSONResponse(
            {
                "status": "ok",
                "product": metadata.version("katsuyo"),
                "version": published.version.id,
                "passages": published.version.passages,
                "vector_share": round(published.vector_share, 4),
            }
        )


def _add_documents(app: "FastAPI", engine: Engine) -> None:
    from fastapi import Response
    from fastapi.responses import HTMLResponse

    @app.get("/rule")
    def rule() -> Response:
        published = engine.snapshot()
        return HTMLResponse(rule_page(published.rules, company=published.company))

    @app.get("/doc/{document_id}")
    def document(document_id: str, p: str = "", s: str = "", e: str = "") -> Response:
        published = engine.snapshot()
        found = published.document(document_id)
        if found is None or found.source.audience:
            page = message_page("この文書は見つかりません", _NO_DOCUMENT)
            return HTMLResponse(page, status_code=404)
        quote = Quote(p, _offset(s), _offset(e))
        return HTMLResponse(document_page(found, company=published.company, quote=quote))


def _offset(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _static(name: str) -> bytes:
    return (resources.files("assistant.web") / "static" / name).read_bytes()
