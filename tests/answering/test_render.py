"""Markdown that cannot harm, and JSON that scorers rely on."""

import json
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from assistant.answering.render import escape, to_json, to_markdown
from assistant.domain import Question

_HOSTILE = [
    "![x](https://evil.example/p.png)",
    "[押して](https://evil.example)",
    "<img src=https://evil.example/a.png>",
    "https://evil.example/auto",
    "<https://evil.example>",
    "www.evil.example",
    "[x]: https://evil.example",
    "`code` **bold** ~~strike~~",
    "# 見出し",
    "1. 一つ\n<script>alert(1)</script>",
    "| a | b |\n| - | - |",
    "&lt;b&gt; $x$",
]


@pytest.mark.parametrize("text", _HOSTILE)
def test_text_of_a_document_is_never_live(text):
    parser = MarkdownIt("gfm-like", {"linkify": False, "html": True})
    html = parser.render(f"- {escape(text)}")
    for tag in ("<a ", "<img", "<script", "<code", "<strong", "<h1", "<table", "<ol", "<s>"):
        assert tag not in html
    assert parser.renderInline(escape(text)).count("<") == 0


def test_markdown_has_the_headings_in_order_and_markers(assistant):
    text = to_markdown(assistant.ask(Question("献立を考える時間を減らしたい", "厨房課")))
    headings = [line[4:] for line in text.split("\n") if line.startswith("### ")]
    assert headings[:6] == [
        "判定",
        "やり方",
        "近くの事例",
        "そのまま使えるテンプレート",
        "出す前の確認",
        "出典",
    ]
    assert "✓ 使えます" in text
    assert "[1]" in text


def test_template_with_a_fence_in_it_stays_whole(assistant):
    answer = assistant.ask(Question("献立のテンプレートをください", "厨房課"))
    sections = [
        replace(section, template=replace(section.template, body="```\n【人数】\n```"))
        if section.template
        else section
        for section in answer.sections
    ]
    assert "````text\n```\n【人数】\n```\n````" in to_markdown(
        replace(answer, sections=tuple(sections))
    )


def test_json_keeps_the_contract(assistant):
    answer = assistant.ask(Question("ご利用者の名前を入れてもいい?", "介護課"))
    value = json.loads(json.dumps(to_json(answer, id="q1"), ensure_ascii=False))
    assert value["id"] == "q1"
    assert (value["status"], value["verdict"], value["mode"]) == (
        "answered",
        "prohibited",
        "composed",
    )
    assert value["clause"].startswith("ご利用者・ご家族の氏名")
    assert set(value["citations"][0]) == {
        "n", "source", "title", "kind", "department", "page", "heading", "quote", "score",
        "overdue",
    }  # fmt: skip
    assert value["retrieved"][0] == "rules/kimari.md"
    assert value["passages"][0]["source"] == "rules/kimari.md"
    assert 1 < len(value["passages"]) <= 10
    assert set(value["passages"][0]) == {"source", "text"}


def test_json_of_a_finding_has_its_place_and_clause(assistant):
    value = to_json(assistant.ask(Question("岡田様のケア記録を直して")))
    finding = value["findings"][0]
    assert (finding["category"], finding["text"], finding["start"], finding["end"]) == (
        "person",
        "岡田様",
        0,
        3,
    )
    assert "氏名" in finding["clause"]
