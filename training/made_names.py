"""Invented people and firms, put in place of those of a sentence: contexts count, not one name."""

import random

from assistant.domain import Category

_SURNAMES = """
佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 斎藤
清水 山崎 森 池田 橋本 阿部 石川 前田 藤田 小川 岡田 後藤 長谷川 石井 村上 近藤 坂本 遠藤 青木
藤井 西村 福田 太田 三浦 岡本 松田 中島 中川 原田 小野 田村 竹内 金子 和田 中山 石田 上田 森田 原
柴田 酒井 工藤 横山 宮崎 宮本 内田 高木 安藤 谷口 大野 丸山 今井 河野 藤本 村田 武田 上野 杉山
増田 平野 大塚 千葉 久保 松井 岩崎 桜井 野口 松尾 菊地 木下 佐野 野村 新井 古川 小島 水野 菅原
渡部 北村 東 泉 星 関 堤 辻 南 浜田 福島 長野 宮城 奈良 秋山 樋口 川上 永井 須藤 尾崎 小笠原
勅使河原 五十嵐 御手洗 東海林 万城目 小鳥遊 綾小路 西園寺 長曽我部 日比野 曽我部 武者小路 京極
冷泉 鬼頭 犬飼 猫田 馬場 牛島 熊谷 鹿島 鶴見 鴨下 鷹取 烏丸 雁屋 蜂谷 蝦名 鯨井 鮫島 亀山 貝塚
海老原 春日 夏井 秋元 冬木 朝倉 昼間 夕部 矢作 弓場 槍田 剣持 楯 鎌田 斧田 鋤柄 臼井 杵淵 釜本
鍋島 皿井 椀田 箸本 櫛田 鏡 簑島 笠原 傘木 袴田 帯刀 紐野 綱島 四十万 五味 六車 七条 八田 九鬼
十時 百瀬 千田 万代 一色 二階堂 三宅 保科 諏訪 穂積 稲葉 粟野 稗田 麦島 豆田 芋川 菜花 尾形 頭師
首藤 肩野 腰原 膝附 踵谷 目崎 耳塚 鼻岡 口羽 牙城 爪生 毛利 骨川 皮籠石 大工原 左官 石工 鍛治 塗師
紺屋 米屋 安次嶺 新垣 金城 宮里 仲村渠 島袋 与那嶺 砂川 平良 照屋 朴 金 李 崔 鄭 王 陳 劉 趙 黄
"""
_GIVEN = """
太郎 一郎 健 誠 翔太 大輔 和也 直樹 拓海 蓮 悠真 湊 律 陽太 清 正 茂 勝 勇 実 進 隆 博 浩二 秀樹
花子 恵子 由美 美咲 葵 陽菜 結衣 さくら ひなた 凛 和子 幸子 節子 文子 久美子 真由美 愛 舞 彩 千尋
忍 薫 つむぎ ミツ ヨネ 寛治 源三 孝之助 龍之介 桃香 琴音 瑠璃 楓 樹 岳 海斗 一輝 伸介 佳奈 里緒
冴子
"""
_KANA = """
なかむら いわもと おおくぼ ささき はせがわ ほりぐち みやた よこい かとう しみず たなべ のざわ
ふるや まつしま くどう けんちゃん たけちゃん ゆうくん ミキちゃん ヨシさん なおちゃん りょうちゃん
"""
_KATAKANA = """
タナカ スズキ ヤマモト オオタ ナカジマ フクダ ミウラ コバヤシ サカモト ハセガワ イシイ マエダ
アオキ クボタ モリタ
"""
_ABROAD = """
デイヴィッド ソフィア カルロス マリア アレックス ピーター アンナ ファティマ イブラヒム ラジェシュ
ジャン リサ ダニエル エミリー・クラーク ジョン・スミス チャン・ティ・ラン レ・ヴァン・ナム
ホセ・ガルシア アイシャ・カーン ミハイル・ペトロフ
"""
_ROMAN = "Smith Garcia Wilson Kumar Emma Lucas Ingrid Pham Mohammed Anita Sato Lopez Hoffmann Yuko"
_ROLES = """
スタッフ デザイナー オペレーター ドライバー ライター カメラマン インターン アルバイト パート
メーカー ベンダー コンサル エンジニア プログラマー ディレクター マネージャー リーダー オーナー
モニター ゲスト ヘルパー ケアマネ ナース ドクター トレーナー コーチ サポーター アドバイザー
キャスト クルー シェフ パティシエ バイヤー プランナー アナウンサー タレント イラストレーター
モデル リピーター フォロワー 看護師 運転手 大家 大工 職人 板前 お医者 税理士 弁護士 司会者 受付
警備員 清掃員 用務員 調理員 お隣 ご近所 業者 元請 下請 施主 荷主 奥 旦那 親御 お子 娘 息子 お孫 妹
お兄 お姉 お父 お母 おじい おばあ 花屋 本屋 魚屋 肉屋 八百屋 床屋 電気屋 水道屋 酒屋 農家 漁師
学生 新人 先輩 患者 生徒 保護者 利用者 入居者 会員 読者 視聴者 出演者 講師 審判 選手 監督 役者
歌手 作家 記者 編集者 通訳 翻訳者 担当者 責任者 幹事 当番 議長 町内会長 組合長 ワーカー バイト
つきそい 送迎 配達員 郵便屋 宅配業者 お疲れ ご苦労 お待ちどお お世話 ご馳走 お互い たく お日 お月
お天道 仏 神 観音 稲荷 地蔵 サンタ クマ ウサギ ゾウ パンダ ネコ イヌ キツネ タヌキ アリ
"""
_FIRST = """
アケボノ ミズホノ タマガワ キタノ ニシキタ ハルカゼ オオゾラ ミドリノ アサヒノ サクラガワ フタバ
マルヨシ ヤマキ カネダイ ツルカメ セイワ トウヨウ ダイワ メイセイ ホクセイ ナンカイ シンワ
コウエイ サンコー ニットー ユニオン アルファ ベータ ネクスト ライフ スカイ ブルー グリーン
オレンジ ルミナ ソレイユ クレスト フォルテ アクア テラ ゼニス プライム エイト まるやま ひまわり
つばめ こだま やまびこ さつき あすなろ たんぽぽ みなと はまなす こもれび わかば うぐいす 大東 北洋
南海 東邦 西濃 中央 三和 五光 七星 八千代 千代田 万世 太陽 日進 明治屋 昭栄 平成 光陽 栄和 富士見
若葉 松風 竹田 梅沢 桜台 橘 楠 柏木 榎本 椿 藤沢 菊水 蓬莱 鶴亀 白鳥 青葉 赤城 黒潮 金剛 銀河 玉川
宝 福寿 大黒 恵比寿 神田 北陸 瀬戸内 信州 薩摩 武蔵野 相模 駿河 尾張 近江 播磨 出雲 土佐 日向 山陰
みちのく 道央 県南 駅前 港 川端 丘の上 NKS TSM ABX KTC ユーエス ディーエム エスケー
"""
_LAST = """
工業 産業 興業 商事 商会 商店 物産 物流 運輸 運送 急便 倉庫 通運 海運 交通 タクシー 観光 トラベル
旅行社 ツーリスト 建設 建材 工務店 土木 設備 電設 電工 電機 電子 電装 機工 機械 精機 精工 精密
製作所 鉄工 鋼材 金属 メタル 鋳造 鍛造 プレス スプリング ネジ 化学 化成 樹脂 ゴム 塗料 ガラス 硝子
陶器 セラミック 紙業 紙工 紙器 パッケージ パック 梱包 段ボール 印刷 出版 書店 広告 企画 デザイン
スタジオ 映像 通信 放送 ネット システム システムズ ソフト テック テクノ データ ラボ 研究所
分析センター 測量 コンサルタント 会計事務所 法律事務所 税理士法人 警備 ビル管理 メンテナンス
クリーン クリーニング リネン 不動産 ハウジング ホーム 住建 開発 銀行 信用金庫 信金 証券 生命 損保
保険 リース ファイナンス 薬品 薬局 製薬 メディカル クリニック 医院 歯科 病院 動物病院 介護 ケア
ケアセンター デイサービス 保育園 幼稚園 学園 塾 スクール 食品 フーズ 水産 青果 精肉店 製菓 製パン
ベーカリー 酒造 醸造 酒販 飲料 茶舗 農園 牧場 ファーム 漁協 農協 森林組合 協同組合 生協 スーパー
マート ストア ドラッグ 百貨店 ホテル 旅館 の湯 食堂 亭 庵 屋 堂 本舗 舎 カフェ ダイニング 繊維
染色 縫製 アパレル ホールディングス グループ カンパニー コーポレーション パートナーズ エナジー
ガス 石油 電力 環境 リサイクル 造園 葬祭 派遣 スタッフ キャリア サービス 航空 造船 自動車
モータース オート 時計 眼鏡 家具 楽器 玩具 スポーツ
"""
_SYLLABLES = """
ア イ オ カ キ ク コ サ シ セ タ ト ナ ニ ハ フ マ ミ メ モ ヤ ヨ ラ リ ル レ ロ ガ グ ザ デ ド バ
ビ ブ ベ パ ピ アン イン オン カン サン テン リン ルー レー ロー マー トリ ノル ヴェ ディ フィ
ラン ベル クス ット スト
"""
_PLACES = """
東京 大阪 京都 名古屋 横浜 神戸 福岡 札幌 仙台 広島 新潟 長野 岡山 熊本 鹿児島 沖縄 那覇 金沢 富山
岐阜 静岡 浜松 千葉 埼玉 大宮 川崎 川越 川口 上野 新宿 渋谷 品川 池袋 秋葉原 日本橋 神田 中野 立川
八王子 町田 藤沢 平塚 小田原 松本 福島 郡山 山形 秋田 青森 盛岡 岩手 宮城 宮崎 大分 別府 長崎 佐賀
高知 松山 高松 徳島 鳥取 島根 松江 山口 下関 和歌山 奈良 三重 津 四日市 滋賀 大津 福井 石川 群馬
高崎 前橋 栃木 宇都宮 茨城 水戸 山梨 甲府 北海道 函館 旭川 小樽 東北 関東 九州 四国 中国地方 関西
東京駅 新大阪駅 横浜駅前 博多駅 富士山 琵琶湖 銀座 浅草 丸の内 駅前 南口 東口 海外 ベトナム 韓国
経理部 総務課 営業部 人事部 開発部 品質保証部 広報課 情報システム部 第一工場 第二倉庫 本社 支店
東京支店 大阪営業所 現場 厚生労働省 国税庁 経済産業省 総務省 消費者庁 市役所 税務署 労働基準監督署
ハローワーク 商工会議所 区役所 警察署 年金事務所 ChatGPT Copilot Gemini Claude Excel Word
PowerPoint Teams Slack Zoom Outlook Google Python Notion 夏休み 冬季 年度末 新入社員研修 定例会議
月次報告 議事録 請求書 見積書 ボイラー エアコン コピー機 プリンター スマホ アプリ What How Which
Explain Please Write バックヤード ショールーム コールセンター ヘルプデスク ミーティングルーム
シェアオフィス データベース スプレッドシート タイムカード ホワイトボード アルバイター
フリーランサー シニアスタッフ ダブルチェック オーバーブッキング キャンセルポリシー フードロス
ペーパーレス ワンオペ クレームメール ビジネスチャット プレスリリース セールストーク キャッチコピー
ランディングページ フォローアップ スケジュール調整 ペンディング案件 トラブル報告 メールアドレス
ログインページ パスワードリセット クラウドストレージ バックアップデータ フォルダー共有
アンケートフォーム テンプレート集 ガイドライン案 ワークシート インストール手順 ライトプラン
スタンダードプラン トライアル期間 チュートリアル動画 リマインドメール グループウェア タスク管理表
チェックリスト案 レイアウト変更 バーコードリーダー パレット置き場 コンベヤー フォークリフト
トラックヤード ナースコール デイルーム リハビリ室 フロントデスク ルームキー アメニティ
バイキング会場 プレイルーム
"""
_FORMS = ("株式会社", "有限会社", "合同会社", "(株)", "(有)", "医療法人", "社会福祉法人")
_LATIN = """
Altair Boreal Cendrix Dovetail Emberly Fernwick Gladstone Harrow Ivystone Juniper Kestrel Lumenix
Merrow Northgate Orbis Pinnacle Quartz Riverton Solvex Tamarind Umbra Verity Westholm Xenon Yarrow
Zentro
"""
_LATIN_LAST = (
    "",
    "",
    " Systems",
    " Foods",
    " Inc.",
    " GmbH",
    " Ltd.",
    " Logistics",
    " Labs",
    " Asia",
    " AB",
)
_WHOLE = """
トラストリンク メディフォース カナデル ブライトン ルクシア オルテシア ヴィータ フロンティス
クラフトワン ソラリア リンクス パノラマ シンフォニア ルミエール エスポワール
"""


def invented(category: Category, like: str, chance: random.Random) -> str:
    """Return another name of the same kind and, of people, in the same script as `like`."""
    return _person(like, chance) if category is Category.PERSON else _company(like, chance)


def _person(like: str, chance: random.Random) -> str:
    if like.isascii():
        return _one(_ROMAN, chance)
    if _all(like, "\u3041", "\u3096"):
        return _one(_KANA, chance)
    if _all(like.replace("・", "").replace(" ", ""), "\u30a1", "\u30fc"):
        return _one(_KATAKANA + _ABROAD, chance)
    blank = " " if " " in like else ""
    if blank or len(like) > 3:
        return _one(_SURNAMES, chance) + blank + _one(_GIVEN, chance)
    return _one(_SURNAMES, chance)


def _company(like: str, chance: random.Random) -> str:
    if like.isascii():
        return _one(_LATIN, chance) + chance.choice(_LATIN_LAST)
    kind = chance.random()
    if kind < 0.08:
        return _one(_WHOLE, chance)
    name = _first(kind, chance) + _one(_LAST, chance)
    if "会社" in like or "(" in like or "法人" in like or "㈱" in like:
        form = chance.choice(_FORMS)
        return form + name if chance.random() < 0.7 else name + form
    return name


def _first(kind: float, chance: random.Random) -> str:
    """Return what no dictionary holds, too: katakana put together, two letters of surnames."""
    if kind < 0.25:
        return "".join(chance.choice(_SYLLABLES.split()) for _ in range(chance.randint(2, 4)))
    if kind < 0.4:
        return "".join(chance.choice(_one(_SURNAMES, chance)) for _ in range(2))
    return _one(_FIRST if kind < 0.8 else _SURNAMES, chance)


def role(chance: random.Random) -> str:
    """Return somebody by what they do, or a greeting, as it stands before さん."""
    return chance.choice(_ROLES.split())


def place(chance: random.Random) -> str:
    """Return a place, an authority or somebody's own office: what is no secret."""
    return _one(_PLACES, chance)


def _all(text: str, first: str, last: str) -> bool:
    return all(first <= character <= last for character in text)


def _one(words: str, chance: random.Random) -> str:
    return chance.choice(words.split())
