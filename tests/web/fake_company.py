"""A small company and its documents, as the page sees them."""

from datetime import date

from assistant.domain import (
    Clause,
    ClauseKind,
    Company,
    Department,
    Desk,
    Document,
    Kind,
    Passage,
    Source,
    Status,
    Template,
)

COMPANY = Company(
    name="みなと食品株式会社",
    departments=(
        Department("営業部", aliases=("営業",), neighbours=("営業企画部",)),
        Department("営業企画部"),
        Department("品質保証部"),
    ),
    desk=Desk(
        name="AI相談窓口",
        owner="DX推進室 三浦",
        channel="社内チャット #ai-soudan",
        anonymous_form="社内ポータル › AI相談 › 名前なしで送る",
        hours="平日 9:00〜17:00",
        reply_within="1営業日",
    ),
)

RULE = Source(
    "rules/rule.md",
    "生成AI利用ルール",
    Kind.RULE,
    owner="DX推進室",
    updated=date(2026, 4, 1),
    version="2",
)
STORY = Source("stories/weekly.md", "週報を2時間から30分に", Kind.STORY, departments=("営業部",))
TEMPLATE = Source("templates/weekly.md", "週報の下書き", Kind.TEMPLATE)
MANUAL = Source("manuals/start.md", "AIアシスタントはじめの一歩", Kind.MANUAL, owner="DX推進室")
OLD_RULE = Source(
    "rules/old.md",
    "生成AI利用ルール(試行版)",
    Kind.RULE,
    status=Status.SUPERSEDED,
    status_reason="2026年4月に第2版ができました。",
)

FORBIDDEN = Passage(
    "r1", RULE, 0, ("3. 入力禁止",),
    "お客様や社員のお名前・連絡先は入力しないでください。「A社様」「担当者B」のように置き換えれば使えます。",
    Clause(ClauseKind.FORBIDDEN_INPUT, "3. 入力禁止 ①"),
)  # fmt: skip
CONDITIONAL = Passage(
    "r2", RULE, 1, ("4. 条件つきで使えるもの",),
    "社内文書の下書きは、社外に出す前に上長が確かめれば使えます。",
    Clause(ClauseKind.CONDITIONAL, "4. 条件つき ①"),
)  # fmt: skip
CHECK = Passage(
    "r3", RULE, 2, ("6. 最終チェック",),
    "数字・固有名詞・日付を、元の資料と一つずつ見比べる。",
    Clause(ClauseKind.FINAL_CHECK, "6. 最終チェック ①"),
)  # fmt: skip
STEPS = Passage(
    "m1", MANUAL, 0, ("文書を作る", "週報"),
    "1週間のメモを箇条書きで用意します。\n固有名詞を「A社様」などに置き換えます。\n"
    "テンプレートに貼り付けて、下書きを作らせます。\n自分の言葉に直し、数字を確かめて提出します。",
    page=3,
)  # fmt: skip
TABLE = Passage(
    "m2", MANUAL, 1, ("使えるツール",),
    "会社で使えるのは次のツールです。\n| ツール | できること | 申し込み |\n| --- | --- | --- |\n"
    "| 社内AIチャット | 文章の下書き、要約 | いりません |\n"
    "| 議事録くん | 録音の文字起こし | 情報システム室へ |\n"
    "私用のアカウントは使えません。",
    page=5,
)  # fmt: skip
TOLD = Passage(
    "s1", STORY, 0, (),
    "毎週金曜に2時間かかっていた週報が、30分で終わるようになりました。"
    "浮いた時間で、お客様への電話が週に5本増えました。",
)  # fmt: skip
BODY = (
    "あなたは営業担当の補佐です。次のメモから週報の下書きを作ってください。\n\n"
    "# 条件\n- 「今週の成果」「課題」「来週の予定」の3つに分ける\n- 1項目は2行まで、です・ます調\n"
    "- メモにない数字や出来事を足さない <script>alert(1)</script>\n"
    "\n# メモ\n【今週のメモ】\n\n# 対象の週\n【○月○日〜○月○日】"
)
COPIED = Passage(
    "t1", TEMPLATE, 0, (), f"週報の下書き\n{BODY}", Template(BODY, ("今週のメモ", "○月○日〜○月○日"))
)
OLD = Passage(
    "o1", OLD_RULE, 0, ("入力禁止",), "お客様のお名前は、上長の許可があれば入力できます。"
)

DOCUMENTS = (
    Document("rule1", RULE, (FORBIDDEN, CONDITIONAL, CHECK), "d1"),
    Document("story1", STORY, (TOLD,), "d2"),
    Document("template1", TEMPLATE, (COPIED,), "d3"),
    Document("manual1", MANUAL, (STEPS, TABLE), "d4"),
    Document("old1", OLD_RULE, (OLD,), "d5"),
    Document(
        "secret1",
        Source("manuals/hr.md", "人事評価の手順", Kind.MANUAL, audience=("人事部",)),
        (),
        "d6",
    ),
)
