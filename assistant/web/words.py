"""The fixed words of the page, in one place so that their tone stays one."""

from assistant.domain import Nearness, Stage, Status, VerdictKind

PRODUCT = "活用ナビ"
PLACEHOLDER = "例: 議事録を早くまとめたい / お客様の名前は入れていい?"
PROMISE = "送る前に、入れてはいけない情報がないか確かめます。お名前は記録しません。"
GREETING = "今日の仕事、AIでどこまで楽になりますか?"

VERDICTS = {
    VerdictKind.ALLOWED: ("✓", "使えます"),
    VerdictKind.CONDITIONAL: ("△", "条件つきで使えます"),
    VerdictKind.PROHIBITED: ("✕", "入れないでください"),
    VerdictKind.ASK_DESK: ("？", "窓口に確認してください"),
}
"""Sign and word: never colour alone."""

STAGES = {
    Stage.INSPECTING: "入れてはいけない情報がないか確かめています…",
    Stage.RULES: "ルールを確かめています…",
    Stage.STORIES: "近くの事例を探しています…",
    Stage.WRITING: "答えをまとめています…",
    Stage.MODEL: "資料をもとに、生成AIが書いています…",
}

NEARNESS = {
    Nearness.OWN: "あなたの部署",
    Nearness.NEIGHBOUR: "となりの部署",
    Nearness.OTHER: "ほかの部署",
}

STATUS = {
    Status.DRAFT: "この文書は下書きです。まだ会社の決まりではありません。",
    Status.SUPERSEDED: "この文書は古い版です。今は別の文書が使われています。",
    Status.RETRACTED: "この文書は取り下げられました。内容を使わないでください。",
}

EMPTY = "聞きたいことを入力してください。「週報を早く書きたい」のような短い文で大丈夫です。"
TOO_LONG = (
    "文が長すぎます({count:,}文字)。{limit:,}文字までにしてください。"
    "資料の本文は貼らずに、したいことだけを書くと早く見つかります。"
)
TOO_MANY = "質問が続いたので、少しだけお待ちください。{seconds}秒ほどで、また聞けます。"
NOT_PUBLISHED = "まだ資料が公開されていません。DX担当の方に「資料の公開」を頼んでください。"
FAILED = (
    "申しわけありません。答えを作れませんでした。もう一度聞いても同じなら、"
    "番号 {error_id} を相談窓口に伝えてください。"
)
NOTED = "ありがとうございます。お名前は記録せず、よりよい答えづくりに使います。"
NOTED_ALARM = (
    "ありがとうございます。「{placeholder}」の伏せ字を担当が見直します。元の言葉は送っていません。"
)
NOT_NOTED = "ご意見を保存できませんでした。時間をおいて、もう一度押してください。"
WRITTEN_BY_MODEL = (
    "やり方と答えの文は生成AIが書き、1文ずつ資料と照らし合わせました。判定・テンプレート・"
    "出す前の確認は、資料の言葉のままです。"
)
