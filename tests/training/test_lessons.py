"""What a step of the embedder's training looks at, and what comes out of it."""

import random
from collections import Counter
from functools import cache

from assistant.adapters.e5.tuning import SHIPPED, read_tuning
from training.lessons import Lesson, Lessons, indexed
from training.reading import GENERAL, Organisation, read_organisations, read_pairs


@cache
def everything() -> Lessons:
    return Lessons(read_organisations(), read_organisations(GENERAL), read_pairs())


def lesson(seed: int) -> Lesson:
    return everything().draw(random.Random(seed))  # noqa: S311


def asked_in(drawn: Lesson) -> Organisation:
    """Return the only organisation or theme whose wordings the lesson asks."""
    (found,) = [
        one
        for one in (*read_organisations(), *read_organisations(GENERAL))
        if {w for text in one.texts for asked in text.asked for w in asked.wordings}
        >= {question.removeprefix("query: ") for question in (*drawn.one, *drawn.other)}
    ]
    return found


def test_a_lesson_is_of_one_organisation_and_names_the_passage_that_answers() -> None:
    for seed in range(5):
        drawn = lesson(seed)
        organisation = asked_in(drawn)
        for first, second, row in zip(drawn.one, drawn.other, drawn.answers, strict=True):
            (text,) = [
                text
                for text in organisation.texts
                if drawn.passages[row] in (f"passage: {text.text}", f"passage: {indexed(text)}")
            ]
            both = {first.removeprefix("query: "), second.removeprefix("query: ")}
            assert any(both <= set(asked.wordings) for asked in text.asked)


def test_what_nothing_answers_is_asked_of_the_same_organisation_each_thing_once() -> None:
    for seed in range(5):
        drawn = lesson(seed)
        misses = asked_in(drawn).near_misses
        told = [question.removeprefix("query: ") for question in drawn.unanswered]
        assert len(told) == min(len(misses), 8)
        assert len({miss for miss in misses if set(miss) & set(told)}) == len(told)


def test_other_japanese_is_drawn_twice_as_often_for_its_wordings() -> None:
    organisation, theme = read_organisations()[0], read_organisations(GENERAL)[0]
    lessons, chance = Lessons([organisation], [theme], read_pairs()), random.Random(1)  # noqa: S311

    drawn = Counter(bool(lessons.draw(chance).unanswered) for _ in range(600))

    own, general = (
        sum(len(asked.wordings) for text in one.texts for asked in text.asked)
        for one in (organisation, theme)
    )
    assert abs(drawn[False] / 600 - 2 * general / (own + 2 * general)) < 0.06


def test_the_same_seed_draws_the_same_lesson() -> None:
    assert lesson(1) == lesson(1) != lesson(2)


def test_the_tuning_that_ships_has_the_shape_that_training_writes() -> None:
    tuning = read_tuning(SHIPPED)
    changes = tuning.changes

    parts = ("q", "k", "v", "ao", "fi", "fo")
    assert set(changes) == {f"l{layer}.{part}" for layer in range(6, 12) for part in parts}
    inner = {"fi": (1536, 384), "fo": (384, 1536)}
    for name, change in changes.items():
        assert change.whole.shape == inner.get(name.partition(".")[2], (384, 384))
        assert change.first.shape[0] == change.second.shape[1] == 8
    assert tuning.head.matrix.shape == (128, 384)
    assert tuning.head.middle.shape == (384,)
