"""A changed copy of a corpus, in a folder of its own: the original is only read."""

import csv
import io
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from assistant.corpus.decoding import read_text
from assistant.corpus.walking import SIDECAR_SUFFIX
from assistant.errors import DocumentError, SuiteError
from assistant.evals.numbers.numbers import Number, numbers_in
from assistant.evals.references import squeezed

TEXT_SUFFIXES = frozenset({".md", ".txt", ".csv"})
"""Files whose words can be changed without their format's library."""


def copy_corpus(corpus_dir: Path, folder: Path) -> Path:
    """Copy the corpus into `folder` and return the copy. Raises SuiteError."""
    copy = folder / "corpus"
    try:
        shutil.copytree(corpus_dir, copy)
    except (OSError, shutil.Error) as error:
        raise SuiteError(
            f"{corpus_dir} を評価用に写せません({type(error).__name__})。",
            remedy="空き容量と、読み取りの権限を確かめてください。",
        ) from error
    return copy


def remove_document(copy: Path, path: str) -> None:
    """Take a document and its sidecar out of a copy."""
    (copy / path).unlink(missing_ok=True)
    (copy / f"{path}{SIDECAR_SUFFIX}").unlink(missing_ok=True)


def remove_rows(copy: Path, path: str, cells: Iterable[str]) -> None:
    """Take the rows that hold one of `cells` out of a CSV file of a copy."""
    unwanted = {squeezed(cell) for cell in cells}
    rows = list(csv.reader(io.StringIO(read_text(copy / path))))
    kept = io.StringIO()
    csv.writer(kept, lineterminator="\n").writerows(
        row for row in rows if unwanted.isdisjoint(map(squeezed, row))
    )
    _write(copy / path, kept.getvalue())


def replace_numbers(copy: Path, path: str, changes: Mapping[Number, str]) -> None:
    """Write new words for every spelling of these numbers in a text file of a copy."""
    text = read_text(copy / path)
    _write(copy / path, with_numbers(text, changes))


def with_numbers(text: str, changes: Mapping[Number, str]) -> str:
    """Return `text` with each number of `changes` told anew: «30分», «三十分» and «0.5時間»."""
    new = {(number.value, number.unit_class): words for number, words in changes.items()}
    parts, at = [], 0
    for number in numbers_in(text):
        words = new.get((number.value, number.unit_class))
        if words is not None:
            parts += [text[at : number.start], words]
            at = number.end
    return "".join([*parts, text[at:]])


def readable_text(corpus_dir: Path, path: str) -> str:
    """Return the text of a file whose words can be changed; empty for any other."""
    if Path(path).suffix.lower() not in TEXT_SUFFIXES:
        return ""
    try:
        return read_text(corpus_dir / path)
    except DocumentError:
        return ""


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
