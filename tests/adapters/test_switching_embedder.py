"""Another embedder by setting: everything is embedded anew, and no vector meets a stranger."""

from pathlib import Path

import pytest

from assistant.app import App
from assistant.domain import Query
from assistant.settings import Settings
from tests.fakes import FakeEmbedder
from tests.support.fake_openai import Act, Server, embeds, hangs, refuses
from tests.support.small_company import write_small_company

pytestmark = pytest.mark.slow


def app_with(server: Server, folder: Path, *, model: str, dim: int) -> App:
    vectors = FakeEmbedder(dim=dim)
    server.script = [embeds(lambda text: vectors.embed_query(text).tolist())]
    corpus = folder / "corpus"
    if not corpus.exists():
        corpus.mkdir()
        write_small_company(corpus)
    return App(
        settings=Settings(
            corpus_dir=corpus,
            data_dir=folder / "data",
            embedding_base_url=server.base_url,
            embedding_model=model,
            embedding_dim=dim,
        )
    )


def test_switching_embeds_everything_anew_and_back_nothing(server: Server, tmp_path: Path) -> None:
    first = app_with(server, tmp_path, model="bge-m3", dim=16)
    whole = first.publish().embedded
    assert whole > 0
    assert first.publish().embedded == 0
    first.close()
    second = app_with(server, tmp_path, model="bge-m3", dim=24)
    assert second.embedder_name == "bge-m3/24"
    assert second.publish().embedded == whole
    second.close()
    again = app_with(server, tmp_path, model="bge-m3", dim=16)
    assert again.publish().embedded == 0
    again.close()


def test_before_everything_is_embedded_anew_words_answer(server: Server, tmp_path: Path) -> None:
    first = app_with(server, tmp_path, model="bge-m3", dim=16)
    first.publish()
    first.close()
    second = app_with(server, tmp_path, model="ruri-v3-30m", dim=24)
    snapshot = second.engine.snapshot()
    assert snapshot.vector_share == 0
    assert second.engine.search(Query("チラシの下書き"))
    second.close()


def test_cosines_of_another_embedder_rank_but_are_not_told(server: Server, tmp_path: Path) -> None:
    app = app_with(server, tmp_path, model="bge-m3", dim=64)
    app.publish()
    assert app.engine.snapshot().vector_share == 1
    hits = app.engine.search(Query("ちらしづくりのあんを出したい"))
    assert hits[0].score > 0
    assert {hit.cosine for hit in hits} == {0.0}
    app.close()


@pytest.mark.parametrize("fault", [refuses(500), hangs()])
def test_an_endpoint_that_is_down_leaves_the_words_and_says_so_quietly(
    server: Server, tmp_path: Path, fault: Act
) -> None:
    app = app_with(server, tmp_path, model="bge-m3", dim=16)
    app.publish()
    app.engine.search(Query("チラシ"))
    server.script = [fault]
    asked = len(server.asked)
    for _ in range(3):
        assert app.engine.search(Query("チラシの下書き"))
    assert "言葉の一致だけ" in app.engine.notice
    assert len(server.asked) == asked + 1, "the next askers wait for nobody"
    app.close()
