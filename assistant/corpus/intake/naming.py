"""Names of files that come over the network: one safe name, whatever was sent."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from assistant.corpus.kinds import KIND_WORDS
from assistant.corpus.loading import OLD_FORMATS
from assistant.corpus.text import fold
from assistant.corpus.walking import SIDECAR_SUFFIX, is_ignored
from assistant.domain import Kind
from assistant.errors import DocumentError

_LONGEST_BYTES = 180
"""Of a name in UTF-8: file systems take 255, and the sidecar and a temporary name need some."""
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]')
"""Characters that Windows refuses or that nobody sees in a name."""
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
"""Names that Windows keeps for devices, whatever follows the dot."""
_FOLDERS = {
    Kind.RULE: "rules",
    Kind.MANUAL: "manuals",
    Kind.FAQ: "faqs",
    Kind.STORY: "stories",
    Kind.TEMPLATE: "templates",
}


def safe_name(given: str, *, readable: Iterable[str]) -> str:
    """Return the last part of `given` as a file name: NFC, without what could lead elsewhere.

    `readable`: suffixes of the readers. Raises DocumentError for a name that is no document.
    """
    last = re.split(r"[/\\]", given.encode("utf-8", "replace").decode("utf-8"))[-1]
    name = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", last)).strip(" .").lstrip("~$")
    stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
    _refuse(name, suffix, sorted(readable))
    if _RESERVED.fullmatch(name):
        stem = f"_{stem}"
    return _cut(stem, suffix) + suffix.lower()


def file_stem(title: str) -> str:
    """Return a file name without suffix for a title that was written in a form."""
    one_line = " ".join(unicodedata.normalize("NFC", title).split())
    name = re.sub(r"[/\\]", "_", _FORBIDDEN.sub("_", one_line)).strip(" ._").lstrip("~$")
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    return _cut(name or "無題", ".md")


def folder_of(kind: Kind, corpus_dir: Path) -> str:
    """Return the folder of a kind: one that is there by any of its names, else the usual one."""
    usual = _FOLDERS[kind]
    if (corpus_dir / usual).is_dir():
        return usual
    there = sorted(path.name for path in corpus_dir.iterdir() if path.is_dir())
    return next((name for name in there if KIND_WORDS.get(fold(name)) is kind), usual)


def _refuse(name: str, suffix: str, readable: list[str]) -> None:
    lower = name.lower()
    if not name or is_ignored(name, at_root=False) or lower.endswith(SIDECAR_SUFFIX):
        raise DocumentError(
            f"「{name or '(名前なし)'}」は資料の名前として使えません。",
            remedy="一時ファイルや設定のファイルではないか確かめて、名前を付け直してください。",
        )
    if suffix.lower() in readable:
        return
    if suffix.lower() in OLD_FORMATS:
        better = OLD_FORMATS[suffix.lower()]
        raise DocumentError(
            f"「{name}」は、読めない古い形式({suffix})です。",
            remedy=f"元のアプリで開いて、「{better}」の形式で保存し直してください。",
        )
    kind = f"読めない形式({suffix})です" if suffix else "拡張子がないので、形式がわかりません"
    raise DocumentError(
        f"「{name}」は、{kind}。",
        remedy="Word、Excel、PowerPoint、PDF、Markdown、テキスト、HTML、CSVのどれかで保存し直してください。",
    )


def _cut(stem: str, suffix: str) -> str:
    room = _LONGEST_BYTES - len(suffix.encode())
    return stem.encode()[:room].decode("utf-8", "ignore").strip(" .") or "資料"
