"""Vectors from an endpoint: whole, unit, of one length, or a sentence that says what is wrong."""

import json
import math
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from assistant.adapters.openai.embedder import OpenAIEmbedder
from assistant.adapters.openai.endpoint import Endpoint
from assistant.errors import ModelError, ModelFault
from tests.fakes import FakeEmbedder
from tests.support.fake_openai import (
    Act,
    Server,
    cut,
    embeds,
    fake_openai,
    hangs,
    huge,
    page,
    raw,
    refuses,
)

pytestmark = pytest.mark.slow

KEY = "sk-very-secret"
TRUE = FakeEmbedder(dim=8)


def right() -> Act:
    return embeds(lambda text: (TRUE.embed_query(text) * 3).tolist())


@pytest.fixture
def server() -> Iterator[Server]:
    with fake_openai() as running:
        running.script = [right()]
        yield running
        for close in running.opened:
            close()


def embedder(server: Server, *, dim: int = 8, model: str = "bge-m3", **way: Any) -> OpenAIEmbedder:
    made = OpenAIEmbedder(
        Endpoint(server.base_url, model, api_key=KEY, role="意味検索のAI", **way), dim=dim
    )
    server.opened.append(made.close)
    return made


def test_rows_are_unit_and_in_the_order_of_the_texts(server: Server) -> None:
    texts = [f"文章{number}\n改行" for number in range(150)]
    rows = embedder(server).embed_passages(texts)
    assert np.allclose(rows, TRUE.embed_passages(texts), atol=1e-6)
    assert rows.dtype == np.float32
    assert [len(asked["input"]) for asked in server.asked] == [64, 64, 22]
    assert server.asked[0]["input"][0] == "文章0\n改行"


def test_a_question_is_one_vector(server: Server) -> None:
    assert np.allclose(embedder(server).embed_query("週報"), TRUE.embed_query("週報"), atol=1e-6)
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"


def test_nothing_to_embed_asks_nobody(server: Server) -> None:
    assert embedder(server).embed_passages([]).shape == (0, 8)
    assert server.asked == []


def test_the_name_is_the_vector_space(server: Server) -> None:
    assert embedder(server).name == "bge-m3/8"
    assert embedder(server, dim=16).name != embedder(server).name


def test_families_that_were_trained_with_prefixes_get_them(server: Server) -> None:
    e5 = embedder(server, model="intfloat/multilingual-e5-large")
    e5.embed_query("週報")
    e5.embed_passages(["手引き"])
    assert [asked["input"] for asked in server.asked] == [["query: 週報"], ["passage: 手引き"]]


def shuffled(request: Any) -> None:
    data = [{"object": "embedding", "index": i, "embedding": [i + 1.0, 0]} for i in (1, 0)]
    data[0]["embedding"] = [0, 1.0]
    request.whole(200, json.dumps({"object": "list", "model": "e", "data": data}))


def test_vectors_are_told_apart_by_index_not_by_order(server: Server) -> None:
    server.script = [shuffled]
    assert embedder(server, dim=2).embed_passages(["a", "b"]).tolist() == [[1, 0], [0, 1]]


def test_a_moment_of_trouble_does_not_lose_a_publish(server: Server) -> None:
    server.script = [refuses(500), cut(""), right()]
    assert embedder(server).embed_passages(["手引き"]).shape == (1, 8)


FAULTS: list[tuple[str, Act, str, ModelFault]] = [
    ("wrong dimension", embeds(lambda _: [1.0] * 9), "設定は8、実際は9", ModelFault.UNREADABLE),
    ("NaN", embeds(lambda _: [math.nan] * 8), "数でない", ModelFault.UNREADABLE),
    ("infinite", embeds(lambda _: [math.inf] * 8), "数でない", ModelFault.UNREADABLE),
    ("zero", embeds(lambda _: [0.0] * 8), "ゼロ", ModelFault.UNREADABLE),
    ("none", raw('{"object": "list", "data": []}'), "0件", ModelFault.UNREADABLE),
    ("words", raw('{"data": [{"index": 0, "embedding": "x"}]}'), "読めない", ModelFault.UNREADABLE),
    ("a page", page(), "返事ではない", ModelFault.UNREADABLE),
    ("huge", huge(), "返事ではない", ModelFault.UNREADABLE),
    ("401", refuses(401), "APIキー", ModelFault.REFUSED),
    ("429", refuses(429), "上限", ModelFault.LIMITED),
    ("500", refuses(500), "エラー", ModelFault.BROKEN),
    ("hangs", hangs(), "時間内", ModelFault.SLOW),
    ("cut", cut(""), "切れました", ModelFault.BROKEN),
]  # fmt: skip


@pytest.mark.parametrize(
    ("act", "told", "fault"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS]
)
def test_a_wrong_or_missing_vector_is_told_in_time(
    server: Server, act: Act, told: str, fault: ModelFault
) -> None:
    server.script = [act]
    broken = embedder(server, most_bytes=500_000)
    _ = broken._client  # imports are not part of an answer's time
    begun = time.monotonic()
    with pytest.raises(ModelError, match=told) as raised:
        broken.embed_query("ひみつの質問")
    assert time.monotonic() - begun < 2.5
    assert raised.value.fault is fault
    assert "意味検索のAI" in str(raised.value) and "127.0.0.1" in str(raised.value)
    assert KEY not in str(raised.value) and "ひみつ" not in str(raised.value)
