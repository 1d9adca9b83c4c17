"""`katsuyo publish` with a new rule tells which verdicts of the suites it changes."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

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
        return json.loads(self.publish("--json").stdout)["verdict_changes"]

    def rewrite(self, name: str, **words: str) -> None:
        """Replace `old` by `new` in a document."""
        path = self.corpus / name
        text = path.read_text(encoding="utf-8")
        assert words["old"] in text
        path.write_text(text.replace(words["old"], words["new"]), encoding="utf-8")

    def forbid_notices(self) -> None:
        self.rewrite("rules/guide.md", old=NOTICE, new="- 会議室の予約の案内\n")
        self.rewrite("rules/guide.md", old=FORBIDDEN, new=FORBIDDEN + NOTICE)


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
    assert "変わる判定(eval/suites の3問を、前の版とくらべました):" in told
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
    moved = [(one["id"], one["before"], one["after"]) for one in changes["changed"]]
    assert moved == [
        ("assembly-001", "conditional", "allowed"),
        ("notice-001", "allowed", "prohibited"),
    ]
    assert changes["changed"][1]["expected"] == "allowed"
    assert changes["unchanged"] == 1


def test_a_rule_in_other_words_with_the_same_verdicts_says_so(town: Town) -> None:
    town.rewrite("rules/guide.md", old="数字と日付を元の資料", new="数字と名前を元の資料")
    told = town.publish().stdout
    assert "変わる判定はありません(eval/suites の3問を、前の版とくらべました)。" in told


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
    assert [one["id"] for one in town.changes()["changed"]] == ["notice-001"]


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
