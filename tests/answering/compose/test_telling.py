"""The sentence of a story that goes on its card."""

import pytest

from assistant.answering.compose.pieces import pieces
from assistant.answering.compose.telling import what_went_wrong
from assistant.domain import Kind, Passage, Source, Story

_STORY = Passage(
    "p",
    Source("stories/a.md", "返信を早く", Kind.STORY),
    0,
    (),
    "週80通の返信が、1件5分になりました。"
    "品物の名前だけを書きます。"
    "スプレー缶の出し方を古いまま答えたことがあり、早見表を月初に貼り替えています。"
    "言い回しがきつくて、直させたこともあります。",
    Story("返信"),
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("AIを使って失敗した話ってある?", "スプレー缶"),
        ("言い回しがきつくて怒られた人いる?", "きつくて"),
    ],
)
def test_who_asks_what_went_wrong_is_told_that(question: str, told: str) -> None:
    found = what_went_wrong(pieces(_STORY), question)
    assert found is not None
    assert told in found.text


def test_who_asks_how_it_went_is_not_told_what_went_wrong() -> None:
    assert what_went_wrong(pieces(_STORY), "返信を早くした人いる?") is None
