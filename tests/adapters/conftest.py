"""What tests of the adapters share."""

from collections.abc import Iterator

import pytest

from tests.support.fake_openai import Server, fake_openai


@pytest.fixture
def server() -> Iterator[Server]:
    """A chat endpoint on loopback; clients that were opened on it are closed at the end."""
    with fake_openai() as running:
        yield running
        for close in running.opened:
            close()
