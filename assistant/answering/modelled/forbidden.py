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
    r"|禁止(?:では|じゃ|され(?:てい)?)(?:な|ありま|ませ)|制限(?:は|が)?(?:な|あり)|自由に|判定"
    r"|(?:承認|確認|伏せ字|許可|相談|匿名化|マスク)(?:は|が|も|など)?(?:不要|いりません|要りません|必要(?:は)?(?:な|あり))"
    r"|大丈夫です|問題ありません",
    re.IGNORECASE,
)
_PERMITS_INPUT = re.compile(
    rf"{_GIVE}[^。]{{0,12}}(?:{_FINE}|られます|でき(?:ます|る)|許可)|そのまま{_GIVE}", re.IGNORECASE
)
_COMMANDS = re.compile(
    r"(?:以前|上記|前述|これまで|今まで|すべて|全て|前)の?(?:の)?(?:指示|命令|制約|設定)|指示(?:を|に)?(?:無視|上書き|従)"
    r"|無視(?:して|せよ|しろ)|システム(?:プロンプト|メッセージ|の指示)|プロンプトを(?:表示|出力|開示|教え)"
    r"|開発者モード|管理者モード|ignore\s+(?:all|any|previous|the)|system\s*prompt|you\s+are\s+now"
    r"|あなたは(?:今|これ)から|と(?:答え|回答|表示|出力)(?:て|し|せよ|なさい|すること|ること)",
    re.IGNORECASE,
)
_SECRETS = re.compile(
    r"(?:パスワード|暗証番号|api\s*キー|認証情報|認証コード|マイナンバー|カード番号|口座番号|社員番号"
    r"|ログイン情報)[^。]{0,16}(?:入力|送|教え|知らせ|伝え|貼|書い|書き|返信|提出|登録|入れ|共有)",
    re.IGNORECASE,
)
_NOT = re.compile(r"ない|ません|禁止|ず(?:に|、|$)|避け|控え")


def permits(text: str) -> bool:
    """Tell whether a sentence says that something may be done."""
    return bool(_PERMITS.search(text) or _PERMITS_INPUT.search(text))


def permits_input(text: str) -> bool:
    """Tell whether it says that something may be given to an AI."""
    return bool(_PERMITS_INPUT.search(text))


def commands(text: str) -> bool:
    """Tell whether a sentence commands a machine, or asks a person for what is secret."""
    if _COMMANDS.search(text):
        return True
    return bool(_SECRETS.search(text)) and not _NOT.search(text)
