"""What kind of question it is, from general signals of Japanese."""

import re
import unicodedata

from assistant.domain import Intent

PERMISSION = re.compile(
    r"(?:て|で)(?:も|しまって|おいて)?(?:いい|良い|よい|ええ|OK|ok|おk|大丈夫"
    r"|だいじょうぶ|構わ|かまわ|かまへん|問題(?:ない|あり|は)|平気|よろしい|よかった"
    r"|差し支え|セーフ)"
    r"|(?:ても|でも)(?:いい|良い|よい|ええ|構|かま|よろし)"
    r"|ちゃって(?:いい|も|大丈夫)|(?:ては|ちゃ|じゃ|たら|と)(?:だめ|ダメ|駄目"
    r"|いけ(?:ない|ません)|あかん|まず(?:い|く)|NG|ならない)"
    r"|禁止|違反|許(?:され|可)|(?:は|って|も)(?:NG|OK|アウト|セーフ|だめ|ダメ|駄目"
    r"|あり|アリ)(?:です|なの|かな|\?|$|か)"
    r"|使え(?:る|ます|ない)(?:の|ん|でしょう)?(?:です)?か?な?\?|使え(?:ます|るの)か"
    r"|使って(?:よ|い)い"
    r"|(?:入れ|貼|渡|載|送|読ま|見)(?:られ|れ|せ)(?:る|ます)(?:の|か|\?|かな)|(?:入力"
    r"|アップロード|コピペ|利用|使用)(?:可|OK|でき(?:る|ます)(?:か|の|\?))"
    r"|大丈夫(?:です|でしょう|かな|か|\?|$)|問題(?:ない|あり(?:ます|ません))(?:です"
    r"|か|\?)|いいん(?:です|か)|いいの\?|いけます(?:か|\?)|(?:ルール|規則)(?:的|上)に?"
    r"|\b(?:can|may) i\b|\b(?:is it|am i) (?:ok|okay|allowed|permitted|safe)\b|allowed to"
)
TEMPLATE = re.compile(
    r"テンプレ|雛[形型]|ひな[形型がたた]|文例|例文|定型文|書式|フォーマット"
    r"|(?:プロンプト|指示文)(?:が|を|の|は|って)?(?:例|見本|サンプル)?(?:$|\?|欲し"
    r"|ほし|ください|くれ|頂戴|ちょうだい|ある|あり|見せ|教え|ない)|コピペで"
    r"|\btemplate\b|\bprompts?\b"
)
_STORY = re.compile(
    r"どの部署|事例|実例|成功例|活用例|体験談|実績|(?:やって|使って|して|試し|した|やった"
    r"|使った)(?:い?る|た)?(?:人|方|部署|社員|ところ)(?:って|は|が|も)?(?:い|お|あ|ど"
    r"|誰|\?|教)"
    r"|(?:どう|何に|なにに|どんなふうに|どのように)使って(?:い|る|ます|はる)"
    r"|他(?:の)?部(?:署|門)(?:は|で|の|だと)|みんなは?(?:どう|何)|どのくらい(?:短く"
    r"|減|楽)|\bexamples?\b|case stud"
)
_DESK = re.compile(
    r"(?:相談|問い?合わせ|連絡)(?:先|窓口|したい|できる|する(?:には|とこ)|って"
    r"|は(?:どこ|誰)|$|\?)|窓口|(?:誰|だれ|どこ)に(?:聞|相談|連絡|問い?合わせ|言え"
    r"|報告|頼)|聞ける人|担当(?:者|部署)?は(?:誰|どこ)|(?:入れて|入力して|送って"
    r"|貼って|貼り付けて|見せて|渡して)(?:しま(?:った|いま|いそう)|しもた|もうた)"
    r"|(?:入れ|入力し|送っ|貼っ|貼り付け|見せ|渡し)(?:ちゃ(?:った|いま)|ちまった|てもうた)"
    r"|\bcontact\b|help desk"
)
_HOW = re.compile(
    r"どう(?:すれば|したら|やって|やれば|やったら|にか|作|書|頼|使え)|どのように"
    r"|やり方|方法|手順|コツ|始め方|使い方|書き方|作り方|進め方|頼み方|どないし"
    r"|どげん|を[^、。?]{1,10}(?:って|て|いで|んで)(?:よ|ね|な)?[。!]?$|"
    r"(?:し|し?て|き|み|り|い|べ|ち|け|め|え|れ|せ|げ)たい|(?:て|で)(?:ほしい|欲しい"
    r"|ください|くれ|もらえ)|早く|はやく|楽に|減らし|短く|効率|しんどい|面倒|めんどう"
    r"|めんどくさい|大変|つらい|辛い|困って|できないかな|できへん|\bhow (?:to|do"
    r"|can)\b"
)
_FACT = re.compile(
    r"(?:名前|住所|連絡先|場所)は(?:\?|$|何|なん)|(?<![思追])いつ(?!も|の間)|何[時日月年曜]|どこ|誰|だれ"
    r"|いくら|無料(?:です|なの|か|\?|$)|有料(?:です|なの|か|\?|$)|タダ(?:です|なの|か|\?|$)"
    r"|(?:名前|氏名|住所|連絡先|電話番号|番号|日程|場所)(?:を|って)?(?:教え|知り|おしえ)"
    r"|(?:料金|費用|値段|価格|期限|締め?切り"
    r"|回数|上限|人数|電話番号|内線)(?:は|って|を)|何(?:円|人|名|件|個|回|分|時間|%"
    r"|パーセント|文字|割|社)|どれ(?:くらい|ぐらい)|どの(?:くらい|ぐらい|部署|ツール"
    r"|AI)|(?:とは|って)(?:何|なん|なに|\?|$)|とは(?:$|\?)|何です|なんです|なぜ(?!なぜ)"
    r"|どうして|違い|どっち|どちら|ありますか|あるの|ある\?|\b(?:what|when|where|who"
    r"|which|why|how (?:much|many|long))\b"
)
_SMALL_TALK = re.compile(
    r"^(?:こんにち[はわ]|こんばん[はわ]|おはよう(?:ございます)?|はじめまして"
    r"|初めまして|やあ|ハロー|もしもし|お疲れ(?:様|さま)?(?:です|でした)?"
    r"|ありがと(?:う|さん)?(?:ございま(?:す|した))?|どうも|助かりました|助かった"
    r"|了解(?:です|しました)?|わかりました|分かりました|なるほど|すごい|さようなら"
    r"|また(?:ね|あした)|よろしく(?:お願いします)?|元気(?:です)?か?|あなたは(?:誰"
    r"|だれ|何)(?:です)?か?|(?:君|きみ|あなた)の名前は?|hello|hi|hey|thanks?(?: you)?"
    r"|good morning)[!。、ー~\s?♪☆w笑]*$",
    re.IGNORECASE,
)


_PLAIN_PERMISSION = re.compile(
    r"(?:て|で)も?(?:いい|良い|よい|ええ|OK|大丈夫|構|かま)|禁止|違反|だめ|ダメ|駄目|NG"
)
_ASKS_WHICH = re.compile(
    r"誰が|だれが|どこ(?:で|から)|(?<![思追])いつ|何[がでをに]|何(?:時|日|月|年|曜|分|回|文字|枚|件|人|名|円|台|個)"
    r"|いくら(?!で)|どのくらい|どれくらい|なに[がでに]|どの|どれ|どんな|いくつ"
)


HAPPENED = re.compile(
    r"(?:て|で)しま(?:った|いま)|(?:て|で)(?:しもた|もうた)|ち?ゃ(?:った|いま(?!す))|ちまった"
)
"""What has happened already: «入れてしまった», «送っちゃった»."""


def intent_of(text: str) -> Intent:
    """Return the kind of question; the first signal in this order decides."""
    question = unicodedata.normalize("NFKC", text).strip()
    if _SMALL_TALK.match(question):
        return Intent.SMALL_TALK
    if _DESK.search(question):
        return Intent.DESK
    for pattern, intent in (
        (TEMPLATE, Intent.TEMPLATE),
        (_STORY, Intent.STORY),
        (PERMISSION, Intent.PERMISSION),
        (_HOW, Intent.HOW_TO),
        (_FACT, Intent.FACT),
    ):
        if pattern.search(question):
            return Intent.FACT if intent is Intent.PERMISSION and _is_which(question) else intent
    return Intent.HOW_TO


def asks_permission(text: str) -> bool:
    """Tell whether a question asks 使ってよいか, whatever else it asks."""
    question = unicodedata.normalize("NFKC", text)
    return bool(PERMISSION.search(question)) and not _is_which(question)


def _is_which(question: str) -> bool:
    """«誰が使えますか» asks for a fact, «使えますか» for permission."""
    return bool(_ASKS_WHICH.search(question)) and not _PLAIN_PERMISSION.search(question)
