"""What a step of the embedder's training looks at, and what comes out of it."""

import random

from assistant.adapters.e5_tuning import SHIPPED, read_tuning
from training.lessons import Lesson, Lessons, indexed
from training.reading import read_organisations, read_pairs


def lesson(seed: int) -> Lesson:
    return Lessons(read_organisations(), read_pairs()).draw(random.Random(seed))  # noqa: S311


def test_a_lesson_is_of_one_organisation_and_names_the_passage_that_answers() -> None:
    for seed in range(5):
        drawn = lesson(seed)
        (organisation,) = [
            one
            for one in read_organisations()
            if {w for text in one.texts for asked in text.asked for w in asked.wordings}
            >= {question.removeprefix("query: ") for question in (*drawn.one, *drawn.other)}
        ]
        for first, second, row in zip(drawn.one, drawn.other, drawn.answers, strict=True):
            (text,) = [
                text
                for text in organisation.texts
                if drawn.passages[row] in (f"passage: {text.text}", f"passage: {indexed(text)}")
            ]
            both = {first.removeprefix("query: "), second.removeprefix("query: ")}
            assert any(both <= set(asked.wordings) for asked in text.asked)


def test_the_same_seed_draws_the_same_lesson() -> None:
    assert lesson(1) == lesson(1) != lesson(2)


def test_the_tuning_that_ships_has_the_shape_that_training_writes() -> None:
    changes = read_tuning(SHIPPED).changes

    parts = ("q", "k", "v", "ao", "fi", "fo")
    assert set(changes) == {f"l{layer}.{part}" for layer in range(6, 12) for part in parts}
    inner = {"fi": (1536, 384), "fo": (384, 1536)}
    for name, change in changes.items():
        assert change.whole.shape == inner.get(name.partition(".")[2], (384, 384))
        assert change.first.shape[0] == change.second.shape[1] == 8
