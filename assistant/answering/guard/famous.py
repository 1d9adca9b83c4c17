"""People whom every school book or newspaper names: about them nobody has a secret."""

import re

_NAMES = """
聖徳太子 小野妹子 中大兄皇子 藤原道長 紫式部 清少納言 小野小町 菅原道真 平清盛 源頼朝 源義経
北条政子 北条時宗 足利尊氏 足利義満 一休宗純 武田信玄 上杉謙信 毛利元就 織田信長 明智光秀
豊臣秀吉 石田三成 徳川家康 徳川吉宗 徳川慶喜 伊達政宗 真田幸村 真田信繁 千利休 宮本武蔵 松尾芭蕉
与謝蕪村 小林一茶 井原西鶴 近松門左衛門 葛飾北斎 歌川広重 伊能忠敬 杉田玄白 平賀源内 本居宣長
二宮尊徳 二宮金次郎 上杉鷹山 田沼意次 大塩平八郎 八百屋お七 坂本龍馬 西郷隆盛 大久保利通
木戸孝允 吉田松陰 高杉晋作 勝海舟 近藤勇 土方歳三 沖田総司 岩倉具視 伊藤博文 大隈重信 板垣退助
福沢諭吉 福澤諭吉 渋沢栄一 津田梅子 新渡戸稲造 岩崎弥太郎 高橋是清 野口英世 北里柴三郎 志賀潔
湯川秀樹 朝永振一郎 山中伸弥 本庶佑 牧野富太郎 南方熊楠 田中正造 内村鑑三 岡倉天心 柳田國男
柳田国男 夏目漱石 森鴎外 樋口一葉 正岡子規 与謝野晶子 石川啄木 島崎藤村 北原白秋 高村光太郎
萩原朔太郎 芥川龍之介 志賀直哉 武者小路実篤 谷崎潤一郎 川端康成 太宰治 三島由紀夫 宮沢賢治
宮澤賢治 中原中也 金子みすゞ 新美南吉 中島敦 坂口安吾 江戸川乱歩 横溝正史 松本清張 司馬遼太郎
池波正太郎 藤沢周平 遠藤周作 安部公房 大江健三郎 井上靖 向田邦子 星新一 筒井康隆 小松左京
村上春樹 村上龍 東野圭吾 宮部みゆき 伊坂幸太郎 池井戸潤 百田尚樹 又吉直樹 谷川俊太郎 茨木のり子
相田みつを 俵万智 寺山修司 星野道夫 岡本太郎 手塚治虫 藤子不二雄 長谷川町子 水木しげる 鳥山明
尾田栄一郎 宮崎駿 高畑勲 新海誠 庵野秀明 黒澤明 小津安二郎 北野武 是枝裕和 草間彌生 村上隆
安藤忠雄 隈研吾 丹下健三 滝廉太郎 山田耕筰 小澤征爾 坂本龍一 久石譲 美空ひばり 宇多田ヒカル
米津玄師 大谷翔平 鈴木一朗 長嶋茂雄 王貞治 野茂英雄 松井秀喜 佐々木朗希 山本由伸 中田英寿
三浦知良 久保建英 三笘薫 羽生結弦 浅田真央 高橋尚子 北島康介 池江璃花子 大坂なおみ 錦織圭
内村航平 吉田沙保里 井上尚弥 羽生善治 藤井聡太 井山裕太 双葉山 千代の富士 白鵬 本田宗一郎
松下幸之助 稲盛和夫 盛田昭夫 井深大 豊田佐吉 豊田喜一郎 早川徳次 安藤百福 小林一三 出光佐三
孫正義 柳井正 三木谷浩史 似鳥昭雄 永守重信 豊田章男 吉田茂 田中角栄 中曽根康弘 小泉純一郎
安倍晋三 菅義偉 岸田文雄 石破茂 小池百合子 緒方貞子 杉原千畝 黒柳徹子 池上彰 明石家さんま 渥美清
高倉健 吉永小百合 樹木希林
"""
_FAMOUS = re.compile("|".join(_NAMES.split()))
_OWN = re.compile(r"\s?(?:様|さま|殿|御中)")


def is_famous(text: str, start: int, end: int) -> bool:
    """Tell whether a famous name covers `start:end` and nobody is addressed by it."""
    return any(
        match.start() <= start and end <= match.end() and not _OWN.match(text, match.end())
        for match in _FAMOUS.finditer(text)
    )


_CREATURE = re.compile(
    r"(?:パンダ|ペンギン|(?<![ァ-ヶー])(?:ゾウ|カバ|イルカ|アシカ|アザラシ|ラッコ|コアラ|ゴリラ|チンパンジー"
    r"|カピバラ|サル|クマ)|マスコット|キャラ(?:クター)?|看板[犬猫])の[「『]?$"
)
"""Whose name is no secret: animals on show and figures; dogs and cats have owners, キリン staff."""
_KIND_BEFORE = 12
_TOLD_OF = re.compile(
    r"怪談|肝試し|昔話|民話|紙芝居|絵本|童話|人形劇|例題|例文|文章題|算数|会話文|ロールプレイ|記入例|架空|仮名"
)
"""In such a text 太郎さん is of a tale or an example as well."""
_TALE = re.compile(r"(?:太郎|花子|次郎)(?:さん|くん|君|ちゃん)?")


def is_in_tale(text: str, start: int, end: int) -> bool:
    """Tell «花子さんの怪談» and «パンダの風太さん»: of a tale, an example, an animal."""
    tale = _TALE.fullmatch(text, start, end) and _TOLD_OF.search(text)
    return bool(tale or _CREATURE.search(text, max(0, start - _KIND_BEFORE), start))
