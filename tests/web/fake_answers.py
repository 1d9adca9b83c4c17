"""Answers of every kind, as the answering room would give them."""

import re
from datetime import date, timedelta

from assistant.domain import (
    Answer,
    AnswerSection,
    AnswerStatus,
    Category,
    Citation,
    Finding,
    Line,
    Measure,
    Nearness,
    Passage,
    Query,
    Question,
    Slot,
    StoryCard,
    TemplateCard,
    Verdict,
    VerdictKind,
)
from tests.web.fake_company import (
    BODY,
    CHECK,
    CONDITIONAL,
    COPIED,
    FORBIDDEN,
    MANUAL,
    RULE,
    STEPS,
    TABLE,
    TOLD,
)

OWN_STORY = StoryCard(
    "週報を2時間から30分に",
    "営業部",
    Nearness.OWN,
    "佐藤",
    date(2026, 5, 12),
    "週報",
    "社内AIチャット",
    Measure("2時間", timedelta(hours=2)),
    Measure("30分", timedelta(minutes=30)),
    "浮いた時間で、お客様への電話が週に5本増えました。",
    3,
)
NEIGHBOUR_STORY = StoryCard(
    "月報の下書きを任せる",
    "営業企画部",
    Nearness.NEIGHBOUR,
    "田村",
    date(2026, 3, 2),
    "月報",
    "",
    Measure("半日"),
    Measure("40分", timedelta(minutes=40)),
    "数字は必ず元の表と見比べています。",
    3,
)
CARD = TemplateCard(
    "週報の下書き",
    BODY,
    ("今週のメモ", "○月○日〜○月○日"),
    "貼る前に、お客様と社員のお名前を「A社様」「担当者B」に置き換えてください。",
    4,
)
CHECKS = (Line(CHECK.text, (5,)), Line("自分の言葉になっているか、声に出して読む。", (5,)))


def full_answer(question: Question) -> Answer:
    """Return an answer with every slot; names in the question become findings."""
    findings, safe = inspect(question.text)
    verdict = Verdict(
        VerdictKind.CONDITIONAL,
        "社内文書の下書きとして使えます。社外に出す前に上長が確かめてください。",
        (CONDITIONAL,),
    )
    sections = (
        AnswerSection(Slot.STEPS, "やり方", tuple(Line(t, (2,)) for t in STEPS.text.split("\n"))),
        AnswerSection(Slot.STORIES, "近くの事例", stories=(OWN_STORY, NEIGHBOUR_STORY)),
        AnswerSection(Slot.TEMPLATE, "そのまま使えるテンプレート", template=CARD),
        AnswerSection(Slot.FINAL_CHECK, "出す前の確認", CHECKS),
    )
    citations = (
        cite(1, CONDITIONAL, CONDITIONAL.text),
        cite(2, STEPS, "固有名詞を「A社様」などに置き換えます。"),
        cite(3, TOLD, "30分で終わるようになりました。"),
        cite(4, COPIED, BODY[:20]),
        cite(5, CHECK, CHECK.text),
    )
    if findings:
        quote = "お客様や社員のお名前・連絡先は入力しないでください。"
        citations = (*citations, cite(6, FORBIDDEN, quote))
    return Answer(
        AnswerStatus.ANSWERED,
        verdict,
        sections,
        citations,
        safe,
        Query(safe, question.department),
        findings=findings,
        suggestions=("月報にも使えますか?", "会社で使えるツールはどれですか?"),
        version=7,
    )


def fact(question: Question) -> Answer:
    """A short answer without verdict."""
    return Answer(
        AnswerStatus.ANSWERED,
        Verdict(VerdictKind.NONE),
        (
            AnswerSection(
                Slot.DIRECT, "答え", (Line("社内AIチャットと議事録くんの2つです。", (1,)),)
            ),
        ),
        (cite(1, TABLE, "社内AIチャット"),),
        question.text,
        Query(question.text, question.department),
        notice="資料の準備中のため、言葉が同じ資料から探しました。",
    )


def nothing_found(question: Question) -> Answer:
    """Abstained, with what comes closest."""
    return Answer(
        AnswerStatus.NO_EVIDENCE,
        Verdict(VerdictKind.ASK_DESK),
        (
            AnswerSection(
                Slot.NEARBY, "近い資料", (Line(MANUAL.title, (1,)), Line(RULE.title, (2,)))
            ),
        ),
        (cite(1, TABLE, "私用のアカウントは使えません。"), cite(2, CONDITIONAL, CONDITIONAL.text)),
        question.text,
        Query(question.text, question.department),
        suggestions=("会社で使えるツールはどれですか?",),
    )


def inspect(text: str) -> tuple[tuple[Finding, ...], str]:
    """Find 「…様」 names."""
    found = tuple(
        Finding(Category.PERSON, m.group(), m.start(), m.end(), "〔A様〕", FORBIDDEN)
        for m in re.finditer(r"(田中太郎様|佐々木様)", text)
    )
    safe = text
    for finding in reversed(found):
        safe = safe[: finding.start] + finding.placeholder + safe[finding.end :]
    return found, safe


def cite(n: int, passage: Passage, quote: str) -> Citation:
    start = passage.text.index(quote)
    return Citation(n, passage, quote, start, start + len(quote))
