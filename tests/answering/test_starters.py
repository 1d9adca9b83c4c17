"""Three questions to start with, the same every time."""

from assistant.answering.starters import starters
from assistant.domain import Kind


def test_own_departments_biggest_saving_leads(engine):
    cards = starters(engine.snapshot(), "厨房課")
    assert len(cards) == 3
    assert (cards[0].label, cards[0].caption) == ("3時間→50分", "厨房課の例")
    assert cards == starters(engine.snapshot(), "厨房課")


def test_department_without_stories_sees_its_neighbour_first(engine):
    assert starters(engine.snapshot(), "介護課")[0].caption in {"看護課の例", "厨房課の例"}


def test_unknown_department_still_gets_three(engine):
    kinds = [card.kind for card in starters(engine.snapshot(), "どこにもない課")]
    assert len(kinds) == 3
    assert Kind.STORY in kinds
