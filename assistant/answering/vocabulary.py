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

ALSO = (
    vocabulary("画像 挿絵 イラスト 絵 図案"),
    vocabulary("家 自宅"),
    vocabulary("スマホ スマートフォン 携帯"),
)
"""One thing in daily speech that the synonym dictionary keeps apart (general Japanese)."""
