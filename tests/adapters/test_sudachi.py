"""Words as people mean them: normalized, without grammar, with their synonyms."""

import threading
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.adapters.sudachi import SudachiTokenizer


@pytest.fixture(scope="module")
def tokenizer() -> SudachiTokenizer:
    return SudachiTokenizer()


def test_spellings_of_a_word_are_one_term(tokenizer: SudachiTokenizer) -> None:
    assert tokenizer.terms("打ち合わせ") == tokenizer.terms("打合せ") == tokenizer.terms("打合わせ")
    assert tokenizer.terms("サーバ") == tokenizer.terms("サーバー")


def test_width_and_case_make_no_difference(tokenizer: SudachiTokenizer) -> None:
    assert tokenizer.terms("ＡＩ　ツール") == tokenizer.terms("ai ﾂｰﾙ")


def test_capitals_stay_as_they_are_typed_in_what_small_letters_read_alike(
    tokenizer: SudachiTokenizer,
) -> None:
    small, typed = (
        tokenizer.morphemes("excelのマクロをcopilotで"),
        "Excelのマクロを\ud800CopilotでAI",
    )
    words = tokenizer.morphemes(typed)
    assert [word.surface for word in words if word.start in {0, 11}] == ["Excel", "Copilot"]
    assert [word.normalized for word in words][:2] == [word.normalized for word in small][:2]
    assert {word.surface for word in words} >= {" ", "AI"}


def test_a_word_brings_its_own_synonyms(tokenizer: SudachiTokenizer) -> None:
    (word,) = tokenizer.morphemes("要約")
    assert list(word.groups) == tokenizer.synonyms("要約") != []


def test_particles_and_signs_are_no_terms(tokenizer: SudachiTokenizer) -> None:
    assert tokenizer.terms("議事録を、早くまとめたい。") == ["議事", "録", "早い", "纏める"]


def test_a_compound_is_found_by_its_parts(tokenizer: SudachiTokenizer) -> None:
    assert {"機械", "学習"} <= set(tokenizer.terms("機械学習"))


def test_synonyms_of_the_whole_word_and_of_its_parts_are_given(tokenizer: SudachiTokenizer) -> None:
    whole = tokenizer.synonyms("人工知能")
    assert set(whole) & set(tokenizer.synonyms("AI"))


def test_words_without_grammar_have_synonyms(tokenizer: SudachiTokenizer) -> None:
    assert tokenizer.synonyms("を、は。") == []


def test_a_very_long_text_is_read_to_its_end(tokenizer: SudachiTokenizer) -> None:
    text = "週報を書く。" * 3_000
    words = tokenizer.morphemes(text)
    assert words[-1].end == len(text)
    assert tokenizer.terms(text).count("週報") == 3_000


def test_threads_share_one_tokenizer(tokenizer: SudachiTokenizer) -> None:
    found: list[list[str]] = []

    def work() -> None:
        found.extend(tokenizer.terms("議事録をまとめる") for _ in range(50))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 200
    assert all(terms == found[0] for terms in found)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60))
def test_morphemes_are_pieces_of_the_text_in_order(tokenizer: SudachiTokenizer, text: str) -> None:
    words = tokenizer.morphemes(text)
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert all(left.end <= right.start for left, right in pairwise(words))
    read = "".join(" " if "\ud800" <= letter <= "\udfff" else letter for letter in text)
    assert all(word.surface == read[word.start : word.end] for word in words)
    assert len(tokenizer.terms(text)) <= len(words)
    tokenizer.synonyms(text)


def test_lone_surrogates_are_read_as_spaces(tokenizer: SudachiTokenizer) -> None:
    assert tokenizer.terms("週報\ud800議事") == tokenizer.terms("週報 議事")
