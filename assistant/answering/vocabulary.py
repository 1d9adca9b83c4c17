"""Word lists as they read best: words between blanks."""


def vocabulary(text: str) -> frozenset[str]:
    """Return the words of `text`."""
    return frozenset(text.split())


HOLDERS = vocabulary(
    """
    社員 職員 従業員 部下 上司 同僚 スタッフ 顧客 客 客先 利用者 会員 患者 取引先 得意先
    仕入れ先 協力会社 業者 相手 相手方 本人 個人 家族 社外 庫内 院内 学内
    """
)
"""Whose something is, not what it is (general Japanese)."""

TOLD = vocabulary(
    """
    話 噂 余所 他所 先輩 同僚 ベテラン 事例 実例 前例 体験 体験談 実績 成功 失敗 実際 近く 隣 隣り
    班 班長 課長 チーム 人間 方々 皆さん 誰か 早め 短縮 半分 半日 一日 何分 何時間 何日 何割
    """
)
"""Who tells, and what kind of story is wished for, not what it is about (general Japanese)."""

ALSO = (
    vocabulary("画像 挿絵 イラスト 絵 図案"),
    vocabulary("家 自宅"),
    vocabulary("スマホ スマートフォン 携帯"),
)
"""One thing in daily speech that the synonym dictionary keeps apart (general Japanese)."""
