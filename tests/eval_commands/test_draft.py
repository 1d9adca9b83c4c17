"""`katsuyo eval draft`: from the desk's question or a 👎 to a case, without a name in it."""

from pathlib import Path

import pytest

from assistant.domain import VerdictKind
from assistant.evals.reading import load_references
from assistant.evals.suites.loading import load_suite
from assistant.usage.feedback import Feedback, FeedbackLog, Opinion
from tests.eval_commands.conftest import Office

pytestmark = pytest.mark.slow

COMPLAINT = "田中様からの苦情メール(電話 090-3344-1122)への返事を書きたい"


def drafts(office: Office) -> Path:
    return office.folder / "suites" / "drafts.yaml"


def everything_in(folder: Path) -> str:
    return "".join(one.read_text("utf-8") for one in folder.rglob("*") if one.is_file())


def test_a_question_of_the_desk_becomes_a_masked_case(office: Office) -> None:
    before = everything_in(office.folder)
    finished = office.sub("draft", COMPLAINT, "--department", "市民課")
    assert finished.returncode == 0, finished.stderr
    assert "1問の下書きを足しました" in finished.stdout
    text = drafts(office).read_text("utf-8")
    for raw in ("田中", "3344"):
        assert raw not in text + finished.stdout + finished.stderr
        assert everything_in(office.folder).count(raw) == before.count(raw)
    suite = load_suite(office.folder / "suites", references=load_references(office.corpus))
    (case,) = [one for one in suite.cases if one.id.startswith("draft-")]
    assert (case.department, case.split.value) == ("市民課", "dev")
    assert "苦情メール" in case.question
    assert office.sub("check").returncode == 0


def test_a_second_draft_stands_behind_the_first(office: Office) -> None:
    office.sub("draft", "チラシを早く作りたい", "-d", "市民課")
    office.sub("draft", "庁内AIの使える時間は?")
    text = drafts(office).read_text("utf-8")
    assert text.index("-001") < text.index("チラシを早く") < text.index("-002")
    assert "must_cite" in text, "the answer of now is offered as a comment"


def test_an_unhelpful_answer_becomes_a_case_once(office: Office) -> None:
    log = FeedbackLog(office.data / "usage.sqlite3")
    for opinion, week, text in (
        (Opinion.NOT_HELPFUL, "2026-W40", "防災無線の原稿を作りたい"),
        (Opinion.HELPFUL, "2026-W41", "チラシを作りたい"),
        (Opinion.NOT_HELPFUL, "2026-W42", "〔氏名〕への督促状を直したい"),
    ):
        log.record(Feedback(opinion, text, "税務課", week, VerdictKind.NONE))
    late = office.sub("draft", "--since", "2026-W41")
    assert "1問の下書き" in late.stdout and "draft-2026-W42-001" in late.stdout
    rest = office.sub("draft")
    assert "draft-2026-W40-001" in rest.stdout and "W42" not in rest.stdout
    assert "下書きにする質問はありません" in office.sub("draft").stdout
    text = drafts(office).read_text("utf-8")
    assert "防災無線" in text and "チラシを作りたい" not in text
    assert office.sub("check").returncode == 0


def test_a_file_of_drafts_that_is_broken_is_named_and_left_alone(office: Office) -> None:
    drafts(office).write_text("- id: [oops\n", encoding="utf-8")
    finished = office.sub("draft", "チラシを早く作りたい")
    assert finished.returncode == 6
    assert "drafts.yaml" in finished.stderr
    assert drafts(office).read_text("utf-8") == "- id: [oops\n"
