"""One file a format; `default_readers` is what the product reads with."""

from assistant.adapters.readers.csv import CsvReader
from assistant.adapters.readers.html import HtmlReader
from assistant.adapters.readers.markdown import MarkdownReader
from assistant.adapters.readers.text import TextReader
from assistant.adapters.readers.worker import IsolatedReader, Limits, Worker
from assistant.ports import Reader

ISOLATED_SUFFIXES = (".pdf", ".docx", ".docm", ".pptx", ".xlsx", ".xlsm")


def default_readers(limits: Limits = Limits()) -> tuple[Reader, ...]:  # noqa: B008
    """Return one reader a format; PDF and Office files share a limited worker process.

    The process starts with the first such file and goes by itself when it is idle.
    """
    isolated = IsolatedReader(ISOLATED_SUFFIXES, Worker(limits))
    return (MarkdownReader(), TextReader(), CsvReader(), HtmlReader(), isolated)
