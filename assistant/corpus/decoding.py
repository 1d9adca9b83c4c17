"""Bytes to text: UTF-8, UTF-16 and -32 with a mark, Shift_JIS as Excel has it, EUC-JP, JIS."""

import codecs
import re
from pathlib import Path

from assistant.errors import DocumentError

MAX_TEXT_BYTES = 10_000_000
"""A text file above this is a log or a dump, not a document; Markdown takes ~1 s per MB."""

MAX_LINES = 200_000
"""A novel has 10,000; 500,000 lines of one character took 12 s to read and cut."""

_JAPANESE_ENCODINGS = ("cp932", "euc_jp")
_JIS_ESCAPE = b"\x1b$"
"""Old mails and mainframes: in the eyes of UTF-8 their kanji are ASCII letters."""
_KANA = re.compile("[ぁ-んァ-ヶ]")
_HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]")


def read_text(path: Path) -> str:
    """Return the text of `path` whatever its Japanese encoding. Raises DocumentError."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_TEXT_BYTES else b""
    except OSError as error:
        raise DocumentError(
            f"ファイルを開けません({error.strerror})。",
            remedy="ファイルの読み取り権限を確かめてください。",
            path=path,
        ) from error
    if size > MAX_TEXT_BYTES:
        raise DocumentError(
            f"文字だけのファイルとしては大きすぎます({size / 1e6:.0f} MB)。",
            remedy="10 MB 以下に分けてください。",
            path=path,
        )
    text = decode(data, path)
    if text.count("\n") > MAX_LINES:
        raise DocumentError(
            f"行が多すぎます({text.count(chr(10))}行)。",
            remedy=f"{MAX_LINES}行以下に分けてください。",
            path=path,
        )
    return text


def decode(data: bytes, path: Path) -> str:
    """Return `data` as text without byte-order mark. Raises DocumentError."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        encodings: tuple[str, ...] = ("utf-32",)
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ("utf-16",)
    elif _JIS_ESCAPE in data[:4096] and _try(data, "iso2022_jp_ext") is not None:
        encodings = ("iso2022_jp_ext",)
    elif _looks_binary(data):
        raise DocumentError(
            "中身が文字ではありません(拡張子と中身が違うようです)。",
            remedy="元のアプリで開いて、正しい形式で保存し直してください。",
            path=path,
        )
    else:
        encodings = ("utf-8-sig", *_JAPANESE_ENCODINGS)
    candidates = [text for name in encodings if (text := _try(data, name)) is not None]
    if encodings[0] == "utf-8-sig" and _try(data, "utf-8-sig") is None:
        candidates.sort(key=_strangeness)
    if not candidates:
        raise DocumentError(
            "文字コードがわかりません(UTF-8 でも Shift_JIS でもありません)。",
            remedy="「UTF-8」を選んで保存し直してください。",
            path=path,
        )
    return candidates[0].replace("\r\n", "\n").replace("\r", "\n")


def _looks_binary(data: bytes) -> bool:
    """Return whether the bytes are no text: many NULs, or the mark of another format."""
    head = data[:4096]
    marks = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
    return head.startswith(marks) or head.count(0) > len(head) // 100 + 4


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _strangeness(text: str) -> float:
    """Return how unlike Japanese prose `text` is: wrong guesses give half-width kana."""
    return len(_HALF_WIDTH_KANA.findall(text)) - len(_KANA.findall(text))
