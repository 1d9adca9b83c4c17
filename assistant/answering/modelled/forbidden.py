"""What a model never says by itself, though a document may: permissions, commands, secrets."""

import re

_GIVE = r"(?:入れ|入力|貼|渡|送|見せ|読ませ|読み込ま|アップロード|アップし|共有|載せ|登録)"
_FINE = (
    r"(?:いい|良い|よい|ええ|OK|大丈夫|だいじょうぶ|問題(?:は|も)?(?:あり|ござい|な)|かまい|構い|かまわ|構わ"
    r"|可能|差し支え|許(?:可|さ)|平気)"
)
_PERMITS = re.compile(
    rf"(?:て|で)も?{_FINE}|(?:の|こと|利用|使用|入力|共有)[はがも]{_FINE}|許可(?:され|し|を得ず|なし|不要)"
    r"|(?:(?<!」が)(?<!」を)(?<!」は)(?<!」も)使え|入れられ|入力でき|利用でき|使用でき|貼れ|渡せ|送れ)(?:ます|る)"
    r"|大丈夫です|問題ありません",
    re.IGNORECASE,
)
_LIFTS = re.compile(
    rf"{_GIVE}[^。]{{0,12}}(?:{_FINE}|られます|でき(?:ます|る)|許可)|そのまま{_GIVE}"
    r"|禁止(?:では|じゃ|され(?:てい)?)(?:な|ありま|ませ)|制限(?:は|が)?(?:な|ありま)|自由に"
    r"|(?:承認|確認|伏せ字|許可|相談|匿名化|マスク)(?:は|が|も|など)?"
    r"(?:不要|いりません|要りません|必要(?:は|が)?(?:な|ありま))",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    r"(?:以前|上記|前述|これまで|今まで|すべて|全て|前)の?(?:の)?(?:指示|命令|制約|設定)"
    r"|(?:指示|命令|ルール)(?:を|に)?(?:無視|上書き)|システム(?:プロンプト|メッセージ|の指示)"
    r"|プロンプトを(?:表示|出力|開示|教え)|開発者モード|管理者モード|AIへの?(?:命令|指示)"
    r"|次の(?:文|言葉|内容)を?(?:そのまま|必ず)[^。]{0,6}(?:書|答|出力|表示)"
    r"|ignore\s+(?:all|any|previous|the)|system\s*prompt|you\s+are\s+now",
    re.IGNORECASE,
)
"""What takes an AI over, whoever it is written for."""
_COMMANDS = re.compile(
    r"無視(?:して|せよ|しろ)|(?:命令|指示)\s*[::]|あなたは(?:今|これ)から"
    r"|と(?:答え|回答|表示|出力)(?:て|し|せよ|なさい|すること|ること)"
)
_SECRETS = re.compile(
    r"(?:パスワード|暗証番号|api\s*キー|認証情報|認証コード|マイナンバー|カード番号|口座番号|社員番号"
    r"|ログイン情報)[^。]{0,16}(?:入力|送|教え|知らせ|伝え|貼|書い|書き|返信|提出|登録|入れ|共有)",
    re.IGNORECASE,
)
_VERDICTS = re.compile(r"判定|[✓✕△]")
_NOT = re.compile(r"ない|ません|禁止|ず(?:に|、|$)|避け|控え")


def permits(text: str) -> bool:
    """Tell whether a sentence says that something may be done."""
    return bool(_PERMITS.search(text) or _LIFTS.search(text))


def lifts(text: str) -> bool:
    """Tell whether it says that something may be given to an AI, or that a rule does not hold."""
    return bool(_LIFTS.search(text))


def judges(text: str) -> bool:
    """Tell whether it gives a verdict, which the rule engine alone does."""
    return bool(_VERDICTS.search(text))


def takes_over(text: str) -> bool:
    """Tell whether a document gives orders to an AI that are not its reader's own prompt."""
    return bool(_ORDERS.search(text))


def commands(text: str) -> bool:
    """Tell whether a sentence commands a machine, or asks a person for what is secret."""
    if _COMMANDS.search(text) or takes_over(text):
        return True
    return bool(_SECRETS.search(text)) and not _NOT.search(text)
