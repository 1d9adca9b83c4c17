"""What Word, PowerPoint and Excel files share: zips that are looked at before they are opened."""

import zipfile
from pathlib import Path

from assistant.errors import DocumentError

MAX_UNZIPPED_BYTES = 100_000_000
"""A docx of 334 kB that unzips to more took 1.6 GB of memory (stack findings 6)."""
MAX_RATIO = 200
"""Unzipped to zipped; honest XML stays under about 30. Counts above 10 MB only."""
MAX_MEMBERS = 10_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check_office_file(path: Path, *, needs: str) -> None:
    """Raise DocumentError unless `path` is a harmless zip that holds the member `needs`."""
    with path.open("rb") as file:
        head = file.read(8)
    if head == _OLE:
        raise DocumentError(
            "パスワードがかかっているか、古い形式(.doc / .xls / .ppt)のファイルです。",
            remedy="パスワードを外し、新しい形式(.docx / .xlsx / .pptx)で保存し直してください。",
            path=path,
        )
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _broken(path) from error
    if all(member.filename != needs for member in members):
        raise _broken(path)
    if any(member.flag_bits & 1 for member in members):
        raise DocumentError(
            "パスワードがかかっています。",
            remedy="パスワードを外して保存し直してください。",
            path=path,
        )
    total = sum(member.file_size for member in members)
    zipped = max(1, path.stat().st_size)
    too_dense = total > 10_000_000 and total / zipped > MAX_RATIO
    if total > MAX_UNZIPPED_BYTES or too_dense or len(members) > MAX_MEMBERS:
        raise DocumentError(
            f"開くと大きくなりすぎるファイルです(展開後 {total / 1e6:.0f} MB)。",
            remedy="画像を減らすか、いくつかのファイルに分けてください。",
            path=path,
        )


def _broken(path: Path) -> DocumentError:
    kind = path.suffix.lower().lstrip(".")
    return DocumentError(
        f"{kind} ファイルとして開けません(壊れているか、拡張子と中身が違います)。",
        remedy="元のアプリで開けるか確かめ、保存し直してください。",
        path=path,
    )
