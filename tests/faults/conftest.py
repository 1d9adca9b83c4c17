"""How deep to look, and the disk that breaks."""

from collections.abc import Iterator

import pytest

from tests.faults.broken import Machine, build_disk, started
from tests.faults.depth import Depth


@pytest.fixture(scope="session")
def depth(pytestconfig: pytest.Config) -> Depth:
    """Return how much is tried."""
    return Depth.EVERYTHING if pytestconfig.getoption("--deep") else Depth.SAMPLE


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """Return what runs children that are killed; where a C compiler is, on a disk that breaks."""
    with started(build_disk(tmp_path_factory.mktemp("disk"))) as machine:
        yield machine


@pytest.fixture
def breakable(machine: Machine) -> Machine:
    """Return the same, for a test that needs the disk that breaks."""
    if not machine.breakable:
        pytest.skip("needs Linux and a C compiler (cc): the disk is broken by LD_PRELOAD")
    return machine
