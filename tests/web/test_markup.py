import html

from hypothesis import given
from hypothesis import strategies as st

from assistant.web.markup import esc, marked, with_slots
from tests.web.pages import parse

VISIBLE = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cf")))


@given(VISIBLE)
def test_any_text_is_seen_as_it_is_and_never_as_markup(text: str) -> None:
    escaped = esc(text)
    assert html.unescape(escaped) == text
    assert not set(escaped) & set("<>\"'\n`$*_\\")
    assert all(isinstance(piece, str) for piece in parse(f"<p>{escaped}</p>").one("p").pieces)


@given(VISIBLE, st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=5))
def test_marking_never_changes_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    assert parse(f"<p>{marked(text, spans)}</p>").text == text


def test_mark_stands_on_exactly_the_quote() -> None:
    (mark,) = parse(marked("お客様のお名前は<b>だめ</b>です", [(4, 7)])).all("mark")
    assert mark.text == "お名前"


def test_lone_surrogates_and_direction_tricks_are_harmless() -> None:
    assert esc("a\ud800b") == "a?b"
    assert esc("a\u202eb\x00c") == "abc"


def test_slots_stand_out_and_the_copied_text_is_verbatim() -> None:
    body = "宛先: 【お客様(A社様)】\n\n本文: 【要点】 & <終>"
    page = parse(with_slots(body))
    assert page.text == body
    assert [mark.text for mark in page.all("mark")] == ["【お客様(A社様)】", "【要点】"]
