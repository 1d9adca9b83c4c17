"""What SQLite's failures mean to a person: every one becomes a StoreError with a remedy."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from assistant.errors import StoreError

_RESTORE = (
    "バックアップがあれば katsuyo restore ファイル で戻せます。"
    "なければ、このファイルを別の場所へ移してから katsuyo publish を実行すると、"
    "資料から作り直せます。"
)
_PERMISSIONS = "フォルダの権限を直すか、KATSUYO_DATA_DIR で書き込める場所を指定してください。"

_MEANINGS = {
    sqlite3.SQLITE_NOTADB: ("は活用ナビのデータではないか、壊れています。", _RESTORE),
    sqlite3.SQLITE_CORRUPT: ("が壊れています。", _RESTORE),
    sqlite3.SQLITE_READONLY: ("に書き込めません。", _PERMISSIONS),
    sqlite3.SQLITE_CANTOPEN: ("を開けません。", _PERMISSIONS),
    sqlite3.SQLITE_PERM: ("を開く権限がありません。", _PERMISSIONS),
    sqlite3.SQLITE_FULL: (
        "を書く場所の空きがなくなりました。公開中の版はそのままです。",
        "500 MB以上あけてから、もう一度実行してください。",
    ),
    sqlite3.SQLITE_BUSY: (
        "を、ほかの処理が使っています。",
        "少し待ってから、もう一度実行してください。",
    ),
    sqlite3.SQLITE_IOERR: (
        "を読み書きできませんでした。",
        "ディスクの空きと状態を確かめて、もう一度実行してください。",
    ),
}
"""By SQLite's primary result code: what happened to the file, and what to do."""

_DISK = {
    errno.ENOSPC: sqlite3.SQLITE_FULL,
    errno.EDQUOT: sqlite3.SQLITE_FULL,
    errno.EIO: sqlite3.SQLITE_IOERR,
    errno.EROFS: sqlite3.SQLITE_READONLY,
}
"""What the file system says where SQLite has not been asked yet."""

_UNKNOWN = ("を使えません。", "katsuyo doctor で状態を確かめてください。")


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn whatever SQLite, SQLAlchemy or the file system raises about `path` into StoreError."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        code = getattr(cause, "sqlite_errorcode", None)
        what, remedy = _MEANINGS.get(code & 0xFF if code else -1, _UNKNOWN)
        reason = str(cause).splitlines()[0] if str(cause) else type(cause).__name__
        raise StoreError(f"{path} {what}(理由: {reason})", remedy=remedy) from error
    except OSError as error:
        what, remedy = _MEANINGS[_DISK.get(error.errno or 0, sqlite3.SQLITE_CANTOPEN)]
        reason = error.strerror or type(error).__name__
        raise StoreError(f"{path} {what}(理由: {reason})", remedy=remedy) from error
    except UnicodeEncodeError as error:
        raise StoreError(
            f"保存できない文字(U+{ord(error.object[error.start]):04X})が資料にあります。",
            remedy="その文字を資料から消して、もう一度公開してください。",
        ) from error
    except ValueError as error:
        # pydantic, json and UTF-8 all raise ValueError on a row that is not what was written
        what, remedy = _MEANINGS[sqlite3.SQLITE_CORRUPT]
        raise StoreError(f"{path} {what}", remedy=remedy) from error
