"""Whatever DX staff do in whatever order, and whatever dies in between: what is live is what the
folder held when it was last published, and search finds exactly that. Compared with plain dicts.
"""

import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from assistant.adapters.sqlite.store import SqliteStore
from assistant.corpus.publishing.changes import MASS_DELETION_COUNT, MASS_DELETION_SHARE
from assistant.corpus.publishing.versions import load_documents
from assistant.domain import Query
from assistant.errors import PublishRefused, StoreError
from tests.faults.broken import Fault, Machine
from tests.faults.depth import Depth
from tests.faults.office import COMPANY, database, publisher_on
from tests.faults.town import KILLED
from tests.search.small_world import engine_on

pytestmark = pytest.mark.slow

Folder = dict[str, str]
BROKEN = ""
NAMES = st.sampled_from([f"manuals/手順{number}.md" for number in range(7)])
WORDS = st.integers(0, 30).map(lambda number: f"語{number}")
STEPS = st.sampled_from(
    [
        f"{when} {what}"
        for when in ("before", "after")
        for what in ("publish", "save_vectors", "go_live")
    ]
)


class Died(BaseException):
    """The process ends here, as it does on Ctrl+C."""


class DyingStore:
    """The real store up to the named step."""

    def __init__(self, store: SqliteStore, step: str) -> None:
        self._store, self._step = store, step

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._store, name)
        if not self._step.endswith(f" {name}"):
            return method

        def write(*arguments: Any, **named: Any) -> Any:
            if self._step.startswith("after"):
                method(*arguments, **named)
            raise Died

        return write


class Publishing(RuleBasedStateMachine):
    """The folder, the live version and every kept one, each as path → text."""

    def __init__(self, machine: Machine) -> None:
        super().__init__()
        self.machine = machine
        self.home = Path(tempfile.mkdtemp())
        self.corpus, self.data = self.home / "corpus", self.home / "data"
        (self.corpus / "manuals").mkdir(parents=True)
        (self.corpus / "company.yaml").write_text(COMPANY, encoding="utf-8")
        self.store = SqliteStore(database(self.data))
        self.reader = SqliteStore(database(self.data))
        self.engine = engine_on(self.reader, self.data)
        self.folder: Folder = {}
        self.live: Folder = {}
        self.kept: dict[int, Folder] = {}

    def teardown(self) -> None:
        self.store.close()
        self.reader.close()
        shutil.rmtree(self.home)

    # ── what people do to the folder ─────────────────────────────────────────

    @rule(name=NAMES, word=WORDS)
    def write(self, name: str, word: str) -> None:
        self.folder[name] = f"{word} の 手順 です。"
        (self.corpus / name).write_text(f"# 手順\n\n{self.folder[name]}\n", encoding="utf-8")

    @precondition(lambda self: self.folder)
    @rule(data=st.data())
    def damage(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.folder)))
        self.folder[name] = BROKEN
        (self.corpus / name).write_bytes(b"")

    @precondition(lambda self: self.folder)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.folder)))
        del self.folder[name]
        (self.corpus / name).unlink()

    @precondition(lambda self: self.folder)
    @rule(data=st.data(), to=NAMES)
    def rename(self, data: st.DataObject, to: str) -> None:
        name = data.draw(st.sampled_from(sorted(self.folder)))
        (self.corpus / name).replace(self.corpus / to)
        self.folder[to] = self.folder.pop(name)

    # ── publishing, whole and not ────────────────────────────────────────────

    @rule(sure=st.booleans())
    def publish(self, *, sure: bool) -> None:
        planned = self._planned()
        publisher = publisher_on(self.store, self.data)
        if not sure and (not planned or self._is_mass_deletion(planned)):
            with pytest.raises(PublishRefused):
                publisher.publish(self.corpus, author="佐藤")
            return
        report = publisher.publish(self.corpus, author="佐藤", allow_mass_deletion=sure)
        self.live = planned
        self.kept[report.version.id] = planned
        assert set(report.added) == planned.keys() - self._before.keys()
        assert set(report.removed) == self._before.keys() - planned.keys()

    @rule(step=STEPS)
    def die(self, step: str) -> None:
        planned = self._planned()
        dying: Any = DyingStore(self.store, step)
        with suppress(Died, PublishRefused):
            publisher_on(dying, self.data).publish(self.corpus, author="佐藤")
        self.store.close()
        self.store = SqliteStore(database(self.data))
        self._take_over(planned)

    @precondition(lambda self: self.machine.breakable)
    @rule(call=st.integers(1, 120), how=st.sampled_from(["die before", "die amid", "die after"]))
    def be_killed(self, call: int, how: str) -> None:
        planned = self._planned()
        fault = Fault(call, how)
        ended = self.machine.run("publish", self.data, corpus=self.corpus, fault=fault)
        assert ended.code in {KILLED, 0, 3}, ended.said
        self._take_over(planned)

    @precondition(lambda self: len(self.kept) > 1)
    @rule(data=st.data())
    def roll_back(self, data: st.DataObject) -> None:
        version = data.draw(st.sampled_from(sorted(self.kept)))
        publisher = publisher_on(self.store, self.data)
        if version in {kept.id for kept in self.store.versions() if kept.draft}:
            with pytest.raises(StoreError, match="下書き"):
                publisher.rollback(version)
            return
        publisher.rollback(version)
        self.live = self.kept[version]

    # ── what must hold ───────────────────────────────────────────────────────

    @invariant()
    def what_is_live_is_the_model(self) -> None:
        live = self.store.live()
        assert (self._content(live.id) if live else {}) == self.live

    @invariant()
    def kept_versions_never_change(self) -> None:
        kept = {version.id for version in self.store.versions()}
        self.kept = {number: held for number, held in self.kept.items() if number in kept}
        assert kept == self.kept.keys()
        for number in sorted(kept)[-2:]:
            assert self._content(number) == self.kept[number]

    @precondition(lambda self: self.live)
    @rule(word=WORDS)
    def search(self, word: str) -> None:
        hits = self.engine.search(Query(f"{word} の 手順"), limit=50)
        found = {hit.passage.source.path: hit.passage.text for hit in hits}
        assert found == self.live
        wanted = {path for path, text in self.live.items() if text.startswith(f"{word} ")}
        assert {hit.passage.source.path for hit in hits[: len(wanted)]} == wanted

    # ── the model ────────────────────────────────────────────────────────────

    def _planned(self) -> Folder:
        """Return what publishing would make live: a damaged file keeps what is published of it."""
        self._before = self.live
        return {
            name: text or self.live[name]
            for name, text in self.folder.items()
            if text or name in self.live
        }

    def _is_mass_deletion(self, planned: Mapping[str, str]) -> bool:
        gone = len(self.live.keys() - planned.keys())
        return gone > MASS_DELETION_COUNT and gone > MASS_DELETION_SHARE * len(self.live)

    def _take_over(self, planned: Folder) -> None:
        """Learn how far the publish came: not at all, or to a version of exactly the plan."""
        live = self.store.live()
        for version in self.store.versions():
            self.kept.setdefault(version.id, planned)
        if live is not None and self._content(live.id) == planned:
            self.live = planned

    def _content(self, version_id: int) -> Folder:
        documents = load_documents(self.store, version_id=version_id)
        return {
            document.source.path: "\n".join(passage.text for passage in document.passages)
            for document in documents
        }


def test_what_is_live_is_always_what_was_published_last(machine: Machine, depth: Depth) -> None:
    run_state_machine_as_test(
        lambda: Publishing(machine),
        settings=settings(
            max_examples=depth.pick(sample=8, everything=100),
            stateful_step_count=depth.pick(sample=25, everything=50),
            derandomize=depth is Depth.SAMPLE,
            deadline=None,
            phases=depth.pick(sample=(Phase.generate,), everything=tuple(Phase)),
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
