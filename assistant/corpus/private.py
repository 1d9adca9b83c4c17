"""Files that only their owner reads."""

import os
from contextlib import suppress
from pathlib import Path


def create_private(path: Path) -> None:
    """Create the file (0600) and its folder (0700); a file that is there is not opened.

    Closing any descriptor of a SQLite file drops all locks that this process holds on it: while
    one thread reads, a publisher elsewhere would then take away the log that it reads from, and
    the file would be damaged. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
