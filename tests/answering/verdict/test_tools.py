"""Tools that company.yaml keeps out, as people name them."""

import pytest

from assistant.answering.verdict.tools import clause_on_unapproved, forbidden_tool
from assistant.domain import Clause, ClauseKind, Company, Desk, Kind, Passage, Source, Tool

_COMPANY = Company(
    name="海鳴運輸",
    departments=(),
    allowed_tools=(Tool("荷さばきAI", ("社内版ChatGPT",)),),
    forbidden_tools=(
        Tool("ChatGPT(個人契約)", ("チャッピー",)),
        Tool("DeepL無料版"),
        Tool("個人の生成AI"),
    ),
    desk=Desk("よろず窓口"),
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ChatGPT使っていい?", "ChatGPT(個人契約)"),
        ("chatgptに聞いたらだめ?", "ChatGPT(個人契約)"),
        ("チャッピーで調べていい?", "ChatGPT(個人契約)"),
        ("ＤｅｅｐＬで訳していい?", "DeepL無料版"),
        ("自分のアカウントのAIで写真を整理していい?", "ChatGPT(個人契約)"),
        ("個人の生成AIは?", "個人の生成AI"),
    ],
)
def test_product_of_a_tool_that_is_not_allowed_is_recognised(text, name):
    assert forbidden_tool(text, _COMPANY).name == name


@pytest.mark.parametrize(
    "text", ["社内版ChatGPTで議事録を書いていい?", "荷さばきAI使っていい?", "生成AIって何?"]
)
def test_allowed_tools_and_ai_as_such_are_not_kept_out(text):
    assert forbidden_tool(text, _COMPANY) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("自分で登録したAIに、会社の情報を入れる", True),
        ("自分のスマホのAIを仕事で使う", True),
        ("契約していないサービスを使う", True),
        ("自分で読まずにAIの文を配る", False),
    ],
)
def test_the_ban_on_tools_that_somebody_brings_along_is_known_by_many_names(text, found):
    source = Source("rules/a.md", "決まり", Kind.RULE)
    ban = Passage("r", source, 0, (), text, Clause(ClauseKind.FORBIDDEN_INPUT, "だめ"))
    assert (clause_on_unapproved([ban]) is ban) is found
