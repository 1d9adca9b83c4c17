"""One embedder for a folder and process: whoever opens it again shares what is open."""

import threading
from pathlib import Path
from weakref import WeakValueDictionary

from assistant.adapters.e5.embedder import E5Embedder

_OPEN: WeakValueDictionary[Path, E5Embedder] = WeakValueDictionary()
_OPENING = threading.Lock()


def open_e5(cache_dir: Path) -> E5Embedder:
    """Return the embedder that is kept in `cache_dir`. Raises ModelError.

    An evaluation asks several assistants in one process; each would take .3 s to open its own.
    """
    folder = cache_dir.resolve()
    with _OPENING:
        opened = _OPEN.get(folder)
        if opened is None:
            opened = _OPEN[folder] = E5Embedder(cache_dir)
        return opened
