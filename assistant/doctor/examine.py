"""What is missing on this machine or in this company's folders, and how to mend it."""

import importlib.metadata
import importlib.util
import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator

from assistant.adapters.e5.repair import packages_command
from assistant.app import App
from assistant.doctor.finding import Finding
from assistant.doctor.models import chat_model, embedder
from assistant.errors import KatsuyoError
from assistant.settings import Settings

_MIN_FREE_BYTES = 500 * 1024 * 1024
"""The embedder's graph (about 200 MB) and two versions of an index of 10,000 passages."""

_PACKAGES = ("gradio", "chromadb", "bm25s", "onnxruntime", "sudachipy", "sqlalchemy", "pypdf")


def examine(settings: Settings) -> list[Finding]:
    """Look at everything that answering needs; changes nothing but a probe file."""
    app = App(settings=settings)
    checks: tuple[tuple[str, Callable[[App], Iterator[Finding]]], ...] = (
        ("Python", _python),
        ("部品", _packages),
        ("データの置き場所", _data_folder),
        ("会社の設定", _company),
        ("公開した版", _live_version),
        ("意味検索", embedder),
        ("生成AI", chat_model),
        ("ポート", _port),
    )
    findings: list[Finding] = []
    for name, look in checks:
        try:
            findings.extend(look(app))
        except KatsuyoError as error:
            findings.append(Finding(name, ok=False, detail=error.message, remedy=error.remedy))
    app.close()
    return findings


def _python(_: App) -> Iterator[Finding]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    ok = (3, 11) <= sys.version_info[:2] < (3, 14)
    yield Finding(
        "Python", ok, version, "" if ok else "Python 3.11〜3.13 で入れ直してください(README)。"
    )


def _packages(_: App) -> Iterator[Finding]:
    missing = [name for name in _PACKAGES if importlib.util.find_spec(name) is None]
    if missing:
        yield Finding(
            "部品",
            ok=False,
            detail=f"足りません: {'、'.join(missing)}",
            remedy=f"活用ナビのフォルダで実行してください: {packages_command()}",
        )
    else:
        found = (f"{name} {importlib.metadata.version(name)}" for name in _PACKAGES)
        yield Finding("部品", ok=True, detail="、".join(found))


def _data_folder(app: App) -> Iterator[Finding]:
    folder = app.settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = folder / f".probe-{os.getpid()}"
        probe.write_bytes(b"ok")
        probe.unlink()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        yield Finding(
            "データの置き場所",
            ok=False,
            detail=f"{folder} に書き込めません({error.strerror})",
            remedy="フォルダの権限を直すか、KATSUYO_DATA_DIR で書き込める場所を指定してください。",
        )
        return
    ok = free >= _MIN_FREE_BYTES
    remedy = "" if ok else "500 MB以上あけるか、KATSUYO_DATA_DIR で別の場所を指定してください。"
    yield Finding("データの置き場所", ok, f"{folder}(空き {free // 2**20:,} MB)", remedy)


def _company(app: App) -> Iterator[Finding]:
    from assistant.corpus.company import load_company

    company = load_company(app.settings.corpus_dir / "company.yaml")
    detail = f"{company.name}、{len(company.departments)}部署"
    yield Finding("会社の設定", ok=True, detail=detail)


def _live_version(app: App) -> Iterator[Finding]:
    version = app.store.live()
    if version is None:
        yield Finding(
            "公開した版",
            ok=False,
            detail="まだありません",
            remedy="katsuyo publish を実行してください。",
        )
        return
    detail = f"第{version.id}版、資料{version.documents}件、抜粋{version.passages}件"
    yield Finding("公開した版", ok=True, detail=detail)
    health = app.store.verify(embedder=app.embedder_name)
    remedy = "控えから戻すか、katsuyo.sqlite3 をよけて、もう一度公開してください。"
    shown = health.detail or f"正常({health.versions}版、抜粋{health.passages}件)"
    yield Finding("データベース", health.ok, shown, "" if health.ok else remedy)
    missing = health.missing_vectors
    if missing:
        detail = f"まだ{missing}件の準備ができていません"
        yield Finding(
            "意味検索の準備", ok=False, detail=detail, remedy="katsuyo publish を実行してください。"
        )


def _port(app: App) -> Iterator[Finding]:
    host, port = app.settings.host, app.settings.port
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            yield Finding(
                "ポート",
                ok=True,
                detail=f"{host}:{port} は使用中です({error.strerror})",
                remedy="活用ナビのほかが使っているなら、KATSUYO_PORT を変えてください。",
            )
            return
    yield Finding("ポート", ok=True, detail=f"{host}:{port} は空いています")
