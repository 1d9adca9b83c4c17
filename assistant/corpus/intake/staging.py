"""The corpus folder as it would be with one 下書き, for previews."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.corpus.intake.area import write_whole
from assistant.corpus.intake.intake import Intake
from assistant.corpus.intake.placing import target_of
from assistant.corpus.intake.submission import Submission
from assistant.errors import StoreError


@contextmanager
def staged(intake: Intake, submission: Submission) -> Iterator[Path]:
    """Yield a folder that holds the corpus as it would be with a 下書き. Raises StoreError.

    Its files are links to those of the corpus, which nothing here writes to.
    """
    with intake.area.room() as room:
        folder = room / "corpus"
        try:
            shutil.copytree(
                intake.corpus_dir.resolve(),
                folder,
                symlinks=True,
                copy_function=_link,
                ignore=shutil.ignore_patterns(".*"),
            )
            for path, data in intake.files(submission).items():
                target = target_of(folder, path)
                target.parent.mkdir(parents=True, exist_ok=True)
                write_whole(target, data)
        except OSError as error:
            raise StoreError(
                f"資料フォルダの控えを作れません({error.strerror or '読めないファイル'})。",
                remedy="資料フォルダの権限と、ディスクの空きを確かめてください。",
            ) from error
        yield folder


def _link(source: str, target: str) -> None:
    """Stand in for a copy: a second name for the file, or a copy on another disk."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target)
