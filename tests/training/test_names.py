"""What the detector of names is fitted on."""

import random

import numpy
import pytest

from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.guard.named import LABELS, SCALE
from assistant.answering.guard.traits import BUCKETS
from assistant.domain import Category
from training.names import LEARNED_FROM, SETS, fit, lesson, save
from training.naming import Marked, called, named, placed, read_marked, varied


@pytest.fixture(scope="module")
def tokenizer() -> SudachiTokenizer:
    return SudachiTokenizer()


def test_only_sets_that_the_docs_call_learned_from_are_read() -> None:
    assert not {"set4", "set11"} & set(LEARNED_FROM)


def test_another_name_stands_where_the_first_stood() -> None:
    for sentence in read_marked(SETS / "set3.tsv"):
        other = varied(sentence, random.Random(3))  # noqa: S311
        assert len(other.names) <= len(sentence.names)
        assert all(0 <= name.start < name.end <= len(other.text) for name in other.names)


def test_a_wording_gets_a_name_where_it_speaks_of_somebody() -> None:
    chance = random.Random(1)  # noqa: S311
    found = [named("お客さんの電話番号を消す", chance) for _ in range(20)]
    told = [one.text[one.names[0].start : one.names[0].end] for one in found if one]
    assert len(set(told)) > 5
    assert placed("会場の案内", chance).names == ()
    assert called("会場の案内", chance).names == ()


def test_the_words_of_a_name_are_labelled(tokenizer) -> None:
    sentence = next(one for one in read_marked(SETS / "set1.tsv") if one.names)
    labels = lesson(sentence, tokenizer).labels
    first = 1 if sentence.names[0].category is Category.PERSON else 3
    assert first in labels


def test_weights_can_be_fitted_and_written_again(tmp_path, tokenizer) -> None:
    pytest.importorskip("torch", reason='needs pip install "katsuyo[train]"')
    sentences = [*read_marked(SETS / "set1.tsv")][:20]
    table, moves = fit([lesson(one, tokenizer) for one in sentences], epochs=1)
    save(tmp_path / "names.npz", table, moves)
    with numpy.load(tmp_path / "names.npz") as file:
        assert file["table"].shape == (BUCKETS, len(LABELS) - 1)
        assert file["moves"].shape == (len(LABELS), len(LABELS))


def test_weights_that_decide_nothing_are_not_written(tmp_path) -> None:
    steps = numpy.zeros((BUCKETS, len(LABELS)))
    steps[0, 1], steps[1, 1], steps[1, 2], steps[2, 1] = 9, 9, 1, 2
    save(tmp_path / "names.npz", steps / SCALE, numpy.zeros((len(LABELS), len(LABELS))))
    with numpy.load(tmp_path / "names.npz") as file:
        assert file["table"][:3, :2].tolist() == [[9, 0], [9, 0], [0, 0]]


def test_a_sentence_without_names_teaches_that_there_are_none(tokenizer) -> None:
    assert set(lesson(Marked("議事録をまとめて", ()), tokenizer).labels) == {0}
