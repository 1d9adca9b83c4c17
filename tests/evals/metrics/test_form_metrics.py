"""Whether a readable answer came: errors, cut ends, length, language, waiting."""

import pytest

from assistant.evals.metrics.conciseness import PROSE_LIMIT, TOTAL_LIMIT
from assistant.evals.metrics.latency import UNANSWERED_MS
from assistant.evals.prediction import Outcome, PredictedLine, PredictedSection, Prediction
from tests.evals.metrics.library import CRASH, LETTER, answer, case, cited, score, scores, template

LINES = PredictedSection("direct", "答え", lines=(PredictedLine("要点[1]を先に書く", (1,)),))


@pytest.mark.parametrize(
    "told",
    [
        CRASH,
        Prediction("case-1", outcome=Outcome.TIMEOUT),
        answer(""),
        answer(" \n---\n。"),
        answer("督促状を早く書きたい"),
        answer("「督促状を 早く書きたい」。"),
        answer("督促状を〔A〕", safe_text="督促状を〔A〕"),
    ],
)
def test_what_is_no_answer_is_an_error(told: Prediction) -> None:
    found = score("error_rate", case(), told)
    assert found.value == 1
    assert found.why


def test_a_short_answer_and_one_that_repeats_the_question_are_no_errors() -> None:
    assert score("error_rate", case(), answer("はい。")).value == 0
    assert score("error_rate", case(), answer("督促状を早く書きたいなら、要点から。")).value == 0


def test_an_answer_that_shows_all_its_sections_is_complete() -> None:
    told = answer(
        "### 答え\n\n要点\\[1\\]を先に書く [1]\n\n```text\n" + LETTER + "\n```\n\n督促状 ひな形\n\n"
        "### 出典\n\n- [1] 手引き「要点を先に書く」",
        sections=(LINES, template(LETTER)), citations=cited("guide.md"),
    )  # fmt: skip
    assert score("completeness", case(), told) == score("completeness", case(), answer())
    assert score("completeness", case(), told).value == 1


@pytest.mark.parametrize(
    "told",
    [
        answer(""),
        answer("使えます。\n\n```text\nあなたは司書です。"),
        answer("要点を先に書き、そのあとで"),
        answer("1. 要点を書く\n2. 「要点は", sections=(PredictedSection("steps"),)),
        answer("要点を書きます [1]。"),
        answer("### 答え", sections=(LINES,), citations=cited("guide.md")),
        answer("### 答え\n\n要点\\[1\\]を先に書く", sections=(LINES,), citations=cited("guide.md")),
        answer("甲 [1]。乙 [2]。\n\n- [1] 手引き「要点」", citations=cited("guide.md", "kids.md")),
        CRASH,
    ],
    ids=["empty", "fence", "sentence", "bracket", "mark", "section", "no mark", "list", "crash"],
)
def test_an_answer_that_is_cut_off_is_not_complete(told: Prediction) -> None:
    found = score("completeness", case(), told)
    assert found.value == 0
    assert found.why


@pytest.mark.parametrize("end", ["です。", "ですか?", "- 要点", "「要点」", "1. 要点 [1]"])
def test_whole_ends_of_systems_without_sections_are_complete(end: str) -> None:
    told = answer(f"要点を書きます。\n\n{end}", citations=cited("guide.md"))
    assert score("completeness", case(), told).value == 1


def test_a_whole_context_is_not_concise() -> None:
    assert score("conciseness", case(), answer("長" * (PROSE_LIMIT + 1))).value == 0
    assert score("conciseness", case(), answer("長" * PROSE_LIMIT)).value == 1
    assert score("conciseness", case(), CRASH).value == 0


def test_a_long_template_is_concise_until_the_whole_is_too_long() -> None:
    assert score("conciseness", case(), answer("```\n" + "型" * 2_000 + "\n```")).value == 1
    assert score("conciseness", case(), answer("```\n" + "型" * TOTAL_LIMIT + "\n```")).value == 0


@pytest.mark.parametrize(
    "text",
    [
        "You can use it. Check the rule first. [1]\n\n- [1] 手引き「要点を先に書く」のとおり",
        "可以使用。请先确认规则。",
        "",
        "```\nあなたは司書です\n```",
    ],
)
def test_a_japanese_question_wants_japanese_prose(text: str) -> None:
    assert score("language_match", case(), answer(text)).value == 0


def test_names_of_tools_do_not_make_an_answer_foreign() -> None:
    told = answer(
        "Microsoft 365 Copilot で下書きします。英文は下のとおりです。\n```\nDear Sir\n```"
    )
    assert score("language_match", case(), told).value == 1
    assert score("language_match", case(), CRASH).value == 0
    assert not scores("language_match", case("How can I write faster?"), answer("Sure."))


def test_latency_is_the_measured_time_else_the_told_one() -> None:
    both = answer(latency_ms=30.0, timings_ms={"total": 20.0})
    assert score("latency_p50", case(), both).value == 30
    assert score("latency_p95", case(), answer(timings_ms={"total": 20.0})).value == 20
    assert not scores("latency_p95", case(), answer())


def test_a_fast_crash_is_slower_than_any_answer() -> None:
    fast = Prediction("case-1", outcome=Outcome.CRASH, latency_ms=1.0)
    assert score("latency_p95", case(), fast).value == UNANSWERED_MS
