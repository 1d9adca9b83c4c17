"""The guard of the company that the sets were written for."""

import pytest

from assistant.answering.guard.inspect import Guard
from assistant.corpus.company import load_company
from benchmarks.guard import SETS, guard_of


@pytest.fixture(scope="session")
def guard() -> Guard:
    return guard_of(load_company(SETS / "company.yaml"))
