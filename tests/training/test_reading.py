"""The sentences that weights are fitted on: readable, as counted, unlike what is measured."""

import re
import unicodedata
from pathlib import Path

import pytest

from assistant.domain import ClauseKind, Kind
from tests.conftest import ROOT
from training.reading import (
    GENERAL,
    HELD_OUT,
    LATER,
    Intent,
    TrainingDataError,
    read_organisation,
    read_organisations,
    read_pairs,
)

README = (ROOT / "training" / "README.md").read_text(encoding="utf-8")
LONG = 12
"""Characters: shorter wordings («相談先は?») are anybody's."""


def squeezed(text: str) -> str:
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", text))


def wordings() -> list[str]:
    return [
        wording
        for organisation in (*read_organisations(), *read_organisations(GENERAL))
        for text in organisation.texts
        for asked in text.asked
        for wording in asked.wordings
    ]


def test_the_readme_counts_every_voice() -> None:
    told = re.findall(r"^\| ([a-z]) \| (.+) \| ([\d,]+) \| (\d+) \|$", README, re.MULTILINE)

    organisations, every_pair = read_organisations(), read_pairs()
    assert [voice for voice, *_ in told] == sorted({one.voice for one in organisations})
    for voice, trades, count, pairs in told:
        own = [one for one in organisations if one.voice == voice]
        assert {one.name[2:].replace("-", " ") for one in own} == set(trades.split(", "))
        asked = [asked for one in own for text in one.texts for asked in text.asked]
        assert sum(len(one.wordings) for one in asked) == int(count.replace(",", ""))
        assert sum(pair.voice == voice for pair in every_pair) == int(pairs)


def test_the_readme_counts_every_theme() -> None:
    told = re.findall(r"^\| ([a-z ]{4,}) \| (\d+) \| ([\d,]+) \|$", README, re.MULTILINE)

    counted = {name: (int(texts), int(asked.replace(",", ""))) for name, texts, asked in told}
    assert counted == {
        theme.name.replace("-", " "): (
            len(theme.texts),
            sum(len(asked.wordings) for text in theme.texts for asked in text.asked),
        )
        for theme in read_organisations(GENERAL)
    }


def test_the_readme_names_what_is_held_out_and_every_voice_has_some() -> None:
    told = README.partition("### Held out")[2].partition("\n#")[0]

    assert set(re.findall(r"\b[a-z]-[a-z-]+\b", told)) == set(HELD_OUT)
    organisations = {one.name: one.voice for one in read_organisations()}
    assert {organisations[name] for name in HELD_OUT} == set(organisations.values()) - LATER


def test_everything_is_asked_in_two_wordings_at_least_and_none_twice() -> None:
    for organisation in (*read_organisations(), *read_organisations(GENERAL)):
        asked = [asked.wordings for text in organisation.texts for asked in text.asked]
        assert all(len(each) > 1 for each in asked)
        every = [squeezed(one) for each in (*asked, *organisation.near_misses) for one in each]
        assert len(set(every)) == len(every)


def test_every_organisation_has_all_that_a_company_has() -> None:
    for organisation in read_organisations():
        assert {text.kind for text in organisation.texts} == set(Kind)
        assert {text.clause for text in organisation.texts} == {*ClauseKind, None}
        assert organisation.near_misses
        assert all(text.asked for text in organisation.texts)
    intents = {asked.intent for one in read_organisations() for t in one.texts for asked in t.asked}
    assert intents == set(Intent)


def test_nothing_that_is_measured_is_fitted_on() -> None:
    suites = sorted((ROOT / "eval" / "suites").glob("*.yaml"))
    lines = [line for path in suites for line in path.read_text(encoding="utf-8").splitlines()]
    measured = {squeezed(re.sub(r"^[\s-]*(question:)?", "", line)) for line in lines}
    seen = {squeezed(wording) for wording in wordings()}

    assert squeezed("会議の音ひろうマイクって何日まで貸してもらえる?どこに頼むん") in measured
    assert not {text for text in measured & seen if len(text) >= LONG}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("# 会社: 店\n@ rule | 約束 | だめ | 原価表", "a-shop.txt:2: the label is none of 禁止"),
        ("@ poem | 約束 | - | 原価表", "a-shop.txt:1: not «kind"),
        ("@ faq | 約束 | 原価表", "a-shop.txt:1: not «kind"),
        ("@ faq | 約束 | - | 原価表\n\n?why なぜ", "a-shop.txt:3: the intent is none of may"),
        ("@ faq | 約束 | - | 原価表\n?may || ", "a-shop.txt:2: no wording"),
        ("?may 原価表いい?", "a-shop.txt:1: neither"),
        ("# 会社: 店", "a-shop.txt:1: no text"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, lines: str, told: str) -> None:
    path = tmp_path / "a-shop.txt"
    path.write_text(lines, encoding="utf-8")

    with pytest.raises(TrainingDataError) as error:
        read_organisation(path)

    assert str(error.value).startswith(told)


def test_a_pair_without_a_tab_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("給料明細\t賃金に関する書類\nハンコの紙 稟議書\n", "utf-8")

    with pytest.raises(TrainingDataError, match=r"a\.tsv:2: not two phrases"):
        read_pairs(tmp_path)
