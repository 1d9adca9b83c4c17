"""Files of this room: one owner reads them, nobody else."""

import os
from pathlib import Path

BUSY_SECONDS = 5.0
"""How long a writer waits for another one."""


def make_private(path: Path) -> None:
    """Make `path` and its folder, readable by their owner only. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
