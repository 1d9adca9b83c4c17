"""資料の管理 as DX staff use it: hand in, look, publish, withdraw, take back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.corpus.loading import document_id
from tests.web.editor_world import BASE, KEY, OWN, Editor, company_of_its_own, web_of

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

STORY = """\
---
title: 展示会のアンケートを半日で集計
department: 営業企画部
---
展示会のアンケートの自由記述に、毎回2日かかっていました。アオバChatに分類を頼んでから見直すようにして、
2日 → 半日 になりました。
""".encode()
ASKED = "展示会のアンケートの集計を楽にした人はいますか"


@pytest.fixture(scope="module")
def editor(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    from starlette.testclient import TestClient

    app = company_of_its_own(published, tmp_path_factory.mktemp("editor"))
    with TestClient(web_of(app), base_url=BASE) as client:
        assert client.post("/editor/sign-in", json={"key": KEY}, headers=OWN).status_code == 200
        yield Editor(app, client)
    app.close()


def drafts(editor: Editor) -> list[str]:
    return [one.id for one in editor.app.releases.intake.area.all()]


def test_a_published_story_is_cited_and_no_longer_after_it_was_taken_back(editor: Editor) -> None:
    before = editor.live
    path = editor.hand_in("アンケート.md", STORY)
    page = editor.page(path)
    assert page.one("select", name="kind").one("option", selected="").text == "活用事例"
    assert "2日" in page.one("dl", class_="e-times").text
    assert "アンケートの自由記述" in editor.page(f"{path}/preview").one(class_="e-sheet").text
    assert not editor.corpus("stories/アンケート.md").exists()
    assert "stories/アンケート.md" not in editor.cited(ASKED, "営業企画部")

    done = editor.done(f"{path}/publish", author="三浦")
    assert (done["error"], done["go"]) == ("", "/editor/versions")
    assert "stories/アンケート.md" in editor.cited(ASKED, "営業企画部")
    live = editor.app.store.live()
    assert live is not None
    assert (live.author, live.summary) == ("三浦", "「展示会のアンケートを半日で集計」を追加")
    assert drafts(editor) == []

    assert editor.post("/undo", version=live.id).status_code == 200
    assert editor.live == before
    assert "stories/アンケート.md" not in editor.cited(ASKED, "営業企画部")
    assert not editor.corpus("stories/アンケート.md").exists()
    assert f"/drafts/{drafts(editor)[0]}" == path
    editor.done(f"{path}/remove")


def test_a_withdrawn_document_is_cited_no_more_and_its_reason_stays(editor: Editor) -> None:
    story = "stories/sales-weekly-report.md"
    text = editor.corpus(story).read_text(encoding="utf-8")
    (document,) = [
        entry for entry in editor.app.store.documents(editor.live) if entry.source.path == story
    ]
    assert story in editor.cited("週報を早く書きたい", "営業部")

    refused = editor.post(f"/documents/{document.id}/withdraw", reason=" ")
    assert "理由" in refused.json()["error"]
    assert (
        editor.done(f"/documents/{document.id}/withdraw", reason="手順が変わったため")["error"]
        == ""
    )
    assert story not in editor.cited("週報を早く書きたい", "営業部")
    page = editor.page(f"/documents/{document.id}")
    assert "手順が変わったため" in page.one(class_="e-facts").text
    assert "取り下げ" in page.one(id="history").text
    written = editor.corpus(story).read_text(encoding="utf-8")
    assert "status: retracted" in written
    assert written.endswith(text.partition("---\n\n")[2])

    assert editor.done(f"/documents/{document.id}/restore")["error"] == ""
    assert story in editor.cited("週報を早く書きたい", "営業部")
    editor.done("/undo", version=editor.live)
    assert story not in editor.cited("週報を早く書きたい", "営業部")
    editor.done("/undo", version=editor.live)
    assert editor.corpus(story).read_text(encoding="utf-8") == text
    assert story in editor.cited("週報を早く書きたい", "営業部")


def test_a_review_is_noted_beside_a_file_that_holds_no_front_matter(editor: Editor) -> None:
    (document,) = [
        entry
        for entry in editor.app.store.documents(editor.live)
        if entry.source.path == "manuals/meeting_minutes.pdf"
    ]
    path = f"/documents/{document.id}/renew"
    assert "すぎています" in editor.post(path, review_by="2020-01-01").json()["error"]
    assert editor.done(path, review_by="2028-02-01")["error"] == ""
    sidecar = editor.corpus("manuals/meeting_minutes.pdf.meta.yaml").read_text(encoding="utf-8")
    assert "2028-02-01" in sidecar
    assert "title: 議事録・会議のAI活用マニュアル" in sidecar
    assert "2028年2月1日" in editor.page(f"/documents/{document.id}").one(class_="e-facts").text
    editor.done("/undo", version=editor.live)


def test_what_is_written_about_a_draft_stands_in_the_version(editor: Editor) -> None:
    path = editor.hand_in("メモ.txt", "出張の精算は、帰った日から5営業日以内に出します。".encode())
    editor.done(
        f"{path}/update", title="出張精算の決まり", kind="manual", department="経理部",
        owner="経理部 小林", review_by="2027-10-01",
    )  # fmt: skip
    assert editor.read(path).one("h1").text == "出張精算の決まり"
    assert editor.done(f"{path}/publish")["error"] == ""
    (entry,) = [one for one in editor.app.store.documents(editor.live) if "メモ" in one.source.path]
    source = entry.source
    assert (source.title, source.departments, source.owner) == (
        "出張精算の決まり", ("経理部",), "経理部 小林",
    )  # fmt: skip
    editor.done("/undo", version=editor.live)
    editor.done(f"{path}/remove")


def test_doubts_are_told_beside_what_they_are_about(editor: Editor) -> None:
    table = (
        "質問,回答\n会社で使っていいAIはどれですか,アオバChatだけです。Copilotは使えません。\n"
        "出張報告に使ってもいいですか,使えます。前回は山本太郎様(090-1234-5678)に送りました。\n"
    )
    path = editor.hand_in("追加.csv", table.encode())
    told = editor.page(path).one(id="remarks").text
    assert "食いちがうかもしれません" in told
    assert "Microsoft 365 CopilotとアオバChatの2つです" in told
    assert "氏名" in told
    assert "山本太郎様" in told
    editor.done(f"{path}/remove")


def test_a_second_rule_is_read_clause_by_clause_and_named_as_a_rival(editor: Editor) -> None:
    text = "# 新しい決まり\n\n## 入力禁止\n- お客様の氏名\n\n## 最終チェック\n- 数字を確かめる\n"
    path = editor.hand_in("新しいルール.md", text.encode())
    page = editor.page(path)
    assert "お客様の氏名" in page.one(class_="e-forbidden_input").text
    assert "数字を確かめる" in page.one(class_="e-final_check").text
    assert "いまのルール「AI利用ルール(A4)」" in page.one(id="remarks").text
    editor.done(f"{path}/remove")


def test_a_copy_of_a_document_can_take_its_place(editor: Editor) -> None:
    table = editor.corpus("faqs/faq_general.csv").read_bytes()
    path = editor.hand_in("新しいFAQ.csv", table)
    remarks = editor.page(path).one(id="remarks")
    assert "ほとんど同じ文が" in remarks.text
    (button,) = remarks.all("button", data_post=f"/editor{path}/settle")
    assert "faqs/faq_general.csv" in button.attributes["data-json"]
    editor.done(f"{path}/settle", replace="faqs/faq_general.csv")
    page = editor.read(path)
    assert "faqs/faq_general.csv" in page.text
    assert page.one("input", name="title").attributes["value"] == "AI活用のよくある質問"
    assert (
        "形式がちがう" in editor.post(f"{path}/settle", replace="rules/ai_rule.md").json()["error"]
    )
    editor.done(f"{path}/remove")


def test_a_published_document_is_mended_in_its_place(editor: Editor) -> None:
    path = "manuals/aoba_chat_guide.md"
    text = editor.corpus(path).read_bytes()
    before = editor.live
    draft = str(editor.done(f"/documents/{document_id(path)}/edit")["go"]).removeprefix("/editor")
    editor.read(draft)
    editor.done(f"{draft}/update", owner="新しい担当")
    assert editor.done(f"{draft}/publish")["error"] == ""
    page = editor.page(f"/documents/{document_id(path)}")
    assert "新しい担当" in page.one(class_="e-facts").text
    assert "新しい担当" in page.one(id="history").all("ins")[0].text
    assert editor.corpus(path).read_bytes() == text
    assert "この版に戻す" in editor.page("/versions").text
    assert editor.post("/rollback", version=before).status_code == 200
    assert editor.live == before
    assert editor.post("/undo", version=before + 1).status_code == 422
    editor.corpus(f"{path}.meta.yaml").unlink()


def test_the_same_name_is_asked_about_and_never_overwritten(editor: Editor) -> None:
    text = editor.corpus("manuals/aoba_chat_guide.md").read_text(encoding="utf-8")
    path = editor.hand_in("AOBA_chat_guide.md", "# アオバChatのガイド\n\n別の内容です。".encode())
    assert "同じ名前の資料があります" in editor.page(path).text
    assert "差しかえ" in editor.done(f"{path}/publish")["error"]
    editor.done(f"{path}/settle")
    assert "AOBA_chat_guide (2).md" in editor.read(path).text
    assert editor.corpus("manuals/aoba_chat_guide.md").read_text(encoding="utf-8") == text
    editor.done(f"{path}/remove")


def test_a_story_and_an_faq_are_written_in_forms(editor: Editor) -> None:
    typed = editor.post("/times", before="2時間", after="30分").json()
    assert typed["say"] == "2時間 → 30分、75%減(120分 → 30分)"
    assert "読めません" in editor.post("/times", before="けっこう", after="30分").json()["hint"]

    story = {"kind": "story", "title": "会議室の予約表", "department": "人事総務部"}
    assert "何をして" in editor.post("/forms", **story).json()["error"]
    go = editor.done(
        "/forms", **story, body="予約表を作り直しました。", before="半日", after="40分"
    )["go"]
    path = str(go).removeprefix("/editor")
    assert "半日" in editor.read(path).one("dl", class_="e-times").text
    assert (
        editor.page(f"/story?draft={path[-12:]}").one("textarea").text == "予約表を作り直しました。"
    )

    faq = {"kind": "faq", "question": "社外で開いてもいい?", "answer": "# いいえ\n社内だけです。"}
    again = str(editor.done("/forms", **faq)["go"]).removeprefix("/editor")
    pair = editor.read(again).one("dl", class_="e-pair")
    assert pair.one("dt").text == "社外で開いてもいい?"
    assert "社内だけです。" in pair.one("dd").text
    for one in (path, again):
        editor.done(f"{one}/remove")


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("../../../etc/passwd", "拡張子"),
        ("報告.doc", ".docx"),
        ("~$下書き.docx", ""),
        ("_meta.yaml", "名前"),
        ("rule.md.meta.yaml", "名前"),
        ("photo.png", "Word"),
        ("", "名前"),
    ],
)
def test_names_that_are_no_documents_are_refused_with_a_remedy(
    editor: Editor, name: str, remedy: str
) -> None:
    reply = editor.upload(name, b"x")
    if name.startswith("~$"):
        assert reply.json().get("name") in {None, "下書き.docx"}
    else:
        assert reply.status_code == 422
        assert remedy in reply.json()["error"]
    for one in drafts(editor):
        editor.done(f"/drafts/{one}/remove")


def test_a_name_never_leads_out_of_the_drafts(editor: Editor) -> None:
    folder = editor.app.settings.data_dir
    before = {path for path in folder.parent.rglob("*") if "drafts" not in path.parts}
    for name in (
        "../../evil.md",
        "..\\..\\evil.md",
        "/evil.md",
        "a/../../evil.md",
        "evil\u202e.md",
    ):
        path = editor.hand_in(name, b"# evil\n\ntext")
        editor.done(f"{path}/remove")
    assert {path for path in folder.parent.rglob("*") if "drafts" not in path.parts} == before


def test_nothing_of_a_document_acts_on_the_page(editor: Editor) -> None:
    hostile = '<img src=x onerror="alert(1)"><script>alert(2)</script>'
    text = f"---\ntitle: '{hostile}'\nowner: '{hostile}'\n---\n# {hostile}\n\n{hostile}本文です。\n"
    path = editor.hand_in(f"{hostile}.md", text.encode())
    for page in (editor.page(path), editor.page(f"{path}/preview"), editor.page()):
        assert page.all("img") == []
        sources = [one.attributes.get("src") for one in page.all("script")]
        assert sources == ["/page/base.js", "/page/editor.js"]
    assert hostile in editor.page(path).one("h1").text
    editor.done(f"{path}/remove")


def test_a_file_that_cannot_be_read_says_why_and_cannot_be_published(editor: Editor) -> None:
    path = editor.hand_in("壊れた.pdf", b"GIF89a not a pdf at all")
    page = editor.page(path)
    assert page.one(id="remarks").all(class_="e-bad")
    assert "プレビューへ進む" not in page.text
    assert editor.post(f"{path}/publish").status_code == 422
    assert editor.upload("空.md", b"").json()["error"].startswith("「空.md」は、中身が空")
    editor.done(f"{path}/remove")


def test_the_impact_is_told_before_publishing_and_nothing_goes_live(editor: Editor) -> None:
    live = editor.live
    path = editor.hand_in("アンケート.md", STORY)
    assert editor.done(f"{path}/compare")["error"] == ""
    told = editor.page(f"{path}/preview").one(id="impact").text
    assert "問" in told
    assert "くらべ" in told
    assert editor.live == live
    assert not editor.corpus("stories/アンケート.md").exists()
    editor.done(f"{path}/remove")


def test_documents_are_found_by_kind_department_and_state(editor: Editor) -> None:
    whole = len(editor.page("/documents").all("tr")) - 1
    rules = editor.page("/documents?kind=rule").all("tr")
    assert 0 < len(rules) - 1 < whole
    sales = editor.page("/documents?kind=story&department=営業部").all("tbody")[0].all("tr")
    assert sales
    assert all(row.one("td", data_is="部署").text == "営業部" for row in sales)
    assert "旧版" in editor.page("/documents?status=superseded").one("tbody").text
    assert "当てはまる資料はありません" in editor.page("/documents?words=ないものはない").text
    assert "2027年3月" in editor.page("/reviews").one(class_="e-months").text
