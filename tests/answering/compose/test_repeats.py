"""No sentence stands in two parts of an answer."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.compose.repeats import letters, sentences_of, without_repeats
from assistant.domain import AnswerSection, Line, Slot, TemplateCard

_SAID = "社名と氏名を記号に置きかえてから入れる。"


def _section(slot, *texts):
    return AnswerSection(slot, slot.value, lines=tuple(Line(text) for text in texts))


def test_step_that_the_answer_says_already_is_left_out():
    steps = _section(
        Slot.STEPS,
        "社名と氏名を 記号に置きかえてから入れる",
        "手で直す所を見る。",
        "上長に見せる。",
    )
    kept = without_repeats([_section(Slot.DIRECT, _SAID), steps])
    assert [line.text for line in kept[1].lines] == ["手で直す所を見る。", "上長に見せる。"]


def test_one_step_left_is_no_way_of_doing_it():
    steps = _section(Slot.STEPS, _SAID, "手で直す所を見る。")
    assert without_repeats([steps], [_SAID]) == []


def test_caution_that_the_clause_says_already_is_left_out():
    card = TemplateCard("お礼", "本文", (), _SAID, 1)
    kept = without_repeats([AnswerSection(Slot.TEMPLATE, "型", template=card)], [_SAID])
    assert kept[0].template.caution == ""


def test_final_checks_stay_whole():
    checks = _section(Slot.FINAL_CHECK, _SAID, "数字を見くらべたか")
    assert without_repeats([checks], [_SAID]) == [checks]


@given(st.lists(st.lists(st.sampled_from("あいうえ"), min_size=1, max_size=4), max_size=5))
def test_no_long_sentence_is_told_twice(parts):
    sections = [
        _section(Slot.DIRECT, *(f"{name}の仕事をまとめて早く終わらせた。" for name in names))
        for names in parts
    ]
    told = [letters(text) for one in without_repeats(sections) for text in sentences_of(one)]
    assert len(told) == len(set(told))
