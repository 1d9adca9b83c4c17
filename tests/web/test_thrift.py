"""Gradio is spared work, and the page stays as it was."""

import gc
import inspect
import sys
import warnings
from typing import Any

import pytest

from tests.web.test_talk import Page

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def blocks() -> Any:
    from assistant.web.blocks import build_blocks

    # Gradio leaves event loops of its own open when it is built.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        built = build_blocks(Page().talk)
        gc.collect()
    return built


def test_a_new_session_has_the_components_that_gradio_makes_by_itself(blocks: Any) -> None:
    from gradio.state_holder import SessionState

    spared = SessionState(blocks).config_values
    for kind in {type(block) for block in blocks.blocks.values()}:
        del kind.__init__.__signature__
        assert inspect.signature(kind.__init__).parameters
    assert SessionState(blocks).config_values == spared


def test_the_queue_is_not_looked_into_a_thousand_times_a_second(blocks: Any) -> None:
    assert blocks._queue.sleep_when_free >= 0.01


def test_matplotlib_is_not_looked_for_at_each_update(blocks: Any) -> None:
    assert blocks is not None
    assert "matplotlib" in sys.modules


def test_the_libraries_are_not_looked_through_for_garbage_again(blocks: Any) -> None:
    from assistant.web.thrift import settle

    assert blocks is not None
    settle()
    try:
        assert gc.get_freeze_count() > 50_000
        assert len(gc.get_objects()) < 5_000
    finally:
        gc.unfreeze()
