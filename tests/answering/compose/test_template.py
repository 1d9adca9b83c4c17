"""Whether the template that was found is handed over."""

from datetime import date

import pytest

from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.citations import CitationList
from assistant.answering.compose.template import LEAST, template
from assistant.answering.fit import CLEAR, SURE
from assistant.answering.japanese.words import Topics
from assistant.domain import Evidence, Hit, Kind, Passage, Source, Template

_SOURCE = Source("templates/minutes.md", "打ち合わせのまとめ", Kind.TEMPLATE)
_FORM = Passage("t", _SOURCE, 0, (), "次の文を直して", Template("次の文を直して", (), "議事録"))
_UNASKED = 2 * LEAST


@pytest.mark.parametrize(
    ("fit", "least", "handed"),
    [(CLEAR, LEAST, True), (CLEAR, _UNASKED, False), (SURE, _UNASKED, True), (0.1, LEAST, False)],
)
def test_in_other_words_a_template_goes_when_it_fits_and_unasked_only_when_that_is_sure(
    fit: float, least: float, *, handed: bool
) -> None:
    topics = Topics(SudachiTokenizer())
    evidence = Evidence(templates=(Hit(_FORM, 0.9),), template_fit=fit)
    section = template(
        topics.words("会のあとに残る作文がつらい"),
        evidence,
        topics=topics,
        citations=CitationList({}, today=date(2026, 11, 22)),
        least=least,
    )
    assert (section is not None) is handed
