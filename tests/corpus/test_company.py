"""company.yaml: understood, or one sentence with its line."""

from pathlib import Path

import pytest

from assistant.corpus.company import load_company
from assistant.errors import SettingsError

GOOD = """company:
  name: 見本株式会社
departments:
  - name: 営業部
    aliases: [営業]
    neighbours: [企画]
  - name: 企画部
    aliases: [企画]
"""


def load(folder: Path, text: str):
    path = folder / "company.yaml"
    path.write_text(text, encoding="utf-8")
    return load_company(path)


def test_neighbours_may_be_given_by_alias(tmp_path: Path) -> None:
    company = load(tmp_path, GOOD)
    assert company.departments[0].neighbours == ("企画部",)
    assert company.desk.name == "AI相談窓口"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace("[企画]\n  -", "[経理部]\n  -"), "6 行目: となりの部署「経理部」"),
        (GOOD.replace("aliases: [営業]", "aliases: [営業"), "行目"),
        (GOOD.replace("name: 見本株式会社", "nmae: 見本株式会社"), "2 行目: 知らない項目「nmae」"),
        (GOOD.replace("aliases: [企画]", "aliases: [営業]"), "「営業」が「営業部」と「企画部」"),
        ("company:\n  name: 見本\n", "部署(departments)が1つもありません"),
        ("a: &x [1]\nb: *x\n", "2 行目: YAMLの別名"),
        ("ただの文章", "「項目: 値」の形"),
        ("", "会社名"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, text)
    assert said in str(caught.value)
    assert "company.yaml" in str(caught.value)


def test_a_missing_file_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="katsuyo init"):
        load_company(tmp_path / "company.yaml")
