import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.corpus.intake.fields import with_fields
from assistant.corpus.yamlfile import YamlError, YamlText, parse_yaml

WRITTEN = """\
# この資料について
title: 前の題名   # あとで直す
departments:
  - 営業部
  - 購買部

# 持ち主
owner: 相沢
memo: そのまま
"""


def test_only_the_field_that_was_changed_is_rewritten() -> None:
    text = with_fields(WRITTEN, {"owner": "佐藤: #1"})
    assert text == WRITTEN.replace("owner: 相沢", "owner: '佐藤: #1'")


def test_a_department_takes_the_place_of_its_other_spelling() -> None:
    text = with_fields(WRITTEN, {"department": "経理部"})
    assert "営業部" not in text
    assert "department: 経理部" in text
    assert "# 持ち主\nowner: 相沢" in text


def test_a_file_in_a_form_that_cannot_be_kept_is_refused_not_broken() -> None:
    with pytest.raises(YamlError, match="手で直して"):
        with_fields("{title: a, owner: b}", {"title": "c"})


ONE_LINE = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=40).map(str.strip)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["title", "owner", "review_by", "status_reason"]), ONE_LINE))
def test_what_is_written_is_read_back_and_nothing_else_is_lost(fields: dict[str, str]) -> None:
    entries = parse_yaml(with_fields(WRITTEN, fields)).entries
    for name, value in fields.items():
        entry = entries[name]
        assert isinstance(entry, YamlText)
        assert entry.text == value
    assert entries.keys() >= {"title", "departments", "owner", "memo"}
