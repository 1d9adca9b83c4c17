"""A fact in other words is told where the documents probably answer."""

import pytest

from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.citations import CitationList, scores_of
from assistant.answering.compose.direct import fact
from assistant.answering.japanese.words import Topics
from assistant.domain import Hit, Intent, Kind, Passage, Prose, Query, Source

_ASKED = "チャットの控えっていつ無くなる?"
_TEXT = "会話の履歴は60日間残り、そのあと自動で消えます。"


def _told(likely):
    topics = Topics(SudachiTokenizer())
    passage = Passage("p", Source("a.md", "手引き", Kind.MANUAL), 0, (), _TEXT, Prose())
    hits = [
        Hit(passage, 0.8, cosine=0.85, coverage=0.1),
        Hit(
            Passage("q", passage.source, 1, (), "別の話です。よろしく。", Prose()), 0.7, cosine=0.84
        ),
    ]
    return fact(
        Query(text=_ASKED, intent=Intent.FACT),
        hits,
        phrases=topics.phrases(_ASKED),
        tools=(),
        likely=likely,
        citations=CitationList(scores_of(hits)),
    )


def test_a_fact_in_other_words_is_told_where_it_is_likely():
    section = _told(0.9)
    assert section is not None
    assert "60日間" in section.lines[0].text


@pytest.mark.parametrize("likely", [0.0, 0.5])
def test_a_fact_in_other_words_is_not_told_on_a_guess(likely):
    assert _told(likely) is None
