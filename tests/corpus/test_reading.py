"""A whole corpus: good files are read, each bad one is a line, nothing stops."""

import os
import zipfile
from datetime import date
from pathlib import Path

import pytest

from assistant.adapters.readers import default_readers
from assistant.corpus.check import check_report
from assistant.corpus.reading import CorpusReading, read_corpus
from assistant.domain import FaqPair, Kind, Severity, Status, Story, Template
from assistant.errors import SettingsError

COMPANY = """company: {name: 見本株式会社}
departments:
  - {name: 営業部, aliases: [営業], neighbours: [経理部]}
  - {name: 経理部, aliases: [経理]}
"""
RULE = (
    "---\ntitle: ルール\nowner: 総務\nreview_by: 2027-03-31\n---\n\n## 入力禁止\n\n- お客様の名前\n"
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    write(tmp_path, "company.yaml", COMPANY)
    write(tmp_path, "rules/rule.md", RULE)
    return tmp_path


def write(root: Path, name: str, text: str | bytes) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def read(root: Path, **options) -> CorpusReading:
    return read_corpus(root, readers=default_readers(), **options)


def lines(reading: CorpusReading, path: str) -> list[str]:
    return [str(problem) for problem in reading.problems if problem.path == path]


def test_front_matter_and_folder_defaults_describe_a_story(corpus: Path) -> None:
    write(corpus, "stories/_meta.yaml", "owner: 総務\ntool: Copilot\ndepartment: 経理\n")
    write(
        corpus,
        "stories/weekly.md",
        "---\ntitle: 週報\ndepartment: 営業\ntask: 週報づくり\nbefore: 2時間\nafter: 30分\n"
        "date: 2026年4月1日\nmood: good\n---\n\nとても**早く**なりました。\n",
    )
    reading = read(corpus)
    document = next(d for d in reading.documents if d.source.kind is Kind.STORY)
    (passage,) = document.passages
    assert passage.text == "2時間 → 30分\n\nとても**早く**なりました。"
    assert document.source.departments == ("営業部",)
    assert document.source.owner == "総務"
    assert document.source.extra == {"mood": "good"}
    story = passage.content
    assert isinstance(story, Story)
    assert (story.task, story.tool, story.told_on) == ("週報づくり", "Copilot", date(2026, 4, 1))
    assert any("知らない項目「mood」" in line for line in lines(reading, "stories/weekly.md"))


def test_a_story_without_front_matter_tells_its_numbers_and_labels(corpus: Path) -> None:
    write(
        corpus,
        "stories/a.md",
        "# 見積比較\n\n- 部署: 経理部\n- 業務: 見積の比較\n\n半日から40分になりました。\n",
    )
    (line,) = check_report(read(corpus), today=date(2026, 11, 22)).stories
    assert line.departments == ("経理部",)
    assert line.before
    assert line.after
    assert (line.before.original, line.after.original) == ("半日", "40分")


def test_a_template_is_copied_verbatim_with_its_slots(corpus: Path) -> None:
    body = "あなたは【役割】です。\n\n【メモ】を要約して\n# 形式\n- 【役割】"
    write(corpus, "templates/a.md", f"# 要約\n\n使い方の説明。\n\n```text\n{body}\n```\n")
    document = next(d for d in read(corpus).documents if d.source.kind is Kind.TEMPLATE)
    (passage,) = document.passages
    template = passage.content
    assert isinstance(template, Template)
    assert template.body == body
    assert template.body in passage.text
    assert template.slots == ("役割", "メモ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_faq_tables_of_any_encoding_become_pairs(corpus: Path, encoding: str) -> None:
    table = (
        '質問,回答,部署,更新日\r\n使えますか?,はい。\r\nだれに聞けば?,"窓口へ、\nどうぞ",営業,2026/4/1\r\n'
        "答えなし?,,,\r\n"
    )
    write(corpus, "faqs/faq.csv", table.encode(encoding))
    reading = read(corpus)
    document = next(d for d in reading.documents if d.source.kind is Kind.FAQ)
    assert [p.content for p in document.passages] == [
        FaqPair("使えますか?", "はい。"),
        FaqPair("だれに聞けば?", "窓口へ、\nどうぞ"),
    ]
    assert document.passages[1].source.departments == ("営業部",)
    assert document.passages[1].text == "だれに聞けば?\n窓口へ、\nどうぞ"
    told = " ".join(lines(reading, "faqs/faq.csv"))
    assert "2行目の列が2個" in told
    assert "回答がありません" in told


def test_faqs_may_be_headings_marked_lines_or_one_question_a_file(corpus: Path) -> None:
    write(corpus, "faqs/a.md", "# FAQ\n\n## 使えますか?\n\nはい。\n\n## だめですか?\n\nいいえ。\n")
    write(corpus, "faqs/b.txt", "Q1. いつから?\nA1. 4月からです。\n\nQ2. どこで?\nA2. 社内で。\n")
    write(corpus, "faqs/c.md", "# 無料ですか?\n\n無料です。\n")
    documents = [d for d in read(corpus).documents if d.source.kind is Kind.FAQ]
    assert [p.content for d in documents for p in d.passages] == [
        FaqPair("使えますか?", "はい。"),
        FaqPair("だめですか?", "いいえ。"),
        FaqPair("いつから?", "4月からです。"),
        FaqPair("どこで?", "社内で。"),
        FaqPair("無料ですか?", "無料です。"),
    ]


def bad_files(root: Path) -> dict[str, str]:
    """Write files nobody can read; return what each line must say."""
    write(root, "manuals/empty.md", "")
    write(root, "manuals/blank.md", "\n\n  \n")
    write(root, "manuals/binary.md", b"\x89PNG\r\n\x1a\n\x00\x00")
    write(root, "manuals/no.pdf", "これはPDFではありません")
    write(root, "manuals/cut.pdf", b"%PDF-1.7\n1 0 obj<</Type/Catalog")
    write(root, "manuals/no.docx", "zipではありません")
    write(root, "manuals/locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    write(root, "manuals/old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    write(root, "manuals/photo.jpg", b"\xff\xd8\xff")
    write(root, "manuals/broken.md", "---\ntitle: 手引き\nowner: [情シス\n---\n\n本文\n")
    write(root, "manuals/bomb.md", "---\na: &a [1]\nb: [*a, *a]\n---\n\n本文\n")
    write(root, "manuals/secret.md", "---\naudience: 秘書室\n---\n\n本文\n")
    write(root, "manuals/state.md", "---\nstatus: kept\n---\n\n本文\n")
    write(root, "lost/where.md", "本文\n")
    write(root, "manuals/quote.csv", 'a,b\n"' + "x" * 140_000)
    with zipfile.ZipFile(root / "manuals/bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(120_000_000))
    os.mkfifo(root / "manuals/pipe.md")
    (root / "manuals/out.md").symlink_to("/etc/hostname")
    (root / "manuals/loop.md").symlink_to("loop.md")
    (root / "manuals/circle").symlink_to(root)
    return {
        "manuals/empty.md": "空のファイル",
        "manuals/blank.md": "読み取れる文章がありません",
        "manuals/binary.md": "文字ではありません",
        "manuals/no.pdf": "PDFではありません",
        "manuals/cut.pdf": "壊れているようです",
        "manuals/no.docx": "docx ファイルとして開けません",
        "manuals/locked.xlsx": "パスワード",
        "manuals/old.doc": ".docx で保存し直して",
        "manuals/photo.jpg": "読めない形式",
        "manuals/broken.md": "行目",
        "manuals/bomb.md": "3行目: YAMLの別名",
        "manuals/secret.md": "秘書室",
        "manuals/state.md": "「kept」がわかりません",
        "lost/where.md": "文書の種類がわかりません",
        "manuals/quote.csv": "CSVとして読めなくなりました",
        "manuals/bomb.docx": "大きくなりすぎる",
        "manuals/pipe.md": "ふつうのファイルではない",
        "manuals/out.md": "外へのリンク",
        "manuals/loop.md": "リンクの先がありません",
        "manuals/circle": "フォルダへのリンク",
    }


def test_each_bad_file_gets_one_line_and_the_good_ones_are_read(corpus: Path) -> None:
    expected = bad_files(corpus)
    name = "あ" * 82 + ".md"
    write(corpus, f"manuals/{name}", "# 長い名前\n\n本文\x00です。\n")
    reading = read(corpus)
    assert [d.source.path for d in reading.documents] == [f"manuals/{name}", "rules/rule.md"]
    for path, said in expected.items():
        (line,) = lines(reading, path)
        assert said in line
        assert " → " in line
    assert {problem.path for problem in reading.errors} == set(expected) - {"manuals/circle"}


def test_a_broken_folder_default_keeps_its_documents_in(corpus: Path) -> None:
    write(corpus, "manuals/_meta.yaml", "audience: [営業\n")
    write(corpus, "manuals/a.md", "本文\n")
    reading = read(corpus)
    assert [d.source.path for d in reading.documents] == ["rules/rule.md"]
    assert "このフォルダの文書は公開しません" in lines(reading, "manuals/_meta.yaml")[0]


def test_an_unknown_department_is_suggested_and_left_out(corpus: Path) -> None:
    write(
        corpus,
        "manuals/a.md",
        "---\nowner: 総務\ndepartment: 営業課\nreview_by: 2027-01-31\n---\n\n本文\n",
    )
    reading = read(corpus)
    assert reading.documents[0].source.departments == ()
    (line,) = lines(reading, "manuals/a.md")
    assert ":3行目" in line
    assert "「営業部」ではありませんか" in line


def test_hidden_readme_and_lock_files_are_no_documents(corpus: Path) -> None:
    for name in (".git/x.md", "README.md", "LICENSE", "manuals/~$a.docx", "manuals/.DS_Store"):
        write(corpus, name, "x")
    assert [problem.path for problem in read(corpus).problems] == []


def test_ids_change_only_with_what_they_stand_for(corpus: Path) -> None:
    path = write(corpus, "manuals/a.md", "## 一\n\nはじめ。\n\n## 二\n\nつぎ。\n")
    first = read(corpus).documents[0]
    again = read(corpus).documents[0]
    path.write_text("## 一\n\nはじめ。\n\n## 二\n\nつぎは違う。\n", encoding="utf-8")
    changed = read(corpus).documents[0]
    assert first == again
    assert changed.id == first.id
    assert changed.digest != first.digest
    assert changed.passages[0].id == first.passages[0].id
    assert changed.passages[1].id != first.passages[1].id


def test_known_documents_are_not_read_again(corpus: Path) -> None:
    before = read(corpus)
    known = {document.digest: document for document in before.documents}
    after = read_corpus(corpus, readers=default_readers(), known=known)
    assert after.documents[0] is before.documents[0]


def test_who_looks_after_a_document_and_until_when_is_asked_for_what_must_stay_true(
    corpus: Path,
) -> None:
    write(corpus, "manuals/a.md", "---\nowner: 総務\n---\n\n本文\n")
    write(corpus, "templates/a.md", "# 依頼文\n\n```\n【用件】を短く\n```\n")
    reading = read(corpus)
    (line,) = lines(reading, "manuals/a.md")
    assert "見直し期限(review_by)が書かれていません" in line
    assert not [
        one for one in lines(reading, "templates/a.md") if "owner" in one or "review" in one
    ]


def test_doubles_and_overdue_reviews_are_told(corpus: Path) -> None:
    write(corpus, "manuals/a.md", "---\nowner: 総務\nreview_by: 2026-01-31\n---\n\n本文\n")
    write(corpus, "manuals/b.md", "---\nowner: 総務\nreview_by: 2027-01-31\n---\n\n本文\n")
    reading = read(corpus, today=date(2026, 4, 1))
    assert "見直し期限(2026-01-31)を過ぎています" in lines(reading, "manuals/a.md")[0]
    assert "「manuals/a.md」と中身が同じ" in lines(reading, "manuals/b.md")[0]
    assert all(problem.severity is Severity.WARNING for problem in reading.problems)


def test_a_withdrawn_document_is_kept_with_its_reason(corpus: Path) -> None:
    write(
        corpus,
        "manuals/a.md",
        "---\nowner: 総務\nstatus: retracted\nstatus_reason: 数字に誤り\n---\n\n本文\n",
    )
    source = read(corpus).documents[0].source
    assert (source.status, source.status_reason) == (Status.RETRACTED, "数字に誤り")


def test_a_sidecar_describes_its_file_and_an_orphan_is_told(corpus: Path) -> None:
    write(corpus, "manuals/a.txt", "本文です。\n")
    write(corpus, "manuals/a.txt.meta.yaml", "title: 手引き\nowner: 総務\n")
    write(corpus, "manuals/b.meta.yaml", "title: x\n")
    reading = read(corpus)
    assert reading.documents[0].source.title == "手引き"
    assert "対になる文書" in lines(reading, "manuals/b.meta.yaml")[0]


def test_progress_names_each_file(corpus: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    read(corpus, progress=lambda done, total, path: seen.append((done, total, path)))
    assert seen == [(0, 1, "rules/rule.md"), (1, 1, "")]


def test_a_missing_corpus_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="katsuyo init"):
        read(tmp_path / "nowhere")
