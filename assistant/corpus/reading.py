"""The whole corpus: files to documents; a bad one is a line for DX staff and stops nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from assistant.corpus.company import load_company
from assistant.corpus.digests import reading_key
from assistant.corpus.loading import FileLoader
from assistant.corpus.shelf import Shelf, ShelfEntry
from assistant.corpus.upkeep import upkeep_problems
from assistant.corpus.walking import COMPANY_FILE, SIDECAR_SUFFIX, Walk, walk_corpus
from assistant.domain import Company, Document, Problem, Severity
from assistant.errors import SettingsError
from assistant.ports import Reader

Progress = Callable[[int, int, str], None]
"""Called with (files done, files in all, path of the next one)."""


@dataclass(frozen=True, slots=True)
class CorpusReading:
    """What the corpus folder holds now."""

    company: Company
    documents: tuple[Document, ...]
    """Sorted by path; those of every status."""
    shelf: Shelf
    """What to remember of the files."""
    problems: tuple[Problem, ...]
    """Errors (the document is left out) and warnings, sorted by path and line."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Return the problems that keep a document out: exit code 3."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)


def read_corpus(
    corpus_dir: Path,
    *,
    readers: Sequence[Reader],
    known: Mapping[str, Document] | None = None,
    progress: Progress | None = None,
    today: date | None = None,
    shelf: Shelf | None = None,
) -> CorpusReading:
    """Return everything under `corpus_dir`; bad files become problems. Raises SettingsError.

    `known` maps digests to documents that need not be read again (warnings that came up while
    reading them are then not repeated). Without `today`, expired reviews are not looked for. A
    file that the `shelf` knows as it is, and whose digest is known, is not opened.
    """
    if not corpus_dir.is_dir():
        raise SettingsError(
            f"文書フォルダ {corpus_dir} がありません。",
            remedy="KATSUYO_CORPUS_DIR で指定するか、`katsuyo init フォルダ名` で作ってください。",
        )
    company = load_company(corpus_dir / COMPANY_FILE)
    walk = walk_corpus(corpus_dir)
    problems = [*walk.problems, *_orphans(walk)]
    made_by = reading_key(company)
    shelf = shelf if shelf is not None and shelf.made_by == made_by else Shelf(made_by)
    loader = FileLoader(corpus_dir, company, readers, known or {}, shelf=shelf)
    documents = []
    entries: dict[str, ShelfEntry] = {}
    for done, file in enumerate(walk.files):
        if progress is not None:
            progress(done, len(walk.files), file.name)
        loaded = loader.load(file)
        problems += loaded.problems
        if loaded.document is not None and loaded.entry is not None:
            documents.append(loaded.document)
            entries[file.name] = loaded.entry
    problems += loader.folder_problems()
    texts = {name: entry.text_digest for name, entry in entries.items()}
    problems += upkeep_problems(documents, today, texts=texts)
    if progress is not None:
        progress(len(walk.files), len(walk.files), "")
    order = sorted(dict.fromkeys(problems), key=lambda p: (p.path, p.line or 0, p.page or 0))
    return CorpusReading(company, tuple(documents), Shelf(made_by, entries), tuple(order))


def _orphans(walk: Walk) -> Iterator[Problem]:
    """Yield a line for each sidecar whose document is not there."""
    names = {file.name for file in walk.files} | {problem.path for problem in walk.problems}
    for sidecar in walk.sidecars:
        if sidecar.removesuffix(SIDECAR_SUFFIX) not in names:
            wanted = PurePosixPath(sidecar).name.removesuffix(SIDECAR_SUFFIX)
            yield Problem(
                sidecar,
                f"対になる文書「{wanted}」がありません",
                "「文書のファイル名(拡張子つき).meta.yaml」という名前にしてください",
                Severity.WARNING,
            )
