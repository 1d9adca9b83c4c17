"""A ban says what to do instead, where a document says it."""

from assistant.answering.citations import CitationList
from assistant.answering.compose.instead import instead
from assistant.answering.japanese.words import Word
from assistant.domain import (
    Clause,
    ClauseKind,
    Company,
    Evidence,
    FaqPair,
    Hit,
    Kind,
    Passage,
    Query,
    Source,
    Template,
    Tool,
    Verdict,
    VerdictKind,
)

_NAME = Word("氏名", frozenset(), "氏名")
_BAN = Passage(
    "ban",
    Source("rules/r.md", "ルール", Kind.RULE),
    0,
    ("入力禁止",),
    "患者の氏名、住所、電話番号",
    Clause(ClauseKind.FORBIDDEN_INPUT, "入力禁止"),
)
_NO = Verdict(VerdictKind.PROHIBITED, "", (_BAN,))


def _passage(name, kind, text, content):
    return Passage(name, Source(f"{name}.md", name, kind), 0, (), text, content)


def _told(*passages, company=None, text="患者の氏名を入れていい?", rules=()):
    faqs = tuple(Hit(one, 1.0) for one in passages if one.source.kind is Kind.FAQ)
    templates = tuple(Hit(one, 1.0) for one in passages if one.source.kind is Kind.TEMPLATE)
    section = instead(
        Query(text),
        (_NAME,),
        verdict=_NO,
        evidence=Evidence(faqs=faqs, templates=templates),
        company=company or Company("ひかり病院", ()),
        rules=rules,
        citations=CitationList(),
    )
    return [line.text for line in section.lines] if section else []


def test_ban_tells_how_the_documents_say_to_mask_it():
    text = "【用件】\n患者の氏名は「A様」に置きかえます。"
    assert _told(_passage("t", Kind.TEMPLATE, text, Template("【用件】"))) == [
        "患者の氏名は「A様」に置きかえます。"
    ]


def test_answer_of_an_faq_on_it_tells_the_way_out():
    told = "番号だけを渡し、あとで手で入れてください。"
    pair = FaqPair("氏名は?", f"いいえ。{told}")
    text = f"{pair.question}\n{pair.answer}"
    assert _told(_passage("f", Kind.FAQ, text, pair)) == [
        "番号だけを渡し、あとで手で入れてください。"
    ]


def test_nothing_is_told_where_no_document_names_a_way():
    pair = FaqPair("氏名は?", "氏名は入れてはいけません。")
    assert _told(_passage("f", Kind.FAQ, f"{pair.question}\n{pair.answer}", pair)) == []
    other = _passage(
        "t", Kind.TEMPLATE, "【用件】\n日付は空欄に置きかえます。", Template("【用件】")
    )
    assert _told(other) == []


def test_tool_that_is_kept_out_leads_to_the_ones_that_may_be_used():
    company = Company(
        "ひかり病院",
        (),
        allowed_tools=(Tool("ひかりAI"),),
        forbidden_tools=(Tool("ChatGPT(個人契約)"),),
    )
    rule = _passage("r", Kind.RULE, "使えるのは「ひかりAI」です。迷ったら窓口へ。", FaqPair("", ""))
    told = _told(company=company, text="ChatGPTに入れていい?", rules=(rule,))
    assert told == ["使えるのは「ひかりAI」です。"]
