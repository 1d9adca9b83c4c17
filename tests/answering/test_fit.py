"""Which template is the one for the asked task, and whose stories tell of it."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.evidence import select
from assistant.answering.fit import CLEAR, SURE, fitting_first, has_what_is_wished, told_of_task
from assistant.domain import Hit, Intent, Kind, Passage, Query, Source, Story, Template

_ODD = "あれ、どうにかならん?"
_ASKED = Query(_ODD)


def _template(title, *, task, score=0.5, cosine=0.87, late=0.0):
    source = Source(f"templates/{title}.md", title, Kind.TEMPLATE)
    passage = Passage(title, source, 0, (), "本文", Template("本文", (), task))
    return Hit(passage, score, 0.0, cosine, late=late)


def _story(title, *, task, score, department="客室課", template="", cosine=0.87):
    source = Source(f"stories/{title}.md", title, Kind.STORY, (department,))
    return Hit(
        Passage(title, source, 0, (), title, Story(task, template=template)), score, 0, cosine
    )


def test_story_in_the_asked_words_leads_to_the_template_of_its_task():
    plain = _template("館内放送", task="放送", score=0.6)
    right = _template("おわび状", task="おわび", score=0.45)
    told = _story("頭が真っ白だった夜", task="おわび", score=1.0)
    assert fitting_first([plain, right], _ASKED)[0][0] is plain
    assert fitting_first([told, plain, right], _ASKED)[0][0] is right


def test_story_leads_to_the_template_that_its_author_used():
    plain = _template("館内放送", task="放送", score=0.6)
    right = _template("おわび状", task="手紙", score=0.45)
    told = _story("頭が真っ白だった夜", task="おわび", template="おわび状", score=1.0)
    assert fitting_first([told, plain, right], _ASKED)[0][0] is right


def test_template_whose_task_is_named_goes_first_and_is_clear():
    other = _template("館内放送", task="放送", score=0.7, cosine=0.8)
    named = _template("夜勤の申し送り", task="申し送り", score=0.0, cosine=0.0)
    found, fit = fitting_first([other, named], Query("申し送りのひな形ください"))
    assert found[0] is named
    assert fit >= CLEAR


def test_template_among_equals_is_not_clear():
    hits = [_template("館内放送", task="放送"), _template("献立", task="献立")]
    assert fitting_first(hits, _ASKED)[1] < CLEAR


def test_template_that_the_own_department_used_goes_before_an_equal_one():
    other, right = _template("献立", task="献立"), _template("おわび状", task="おわび")
    told = [
        _story("昼が楽に", task="献立", score=0.5, department="厨房課"),
        _story("夜が楽に", task="おわび", score=0.5, department="客室課"),
    ]
    asked = Query(_ODD, department="客室課")
    assert fitting_first([other, right, *told], asked)[0][0] is right


def test_of_equals_the_one_that_is_nearer_token_by_token_goes_first():
    other, right = (
        _template("献立", task="献立", late=0.5),
        _template("詫び", task="詫び", late=0.6),
    )
    assert fitting_first([other, right], _ASKED)[0][0] is right


def test_what_comes_near_to_few_of_the_tokens_is_not_clear():
    far, near = (_template("詫び", task="詫び", late=late) for late in (0.3, 0.7))
    assert fitting_first([far], _ASKED)[1] < CLEAR < SURE < fitting_first([near], _ASKED)[1]


def test_without_templates_none_fits():
    assert fitting_first([_story("夜", task="おわび", score=1.0)], _ASKED) == ((), 0.0)


@given(score=st.floats(0, 1.1), more=st.floats(0, 0.5))
def test_better_score_never_fits_worse(score, more):
    first = fitting_first([_template("おわび状", task="おわび", score=score)], _ASKED)[1]
    assert (
        fitting_first([_template("おわび状", task="おわび", score=score + more)], _ASKED)[1]
        >= first
    )


def test_evidence_carries_how_well_its_first_template_fits():
    hits = [_template("夜勤の申し送り", task="申し送り")]
    assert select(hits, Query("申し送りの型ある?")).template_fit >= CLEAR
    assert select([], Query("申し送りの型ある?")).template_fit == 0.0


def test_named_task_of_the_own_department_goes_before_a_better_story_of_another():
    own = _story("朝が楽に", task="申し送り", score=0.1, department="客室課")
    other = _story("夜も楽に", task="申し送り", score=1.0, department="予約課")
    query = Query("申し送りで楽になった話ない?", department="客室課", intent=Intent.STORY)
    assert select([other, own], query).stories[0] is own


def test_stories_of_the_clearly_fitting_template_are_those_of_the_task():
    told = _story("頭が真っ白だった夜", task="おわび", score=0.2, cosine=0.8)
    odd = _story("放送が聞こえた", task="放送", score=0.2, cosine=0.8)
    hits = [_template("おわび状", task="おわび", score=1.0, cosine=0.91), odd, told]
    evidence = select(hits, Query(_ODD))
    assert told_of_task(evidence, _ASKED, least=CLEAR) == [told]
    unsure = select([odd, told], _ASKED)
    assert told_of_task(unsure, _ASKED, least=CLEAR) == []


def test_clear_story_is_told_though_its_task_has_no_template():
    told = _story("相手役をしてもらう", task="商談の練習", score=1.0, cosine=0.9)
    odd = _story("放送が聞こえた", task="放送", score=0.4, cosine=0.87)
    evidence = select([_template("館内放送", task="放送", score=0.3), odd, told], _ASKED)
    assert told_of_task(evidence, _ASKED, least=CLEAR) == [told]


def test_wish_for_what_is_clearly_there_is_fulfilled():
    story = _story("朝が楽に", task="申し送り", score=0.1)
    template = _template("夜勤の申し送り", task="申し送り")
    asks_story = Query("申し送りで楽になった話ない?", intent=Intent.STORY)
    asks_template = Query("申し送りのひな形ください", intent=Intent.TEMPLATE)
    assert has_what_is_wished(asks_story, [story])
    assert has_what_is_wished(asks_template, [template])
    assert not has_what_is_wished(asks_story, [template])
    assert not has_what_is_wished(Query("申し送り", intent=Intent.HOW_TO), [story, template])
