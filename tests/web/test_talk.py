import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from assistant.domain import Answer, Question, Role, Stage
from assistant.usage.feedback import Opinion
from assistant.web.memory import Conversation
from assistant.web.talk import QUESTION_LIMIT, Asker, Talk
from tests.web.fake_answers import full_answer
from tests.web.fakes import FakeAlarms, FakeAssistant, FakeEngine, FakeLog
from tests.web.pages import parse

ME = Asker("session-1", "127.0.0.1")


class Clock:
    def __init__(self, step: float = 1.0) -> None:
        self.now = 0.0
        self.step = step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


class Page:
    """A person with the page open."""

    def __init__(self, *, log: FakeLog | None = None, engine: FakeEngine | None = None) -> None:
        self.assistant = FakeAssistant()
        self.log = log or FakeLog()
        self.alarms = FakeAlarms()
        self.clock = Clock()
        self.talk = Talk(
            self.assistant,
            engine or FakeEngine(),
            self.log,
            alarms=self.alarms,
            today=lambda: date(2026, 2, 9),
            clock=self.clock,
        )
        self.conversation = Conversation()
        self.turn = 0

    def ask(
        self, text: str, department: str = "営業部", asker: Asker = ME, **more: bool
    ) -> list[str]:
        self.turn += 1
        given = {"turn": self.turn, "text": text, "department": department, **more}
        return list(self.talk.ask(json.dumps(given), self.conversation, asker))


def test_stages_come_first_then_the_verdict_then_the_rest() -> None:
    updates = Page().ask("週報を早く書きたい")
    assert "入れてはいけない情報がないか" in updates[0]
    assert "ルールを確かめています" in updates[1]
    first_verdict = next(i for i, update in enumerate(updates) if "条件つき" in update)
    first_steps = next(i for i, update in enumerate(updates) if "やり方" in update)
    assert first_verdict < first_steps
    assert 'data-state="done"' in updates[-1]
    assert all('data-state="waiting"' in update for update in updates[:-1])


def test_fast_updates_are_merged_but_the_last_always_arrives() -> None:
    page = Page()
    page.clock.step = 0.01
    updates = page.ask("週報を早く書きたい")
    assert len(updates) <= 2
    assert 'data-state="done"' in updates[-1]


def test_follow_up_carries_the_masked_history_only() -> None:
    page = Page()
    page.ask("田中太郎様へのお礼メール")
    page.ask("月報にも使えますか?")
    history = page.assistant.asked[-1].history
    assert [turn.role for turn in history] == [Role.USER, Role.ASSISTANT]
    assert history[0].content == "〔A様〕へのお礼メール"
    assert "田中" not in "".join(turn.content for turn in history)


def test_new_conversation_forgets() -> None:
    page = Page()
    page.ask("週報を早く書きたい")
    page.talk.note("forget:0", page.conversation)
    page.ask("それは?")
    assert page.assistant.asked[-1].history == ()


def test_question_without_an_answer_is_nothing_to_refer_to() -> None:
    page = Page()
    page.ask("これは見つからない質問")
    page.ask("週報を早く書きたい")
    assert page.assistant.asked[-1].history == ()


def test_history_stays_short() -> None:
    page = Page()
    for _ in range(8):
        page.ask("週報を早く書きたい", asker=Asker(f"s{page.turn}", "127.0.0.1"))
    assert len(page.assistant.asked[-1].history) == 12


def test_unknown_department_is_none() -> None:
    page = Page()
    page.ask("週報を早く書きたい", department="<script>")
    assert page.assistant.asked[-1].department == ""


def test_alias_of_a_department_counts_as_the_department() -> None:
    page = Page()
    page.ask("週報を早く書きたい", department="営業")
    assert page.assistant.asked[-1].department == "営業部"


@pytest.mark.parametrize("text", ["", "   ", "\n\u3000"])
def test_empty_question_is_answered_with_an_example(text: str) -> None:
    page = Page()
    (update,) = page.ask(text)
    assert "聞きたいことを入力してください" in parse(update).text
    assert page.assistant.asked == []


def test_too_long_question_says_how_long_it_may_be() -> None:
    page = Page()
    (update,) = page.ask("あ" * (QUESTION_LIMIT + 1))
    assert "2,000文字まで" in parse(update).text
    assert page.assistant.asked == []


def test_eleventh_question_in_a_minute_waits_and_others_do_not() -> None:
    page = Page()
    page.clock.step = 0.001
    for _ in range(10):
        page.ask("週報を早く書きたい")
    (update,) = page.ask("週報を早く書きたい")
    assert "少しだけお待ちください" in parse(update).text
    assert len(page.ask("週報を早く書きたい", asker=Asker("session-2", "127.0.0.1"))) > 0
    assert len(page.assistant.asked) == 11
    page.clock.now += 61
    page.ask("週報を早く書きたい")
    assert len(page.assistant.asked) == 12


def test_unexpected_failure_shows_a_number_and_no_secret() -> None:
    page = Page()
    text = parse(page.ask("落ちてください")[-1]).text
    assert "相談窓口" in text
    assert "hunter2" not in text
    assert "RuntimeError" not in text


def test_known_failure_says_what_to_do() -> None:
    assert "しばらくしてから" in parse(Page().ask("モデル停止")[-1]).text


def test_nothing_published_yet_says_whom_to_ask() -> None:
    page = Page(engine=FakeEngine(published=None))
    assert "まだ資料が公開されていません" in parse(page.ask("週報")[-1]).text


@pytest.mark.parametrize(
    "message", ["", "{", "[]", '{"turn":"x"}', "null", '{"turn":1,"text":null}']
)
def test_broken_message_is_refused_politely(message: str) -> None:
    page = Page()
    (update,) = page.talk.ask(message, page.conversation, ME)
    assert "聞きたいことを入力してください" in parse(update).text
    assert page.assistant.asked == []


def test_feedback_keeps_the_masked_text_department_and_week_only() -> None:
    page = Page()
    page.ask("田中太郎様へのお礼メール")
    said = page.talk.note("helpful:1", page.conversation)
    assert "ありがとうございます" in said
    (kept,) = page.log.kept
    assert kept.opinion is Opinion.HELPFUL
    assert kept.safe_text == "〔A様〕へのお礼メール"
    assert (kept.department, kept.week) == ("営業部", "2026-W07")


def test_word_masked_by_mistake_is_reported_masked() -> None:
    page = Page()
    page.ask("田中太郎様へのお礼メール")
    said = page.talk.note("false_alarm:1:〔A様〕", page.conversation)
    assert "元の言葉は送っていません" in said
    (alarm,) = page.alarms.kept
    assert (alarm.placeholder, alarm.safe_text) == ("〔A様〕", "〔A様〕へのお礼メール")
    assert (alarm.version, alarm.week) == (7, "2026-W07")
    assert page.log.kept == []


def test_report_that_cannot_be_stored_is_admitted() -> None:
    page = Page()
    page.alarms.broken = True
    page.ask("田中太郎様へのお礼メール")
    said = page.talk.note("false_alarm:1:〔A様〕", page.conversation)
    assert "保存できませんでした" in said


def test_nothing_unmasked_is_remembered() -> None:
    page = Page()
    page.ask("田中太郎様へのお礼メール")
    assert "田中" not in repr(page.conversation)


def test_mended_question_is_asked_without_the_conversation() -> None:
    page = Page()
    page.ask("週報を早く書きたい")
    page.ask("それ、月報でもいい?", alone=True)
    assert page.assistant.asked[-1].history == ()
    page.ask("それ、日報でもいい?")
    assert [turn.content for turn in page.assistant.asked[-1].history][::2] == [
        "週報を早く書きたい",
        "それ、月報でもいい?",
    ]


@pytest.mark.parametrize(
    "message",
    [
        "",
        "helpful:99",
        "helpful:-1",
        "helpful:²",
        "drop:1",
        "x",
        "masked_too_much:1",
        "false_alarm:1:〔B様〕",
    ],
)
def test_opinion_about_nothing_is_not_kept(message: str) -> None:
    page = Page()
    page.ask("週報を早く書きたい")
    page.talk.note(message, page.conversation)
    assert page.log.kept == []
    assert page.alarms.kept == []


def test_feedback_that_cannot_be_stored_is_admitted() -> None:
    page = Page(log=FakeLog(broken=True))
    page.ask("週報を早く書きたい")
    assert "保存できませんでした" in page.talk.note("helpful:1", page.conversation)


def test_the_use_of_a_chat_model_is_counted_for_the_open_page() -> None:
    page = Page()
    page.ask("週報を早く書きたい", asker=Asker("session-9", "127.0.0.1"))
    assert page.assistant.asked[-1].asker == "session-9"


def test_the_verdict_is_shown_at_once_before_a_model_begins_to_write() -> None:
    page = Page()
    page.clock.step = 0.0
    page.assistant.stream = _slow_model  # type: ignore[method-assign]
    given = json.dumps({"turn": 1, "text": "週報を早く書きたい", "department": ""})
    updates = page.talk.ask(given, page.conversation, ME)
    shown = [next(updates), next(updates)]
    assert "条件つき" in shown[-1]
    assert "生成AIが書いています" in shown[-1]


def _slow_model(question: Question) -> Iterator[Stage | Answer]:
    whole = full_answer(question)
    yield Stage.INSPECTING
    yield replace(whole, sections=())
    yield Stage.WRITING
    yield Stage.MODEL
    raise AssertionError("the verdict was held back until the model had written")
