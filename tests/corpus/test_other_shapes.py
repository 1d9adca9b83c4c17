"""FAQs, stories, templates and company files in the shapes that companies have them."""

from datetime import timedelta
from pathlib import Path

import docx
import openpyxl
import pytest

from assistant.adapters.readers import default_readers
from assistant.corpus.company import load_company
from assistant.corpus.reading import read_corpus
from assistant.corpus.templates import slots_of
from assistant.domain import FaqPair, Passage, Story, Template
from assistant.errors import SettingsError


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    write(tmp_path, "company.yaml", "company: 見本商事\ndepartments:\n  - 営業部\n  - 経理部\n")
    return tmp_path


def write(root: Path, name: str, text: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def passages(root: Path) -> list[Passage]:
    reading = read_corpus(root, readers=default_readers())
    return [passage for document in reading.documents for passage in document.passages]


def pairs(root: Path) -> list[FaqPair]:
    return [p.content for p in passages(root) if isinstance(p.content, FaqPair)]


@pytest.mark.parametrize(
    "text",
    [
        "問\uff11\u3000使えますか。\n答\u3000使えます。\n問\uff12\u3000無料ですか。\n答\u3000無料です。\n",
        "**Q. 使えますか。**\n\nA. 使えます。\n\n**Q. 無料ですか。**\n\nA. 無料です。\n",
        "【Q1】使えますか。\n【A1】使えます。\n【Q2】無料ですか。\n【A2】無料です。\n",
        "\uff31\uff11\uff0e使えますか。\n\uff21\uff11\uff0e使えます。\n\uff31\uff12\uff0e無料ですか。\n\uff21\uff12\uff0e無料です。\n",
        "### Q1 使えますか。\n使えます。\n\n### Q2 無料ですか。\n無料です。\n",
    ],
)
def test_questions_and_answers_are_found_however_they_are_marked(text: str, corpus: Path) -> None:
    write(corpus, "faqs/faq.md", text)
    assert pairs(corpus) == [
        FaqPair("使えますか。", "使えます。"),
        FaqPair("無料ですか。", "無料です。"),
    ]


def test_a_title_row_and_polite_column_names_do_not_hide_an_faq(corpus: Path) -> None:
    folder = corpus / "faqs"
    folder.mkdir()
    book = openpyxl.Workbook()
    for row in (["社内FAQ一覧"], ["No.", "お問い合わせ内容", "ご回答", "担当部署"]):
        book.active.append(row)
    book.active.append([1, "使えますか", "使えます", "営業部"])
    book.save(folder / "a.xlsx")
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        table._cells, ("よくある質問", "対応方法", "無料ですか", "無料です"), strict=True
    ):
        cell.text = text
    document.save(str(folder / "b.docx"))
    write(corpus, "faqs/c.csv", "よくある質問,,\n番号,ご質問,お答え\n1,速いですか,速いです\n")
    assert pairs(corpus) == [
        FaqPair("使えますか", "使えます"),
        FaqPair("無料ですか", "無料です"),
        FaqPair("速いですか", "速いです"),
    ]


def test_a_list_of_cases_in_excel_is_one_story_a_row(corpus: Path) -> None:
    book = openpyxl.Workbook()
    header = ["部門", "担当", "業務名", "利用ツール", "導入前", "導入後", "効果", "コメント"]
    for row in (["生成AI導入事例一覧"], header):
        book.active.append(row)
    book.active.append(
        ["経理部", "鈴木", "仕訳の確認", "社内AI", "月10時間", "月4時間", "", "よい"]
    )
    (corpus / "stories").mkdir()
    book.save(corpus / "stories/cases.xlsx")
    (passage,) = passages(corpus)
    story = passage.content
    assert isinstance(story, Story)
    assert (story.task, story.tool, story.author) == ("仕訳の確認", "社内AI", "鈴木")
    assert story.before
    assert story.before.duration == timedelta(hours=10)
    assert passage.source.departments == ("経理部",)


@pytest.mark.parametrize(
    "text",
    [
        "# 見積\n\n部署\uff1a営業部\n\nBefore\uff1a2時間\nAfter\uff1a30分\n",
        "# 見積\n\n【部署】営業部\n【導入前】2時間\n【導入後】30分\n",
        "# 見積\n\n所属\u3000営業部\n\n作業時間が2時間から30分に短縮されました。\n",
    ],
)
def test_a_story_without_front_matter_tells_its_department_and_times(
    text: str, corpus: Path
) -> None:
    write(corpus, "stories/a.md", text)
    (passage,) = passages(corpus)
    story = passage.content
    assert isinstance(story, Story)
    assert story.before
    assert story.after
    assert (story.before.original, story.after.original) == ("2時間", "30分")
    assert passage.source.departments == ("営業部",)


def test_only_the_prompt_of_a_template_is_copied(corpus: Path) -> None:
    write(
        corpus,
        "templates/a.txt",
        "お礼メール\n使う場面: 商談の翌日\n\nプロンプト\uff1a\n[会社名]あてに書いてください。\n"
        "# 条件\n- 短く\n\n注意\n社名は伏せる。\n",
    )
    (passage,) = passages(corpus)
    template = passage.content
    assert isinstance(template, Template)
    assert template.body == "[会社名]あてに書いてください。\n# 条件\n- 短く"
    assert template.body in passage.text


def test_slots_are_found_in_any_brackets_but_links_and_tags_are_none() -> None:
    slots = "{会社名} [ここに貼る] 【日付】 〈相手〉 \uff3b件名\uff3d <担当者>"
    assert slots_of(f"{slots} [社内](http://a) <b>太字</b> [x]") == (
        "会社名",
        "ここに貼る",
        "日付",
        "相手",
        "件名",
        "担当者",
    )


@pytest.mark.parametrize(
    "about", ["company: 見本商事", "name: 見本商事", "company: {name: 見本商事}"]
)
def test_a_company_needs_only_its_name_and_departments(about: str, tmp_path: Path) -> None:
    path = write(tmp_path, "company.yaml", f"{about}\ndepartments: [営業部, 経理部]\n")
    company = load_company(path)
    assert company.name == "見本商事"
    assert [department.name for department in company.departments] == ["営業部", "経理部"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("departments: [営業部]\n", "会社名"),
        ("company: 見本商事\n", "部署"),
        (
            "company: 見本商事\ndepartments: [営業部]\nmembers: 3\n",
            "3 行目: 知らない項目「members」",
        ),
    ],
)
def test_what_a_company_file_lacks_is_told(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=said):
        load_company(write(tmp_path, "company.yaml", text))
