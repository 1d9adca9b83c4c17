"""下書き from the first byte to the last look: taken in, guessed, mended, examined."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

from assistant.corpus.company import load_company
from assistant.corpus.decoding import read_text
from assistant.corpus.intake.area import Area, Coming, write_whole
from assistant.corpus.intake.examined import Examined, Inspect, examine, rival_rules
from assistant.corpus.intake.fields import with_fields
from assistant.corpus.intake.forms import faq_text, story_text
from assistant.corpus.intake.guessing import Guess, guess
from assistant.corpus.intake.naming import file_stem, folder_of, safe_name
from assistant.corpus.intake.placing import same_name, target_of
from assistant.corpus.intake.submission import FIELDS, Submission, shown_fields
from assistant.corpus.loading import FileLoader, Loaded
from assistant.corpus.walking import COMPANY_FILE, SIDECAR_SUFFIX, FoundFile
from assistant.corpus.yamlfile import YamlError
from assistant.domain import Company, Document, Kind, Passage, Status
from assistant.errors import DocumentError, StoreError
from assistant.ports import DocumentEntry, Reader, Store

_BATCH = 500


class Intake:
    """What DX staff hand in on the page; nothing here is seen by employees."""

    def __init__(
        self, area: Area, *, corpus_dir: Path, readers: Sequence[Reader], store: Store
    ) -> None:
        """Read nothing yet."""
        self.area = area
        self.corpus_dir = corpus_dir
        self._readers = {suffix: reader for reader in readers for suffix in reader.suffixes}
        self._all_readers = tuple(readers)
        self._store = store

    def company(self) -> Company:
        """Return company.yaml as it stands in the folder. Raises SettingsError."""
        return load_company(self.corpus_dir / COMPANY_FILE)

    @property
    def suffixes(self) -> frozenset[str]:
        """Return the file suffixes that can be read, with the dot."""
        return frozenset(self._readers)

    def take(self, coming: Coming, given_name: str) -> Submission:
        """Make a 下書き of a file that has come in whole. Raises DocumentError, StoreError."""
        name = safe_name(given_name, readable=self._readers)
        file = coming.close(name)
        company = self.company()
        try:
            seen = guess(file, self._readers[file.suffix.lower()], company)
        except (DocumentError, YamlError):
            seen = Guess(Kind.MANUAL)  # reading it again tells what is wrong with it
        path = f"{folder_of(seen.kind, self.corpus_dir)}/{name}"
        fields = {"department": seen.department} if seen.department else {}
        return self._kept(coming, path, fields=fields, why=seen.why)

    def write_form(self, form: Mapping[str, str]) -> Submission:
        """Make a 下書き of what was written in a form. Raises DocumentError, StoreError."""
        kind = Kind.FAQ if form.get("kind") == Kind.FAQ else Kind.STORY
        text = faq_text(form) if kind is Kind.FAQ else story_text(form)
        stem = file_stem(form.get("question") or form.get("title", ""))
        path = self._free(f"{folder_of(kind, self.corpus_dir)}/{stem}.md")
        coming = self.area.receive()
        try:
            coming.write(text.encode())
            coming.close(PurePosixPath(path).name)
            return self._kept(coming, path, form=form)
        finally:
            coming.discard()

    def reopen(self, path: str) -> Submission:
        """Make a 下書き of the file that stands at `path`, to be published in its place.

        Raises DocumentError and StoreError.
        """
        there = target_of(self.corpus_dir, path)
        coming = self.area.receive()
        try:
            coming.write(there.read_bytes())
            coming.close(PurePosixPath(path).name)
            return self._kept(coming, path, replacing=True)
        except OSError as error:
            raise DocumentError(
                f"{path} を開けません({error.strerror})。",
                remedy="資料フォルダにあるか確かめてください。",
            ) from error
        finally:
            coming.discard()

    def update(self, submission: Submission, given: Mapping[str, str]) -> Submission:
        """Write what was changed on the page. Raises DocumentError and StoreError."""
        shown = shown_fields(self.load(submission).document)
        kind = given.get("kind", shown["kind"])
        if kind not in set(Kind):
            raise DocumentError("この種類はありません。", remedy="種類を選び直してください。")
        changed = {
            name: " ".join(given[name].split())
            for name in (*FIELDS, "kind")
            if name in given and " ".join(given[name].split()) != shown[name]
        }
        if "before" in changed or "after" in changed:
            # Numbers of the text count only where neither is written.
            changed |= {name: given.get(name, shown[name]) for name in ("before", "after")}
        path = submission.path
        if "kind" in changed and not submission.replacing:
            path = f"{folder_of(Kind(kind), self.corpus_dir)}/{submission.name}"
        return self._keep(replace(submission, path=path, fields={**submission.fields, **changed}))

    def collision(self, submission: Submission) -> str:
        """Return the path of the document that stands where this one would; "" if none does."""
        return "" if submission.replacing else same_name(self.corpus_dir, submission.path)

    def settle(self, submission: Submission) -> Submission:
        """Answer a collision with a free name beside the other's. Raises StoreError."""
        return self._keep(replace(submission, path=self._free(submission.path)))

    def replace(self, submission: Submission, path: str) -> Submission:
        """Let a 下書き take the place of the document at `path`, of the same format.

        Raises DocumentError and StoreError.
        """
        there = same_name(self.corpus_dir, path)
        if not there or PurePosixPath(there).suffix != PurePosixPath(submission.path).suffix:
            raise DocumentError(
                "この資料の場所には、差しかえられません。",
                remedy="形式がちがうときは、新しい資料として足して、前の資料を取り下げてください。",
            )
        return self._keep(replace(submission, path=there, replacing=True))

    def load(self, submission: Submission) -> Loaded:
        """Read the file as it will be read in its place in the corpus. Raises SettingsError."""
        loader = FileLoader(self.corpus_dir, self.company(), self._all_readers, {})
        loaded = loader.load(FoundFile(self.area.file(submission), submission.path))
        return replace(loaded, problems=(*loaded.problems, *loader.folder_problems()))

    def standing(self, path: str) -> Document | None:
        """Read the document that stands in the corpus folder now. Raises SettingsError."""
        loader = FileLoader(self.corpus_dir, self.company(), self._all_readers, {})
        return loader.load(FoundFile(target_of(self.corpus_dir, path), path)).document

    def examine(self, submission: Submission, *, inspect: Inspect, today: date) -> Examined:
        """Return what the 下書き became and what is odd. Raises SettingsError, StoreError."""
        loaded = self.load(submission)
        live = self._store.live()
        others = self._store.documents(live.id) if live else []
        others = [
            one
            for one in others
            if one.source.status is Status.CURRENT and one.source.path != submission.path
        ]
        if loaded.document is not None:
            rivals = tuple(rival_rules(loaded.document.source, [one.source for one in others]))
            loaded = replace(loaded, problems=(*rivals, *loaded.problems))
        return examine(loaded, self._passages(others), inspect=inspect, today=today)

    def files(self, submission: Submission) -> dict[str, bytes]:
        """Return what is to stand in the corpus folder, by path. Raises StoreError."""
        file = self.area.file(submission)
        sidecar = file.with_name(file.name + SIDECAR_SUFFIX)
        try:
            files = {submission.path: file.read_bytes()}
            if sidecar.exists():
                files[submission.path + SIDECAR_SUFFIX] = sidecar.read_bytes()
        except OSError as error:
            raise StoreError("下書きを読めません。", remedy="もう一度入れてください。") from error
        return files

    def _passages(self, entries: Sequence[DocumentEntry]) -> Iterator[Passage]:
        """Yield the passages of documents of the live version, some at a time."""
        ids = [passage_id for entry in entries for passage_id in entry.passage_ids]
        for start in range(0, len(ids), _BATCH):
            yield from self._store.passages(ids[start : start + _BATCH])

    def _kept(
        self,
        coming: Coming,
        path: str,
        *,
        fields: Mapping[str, str] | None = None,
        why: str = "",
        form: Mapping[str, str] | None = None,
        replacing: bool = False,
    ) -> Submission:
        new = Submission("", path, datetime.now(UTC), fields or {}, why=why, form=form or {})
        return self._keep(coming.accept(replace(new, replacing=replacing)))

    def _keep(self, submission: Submission) -> Submission:
        """Write the record, and beside the file the sidecar that goes with it."""
        self.area.keep(submission)
        file = self.area.file(submission)
        sidecar = file.with_name(file.name + SIDECAR_SUFFIX)
        base = self._standing_sidecar(submission.path) if submission.replacing else ""
        try:
            if base or submission.fields:
                write_whole(sidecar, with_fields(base, submission.fields).encode())
        except (OSError, YamlError) as error:
            raise StoreError(
                "題名や管理者を書き込めません。",
                remedy=f"{submission.path}{SIDECAR_SUFFIX} と、ディスクの空きを確かめてください。",
            ) from error
        return submission

    def _standing_sidecar(self, path: str) -> str:
        sidecar = target_of(self.corpus_dir, path + SIDECAR_SUFFIX)
        return read_text(sidecar) if sidecar.is_file() else ""

    def _free(self, path: str) -> str:
        """Return `path`, or with « (2)» and so on in front of the suffix."""
        whole = PurePosixPath(path)
        free, number = path, 2
        while same_name(self.corpus_dir, free):
            free = str(whole.with_name(f"{whole.stem} ({number}){whole.suffix}"))
            number += 1
        return free
