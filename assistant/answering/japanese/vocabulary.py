"""Word lists as they read best: words between blanks."""

from collections.abc import Iterable


def widened(names: frozenset[str], words: Iterable[str]) -> frozenset[str]:
    """Return `names` with those that mean the same as one of them or of `words`."""
    asked = names | frozenset(words)
    return names | frozenset(name for group in ALSO if group & asked for name in group - asked)


def vocabulary(text: str) -> frozenset[str]:
    """Return the words of `text`."""
    return frozenset(text.split())


GENERAL = vocabulary(
    """
    ai 生成 人工 知能 物 事 もの こと 為 訳 所 ところ 時 場合 様 御 方 方法
    やり方 仕方 仕様 使い方 書き方 作り方 情報 データ 資料 文書 内容 仕事 業務
    作業 作成 利用 使用 活用 入力 確認 対応 処理 実施 会社 社内 当社 弊社 人
    自分 私 僕 俺 誰 何 何処 どれ 今日 今 前 後 中 上 下 度 件 等 など 以上
    以下 的 化 用 系 部 課 部署 部門 可能 必要 大丈夫 駄目 禁止 許可 問題 質問
    回答 相談 教示 ルール 規則 規定 手順 例 例え 全部 全て 皆 皆様 他 ツール
    道具 ソフト アプリ 機能 簡単 便利 楽 おすすめ お勧め コツ ポイント 良い 一番
    紙 話 流れ 中身 やつ 奴
    最近 毎日 毎月 毎週 毎回 ok ng 頂戴 ちょうだい 時間 手間 面倒 苦手
    """
)
"""Words that carry no topic in questions about using AI at work (general Japanese)."""

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
    vocabulary("関数 数式 計算式 式 vlookup xlookup"),
    vocabulary("表計算 エクセル excel スプレッドシート"),
    vocabulary("アイデア アイディア 案出し ネタ 発案 ブレスト ブレインストーミング"),
    vocabulary("翻訳 訳 英訳 和訳 訳文 多言語"),
    vocabulary("下書き たたき台 素案 草案 原案"),
    vocabulary("返信 返書 返事 回答文"),
    vocabulary("申し送り 引き継ぎ 引継ぎ"),
    vocabulary("掲示 掲示物 ポスター 張り紙 貼り紙"),
    vocabulary("文字起こし 書き起こし 文字化"),
    vocabulary("手順書 マニュアル 手引き 説明書 作業標準"),
    vocabulary("応募書類 履歴書 職務経歴書 エントリーシート"),
    vocabulary("想定問答 想定質問 質疑応答 質疑集 q&a"),
    vocabulary("謝罪 お詫び 詫び"),
    vocabulary("勤務表 シフト表 シフト"),
    vocabulary("英文 英語"),
)
"""One thing in daily speech that the synonym dictionary keeps apart (general Japanese)."""
