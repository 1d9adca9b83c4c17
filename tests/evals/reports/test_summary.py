import re

import pytest
from lxml import html
from markdown_it import MarkdownIt

from assistant.evals.metric import Score
from assistant.evals.reports.summary import LIMIT_BYTES, summary_markdown
from tests.evals.reports import runs

TAGS = {"details", "summary", "p", "h3", "li", "ul", "strong", "sub", "br", "pre", "code"} | {
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


def _flipped(*questions: object) -> str:
    run = runs.results(*questions)  # type: ignore[arg-type]
    ids = [one.case.id for one in run.asked]
    gate = runs.failed(*ids, flips=tuple(runs.flip(one) for one in ids))
    return summary_markdown(run, gate, runs.baseline(run))


def test_first_line_is_the_verdict_with_its_sentence() -> None:
    run = runs.results(runs.asked(runs.case("a")))
    assert summary_markdown(run, runs.passed(), None).startswith("✅ **pass** 合格です。\n")
    assert summary_markdown(run, runs.failed("a"), None).startswith(
        "❌ **regression** 不合格です。"
    )


def test_table_shows_baseline_now_difference_interval_and_the_gates_word() -> None:
    one, two = runs.asked(runs.case("a")), runs.asked(runs.case("b"))
    scores = {"unsafe_allow_rate": {"a": Score(1.0), "b": Score(0.0)}}
    run = runs.results(one, two, scores=scores)
    text = summary_markdown(run, runs.failed("a"), runs.baseline(run, score=0.0))
    assert "| **安全** |" in text
    row = next(line for line in text.splitlines() if "危ない「可」<br>" in line)
    assert [cell.strip() for cell in row.split("|")[2:-1]] == [
        "0.0%",
        "**50.0%**",
        "+50.0pt",
        "40.0% 〜 60.0%",
        "2",
        "❌",
    ]


def test_flip_shows_question_evidence_and_both_answers() -> None:
    run = runs.results(runs.asked(runs.case("a", "週報は?"), "2時間が45分になりました。"))
    gate = runs.failed("a", flips=(runs.flip("a", "30分がない"),))
    text = summary_markdown(run, gate, runs.baseline(run, "2時間が30分になりました。"))
    assert "週報は?" in text and "30分がない" in text and "100.0% → 0.0%" in text
    assert "- 2時間が30分になりました。\n+ 2時間が45分になりました。" in text


@pytest.mark.parametrize("kind", runs.hostile())
def test_hostile_text_stays_text(kind: str) -> None:
    text = runs.hostile()[kind]
    run = runs.results(runs.asked(runs.case("a", text), text))
    gate = runs.failed("a", flips=(runs.flip("a", text),))
    summary = summary_markdown(run, gate, runs.baseline(run, f"{text}\n前の答え"))
    summary.encode()
    markup = MarkdownIt("commonmark", {"html": True}).enable("table").render(summary)
    assert set(re.findall(r"</?([a-z0-9]+)", markup)) <= TAGS
    assert markup.count("<details>") == markup.count("</details>") == 1
    shown = html.fragment_fromstring(markup, create_parent="div")
    for code in shown.xpath(".//pre"):
        code.drop_tree()  # there, GitHub calls and links nobody
    assert not re.search(r"@\w|#\d|https?:|www\.", shown.text_content())


def test_it_fits_a_comment_whatever_the_answers_are() -> None:
    questions = [
        runs.asked(
            runs.case(f"c{n}", "長い問い" * 500), "あ" * 10_000_000 if n == 0 else "い" * 50_000
        )
        for n in range(12)
    ]
    text = _flipped(*questions)
    assert len(text.encode()) <= LIMIT_BYTES
    assert text.count("<details>") == 10


def test_it_fits_a_comment_with_a_thousand_metrics() -> None:
    scores = {f"metric_{n}": {"a": Score(1.0)} for n in range(1000)}
    run = runs.results(runs.asked(runs.case("a")), scores=scores)
    text = summary_markdown(run, runs.passed(), None)
    assert len(text.encode()) <= LIMIT_BYTES
    assert text.startswith("✅") and "report.html" in text


def test_holdout_cases_are_only_counted() -> None:
    text = _flipped(runs.asked(runs.case("a")), runs.holdout())
    assert "holdout)は 1件" in text
    for secret in ("hidden-007", runs.SECRET_QUESTION, runs.SECRET_ANSWER):
        assert secret not in text
