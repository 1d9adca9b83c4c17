"""The next version before anything is written: what the folder holds, and what that changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assistant.corpus.changes import Changes, compare, keep_last_good, refuse_mass_deletion
from assistant.corpus.reading import Progress, read_corpus
from assistant.corpus.versions import State, load_state
from assistant.corpus.walking import COMPANY_FILE
from assistant.domain import Problem, Severity, Version
from assistant.errors import MassDeletion
from assistant.ports import Reader, Store


@dataclass(frozen=True, slots=True)
class Plan:
    """The next version, and how it differs from the live one."""

    live: Version | None
    before: State
    """What the live version holds."""
    state: State
    changes: Changes
    problems: tuple[Problem, ...]


def make_plan(
    store: Store,
    corpus_dir: Path,
    *,
    readers: Sequence[Reader],
    progress: Progress | None,
    today: date | None,
) -> Plan:
    """Read the folder and compare it with what is live. Raises SettingsError and StoreError."""
    live = store.live()
    before = load_state(store, live)
    reading = read_corpus(
        corpus_dir,
        readers=readers,
        known={document.digest: document for document in before.documents},
        progress=progress,
        today=today,
    )
    kept = keep_last_good(
        before.documents,
        reading.documents,
        reading.problems,
        still_there=lambda path: _is_there(corpus_dir / path),
    )
    changes = compare(before.documents, kept.documents)
    if before.documents and before.company != reading.company:
        changes = replace(changes, changed=(COMPANY_FILE, *changes.changed))
    state = State(reading.company, kept.documents)
    return Plan(live, before, state, changes, kept.problems)


def mass_deletion_warning(plan: Plan) -> tuple[Problem, ...]:
    """Return a warning where publishing would ask first. Raises PublishRefused."""
    try:
        refuse_mass_deletion(plan.before.documents, plan.state.documents, plan.problems)
    except MassDeletion as refusal:
        reason, remedy = refusal.message.rstrip("。"), refusal.remedy
        return (Problem("公開前の確認", reason, remedy, Severity.WARNING),)
    return ()


def _is_there(path: Path) -> bool:
    """Return whether the file exists; a folder that cannot be asked counts as there."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
