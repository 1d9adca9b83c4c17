"""The care home of `tests/answering`, asked through a model that the test plays."""

from datetime import date

import pytest

from assistant.answering.assistant import Assistant
from tests.answering.modelled.scripted import ScriptedChat


@pytest.fixture(scope="session")
def with_model(engine, tokenizer):
    """Return an assistant whose model says what `says` returns; `more`: of ScriptedChat."""

    def made(says, **more):
        chat = ScriptedChat(says, **more)
        return Assistant(engine, tokenizer, lambda: date(2026, 11, 22), chat), chat

    return made
