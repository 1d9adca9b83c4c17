"""What stands in the front matter is found by its task's name."""

from assistant.answering.tasks import Tasks, names_task, not_left
from assistant.domain import Hit, Kind, Passage, Prose, Query, Source, Story, Template


def _passage(name, kind, content):
    return Passage(name, Source(f"{name}.md", name, kind), 0, (), "本文", content)


_MINUTES = _passage("会が早く終わる", Kind.STORY, Story("議事録"))
_SPEC = _passage("横文字と仲直り", Kind.STORY, Story("英文仕様書"))
_PLAIN = _passage("仕様が固まる", Kind.STORY, Story("仕様書"))
_FORM = _passage("会議のまとめ", Kind.TEMPLATE, Template("本文", (), "議事録"))
_GUIDE = _passage("始め方", Kind.MANUAL, Prose())


def _ids(hits):
    return [hit.passage.id for hit in hits]


def test_stories_and_templates_of_the_named_task_come_behind_what_was_found():
    found = Hit(_GUIDE, 1.0)
    added = Tasks([_MINUTES, _FORM, _SPEC]).added([found], "議事録で楽になった人いる?")
    assert _ids(added) == [_GUIDE.id, _MINUTES.id, _FORM.id]


def test_what_was_found_already_is_not_added_again():
    found = Hit(_MINUTES, 1.0)
    assert Tasks([_MINUTES]).added([found], "議事録を早く") == [found]


def test_longer_name_of_a_task_hides_the_shorter_within_it():
    added = Tasks([_PLAIN, _SPEC]).added([], "英文仕様書の例ある?")
    assert _ids(added) == [_SPEC.id]


def test_template_is_named_by_its_title_and_a_story_by_its_task_alone():
    assert names_task("会議のまとめのひな形", _FORM)
    assert names_task("ギジロクでなく議事録", _MINUTES)
    assert not names_task("会が早く終わるコツ", _MINUTES)


def test_full_width_and_case_do_not_hide_a_task():
    excel = _passage("表が軽い", Kind.STORY, Story("Excel関数"))
    assert names_task("ＥＸＣＥＬ関数の例ない?", excel)


def test_task_of_no_name_is_named_by_nothing():
    assert not names_task("何かある?", _passage("無題", Kind.STORY, Story("")))


def test_what_one_has_turned_away_from_is_not_shown_again_unless_it_is_named():
    hits = [Hit(_FORM, 1.0), Hit(_SPEC, 0.9), Hit(_GUIDE, 0.8)]
    left = (_FORM.source.title, _GUIDE.source.title)
    assert _ids(not_left(hits, Query("英語の手紙", left=left))) == [_SPEC.id, _GUIDE.id]
    assert not_left(hits, Query("やっぱり議事録", left=left)) == hits
    assert not_left(hits, Query("英語の手紙")) == hits
