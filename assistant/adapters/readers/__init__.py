"""One file a format; `default_readers` is what the product reads with."""

from assistant.adapters.readers.csv import CsvReader
from assistant.adapters.readers.html import HtmlReader
from assistant.adapters.readers.markdown import MarkdownReader
from assistant.adapters.readers.text import TextReader
from assistant.adapters.readers.worker import GuardedReader, IsolatedReader, Limits, Worker
from assistant.ports import Reader

ISOLATED_SUFFIXES = (".pdf", ".docx", ".docm", ".pptx", ".xlsx", ".xlsm")

_APART_BYTES = {".md": 40_000, ".markdown": 40_000, ".html": 4_000, ".htm": 4_000}
"""Brackets without end cost markdown-it, and open tags Python's HTML parser, time that grows with
the square: .6 s for 20 kB of «[», 7 s for 20 kB of «<p »."""


def default_readers(limits: Limits = Limits()) -> tuple[Reader, ...]:  # noqa: B008
    """Return one reader a format; what can be slow or big is read in a limited worker process.

    The process starts with the first such file and goes by itself when it is idle.
    """
    worker = Worker(limits)
    texts = (MarkdownReader(), TextReader(), CsvReader(), HtmlReader())
    guarded = (GuardedReader(reader, worker, apart_bytes=_APART_BYTES) for reader in texts)
    return (*guarded, IsolatedReader(ISOLATED_SUFFIXES, worker))
