"""What the detector of numbers is fitted on."""

import random
import re

import pytest

from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.guard.spans import Span
from assistant.answering.guard.told import KINDS
from assistant.domain import Category
from training.made_figures import _goods, _house, _shown, made
from training.names import LOOK_ALIKES
from training.naming import Marked, read_marked
from training.numbers import examples

_NUMERAL = re.compile("[0-9一二三四五六七八九十]")


@pytest.fixture(scope="module")
def tokenizer() -> SudachiTokenizer:
    return SudachiTokenizer()


def test_prices_on_show_stand_beside_prices_that_nobody_may_know() -> None:
    written = list(read_marked(LOOK_ALIKES))
    chance = random.Random(3)  # noqa: S311
    for sentences in (written, [_shown(chance) for _ in range(100)]):
        held = [one for one in sentences if one.names or one.others]
        assert len(sentences) / 5 < len(held) < len(sentences) / 2
        assert any("円" in one.text for one in held)
        assert any("円" in one.text for one in sentences if one not in held)


def test_invented_sentences_hold_every_kind_and_many_without_any() -> None:
    sentences = list(made(random.Random(1), 400))  # noqa: S311
    assert {span.category for one in sentences for span in one.names} == set(KINDS)
    assert sum(not one.names for one in sentences) > 100
    for one in sentences:
        for span in one.names:
            assert _NUMERAL.search(one.text[span.start : span.end])


def test_a_number_within_a_phone_number_teaches_nothing(tokenizer: SudachiTokenizer) -> None:
    text = "電話は03-5550-1234、粗利は24%"
    phone = Span(3, 15, Category.PHONE)
    figure = Span(text.index("24%"), len(text), Category.UNPUBLISHED_FIGURE)
    assert [one.kind for one in examples(Marked(text, (), (phone, figure)), tokenizer)] == [1]


def test_what_the_company_itself_rules_and_what_goods_are_called_is_masked_nowhere() -> None:
    chance = random.Random(2)  # noqa: S311
    sentences = [make(chance) for make in (_house, _goods) for _ in range(50)]
    assert all(not one.names and _NUMERAL.search(one.text) for one in sentences)
    assert len({one.text for one in sentences}) > 80
