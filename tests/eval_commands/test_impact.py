"""Before and after publishing: which answers, and which verdicts of the suites, it changes."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.domain import AnswerStatus, VerdictKind
from assistant.usage.questions import AskedQuestion, QuestionLog
from tests.conftest import Finished, katsuyo
from tests.support.small_company import write_small_company
from tests.support.small_eval import write_small_eval

pytestmark = pytest.mark.slow

NOTICE = "- お知らせ文やチラシの下書き\n"
ASSEMBLY = "- 議会答弁の素案づくりは、課長の許可を得た場合に限り使ってよい\n"
FORBIDDEN = "- パスワードを入力してはならない\n"


@dataclass(frozen=True)
class Town:
    """A published company with its suites beside the corpus."""

    corpus: Path
    suites: Path
    data: Path

    def publish(self, *arguments: str) -> Finished:
        finished = katsuyo("publish", *arguments, corpus=self.corpus, data=self.data)
        assert finished.returncode == 0, finished.stdout + finished.stderr
        return finished

    def changes(self) -> Any:
        return json.loads(self.publish("--json").stdout)["impact"]

    def rewrite(self, name: str, **words: str) -> None:
        """Replace `old` by `new` in a document."""
        path = self.corpus / name
        text = path.read_text(encoding="utf-8")
        assert words["old"] in text
        path.write_text(text.replace(words["old"], words["new"]), encoding="utf-8")

    def forbid_notices(self) -> None:
        self.rewrite("rules/guide.md", old=NOTICE, new="- 会議室の予約の案内\n")
        self.rewrite("rules/guide.md", old=FORBIDDEN, new=FORBIDDEN + NOTICE)


def usage(town: Town) -> QuestionLog:
    return QuestionLog(town.data / "usage.sqlite3")


def asked(text: str) -> AskedQuestion:
    return AskedQuestion(text, "市民課", "2026-W46", AnswerStatus.ANSWERED, VerdictKind.NONE)


@pytest.fixture
def town(data: Path, tmp_path: Path) -> Town:
    town = Town(
        write_small_company(tmp_path / "corpus"),
        write_small_eval(tmp_path / "eval") / "suites",
        data,
    )
    assert "判定" not in town.publish().stdout
    return town


def test_a_clause_that_moves_to_the_bans_changes_exactly_the_questions_on_it(town: Town) -> None:
    town.forbid_notices()
    told = town.publish().stdout
    assert "変わる判定(3問を、前の版とくらべました):" in told
    assert (
        "「お知らせ文の下書きに使っていいですか」 可 → 禁止 ※\n      お知らせ文やチラシの下書き"
        in told
    )
    assert told.count("→") == 1
    assert "そのまま 2問" in told
    assert "判定" not in town.publish().stdout


def test_scripts_get_the_changed_verdicts_with_those_that_loosen_first(town: Town) -> None:
    town.forbid_notices()
    town.rewrite("rules/guide.md", old=ASSEMBLY, new="- 音声の書き起こしは、同意を得た場合に限る\n")
    new = "- 会議室の予約の案内\n"
    town.rewrite("rules/guide.md", old=new, new=f"{new}- 議会答弁の素案づくり\n")
    changes = town.changes()
    moved = [
        (one["id"], one["before"]["verdict"], one["after"]["verdict"]) for one in changes["changes"]
    ]
    assert moved == [
        ("assembly-001", "conditional", "allowed"),
        ("notice-001", "allowed", "prohibited"),
    ]
    assert changes["changes"][1]["expected"] == "allowed"
    assert changes["unchanged"] == 1


def test_a_rule_in_other_words_with_the_same_verdicts_says_so(town: Town) -> None:
    town.rewrite("rules/guide.md", old="数字と日付を元の資料", new="数字と名前を元の資料")
    told = town.publish().stdout
    assert "変わる判定はありません(3問を、前の版とくらべました)。" in told


def test_a_new_story_has_nothing_judged_again(town: Town) -> None:
    town.rewrite("stories/flyer.md", old="40分", new="35分")
    assert "判定" not in town.publish().stdout
    town.rewrite("stories/flyer.md", old="35分", new="30分")
    assert town.changes() is None


def test_a_company_without_suites_hears_nothing_of_them(town: Town) -> None:
    (town.suites / "office.yaml").unlink()
    town.suites.rmdir()
    town.forbid_notices()
    finished = town.publish()
    assert "判定" not in finished.stdout + finished.stderr


def test_a_question_that_cannot_be_read_is_told_and_the_others_are_compared(town: Town) -> None:
    (town.suites / "new.yaml").write_text("- id: a b\n  type: rule\n", encoding="utf-8")
    town.forbid_notices()
    finished = town.publish()
    assert "第2版を公開しました" in finished.stdout
    assert "可 → 禁止" in finished.stdout
    assert "読めない問いは、くらべていません" in finished.stderr
    assert "new.yaml:1行目" in finished.stderr


def test_suites_that_are_no_yaml_do_not_stop_publishing(town: Town) -> None:
    (town.suites / "office.yaml").write_text("- id: [\n", encoding="utf-8")
    town.forbid_notices()
    finished = town.publish()
    assert "第2版を公開しました" in finished.stdout
    assert "Traceback" not in finished.stderr
    assert "△ 読めない問いは、くらべていません" in finished.stderr
    assert "office.yaml" in finished.stderr


def test_a_quote_that_left_the_rule_does_not_keep_its_question_from_being_judged(
    town: Town,
) -> None:
    quote = "must_cite: [{doc: rules/guide.md, quote: お知らせ文やチラシの下書き}]"
    suite = town.suites / "office.yaml"
    text = suite.read_text(encoding="utf-8")
    suite.write_text(
        text.replace("expect: {verdict: 可}", f"expect: {{verdict: 可, {quote}}}"), encoding="utf-8"
    )
    town.rewrite("rules/guide.md", old=NOTICE, new="- 会議室の予約の案内\n")
    town.rewrite("rules/guide.md", old=FORBIDDEN, new=f"{FORBIDDEN}- お知らせ文の下書き\n")
    assert [one["id"] for one in town.changes()["changes"]] == ["notice-001"]


def test_questions_of_the_holdout_are_counted_and_never_shown(town: Town) -> None:
    suite = town.suites / "office.yaml"
    text = suite.read_text(encoding="utf-8")
    suite.write_text(
        text.replace("  group: notice\n", "  group: notice\n  split: holdout\n"), encoding="utf-8"
    )
    town.forbid_notices()
    told = town.publish().stdout
    assert "非公開の問い 1問" in told
    assert "お知らせ文" not in told


def test_a_condition_that_changes_is_told_though_the_verdict_stays(town: Town) -> None:
    town.rewrite("rules/guide.md", old="課長の許可を得た場合に限り", new="部長と相談した場合に限り")
    told = town.publish().stdout
    assert "「議会答弁の素案づくりに使ってもいい?」(税務課) 条件付き\n      いま: " in told
    assert "課長の許可" in told
    assert "部長と相談" in told


def test_a_preview_tells_which_answers_would_change_and_publishes_nothing(town: Town) -> None:
    usage(town).record(asked("広報チラシの下書きは何分になりましたか"), today=date(2026, 11, 20))
    town.forbid_notices()
    town.rewrite("stories/flyer.md", old="after: 40分", new="after: 35分")
    told = town.publish("--preview").stdout
    assert "変更 rules/guide.md" in told
    assert "(うち、最近の質問 1問)" in told
    stricter, text = told.index("■ 判定がきびしくなる"), told.index("■ 文がかわる")
    assert stricter < text
    assert "「お知らせ文の下書きに使っていいですか」 可 → 禁止 ※" in told
    assert "[最近の質問]" in told[text:]
    assert "判定の正解率 100.0% →" in told
    assert "▼悪くなる" in told
    versions = json.loads(katsuyo("versions", "--json", data=town.data).stdout)
    assert [(one["live"], one["draft"]) for one in versions] == [(False, True), (True, False)]


def test_what_was_previewed_is_published_without_embedding_again(town: Town) -> None:
    town.forbid_notices()
    first = json.loads(town.publish("--preview", "--json").stdout)
    assert first["report"]["embedded"] > 0
    report = json.loads(town.publish("--json").stdout)
    assert (report["embedded"], report["version"]["live"]) == (0, True)
    assert len(json.loads(katsuyo("versions", "--json", data=town.data).stdout)) == 2
    assert "変わった資料はありません" in town.publish("--preview").stdout


def test_a_company_without_suites_is_asked_what_its_own_documents_ask(town: Town) -> None:
    (town.suites / "office.yaml").unlink()
    town.suites.rmdir()
    town.forbid_notices()
    impact = json.loads(town.publish("--preview", "--json").stdout)
    assert impact["changes"][0]["origin"] == "documents"
    assert (impact["changes"][0]["kind"], impact["metrics"]) == ("stricter", [])
