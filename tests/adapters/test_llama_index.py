"""A LlamaIndex program gets our passages as nodes."""

from pathlib import Path

import pytest

from assistant.domain import Status
from tests.fakes import MemoryStore
from tests.search.small_world import document, engine_on, publish

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


def test_passages_come_as_nodes_that_can_be_cited(tmp_path: Path) -> None:
    from assistant.adapters.llama_index import as_retriever

    store = MemoryStore()
    weekly = document("faqs/weekly.csv", "週報 を 早く 書く コツ", departments=("市民課",))
    publish(store, weekly, document("faqs/old.csv", "週報 は 手書き", status=Status.RETRACTED))
    nodes = as_retriever(engine_on(store, tmp_path), limit=3).retrieve("週報")
    assert [found.node.node_id for found in nodes] == [weekly.passages[0].id]
    assert nodes[0].node.get_content() == "週報 を 早く 書く コツ"
    assert nodes[0].node.metadata["path"] == "faqs/weekly.csv"
    assert nodes[0].score > 0
