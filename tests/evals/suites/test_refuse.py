"""A suite that cannot be right is refused: all that is wrong, each with its file and line."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import SuiteError
from assistant.evals.references import References
from assistant.evals.suites.entries import CaseEntry, ExpectEntry
from assistant.evals.suites.loading import SHOWN_PROBLEMS, load_suite
from tests.evals.suites.world import case_with, load, small_references, told

STORY = "stories/flyer.md"
FOUND = {"class": "person", "text": "チラシ"}


@pytest.fixture(scope="module")
def references(tmp_path_factory: pytest.TempPathFactory) -> References:
    return small_references(tmp_path_factory.mktemp("corpus"))


WRONG: list[tuple[dict[str, object], str]] = [
    ({"question": ""}, "「question」が空です"),
    ({"question": " \u3000"}, "「question」が空です"),
    ({"id": "a#1"}, "# が入っています"),
    ({"id": "a b"}, "# が入っています"),
    ({"id": "gen-a"}, "「gen-」で始まる id"),
    ({"type": "how-to"}, "「how_to」ではありませんか"),
    ({"verdict": "可"}, "知らない項目「verdict」"),
    ({"tag": ["x"]}, "知らない項目「tag」です → 「tags」ではありませんか"),
    ({"tags": "x"}, "「tags」は並びで書いてください"),
    ({"asker": "市民課"}, "「asker」は「項目: 値」の形で"),
    ({"asker": {"department": "市民か"}}, "「市民課」ではありませんか"),
    ({"asker": {"department": "宇宙局"}}, "市民課、税務課、土木課"),
    ({"expect": {"department": "宇宙局"}}, "部署「宇宙局」"),
    ({"expect": {"verdict": "不可"}}, "使える言葉: 禁止、条件付き、可、窓口、なし"),
    ({"expect": {"verdict": ""}}, "言葉を1つ書いてください"),
    ({"expect": {"verdikt": "可"}}, "(expect の中) → 「verdict」ではありませんか"),
    ({"expect": {"facts": ["40分"]}}, "「facts」は並びで書いてください"),
    ({"expect": {"facts": [[]]}}, "言い方が1つもありません"),
    ({"expect": {"facts": [["40分", ""]]}}, "「facts」が空です"),
    ({"expect": {"must_not_contain": [""]}}, "「must_not_contain」が空です"),
    ({"expect": {"abstain": "たぶん"}}, "「abstain」はtrue か false で"),
    ({"expect": {"must_cite": [{"doc": "story/flyer.md"}]}}, "「stories/flyer.md」では"),
    ({"expect": {"must_cite": [{"quote": "40分"}]}}, "「doc」がありません"),
    ({"expect": {"must_cite": [{"doc": STORY, "quote": "40分で始まり"}]}}, "「40分で」までは"),
    ({"expect": {"must_not_cite": ["rules/old.md"]}}, "文書「rules/old.md」がありません"),
    ({"expect": {"template": "チラシの下書き"}}, "「templates/flyer.md」ではありませんか"),
    ({"expect": {"template": STORY}}, "テンプレートではありません"),
    ({"expect": {"forbidden": [{"class": "persn", "text": "チラシ"}]}}, "「person」では"),
    ({"expect": {"forbidden": [{"class": "person", "text": "田中"}]}}, "質問に書かれていません"),
    ({"qrels": [{"doc": "宇宙.md"}]}, "文書「宇宙.md」がありません"),
    ({"qrels": [{"doc": STORY, "span": "宇宙旅行"}]}, "そのまま写してください"),
    ({"qrels": [{"doc": STORY, "grade": 0}]}, "1以上の数"),
    ({"qrels": [{"doc": STORY, "grade": "高"}]}, "「grade」は数で"),
    ({"paraphrases": [""]}, "「paraphrases」が空です"),
    ({"paraphrases": ["チラシ作るのしんどい"]}, "質問かほかの言いかえと同じ"),
    ({"paraphrases": ["別", "別"]}, "質問かほかの言いかえと同じ"),
    ({"history": [{"role": "me", "content": "x"}]}, "使える言葉: user、assistant"),
    ({"provenance": {"written": "きのう"}}, "「written」が日付ではありません"),
    ({"split": "prod"}, "使える言葉: dev、test、holdout"),
    ({"expect": {"abstain": True, "facts": [["40分"]]}}, "(facts)があります"),
    ({"expect": {"abstain": True, "must_cite": [{"doc": STORY}]}}, "(must_cite)があります"),
    ({"expect": {"must_cite": [{"doc": STORY}], "must_not_cite": [STORY]}}, "の両方にあります"),
    ({"expect": {"facts": [["40分"]], "must_not_contain": ["40"]}}, "の言葉を含みます"),
    ({"type": "unanswerable", "expect": {"abstain": True}}, "両方いっしょに書きます"),
    ({"unanswerable": "unknowable", "expect": {"abstain": True}}, "両方いっしょに書きます"),
    ({"type": "unanswerable", "unanswerable": "unknowable"}, "abstain: true がありません"),
    ({"type": "harmless", "expect": {"forbidden": [FOUND]}}, "harmless なのに"),
    ({"type": "forbidden_input"}, "見つけるべき言葉がありません"),
    ({"expect": {}}, "何も確かめられません"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "reason"), WRONG, ids=[reason for _, reason in WRONG])
def test_a_wrong_case_is_refused_with_the_reason(
    tmp_path: Path, references: References, changes: dict[str, object], reason: str
) -> None:
    message = told(tmp_path, references, case_with(**changes))
    assert reason in message
    assert "件あります。" in message and "問い「" in message


@pytest.mark.parametrize("name", ["id", "question", "type"])
def test_a_case_without_what_it_needs_is_refused(
    tmp_path: Path, references: References, name: str
) -> None:
    case = case_with()
    del case[name]
    assert f"「{name}」がありません" in told(tmp_path, references, case)


def test_every_problem_stands_on_its_own_line_of_the_file(
    tmp_path: Path, references: References
) -> None:
    (tmp_path / "a.yaml").write_text(
        "- id: one\n"
        "  question: チラシ?\n"
        "  type: hou\n"
        "  expect:\n"
        "    must_cite:\n"
        "      - doc: stories/flyer.md\n"
        "        quote: ない言葉\n"
        "    nonsense:\n"
        "      - 1\n",
        encoding="utf-8",
    )
    with pytest.raises(SuiteError) as refused:
        load_suite(tmp_path, references=references)
    lines = refused.value.message.splitlines()[1:]
    assert [line.split("行目")[0].rpartition(":")[2] for line in lines] == ["3", "7", "8"]
    assert all(line.startswith((tmp_path / "a.yaml").as_posix()) for line in lines)
    assert refused.value.exit_code == 6
    assert "katsuyo eval check" in refused.value.remedy


def test_a_slip_in_one_key_does_not_hide_a_wrong_document_in_another(
    tmp_path: Path, references: References
) -> None:
    case = case_with(tag=1, expect={"x": 1, "must_not_cite": ["ない.md"]}, qrels=[{"doc": "無.md"}])
    message = told(tmp_path, references, case)
    assert (
        "「tag」" in message and "「x」" in message and "ない.md" in message and "無.md" in message
    )


def test_an_id_that_comes_twice_is_told_with_both_places(
    tmp_path: Path, references: References
) -> None:
    (tmp_path / "b.jsonl").write_text(json.dumps(case_with(question="別の?")), "utf-8")
    message = told(tmp_path, references, case_with())
    assert "a.yaml:1行目 にもあります" in message
    assert "b.jsonl:1行目: 問い「flyer-001」: 同じ id が" in message


def test_the_same_question_of_the_same_person_counts_once(
    tmp_path: Path, references: References
) -> None:
    again = case_with(id="again")
    assert "の「flyer-001」にもあります" in told(tmp_path, references, case_with(), again)
    other = {**again, "asker": {"department": "税務課"}}
    assert told(tmp_path, references, case_with(), other) == ""
    assert told(tmp_path, references, case_with(), {**again, "split": "dev"}) == ""


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.yaml", "- id: [a\n  question: x\n", "YAMLの書き方が正しくありません"),
        ("a.yaml", "- id: a\n  id: b\n", "a.yaml:2行目: 項目「id」が2回あります"),
        ("a.yaml", "", "問いが1つもありません"),
        ("a.yaml", "# まだ\n", "問いが1つもありません"),
        ("a.yaml", "cases: []\n", "問いが1つもありません"),
        ("a.yaml", "case: []\n", "問いの並びになっていません"),
        ("a.yaml", "name: x\ncases: [{id: a}]\n", "a.yaml:1行目: 知らない項目「name」"),
        ("a.yaml", "- こんにちは\n", "問いの形になっていません"),
        ("a.yaml", "- &x {id: a}\n- *x\n", "別名"),
        ("a.jsonl", '{"id": "a"', "a.jsonl:1行目: JSONの書き方"),
        ("a.jsonl", '\n{"id": 1, "id": 2}', "a.jsonl:2行目: 同じ項目が2回"),
        ("a.jsonl", "[" * 5000, "a.jsonl:1行目: JSONの"),
        ("a.jsonl", "\n\n", "問いが1つもありません"),
        ("a.txt", "", "1つもありません"),
    ],
)
def test_a_broken_or_empty_file_is_refused(
    tmp_path: Path, references: References, name: str, text: str, reason: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(SuiteError, match="。") as refused:
        load_suite(tmp_path, references=references)
    assert reason in refused.value.message


def test_a_file_that_is_no_text_is_refused(tmp_path: Path, references: References) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\x00\x01\x02" * 50)
    with pytest.raises(SuiteError, match=r"a\.yaml"):
        load_suite(tmp_path, references=references)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path, references: References) -> None:
    with pytest.raises(SuiteError, match=r"フォルダ .* がありません"):
        load_suite(tmp_path / "none", references=references)


def test_a_draft_for_tuning_may_still_expect_nothing(
    tmp_path: Path, references: References
) -> None:
    assert load(tmp_path, references, case_with(expect={}, split="dev")).cases[0].id == "flyer-001"


def test_of_many_problems_the_first_ones_are_shown_and_all_are_counted(
    tmp_path: Path, references: References
) -> None:
    cases = [case_with(id=f"c{n}", question="") for n in range(SHOWN_PROBLEMS + 5)]
    message = told(tmp_path, references, *cases)
    assert f"直すところが{SHOWN_PROBLEMS + 5}件" in message
    assert message.count("「question」が空です") == SHOWN_PROBLEMS
    assert message.endswith("…ほかに5件")


_WORDS = st.sampled_from(
    [*CaseEntry.model_fields, *ExpectEntry.model_fields, "class", "可", "x", ""]
)
_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(_WORDS, _ANYTHING, max_size=5))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_a_case_holds_it_is_read_or_refused_with_its_line(
    tmp_path: Path, references: References, changes: dict[str, object]
) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(case_with(**changes)), "utf-8")
    try:
        suite = load_suite(tmp_path, references=references)
    except SuiteError as error:
        lines = error.message.splitlines()[1:]
        assert lines and all("a.jsonl:1行目: " in line or "…ほかに" in line for line in lines)
    else:
        assert len(suite.cases) == 1
