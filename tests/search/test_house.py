"""What a company calls by several names is found by any of them."""

import pytest

from assistant.domain import Company, Department, Tool
from assistant.search.house import HouseWords

COMPANY = Company(
    name="みどり市役所",
    departments=(Department("情報システム課", aliases=("情シス", "IT")),),
    allowed_tools=(Tool("みどりチャット", aliases=("ミドチャ", "chat")),),
)
HOUSE = HouseWords.of(COMPANY)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("ﾐﾄﾞﾁｬって夜も使える?", "みどりチャットは終日使えます。"),
        ("みどりチャットの文字数", "ミドチャには3,000字まで入ります。"),
        ("情シスの電話", "情報システム課は内線 12 です。"),
        ("ITに聞きたい", "情シスへどうぞ"),
    ],
)
def test_a_nickname_and_the_full_name_are_one_thing(asked: str, written: str) -> None:
    assert HOUSE.terms(asked) == HOUSE.terms(written) != []


@pytest.mark.parametrize("text", ["write a letter", "purchatter", "みどり市の公園", ""])
def test_a_name_inside_another_word_is_not_that_name(text: str) -> None:
    assert HOUSE.terms(text) == []


def test_a_company_without_other_names_has_no_words_of_its_own() -> None:
    plain = HouseWords.of(Company("みどり市役所", (Department("市民課"),)))
    assert plain.terms("市民課の窓口") == []
