"""Which files of the corpus folder are documents; what is never opened is told."""

import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.domain import Problem, Severity

FOLDER_DEFAULTS = "_meta.yaml"
SIDECAR_SUFFIX = ".meta.yaml"
COMPANY_FILE = "company.yaml"
MAX_FILE_BYTES = 50_000_000
"""Larger files are videos or photo books, not texts (stack findings 6)."""
_MAX_DEPTH = 12

_NOT_DOCUMENTS = ("thumbs.db", "desktop.ini")
_NOT_AT_ROOT = ("readme", "license", "licence", "changelog", "notice", "partners", "roster")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A regular file of the corpus that should be a document."""

    path: Path
    name: str
    """Relative to the corpus, forward slashes, NFC: the same on every system."""


@dataclass(frozen=True, slots=True)
class Walk:
    """The files in the order of their names, and what was left aside."""

    files: tuple[FoundFile, ...]
    sidecars: tuple[str, ...]
    problems: tuple[Problem, ...]


def walk_corpus(root: Path) -> Walk:
    """Return the documents under `root`. Links that lead out, pipes and devices stay closed."""
    files: list[FoundFile] = []
    problems: list[Problem] = []
    sidecars: list[str] = []
    for found in _walk(root.resolve(), root.resolve(), 0):
        if isinstance(found, Problem):
            problems.append(found)
        elif found.name.endswith(SIDECAR_SUFFIX):
            sidecars.append(found.name)
        else:
            files.append(found)
    files.sort(key=lambda file: file.name)
    return Walk(
        tuple(files), tuple(sorted(sidecars)), tuple(sorted(problems, key=lambda p: p.path))
    )


def _walk(folder: Path, root: Path, depth: int) -> Iterator[FoundFile | Problem]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        name = _relative(folder, root)
        yield Problem(
            name, f"フォルダを開けません({error.strerror})", "読み取り権限を確かめてください"
        )
        return
    for entry in entries:
        path = folder / entry.name
        if is_ignored(entry.name, at_root=depth == 0):
            continue
        name = _relative(path, root)
        refusal = _refusal(path, name, root)
        if refusal is not None:
            yield refusal
        elif path.is_dir():
            if depth < _MAX_DEPTH:
                yield from _walk(path, root, depth + 1)
        else:
            yield FoundFile(path, name)


def _relative(path: Path, root: Path) -> str:
    """Return the path inside the corpus; links are not followed."""
    name = path.relative_to(root).as_posix()
    readable = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return unicodedata.normalize("NFC", readable)


def is_ignored(name: str, *, at_root: bool) -> bool:
    """Return whether a file or folder of this name is no document: temporary, hidden, settings."""
    lower = name.lower()
    if name.startswith((".", "~$", ".~")) or lower.endswith((".tmp", "~", ".bak")):
        return True
    if lower in _NOT_DOCUMENTS or name == FOLDER_DEFAULTS:
        return True
    return at_root and (lower == COMPANY_FILE or lower.split(".")[0] in _NOT_AT_ROOT)


def _refusal(path: Path, name: str, root: Path) -> Problem | None:
    """Return why `path` is never opened, if it is not."""
    if "\ufffd" in name:
        return Problem(name, "ファイル名に読めない文字があります", "名前を付け直してください")
    refusal = _refused_link(path, name, root) if path.is_symlink() else None
    if refusal is not None:
        return refusal
    try:
        status = path.stat()
    except OSError as error:
        return Problem(
            name, f"ファイルを開けません({error.strerror})", "名前と権限を確かめてください"
        )
    if stat.S_ISDIR(status.st_mode):
        return None
    if not stat.S_ISREG(status.st_mode):
        return Problem(
            name, "ふつうのファイルではないので開きません", "このフォルダから取り除いてください"
        )
    if status.st_size == 0:
        return Problem(name, "中身が空のファイルです(0バイト)", "保存し直すか、取り除いてください")
    if status.st_size > MAX_FILE_BYTES:
        size = f"{status.st_size / 1e6:.0f} MB"
        return Problem(
            name, f"ファイルが大きすぎます({size}、上限50 MB)", "画像を減らすか、分けてください"
        )
    return None


def _refused_link(path: Path, name: str, root: Path) -> Problem | None:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return Problem(
            name,
            "リンクの先がありません(または輪になっています)",
            "リンクを消し、実物を置いてください",
        )
    if not target.is_relative_to(root):
        return Problem(
            name,
            "文書フォルダの外へのリンクなので開きません",
            "リンクでなく、実物を置いてください",
        )
    if target.is_dir():
        return Problem(
            name,
            "フォルダへのリンクなので開きません",
            "リンクを消してください",
            Severity.WARNING,
        )
    return None
