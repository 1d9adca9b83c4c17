import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.evals.reports.comparing import marked, side_by_side
from assistant.evals.reports.text import clean, fence, markdown, narrowed, padded, width

ANY = st.text(st.characters(), max_size=80)
MEAN = st.text("`*_<>[]()|~#@!&\\-+=1. \n\t>:/ab\u202e\x00", max_size=40)


@given(ANY)
def test_clean_text_can_be_written_and_parsed(text: str) -> None:
    found = clean(text)
    found.encode()
    assert not any(unicodedata.category(one) in {"Cc", "Cs"} and one not in "\n\t" for one in found)
    assert clean(found) == found


@given(MEAN)
def test_markdown_shows_the_text_and_nothing_else(text: str) -> None:
    escaped = markdown(text)
    assert "\n" not in escaped
    html = MarkdownIt("commonmark", {"html": True}).render(f"- {escaped}")
    inside = html.removeprefix("<ul>\n<li>").removesuffix("</li>\n</ul>\n")
    assert "<" not in inside


@given(MEAN)
def test_nothing_closes_the_fence(text: str) -> None:
    mark = fence(text)
    assert not any(line.strip().startswith(mark) for line in text.splitlines())


@given(ANY, st.integers(1, 20))
def test_narrowed_text_fits_its_column(text: str, columns: int) -> None:
    assert width(narrowed(text, columns)) <= columns
    assert width(padded(narrowed(text, columns), columns)) == columns


@given(st.lists(ANY, max_size=6), st.lists(ANY, max_size=6))
def test_side_by_side_loses_no_changed_line(before: list[str], after: list[str]) -> None:
    rows = side_by_side("\n".join(before), "\n".join(after), ())
    for side, text in ((0, "\n".join(before)), (1, "\n".join(after))):
        told = sum(row.skipped or ((row.before, row.after)[side] is not None) for row in rows)
        assert told == sum(bool(line.strip()) for line in clean(text).split("\n"))


def test_numbers_quotes_and_marks_are_told_apart() -> None:
    (line,) = marked("1. 週報は2時間が30分になりました。 [2]", ["2時間が30分になりました。"])
    looks = {run.text: run.look for run in line.runs}
    assert looks["30分"] == "quote number" and looks["[2]"] == "mark"
    assert looks["1. 週報は"] == "", "the number of a step is none of the answer's numbers"


def test_equal_stretches_are_left_out_of_a_comparison() -> None:
    same = [f"{n}行目" for n in range(9)]
    rows = side_by_side("\n".join([*same, "前"]), "\n".join([*same, "後"]), ())
    assert [row.skipped for row in rows] == [8, 0, 0]
