"""What of a text the keyword leg looks at."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.search.terms import Terms, decode, encode, pairs

_WORDS = st.lists(st.text(st.characters(exclude_characters="\x1e\x1f"), min_size=1)).map(tuple)


@settings(max_examples=40, deadline=None)
@given(_WORDS, _WORDS)
def test_cached_terms_come_back_as_they_were(
    words: tuple[str, ...], groups: tuple[str, ...]
) -> None:
    assert decode(encode(Terms(words, groups))) == Terms(words, groups)


def test_pairs_catch_a_word_no_dictionary_knows() -> None:
    assert set(pairs("型番KX7の検査")) >= {"kx", "x7", "7の", "検査"}


def test_pairs_of_grammar_alone_are_left_out() -> None:
    assert pairs("しています。それから") == []


def test_pairs_do_not_reach_over_spaces_and_signs() -> None:
    assert pairs("検 査、図面") == ["図面"]


@settings(max_examples=40, deadline=None)
@given(st.text())
def test_any_text_has_pairs_of_two(text: str) -> None:
    assert all(len(pair) == 2 for pair in pairs(text))
