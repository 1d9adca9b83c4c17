"""A published town hall, one edition after the other, with a fault in every publish."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assistant.adapters.sqlite.store import SqliteStore
from tests.fakes import FakeEmbedder
from tests.faults.broken import Ended, Fault, Machine
from tests.faults.office import DOCUMENTS, asking, database, live_edition, write_edition

KILLED = -9


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happens to one publish: a broken disk, a named step, a moment in seconds."""

    fault: Fault | None = None
    die_at: str = ""
    kill_after: float | None = None

    @property
    def kills(self) -> bool:
        return self.fault is None or self.fault.what.startswith("die")


class Town:
    """Knows which edition is in the folder and which one is live."""

    def __init__(self, machine: Machine, folder: Path) -> None:
        self._machine = machine
        self.corpus, self.data = folder / "corpus", folder / "data"
        self.edition = self.live = 0
        self.next_edition()
        self.publish_whole()

    def next_edition(self) -> None:
        self.edition += 1
        write_edition(self.corpus, self.edition)

    def publish(self, trouble: Trouble = Trouble()) -> Ended:
        return self._machine.run(
            "publish",
            self.data,
            corpus=self.corpus,
            fault=trouble.fault,
            die_at=trouble.die_at,
            kill_after=trouble.kill_after,
        )

    def publish_whole(self) -> None:
        """Publish undisturbed what is in the folder: it must go live with all of its vectors."""
        ended = self.publish()
        assert ended.code == 0, ended.said
        with closing(SqliteStore(database(self.data))) as store:
            assert live_edition(store) == self.edition
            live = store.live()
            assert live is not None
            assert store.missing_vectors(live.id, embedder=FakeEmbedder().name) == []
        self.live = self.edition

    def calls(self) -> int:
        """Return how many calls of an undisturbed publish change the data folder."""
        self.next_edition()
        ended = self.publish(Trouble(Fault(0, "EIO")))
        assert ended.code == 0, ended.said
        self.live = self.edition
        return ended.calls

    def live_through(self, troubles: Iterable[Trouble]) -> list[Ended]:
        """Publish an edition with each trouble, and then without, while someone asks."""
        endings = []
        with asking(self.data, live=self.live) as asker:
            for trouble in troubles:
                self.next_edition()
                asker.allowed = frozenset({self.live, self.edition})
                ended = self.publish(trouble)
                self._check(ended, trouble)
                endings.append(ended)
                asker.allowed = frozenset({self.live, self.edition})
                self.publish_whole()
                asker.allowed = frozenset({self.live})
        return endings

    def _check(self, ended: Ended, trouble: Trouble) -> None:
        """Check what is on the disk: whole, unmixed, and true to what was acknowledged."""
        context = f"{trouble}: {ended}"
        assert ended.code in ({KILLED, 0} if trouble.kills else {0, 4}), context
        with closing(SqliteStore(database(self.data))) as store:
            health = store.verify()
            assert health.ok, f"{context}: {health}"
            live = live_edition(store)
            went_live = bool(ended.acknowledged("go_live"))
            assert live == self.edition if went_live else live in {self.live, self.edition}, context
            kept = {version.id for version in store.versions()}
            assert set(ended.acknowledged("publish")) <= kept, context
            batches = len(ended.acknowledged("save_vectors"))
            assert health.vectors >= min(batches * 16, DOCUMENTS), context
            self.live = live
