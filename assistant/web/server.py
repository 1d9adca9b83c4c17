"""Put the page together on FastAPI, and serve it on this machine only."""

import errno
import ipaddress
import os
import socket
from typing import TYPE_CHECKING

from assistant.errors import SettingsError
from assistant.web.needs import Alarms, Asking, Engine, Log, ModelMeter, Starters
from assistant.web.talk import Talk

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.web.editor.routes import EditorPages

_STOP_SECONDS = 5
"""Answers under way may finish for this long after SIGTERM."""


def build_app(
    assistant: Asking,
    engine: Engine,
    feedback: Log,
    *,
    alarms: Alarms,
    starters: Starters,
    meter: ModelMeter | None = None,
    editor: "EditorPages | None" = None,
    with_model: int = 0,
) -> "FastAPI":
    """Return the whole page as an ASGI application. Imports Gradio, which takes seconds.

    `meter` is that of the chat model, where there is one, and `with_model` how many questions may
    be with it at a time: they wait, and take nothing from those that are composed. Without
    `editor` there is no 資料の管理.
    """
    # Gradio reads it at import; without it the start looks up an outside host.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr
    from fastapi import FastAPI

    from assistant.web.api import add_api
    from assistant.web.blocks import AT_ONCE, build_blocks
    from assistant.web.border import Border
    from assistant.web.metrics import CountedAsking, add_metrics
    from assistant.web.routes import add_routes

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    add_routes(app, engine, starters)
    counted = CountedAsking(assistant)
    add_api(app, counted)
    add_metrics(app, counted, meter)
    if editor is not None:
        editor.add_to(app)
    app.add_middleware(Border)
    return gr.mount_gradio_app(  # type: ignore[no-any-return]
        app,
        build_blocks(Talk(counted, engine, feedback, alarms=alarms), at_once=AT_ONCE + with_model),
        path="/",
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        theme=gr.themes.Base(font=["sans-serif"], font_mono=["monospace"]),
        show_error=False,
        run_history=False,
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
        pwa=False,
        footer_links=[],
        max_file_size=1,
        allowed_paths=None,
    )


def listen(host: str, port: int) -> socket.socket:
    """Return a socket bound to this machine. Raises SettingsError."""
    if not _is_loopback(host):
        raise SettingsError(
            f"アドレス {host} では公開できません。まだサインインの仕組みがないためです。",
            remedy="KATSUYO_HOST を 127.0.0.1 にしてください。",
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise _port_error(port, error) from error
    return bound


def serve(app: "FastAPI", bound: socket.socket) -> None:
    """Serve until SIGINT or SIGTERM."""
    import uvicorn

    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_STOP_SECONDS,
    )
    uvicorn.Server(config).run(sockets=[bound])


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _port_error(port: int, error: OSError) -> SettingsError:
    if error.errno == errno.EADDRINUSE:
        return SettingsError(
            f"ポート {port} は、ほかのプログラムが使っています。",
            remedy=f"活用ナビがもう動いていないか確かめるか、KATSUYO_PORT={port + 1} のように"
            "別の番号にしてください。",
        )
    return SettingsError(
        f"ポート {port} を開けませんでした({error.strerror})。",
        remedy="KATSUYO_PORT を 1024 以上の番号にしてください。",
    )
