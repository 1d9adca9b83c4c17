"""BM25 as the formula says, kept on disk, and damage told."""

import math
from pathlib import Path

import pytest

from assistant.adapters.bm25 import Bm25Indexer
from assistant.errors import StoreError

TEXTS = [["週報", "早い", "週報"], ["議事", "録"], [], ["週報", "議事"]]


def built(folder: Path, texts: list[list[str]]) -> Bm25Indexer:
    indexer = Bm25Indexer()
    indexer.build(texts, folder)
    return indexer


def test_weights_are_bm25_in_lucenes_form(tmp_path: Path) -> None:
    postings = built(tmp_path, TEXTS).open(tmp_path).postings("週報")
    assert postings.rows.tolist() == [0, 3]
    mean = sum(map(len, TEXTS)) / len(TEXTS)
    idf = math.log(1 + (4 - 2 + 0.5) / (2 + 0.5))
    expected = [
        idf * times / (times + 1.5 * (1 - 0.9 + 0.9 * length / mean))
        for times, length in ((2, 3), (1, 2))
    ]
    assert postings.weights.tolist() == pytest.approx(expected, rel=1e-5)


def test_a_term_that_stands_nowhere_has_no_postings(tmp_path: Path) -> None:
    index = built(tmp_path, TEXTS).open(tmp_path)
    assert len(index.postings("翻訳").rows) == len(index.postings("").rows) == 0


@pytest.mark.parametrize("texts", [[], [[]], [[], []]])
def test_texts_without_a_term_make_an_empty_index(tmp_path: Path, texts: list[list[str]]) -> None:
    assert len(built(tmp_path, texts).open(tmp_path).postings("週報").rows) == 0


def test_building_says_nothing_on_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    built(tmp_path, TEXTS).open(tmp_path)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", ["data.csc.index.npy", "indptr.csc.index.npy", "vocab.index.json"])
@pytest.mark.parametrize("content", [None, b"", b"\x00\x01", b"{}", b"[]"])
def test_damage_is_told(tmp_path: Path, name: str, content: bytes | None) -> None:
    indexer = built(tmp_path, TEXTS)
    (tmp_path / name).unlink()
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(StoreError):
        indexer.open(tmp_path)


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="書けません"):
        Bm25Indexer().build(TEXTS, tmp_path / "file")
