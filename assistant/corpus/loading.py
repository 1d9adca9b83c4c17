"""One file of the corpus to one document: digest, metadata, blocks, passages."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from assistant.corpus.cleaning import clean, clean_block
from assistant.corpus.decoding import read_text
from assistant.corpus.digests import GENERATION, departments_key, document_id, text_digest
from assistant.corpus.frontmatter import parse_front_matter
from assistant.corpus.kinds import KIND_WORDS
from assistant.corpus.metadata import Metadata, MetadataFile, parse_metadata
from assistant.corpus.passages import passages_of
from assistant.corpus.sections import title_of
from assistant.corpus.shelf import Shelf, ShelfEntry, Stamp, stamp_of
from assistant.corpus.text import fold
from assistant.corpus.walking import FOLDER_DEFAULTS, SIDECAR_SUFFIX, FoundFile
from assistant.corpus.yamlfile import YamlError, YamlMap, YamlValue, parse_yaml
from assistant.domain import Company, Document, Kind, Problem, Severity
from assistant.errors import DocumentError
from assistant.ports import Extract, Reader

_WITH_FRONT_MATTER = (".md", ".markdown", ".txt", ".text")
OLD_FORMATS = {".doc": ".docx", ".xls": ".xlsx", ".ppt": ".pptx", ".rtf": ".docx", ".odt": ".docx",
                ".ods": ".xlsx", ".odp": ".pptx", ".pages": ".docx", ".xlsb": ".xlsx"}  # fmt: skip
"""Formats that are not read, and the one to save them in."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document, or the problems that kept it out; warnings may come with a document."""

    document: Document | None
    problems: tuple[Problem, ...] = ()
    entry: ShelfEntry | None = None
    """What to remember of the file, where it became a document."""


class _FolderBroken(Exception):  # noqa: N818 — never leaves this module
    """The folder's defaults cannot be read; they may say who may read its documents."""


class FileLoader:
    """Reads files one by one; remembers the defaults of folders."""

    def __init__(
        self,
        root: Path,
        company: Company,
        readers: Sequence[Reader],
        known: Mapping[str, Document],
        *,
        shelf: Shelf | None = None,
    ) -> None:
        """`known`: documents by digest; `shelf`: which files need not be opened to know theirs."""
        self._root = root
        self._shelf = shelf or Shelf()
        self._company = company
        self._readers = {suffix: reader for reader in readers for suffix in reader.suffixes}
        self._known = known
        self._folders: dict[str, MetadataFile] = {}
        self._broken: dict[str, Problem] = {}
        self._stamps: dict[str, Stamp] = {}

    def load(self, file: FoundFile) -> Loaded:
        """Return the document at `file`; never raises for what a file may hold."""
        reader = self._readers.get(file.path.suffix.lower())
        if reader is None:
            return Loaded(None, (self._unsupported(file),))
        try:
            return self._load(file, reader)
        except _FolderBroken:
            return Loaded(None)
        except YamlError as error:
            remedy = "先頭の --- で囲んだ部分を直してください"
            return Loaded(None, (Problem(file.name, error.reason, remedy, line=error.line),))
        except DocumentError as error:
            reason = error.message.rstrip("。")
            return Loaded(
                None,
                (
                    Problem(
                        file.name,
                        reason,
                        error.remedy.rstrip("。"),
                        line=error.line,
                        page=error.page,
                    ),
                ),
            )
        except OSError as error:
            reason = f"ファイルを開けません({error.strerror})"
            return Loaded(None, (Problem(file.name, reason, "読み取り権限を確かめてください"),))
        except (ValueError, RecursionError) as error:
            reason = f"中身が読めません({type(error).__name__})"
            return Loaded(None, (Problem(file.name, reason, "元のアプリから保存し直してください"),))

    def folder_problems(self) -> Iterator[Problem]:
        """Yield a line for each folder default that could not be read."""
        yield from (self._broken[name] for name in sorted(self._broken))

    def _load(self, file: FoundFile, reader: Reader) -> Loaded:
        stamp = self._stamp(file)
        kept = self._shelf.untouched(file.name, stamp)
        if kept is not None and kept.digest in self._known:
            return Loaded(self._known[kept.digest], kept.problems, kept)
        places = tuple(self._places(file))
        digest = self._digest(file)
        metadata = parse_metadata(
            file.name, places, self._company, folder_kind=_folder_kind(file.name)
        )
        if not metadata.usable:
            return Loaded(None, metadata.problems)
        if digest in self._known:
            text = self._text_digest(file, self._known[digest])
            entry = ShelfEntry(stamp, digest, text, metadata.problems)
            return Loaded(self._known[digest], metadata.problems, entry)
        extract = cleaned(reader.read(file.path))
        metadata = _titled(metadata, extract, file)
        cut = passages_of(extract.blocks, metadata, self._company)
        notes = tuple(_note(file.name, note) for note in extract.notes)
        if not cut.passages:
            problem = Problem(
                file.name,
                "読み取れる文章がありません",
                "中身を確かめ、要らなければ取り除いてください",
            )
            return Loaded(None, (*metadata.problems, *notes, problem))
        document = Document(
            id=document_id(file.name), source=metadata.source, passages=cut.passages, digest=digest
        )
        entry = ShelfEntry(stamp, digest, text_digest(document), metadata.problems)
        return Loaded(document, (*metadata.problems, *notes, *cut.problems), entry)

    def _text_digest(self, file: FoundFile, document: Document) -> str:
        """Return the digest of a known document's text; one without passages is on the shelf."""
        kept = self._shelf.entries.get(file.name)
        if kept is not None and kept.digest == document.digest:
            return kept.text_digest
        return text_digest(document)

    def _stamp(self, file: FoundFile) -> Stamp:
        """Return the stamp of every file that the document depends on, there or not."""
        folder = file.name.rpartition("/")[0]
        if folder not in self._stamps:
            parents = (*reversed(PurePosixPath(file.name).parents),)
            defaults = (str(self._root / parent / FOLDER_DEFAULTS) for parent in parents)
            self._stamps[folder] = stamp_of(defaults)
        place = str(file.path)
        return (*self._stamps[folder], *stamp_of((f"{place}{SIDECAR_SUFFIX}", place)))

    def _places(self, file: FoundFile) -> Iterator[MetadataFile]:
        """Yield folder defaults from the root down, then front matter and sidecar."""
        folder = PurePosixPath(file.name).parent
        for parent in (*reversed(folder.parents), folder):
            yield self._folder(parent.as_posix())
        if has_front_matter(file.path):
            yield MetadataFile(file.name, parse_front_matter(read_text(file.path)))
        sidecar = _sidecar(file)
        if sidecar is not None:
            name = file.name + SIDECAR_SUFFIX
            try:
                yield MetadataFile(name, parse_yaml(read_text(sidecar)))
            except YamlError as error:
                raise DocumentError(
                    f"{PurePosixPath(name).name} の{error.line}行目: {error.reason}",
                    remedy="直すまで、この文書は公開しません",
                ) from error

    def _folder(self, folder: str) -> MetadataFile:
        name = f"{folder}/{FOLDER_DEFAULTS}".removeprefix("./")
        if name in self._broken:
            raise _FolderBroken(name)
        if name not in self._folders:
            path = self._root / name
            try:
                values = parse_yaml(read_text(path)) if path.is_file() else YamlMap(1)
            except (YamlError, DocumentError) as error:
                line = error.line
                reason = error.reason if isinstance(error, YamlError) else error.message
                remedy = "直すまで、このフォルダの文書は公開しません"
                self._broken[name] = Problem(name, reason, remedy, line=line)
                raise _FolderBroken(name) from error
            self._folders[name] = MetadataFile(name, values)
        return self._folders[name]

    def _digest(self, file: FoundFile) -> str:
        """Return the digest of all that the document depends on."""
        total = hashlib.sha256(f"{GENERATION}\0{file.name}\0".encode())
        total.update(departments_key(self._company))
        folder = PurePosixPath(file.name).parent
        parents = (*reversed(folder.parents), folder)
        paths = [self._root / parent / FOLDER_DEFAULTS for parent in parents]
        for path in (*paths, _sidecar(file), file.path):
            if path is not None and path.is_file():
                with path.open("rb") as opened:
                    total.update(hashlib.file_digest(opened, "sha256").digest())
            total.update(b"\0")
        return total.hexdigest()

    def _unsupported(self, file: FoundFile) -> Problem:
        suffix = file.path.suffix.lower()
        if suffix in OLD_FORMATS:
            reason = f"{suffix} は読めない形式です"
            return Problem(file.name, reason, f"{OLD_FORMATS[suffix]} で保存し直してください")
        readable = "、".join(sorted(self._readers))
        reason = f"{suffix} は読めない形式です" if suffix else "拡張子がないので形式がわかりません"
        return Problem(file.name, reason, f"読める形式({readable})にしてください")


def has_front_matter(path: Path) -> bool:
    """Return whether a file of this format may say something of itself at its head."""
    return path.suffix.lower() in _WITH_FRONT_MATTER


def own_fields(path: Path) -> Mapping[str, YamlValue]:
    """Return what the file at `path` says of itself. Raises YamlError and DocumentError."""
    return parse_front_matter(read_text(path)).entries if has_front_matter(path) else {}


def _sidecar(file: FoundFile) -> Path | None:
    """Return the sidecar, if it is there: a name at the limit of the disk has no room for one."""
    path = file.path.with_name(file.path.name + SIDECAR_SUFFIX)
    try:
        return path if path.is_file() else None
    except OSError:
        return None


def _folder_kind(name: str) -> Kind | None:
    """Return the kind that the nearest folder with a known name stands for."""
    for folder in reversed(PurePosixPath(name).parts[:-1]):
        kind = KIND_WORDS.get(fold(folder))
        if kind is not None:
            return kind
    return None


def _titled(metadata: Metadata, extract: Extract, file: FoundFile) -> Metadata:
    title = metadata.source.title or title_of(extract.blocks) or extract.title or file.path.stem
    title = " ".join(clean(title).text.split())
    return replace(metadata, source=replace(metadata.source, title=title))


def cleaned(extract: Extract) -> Extract:
    """Return the extract with visible characters only, and a note if there were others."""
    pairs = [clean_block(block) for block in extract.blocks]
    hidden = sum(count for _, count in pairs)
    note = (f"見えない文字({hidden}字)を除いて読みました",) if hidden else ()
    blocks = tuple(block for block, _ in pairs if block.text.strip())
    return Extract(blocks, title=extract.title, notes=(*extract.notes, *note))


def _note(name: str, note: str) -> Problem:
    remedy = "元のファイルを確かめてください(ほかの部分は使われます)"
    return Problem(name, note, remedy, Severity.WARNING)
