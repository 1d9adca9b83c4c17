"""Files that are whole or not there: every result of an evaluation is written so."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

READABLE = 0o644
"""CI publishes the files as another user; a temporary file is its owner's alone."""


def write_whole(path: Path, data: bytes, *, mode: int = READABLE) -> None:
    """Write beside `path`, then move it there: a reader sees the old file or the new one.

    Makes the folder where there is none; leaves nothing behind when it fails. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
