"""What Gradio 6.31 and Python do again and again though it comes out the same.

With two hundred answers under way at once this was a quarter of the page's CPU.
"""

import gc
import importlib.util
import inspect
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gradio

_LOOK_SECONDS = 0.02
"""Between two looks into the queue. Gradio looks a thousand times a second, also when idle."""


def spare(blocks: "gradio.Blocks") -> None:
    """Let Gradio work out once what it would for each session, update and millisecond."""
    for kind in {type(block) for block in blocks.blocks.values()}:
        # Read for each component of each new session, 1.2 ms of 2.4.
        kind.__init__.__signature__ = inspect.signature(kind.__init__)
    if importlib.util.find_spec("matplotlib") is None:
        # Looked for in all folders twice an update: what is None here is known not to be there.
        sys.modules.setdefault("matplotlib", None)  # type: ignore[arg-type]
    blocks._queue.sleep_when_free = _LOOK_SECONDS


def settle() -> None:
    """Take what is loaded by now out of the garbage collector's sight, for good.

    It looked through 330,000 objects of libraries each time, and nobody was answered for .2 s.
    Before a version of the documents is loaded: those come and go.
    """
    gc.freeze()
