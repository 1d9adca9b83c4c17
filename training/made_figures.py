# ruff: noqa: E501
"""Invented sentences with numbers: what nobody outside knows, whose number it is, what opens a door.

Beside each kind stands what looks like it and is harmless: published figures, prices on a tag, rules,
lessons, counts of what the AI shall write, numbers of things.
"""

import random
from collections.abc import Iterator

from assistant.answering.guard.spans import Span
from assistant.domain import Category
from training.naming import Marked

_MONEY = """
仕入れ値 仕入れ 原価 製造原価 材料費 外注費 人件費 卸値 卸 仕切り 仕切値 納入価格 下代 単価
加工賃 工賃 粗利 荒利 限界利益 営業利益 経常利益 純利益 最終損益 赤字 黒字 損失 売上 売上高 月商
年商 客単価 日販 坪売上 受注額 受注残 見積 見積額 見積り 再見積 入札額 応札 札 落札予定 予定価格
下限 上限 指値 買値 売値 買取額 査定額 査定 下取り 値引き 値引き額 割戻し リベート
バックマージン 手数料 紹介料 委託料 委託費 業務委託 保守料 保守費 ライセンス料 契約額 契約金
年間契約 報酬 顧問料 着手金 解決金 和解金 示談金 賠償額 退職金 賞与 ボーナス 年俸 年収 基本給
役員報酬 給料 手当 予算 来期予算 広告費 宣伝費 開発費 研究費 設備投資 投資額 工事費 改装費
更新費用 建設費 用地代 家賃 賃料 敷金 地代 借入 借入額 融資 融資額 与信枠 与信 残高 預金残高
資金 手元資金 売掛金 未収金 つけ 滞納 貸倒 引当 減損 評価損 買収額 譲渡価額 出資 出資額 調達
調達額 企業価値 株価 配当 増資 運賃 傭車費 チャーター代 印税 原稿料 出演料 ギャラ 契約金 移籍金
制作費 席料 宿泊単価 客室単価 平均単価 給食費 食材費 薬価差 外来単価 入院単価 診療単価 寄付金
補助金の申請額 指定管理料 要求額 査定後の額 割当 目標額 販売目標 差異 在庫額 棚卸差異 廃棄額
ロス 卸価格 店頭予想価格 新価格 新料金 改定後の料金 定価案 希望小売価格 発売価格 販売価格
チケット代の案 仲介料 成約価格 開始価格
"""
_SHARES = """
粗利 原価 掛け 仕切り 値引き 不良 歩留 昨対 売上は前年比 売上は昨対 利益は計画比 来客は前年比
受注は前年比 会員数は前年比 原価率 粗利率 利益率 営業利益率 掛け率 値引き率 歩留まり 不良率
廃棄率 欠品率 返品率 稼働率 空室率 入居率 病床利用率 解約率 離職率 退職率 定着率 継続率
リピート率 成約率 受注率 達成率 計画比 予算比 前年比 前年同月比 昨対 シェア 出店率 値上げ率
改定率 賃上げ率 配当率 持ち株比率 出資比率 議決権 自己資本比率 延滞率 不良債権比率 回収率
手数料率 委託料率 料率 ロイヤリティ マージン 応答率 開封率 転換率 合格率 充足率 奏効率 有効率
有害事象の割合 死亡率 感染率 搭乗率 積載率 乗車率 予約率 消化率 進捗率 取引シェア 人員削減率
"""
_COUNTS = """
受注:台,件,本,個,袋,トン,t 月産:台,個,本,トン 減産:台,割 在庫:台,個,ケース,袋,トン
会員:人,名,万人 新規契約:件 解約:件,人,名 退会:人,名 希望退職:名,人 人員削減:名,人
配置転換:名,人 採用予定:名,人 内定者:名,人 合格者:名,人 募集枠:名,人 派遣切り:名,人
来期の採用:名,人 閉店:店,店舗,か所 出店:店,店舗,か所 統廃合:店舗,校,園,拠点,支所
撤退:拠点,か所,店 新工場:棟,か所 減便:便,本 増便:便,本 廃止路線:路線,系統 減床:床 増床:床
病床:床 販売計画:食,台,個,部,本,枚 初版:部 増刷:部 発行部数:部 生徒数:人,名 入学者:人,名
志願者:人,名 定員減:人,名 利用者数:人,名 来場者:人,名 予約数:件,組 成約:件,棟,戸 販売戸数:戸,棟
工数:人月,人日 不良品:個,台,件 リコール対象:台,個 クレーム:件 事故:件 滞留案件:件 不良債権:先,件
融資先:先 取引停止:社 仕入先の絞り込み:社 収穫量:トン,kg 反収:トン,俵 漁獲枠:トン 水揚げ:トン
処方:件 治験の症例:例
"""
_INNER = """
今期の 来期の 当期の 上期の 下期の 通期の 第2四半期の 来年度の 今月の 先月の 9月の 12月の うちの
当社の 弊社の わが社の 本店の 駅前店の 新店の 二号店の 大阪支店の 第三工場の 二課の 新製品の
新商品の 新機種の 来春の 今度の 今回の この案件の その現場の 店の 部の 課の 得意先への
下請けへの 取引先の 先方の 相手の 競合先の お客さんの 主力商品の 冬物の 秋の新作の 親会社の
子会社の
"""
_STATES = """
で出す で出した で出します にする にします にした にしたい で行く でいきます 不足する
足りなくなる を提示した で提示 で握った で握ってる で合意した で合意前 で内諾 で決着しそう
で着地しそう で着地見込み の見込み の見通し まで落ちた まで下がった に落ち込んだ に下がった
に悪化した を割った を切った に届かない まで伸びた に膨らんだ に増えた まで下げたい
に下げてもらいたい まで下げてもらった に上げる に上げたい まで上げる案 に引き上げる方針
に引き下げる に減らす に減らす案 に絞る を減らす方向 を削る を計上する予定 の予定 で調整中
で交渉中 で検討中 で申請中 で稟議中 で内示が出た と内々に聞いた と聞いてる らしい だそうです
やって です だった でした しかない もある もいってる が限度 が上限 までなら飲める で頼まれた
で契約した で買う で売る で仕入れてる で回してる で札を入れる で組んでる を目指す 足りない
不足する 残っている 滞っている たまってる 払った 払う予定 もらっている 借りる 貸してる になった
になる になりそう とのこと で固まった に決まった に決まりました
"""
_BEFORE_AMOUNT = """
年末に 月末に 期末に 来月 今期 先月 今月 先週 来年 10月に 4月から 平均 1個 1件 1件あたり 1キロ
1本 1人 月に 年 年に 月 約 およそ 税別 税込 全部で 合計 総額 ざっくり 1台 坪 キロ 1食 1便 一式
差し引き 最低 最大 実質 たった やっと
"""
_HELD = """
まだ誰にも言ってない|まだ発表してない|未公表|公表前|発表前|開示前|解禁前|社外秘|部外秘|極秘|
内緒|内々の話|ここだけの話|よそには言えない|客には見せてない|組合には未通知|労組に言う前|
取締役会の前|役員会はこれから|社員にはまだ|店の子には内緒|取引先には伏せて|
先方にはまだ提示していない|プレスは来月|発表は来週|説明会の前|決裁前|契約前|口外禁止|他言無用|
本部だけの数字|社長しか知らない|上からの口止め|表には出さない数字|公表文には載せない|
数字は伏せて|数字は出さずに
"""
_TASKS = """
メールの下書き|断りのメール|の断り方|品の断り方|商品の売り方|ことの説明|理由を書いて|お礼の文|
お詫びの文面|催促の文|返事の文|返信を考えて|値下げのお願いを丁寧に|値上げのお知らせ|交渉の台本|
交渉メール|稟議の理由|稟議書の文案|稟議の要点を3行で|社内通知の文|社内説明の言い回し|
説明資料の構成|説明の順番|プレゼンの見出し|スライドの題|想定問答を5つ|想定質問|Q&Aの骨子|
議事録に清書|議題の案|報告の書き方|報告書の書き出し|言い訳を考えて|要因分析の見出し|グラフの題|
比較表にして|メリットとデメリットの表|契約書の条項名だけ|覚書の型|確認書の本文|添え状|送付状|
電話で言うこと|言い回しを柔らかく|てにをはを見て|この文を短く|要約して|英語にして|英訳お願い|
目次を|章立て|チラシの文|朝礼で話す文|店長会議のメモ|上司への報告を200字で|どう伝える?|
どう切り出す?|何て言えばいい?|どう説明したらいい|書き方を教えて|案を3つ|箇条書きで|まとめて|
下書きをください|文案を作ってください|お願いします
"""
_PUBLIC = """
公表された|公表済みの|発表済みの|公開されている|公開資料によると|有価証券報告書にある|
決算短信の|決算短信によると|統合報告書の|ディスクロージャー誌の|プレスリリースの|
プレスリリースで出した|ニュースで見た|ニュースの|新聞に載った|新聞によると|日経の記事の|
今朝の新聞の|テレビで言ってた|報道された|業界紙によれば|白書の|白書によると|統計の|統計によると|
国の統計で|総務省の調査では|厚労省の統計だと|経産省の発表では|国交省の|農水省の公表で|文科省の|
内閣府の調査の|観光庁の|日銀の|国税庁の|市の統計書の|県の発表では|市の広報に載った|
ホームページに載せた|ホームページ掲載の|HPに出てる|サイトに載っている|公式サイトの|
採用サイトに載せた|求人票の|募集要項の|カタログの|パンフレットの|広告に出してる|チラシに載せる|
店頭に出してる|店頭表示の|値札の|メニューの|ポスターに貼ってある|料金表の|お知らせ済みの|
掲示済みの|全国平均の|業界平均の|業界の|世界の|国内市場の|一般的な|普通の|標準的な|相場の|
市場の|公示の|条例の|法律の|規程の|就業規則の|社内規程どおりの|教科書の|例題の|練習問題の|
たとえば|仮に|架空の|サンプルの|ダミーの|他社事例の|論文の|WHOの|トヨタの|大手の|東京都の|
日本の|去年のニュースの|記事の|調査の|アンケートで公開した|昨日リリースした
"""
_PUBLIC_AFTER = """
という記事の要約|というニュースを社内報に|という統計の出典の書き方|という公表資料をグラフに|
と新聞にありました。解説して|は公表されてる?|は本当?|で合ってますか|でしたっけ|って高い?|
って普通?|って一般的?|は妥当?|の目安は?|の根拠は?|の意味は?|の計算方法|の計算式|の例題を作って|
の求め方|のルールを教えて|の条件|が上限のルール|の基準はいつから|と書いた掲示|のポスターの文|
のPOP|のチラシの文|の紹介文(HP掲載)|のキャッチコピー|をホームページに載せる文|の広告の文|
と発表した記事の要約|を子供向けに説明|を英語で説明する掲示|なら税込いくら?|の場合の税金は?|
を超えると何が変わる?|だとしたら何割引き?|の商品の説明文|と料金表にある。書き方を|と値札にある|
は規程どおり。申請のしかた|とよく聞くけど本当?|とカタログにある|の求人の書き方|
、これは店頭に出してる数字。文を直して|、これは予算書に載ってる数字。比較の仕方を|
、プレスリリース済み。FAQの文を|(公表)の載せ方|(県発表)の見出し|(HP掲載)の紹介文|
、総務省の調査。回覧の文|です(公表済み)。グラフの題を|、ホームページ掲載済みの結果。説明文に|
でもう広告に出てる。メモの型|ってSNSで見たけど普通?|、これ店頭の値段です。掲示の文|
に値段が変わったお知らせの紙|のお品書きを筆文字っぽく|の値札を直す|のメニュー表|
お預かりします、の英訳|に減らす工夫を考えたい|に減らすには|に抑える方法|を減らす工夫|
を削減するアイデア|になった事例|に増えた成功例|にするアイデア|を目指す工夫|
に値上げされる予定のニュース|値上げされる予定です|上がるそうです。家計への影響は?|
上がると聞きました|の商品を{n}円で売ると利益は?|なら利益はいくら?|のとき利益率は?|の例題|
の計算を教えて|に上がるのは公表どおり?|って法律で決まってる?|の規程の読み方|という教科書の説明|
を表す単位|以上のルール|未満切り捨ての説明|はどこでも同じ?
"""
_METRICS_PUBLIC = """
売上高 純利益 離職率 賃上げ率 平均年収 有給取得率 高齢化率 有効求人倍率 物価上昇率 消費税
最低賃金 初任給 時給 入館料 参加費 受講料 定価 価格 料金 家賃 地価 手数料 金利 年率 利回り 配当
株価 為替 市場規模 出荷額 生産量 輸入量 人口 世帯数 来場者 合格率 有病率 視聴率 回答率 満足度
稼働率 原価率 粗利率 解約率 継続率 開封率 平均点 偏差値 受診率 普及率 自給率 予算 補助金の上限
控除 非課税枠 郵便料金 電気料金 ガス料金 水道料金 高速料金 タクシー料金 電車賃 切手代 ガソリン代
電気代 日当 宿泊費 印紙代 送料 会費 年会費 診療報酬 薬価 運賃 燃料費
"""
_ASKED = """
{n}行で|{n}字で|{n}文字以内で|{n}つ|{n}個|{n}案|{n}パターン|{n}ページで|{n}枚のスライドで|
{n}分で話せる|{n}段落で|{n}か国語で|{n}ステップで|{n}択のクイズ|{n}項目の|{n}問
"""
_THINGS = """
会議資料の要約を|案内文を|お礼状を|キャッチコピーを|改善案を|アイデアを|チェックリストを|
注意点を|質問例を|研修の題を|手順書を|見出しを|例文を|メリットを|英文を|俳句を
"""
_PLAIN = """
{n}時から{n}時までの予定表|{n}月{n}日の会議の案内|{n}階の会議室の掲示|{n}人で囲む席の並べ方|
残業を{n}割減らしたい|待ち時間を{n}割減らすアイデア|時間を{n}分短くしたい|{n}年前の資料の探し方|
{n}歳以上の方への案内|{n}%減らす工夫|{n}人の新入社員の研修|{n}社に送る同じ文|{n}回目の連絡|
{n}日前に送る文|{n}号室の掲示|{n}か月ごとの点検表|{n}名の懇親会の案内|駅から徒歩{n}分の案内図|
第{n}条の読み方|{n}級の問題|{n}時間かかる作業を減らしたい|{n}番レジの並ばせ方|
{n}度以下で保つ表示|{n}%を{n}%に上げる工夫|{n}%を{n}%に持っていくには|受診率を{n}%から{n}%に|
フォロワーを{n}人から{n}人にしたい|定価{n}円を今日だけ{n}円、POPの文|
小{n}円、中{n}円、大{n}円。お品書きの文|{n}個で{n}円、チラシに|
ローン{n}年、{n}万円、金利{n}%の毎月の返済は?|1ドル{n}円なら{n}万円は何ドル?|
例題の表\nりんご {n}円 {n}円\nこれで教えて|お釣りは{n}円のとき何枚?|{n}円基準はもう変わった?|
{n}円札はまだ使える?|アンケート回答{n}名、満足{n}%。まとめの一文|会費{n}円の集金のお知らせ|
送料{n}円は普通?|駐車料金{n}円の看板|電気代を{n}割減らしたい|相場は{n}円でよろしい?|
募集は{n}名、時給{n}円の求人の文|{n}名の来場を募る案内|予約は{n}名から、の掲示|
{n}台分の駐車場の地図|平均{n}点の講評|{n}km走ったら交換?|{n}cmの棚に合う箱|{n}gの塩の減らし方|
{n}周年のあいさつ|築{n}年の家の手入れ|勤続{n}年の表彰文|{n}枚の写真の並べ方|{n}連休の掲示
"""


def made(chance: random.Random, count: int) -> Iterator[Marked]:
    """Yield `count` sentences, about half of them with something to mask."""
    for _ in range(count):
        yield chance.choice(_KINDS)(chance)


def _told(chance: random.Random) -> Marked:
    """«来期の粗利率は22%まで落ちた。社外秘。報告の書き方»."""
    pieces = [_maybe(_INNER, chance, 0.6)]
    for n in range(chance.choice((1, 1, 1, 2, 2))):
        noun, amount = _amount(chance)
        joint = chance.choice(("は", "が", "", "は", "、", "を", " "))
        pieces += ["、" if n else "", noun, joint, _maybe(_BEFORE_AMOUNT, chance, 0.25)]
        pieces.append((amount, Category.UNPUBLISHED_FIGURE))
        if chance.random() < 0.25:
            arrow = chance.choice(("から", "→", "を", "と", "、"))
            pieces += [arrow, (_like(amount, chance), Category.UNPUBLISHED_FIGURE)]
    pieces.append(_one(_STATES, chance) if chance.random() < 0.8 else "")
    held = chance.random() < 0.45
    pieces += [chance.choice(("。", "、", "。", "\n"))]
    pieces += (
        [_line(_HELD, chance), chance.choice(("。", "なので", "です。", "、"))] if held else []
    )
    pieces.append(_line(_TASKS, chance))
    return _joined(pieces)


def _published(chance: random.Random) -> Marked:
    """«厚労省の統計だと離職率は11.8%。この数字の読み方を»."""
    noun, amount = _amount(chance)
    if chance.random() < 0.4:
        noun = _one(_METRICS_PUBLIC, chance)
    joint = chance.choice(("は", "が", "", "は", " ", "を"))
    if chance.random() < 0.2:
        amount = f"{amount}{chance.choice(('から', '→', 'を'))}{_like(amount, chance)}"
    before, after = chance.random() < 0.65, chance.random() < 0.5
    opening = _line(_PUBLIC, chance) if before else ""
    if before and not after:
        ending = chance.choice(("。", "を", "、", "です。", "だった。")) + _line(_TASKS, chance)
    else:
        ending = _line(_PUBLIC_AFTER, chance)
    return Marked(_filled(f"{opening}{noun}{joint}{amount}{ending}", chance), ())


def _asked(chance: random.Random) -> Marked:
    """«改善案を5つ», «9時から12時までの予定表»."""
    if chance.random() < 0.5:
        text = _line(_PLAIN, chance)
    else:
        text = f"{_line(_THINGS, chance)}{_line(_ASKED, chance)}"
    return Marked(_filled(text, chance), ())


def _filled(text: str, chance: random.Random) -> str:
    while "{n}" in text:
        text = text.replace("{n}", chance.choice(_ROUND), 1)
    return text


_ROUND = ("2", "3", "4", "5", "6", "8", "10", "12", "15", "20", "30", "50", "100", "500", "1,000")


def _amount(chance: random.Random) -> tuple[str, str]:
    kind = chance.random()
    if kind < 0.5:
        return _one(_MONEY, chance), _money(chance)
    if kind < 0.75:
        return _one(_SHARES, chance), _share(chance)
    noun, _, units = _one(_COUNTS, chance).partition(":")
    return noun, f"{_count(chance)}{chance.choice(units.split(','))}"


def _like(amount: str, chance: random.Random) -> str:
    unit = amount.lstrip("0123456789,.▲-")
    return f"{_count(chance)}{unit}"


def _money(chance: random.Random) -> str:
    number = _count(chance)
    return chance.choice(
        (
            f"{number}円", f"{number}万円", f"{number}万", f"{number}億円", f"{number}億",
            f"{number}千万", f"{number}百万円", f"{chance.randint(1, 9)}億{chance.randint(1, 9)}千万",
            f"{chance.randint(1, 30)}億{chance.randint(1, 9)},{chance.randint(100, 999)}万円",
            f"{chance.randint(1, 9)},{chance.randint(100, 999)}円", f"{number}円", f"{number}万円",
            f"{chance.randint(10, 999)},{chance.randint(100, 999)}円", f"{chance.randint(1, 40)}.{chance.randint(1, 9)}億",
            f"{number}ドル", f"USD {number}", f"{number}円/kg", f"{number}円台", f"{number}",
        )
    )  # fmt: skip


def _share(chance: random.Random) -> str:
    number = (
        f"{chance.randint(1, 120)}"
        if chance.random() < 0.5
        else f"{chance.randint(0, 99)}.{chance.randint(1, 9)}"
    )
    return (
        chance.choice(("", "", "", "", "▲", "マイナス"))
        + number
        + chance.choice(("%", "%", "%", "%", "%", "ポイント", "割"))
    )


def _count(chance: random.Random) -> str:
    return chance.choice(
        (
            str(chance.randint(2, 99)), str(chance.randint(100, 999)), str(chance.randint(2, 9)),
            f"{chance.randint(1, 99)},{chance.randint(100, 999)}", f"{chance.randint(1, 99)}.{chance.randint(1, 9)}",
            f"{chance.randint(1, 9)}万{chance.randint(1, 9)}千", f"{chance.randint(10, 999)}0",
        )
    )  # fmt: skip


_PERSONS = """
社員番号 従業員番号 職員番号 社員コード 従業員コード 社員ID 職員ID 社員No. スタッフコード
スタッフ番号 人事番号 勤怠番号 出勤番号 乗務員番号 乗務員コード ドライバー番号 隊員番号 社番
職番 派遣番号 アルバイト番号 教員番号 学籍番号 学生番号 学籍 生徒番号 児童番号 園児番号 受験番号
奨学生番号 図書カード番号 会員番号 会員No. 会員ID 会員コード 組合員番号 組合員コード 加入者番号
加入番号 契約番号 契約者番号 契約No. 証券番号 ポリシーNo. 被保険者番号 受給者番号 受給者証
介護保険番号 保険証番号 記号番号 患者番号 患者ID 患者No. カルテ番号 診察券番号 診察券 診察券No.
被験者番号 被験者コード 症例番号 献体番号 利用者番号 利用者ID 利用者コード 入居者番号 世帯番号
宛名番号 住民番号 納税者番号 整理番号 受付番号 相談番号 依頼者番号 顧客番号 顧客コード 顧客ID
顧客No. お客様番号 お客さま番号 お客様コード 得意先コード 取引先コード 仕入先コード
サプライヤーコード 加盟店番号 オーナー番号 入居者コード 需要家番号 供給地点番号 検針番号
水栓番号 契約ID ポイントカード番号 メンバーズ番号 マイレージ番号 カード会員番号 予約者番号
ユーザーID ユーザー番号 アカウント番号 購読者番号 受講者番号 受講番号 技能者ID 作業員番号
出入業者証 入館証番号 社員証 職員証 学生証 会員証 免許証番号 パスポート番号 旅券番号
在留カード番号 登録者番号 応募者番号 エントリー番号 受診者番号 ケース番号 寄付者番号 檀家番号
氏子番号 選手番号 審判番号 講師番号 調査員番号 代理店募集人コード 募集人番号 Customer ID Member
No. Employee ID Policy No. Claim No. Patient ID
"""
_GOODS = """
品番 型番 商品番号 商品コード 製品番号 部品番号 図面番号 図番 管理番号 伝票番号 注文番号
発注番号 受注番号 請求書番号 見積番号 納品書番号 追跡番号 貨物追跡番号 送り状番号 コンテナ番号
封印No. 便名 列車番号 路線番号 ロット番号 製造番号 シリアル 機番 号機 設備番号 棚番号
ロッカー番号 倉庫番号 部屋番号 号室 会議室 内線 内線番号 席番号 テーブル番号 駐車場 エラーコード
エラー番号 チケット 課題番号 障害番号 バグ番号 バージョン ビルド番号 規格番号 文書番号 様式
様式番号 告示番号 条文番号 事件番号 法人番号 登録番号 許可番号 認可番号 郵便番号 内線 内線 内線
部屋番号 部屋番号 ロット番号 ロット 品番 商品コード 品番 型番 型式 規格 物件コード 倉庫の鍵番号
学校コード 登録番号 勘定科目コード 科目コード 部門コード 拠点コード 店舗コード 店番号 銀行コード
支店コード 保険者番号 医療機関コード 薬品コード JANコード ISBN 請求記号 分類番号 地番 信号番号
系統 HSコード 国番号 市外局番 フリーダイヤル ページ番号 問題番号 競技番号 レジ番号 レーン
物件番号 物件コード 工事番号 プロジェクト番号 キャンペーンコード クーポンコード 色番号 統計番号
Order No. Ticket
"""
_DOORS = """
暗証番号 暗証 金庫の暗証 金庫の番号 金庫 ダイヤル ダイヤル錠 南京錠の番号 キーボックスの番号
キーボックス 鍵の番号 マスターキー番号 入室コード 入館コード 解錠番号 解錠コード 電子錠
電子錠の暗証 裏口の暗証 通用口のコード オートロック オートロックの番号 シャッターの暗証
ロッカーの暗証 複合機の暗証 複合機のPIN PIN PINコード 端末のPIN スマホのロック
タブレットの解除番号 ワンタイムパスワード ワンタイム 認証コード 確認コード 確認番号
二段階認証のコード 予備コード バックアップコード 復旧キー 回復キー 会議パスコード
Zoomのパスコード パスコード 留守電の暗証 警備の解除コード 警備セットの番号 カードの暗証
キャッシュカードの暗証 ネットバンクの暗証 取引暗証 駐車場のゲートの番号 門のテンキー
テンキーの番号 宅配ボックスの暗証 防犯カメラの暗証 管理者の暗証 Wi-Fiの暗証
"""
_AT_NUMBER = """
の方からクレーム。返信を|の解約の案内|の契約内容の変更を知らせる文|の退会手続きの文|
の残高を移す手順|の支払いが遅れています。督促の文|の欠勤の連絡|が打刻もれ。督促の文|
の昇給の通知|の夜勤を減らす相談|が重複しています。統合の依頼文|と取り違えかけた。報告の下書き|
の住所変更の文|の予約をずらすお願い|のカルテの要約|の検査結果の説明文|の様|さんの更新手順|
様あてのはがき|の紛失届|の再発行をお願いする文|で入館できない。問い合わせ文|
のお子さんのお迎えの連絡|の成績が間違っていた。報告文|の相談記録をまとめて|が未提出。呼び出し文|
に電話した記録を清書|、不在3回。紙の文
"""
_AT_GOODS = """
の書き方|の意味|の読み方|の見方|の桁の意味を教えて|の説明文|の札の作り方|の貼り紙|の探し方|
が見つからない|の置き場所の案内|の違いを表に|の在庫の問い合わせ文|の納期を聞くメール|
の仕様を調べる手順|の改訂履歴の書き方|の清掃日の掲示|の案内文|の注文書の文|
と似た番号を間違えない工夫|のステータス更新文|は何のエラー?|が出た時の一般的な原因|
を英語の案内に|で検索する方法|に電話してと伝える文面|を間違えて押す人が多い。札の文|
と間違えやすい。対策は?|の表記の統一|の清掃の連絡|の回収の案内|は何桁が普通?|件を並べかえたい|
の確認方法|の違いを新人に|に移る案内の掲示
"""
_AT_DOOR = """
を新人に教える紙|を業者に伝える文|をマニュアルに書いていい?|を貼り紙にしたい|
のままだけど変えたほうがいい?|を変えるお願いの文|を引き継ぎ書に入れたい|を清掃の方に伝えるメモ|
、どこに控えるべき?|を案内する短いメール|が知られた。変更の連絡|で開かない|
を聞かれて答えた。どうしよう|を当番表に載せる|です。入り方の説明文を|だけ覚えやすい語呂に|
を全員に配るチャット文
"""
_BETWEEN = ("", "", " ", "は", "が", ":", ":", "の", "=", "「", "(", "は ", "で")


def _whose(chance: random.Random) -> Marked:
    """«会員番号 M0094417 の退会手続きの文», «金庫の暗証は4410を新人に教える紙», «品番…の説明文»."""
    labels, endings, category = chance.choice(
        (
            (_PERSONS, _AT_NUMBER, Category.STAFF_OR_CUSTOMER_NUMBER),
            (_PERSONS, _AT_NUMBER, Category.STAFF_OR_CUSTOMER_NUMBER),
            (_GOODS, _AT_GOODS, None),
            (_GOODS, _AT_GOODS, None),
            (_DOORS, _AT_DOOR, Category.SECRET),
        )
    )
    value = _pin if category is Category.SECRET else _number
    label = chance.choice(
        [one.strip() for one in labels.replace("\n", " ").split(" ") if one.strip()]
    )
    between = chance.choice(_BETWEEN)
    closing = {"「": "」", "(": ")"}.get(between, "")
    pieces: list[str | tuple[str, Category | None]] = [_maybe(_INNER, chance, 0.15), label, between]
    pieces.append((value(chance), category))
    while chance.random() < 0.2:
        pieces += [chance.choice(("と", "、", " ", "・")), (value(chance), category)]
    pieces += [closing, _line(endings if chance.random() < 0.8 else _TASKS, chance)]
    return _joined(pieces)


def _number(chance: random.Random) -> str:
    digits = "".join(
        chance.choice("0123456789") for _ in range(chance.choice((3, 4, 5, 5, 6, 6, 7, 8, 10)))
    )
    other = "".join(chance.choice("0123456789") for _ in range(chance.choice((2, 3, 4, 4, 5))))
    letter = "".join(
        chance.choice("ABCDEFGHJKLMNPRSTUWXYZ") for _ in range(chance.choice((1, 1, 2)))
    )
    return chance.choice(
        (digits, digits, digits, f"{letter}{digits}", f"{letter}-{digits}", f"{digits}-{other}", f"{digits}-{other}-{other[:2]}",
         f"{other} {digits}", f"{letter}{other}-{digits}", f"{digits}{letter}", f"{other}-{letter}-{other[:2]}", f"{letter} {digits}")
    )  # fmt: skip


def _pin(chance: random.Random) -> str:
    digits = "".join(
        chance.choice("0123456789") for _ in range(chance.choice((4, 4, 4, 4, 6, 6, 8)))
    )
    half = len(digits) // 2
    return chance.choice(
        (digits, digits, digits, digits, f"#{digits}", f"#{digits}*", f"{digits[:half]} {digits[half:]}",
         f"{digits[:half]}-{digits[half:]}", " ".join(digits), f"{digits}-{digits[::-1]}")
    )  # fmt: skip


def _joined(pieces: list[str | tuple[str, Category | None]]) -> Marked:
    text, spans = "", list[Span]()
    for piece in pieces:
        words, category = piece if isinstance(piece, tuple) else (piece, None)
        if category:
            spans.append(Span(len(text), len(text) + len(words), category))
        text += words
    return Marked(text, tuple(spans))


def _one(words: str, chance: random.Random) -> str:
    return chance.choice(words.split())


def _line(lines: str, chance: random.Random) -> str:
    return chance.choice(lines.replace("\n", "").split("|"))


def _maybe(words: str, chance: random.Random, share: float) -> str:
    return _one(words, chance) if chance.random() < share else ""


_KINDS = (_told, _told, _told, _published, _published, _published, _asked, _whose, _whose)
