"""The topic of a question or clause: its nouns with their synonyms, without general words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.vocabulary import vocabulary
from assistant.corpus.text import fold
from assistant.ports import Morpheme, Tokenizer

GENERAL = vocabulary(
    """
    ai 生成 人工 知能 物 事 もの こと 為 訳 所 ところ 時 場合 様 御 方 方法
    やり方 仕方 仕様 使い方 書き方 作り方 情報 データ 資料 文書 内容 仕事 業務
    作業 作成 利用 使用 活用 入力 確認 対応 処理 実施 会社 社内 当社 弊社 人
    自分 私 僕 俺 誰 何 何処 どれ 今日 今 前 後 中 上 下 度 件 等 など 以上
    以下 的 化 用 系 部 課 部署 部門 可能 必要 大丈夫 駄目 禁止 許可 問題 質問
    回答 相談 教示 ルール 規則 規定 手順 例 例え 全部 全て 皆 皆様 他 ツール
    道具 ソフト アプリ 機能 簡単 便利 楽 おすすめ お勧め コツ ポイント 良い 一番
    最近 毎日 毎月 毎週 毎回
    """
)
"""Words that carry no topic in questions about using AI at work (general Japanese)."""

PROCESS = vocabulary(
    """
    下書き 要約 翻訳 文面 文章 文 文言 報告 整理 分析 調査 生成 案 構成 一覧 表 リスト
    まとめ 纏め 修正 校正 添削 手直し 比較 検討 説明 意見 レビュー チェック 書 案内 記録
    改善 効率 短縮 早め 自動 自動化 企画 計画 準備 管理 設定 判定 判断
    """
)
"""Words for what is done; what it is done to says more (general Japanese)."""

_NOUNS = frozenset({"名詞"})
_EMPTY_SUB = frozenset({"数詞", "助動詞語幹"})


@dataclass(frozen=True, slots=True)
class Word:
    """One topic word: its normal form and the synonym groups it belongs to."""

    form: str
    groups: frozenset[str]
    surface: str = ""

    def means(self, other: "Word") -> bool:
        """Tell whether both are one word or synonyms."""
        return self.form == other.form or bool(self.groups & other.groups)


class Topics:
    """Nouns of a text, cached: clauses and FAQ questions come again with every question."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._groups = lru_cache(maxsize=20_000)(self._synonyms)
        self._compounds = lru_cache(maxsize=4_096)(self._cut)
        self._words = lru_cache(maxsize=4_096)(self._unique)

    def compounds(self, text: str) -> tuple[tuple[Word, ...], ...]:
        """Return runs of nouns («会社名» = 会社, 名), general words alone left out."""
        return self._compounds(fold(text))

    def subjects(self, text: str) -> tuple[tuple[Word, ...], ...]:
        """Return the compounds without nouns that する makes verbs of («契約した»)."""
        return self._cut(fold(text), verbs=False)

    def words(self, text: str) -> tuple[Word, ...]:
        """Return the topic words once each, in order."""
        return self._words(fold(text))

    def _unique(self, folded: str) -> tuple[Word, ...]:
        unique = {
            word.form: word
            for compound in self._compounds(folded)
            for word in compound
            if word.form not in GENERAL
        }
        return tuple(unique.values())

    def terms(self, text: str) -> frozenset[str]:
        """Return all content words, verbs too."""
        return frozenset(self._tokenizer.terms(fold(text)))

    def _cut(self, text: str, *, verbs: bool = True) -> tuple[tuple[Word, ...], ...]:
        runs: list[list[Word]] = [[]]
        end = -1
        morphemes = self._tokenizer.morphemes(text)
        for morpheme, following in zip(morphemes, [*morphemes[1:], None], strict=True):
            if not _is_noun(morpheme) or (not verbs and _is_done(following)):
                continue
            if morpheme.start != end:
                runs.append([])
            runs[-1].append(self._word(morpheme))
            end = morpheme.end
        return tuple(tuple(run) for run in runs if any(word.form not in GENERAL for word in run))

    def _word(self, morpheme: Morpheme) -> Word:
        form = morpheme.normalized.lower()
        return Word(form, self._groups(morpheme.surface), morpheme.surface)

    def _synonyms(self, surface: str) -> frozenset[str]:
        return frozenset(self._tokenizer.synonyms(surface))


def _is_noun(morpheme: Morpheme) -> bool:
    if not re.search(r"\w", morpheme.surface):
        return False
    return morpheme.pos[0] in _NOUNS and not _EMPTY_SUB & set(morpheme.pos)


def _is_done(following: Morpheme | None) -> bool:
    return following is not None and following.normalized == "為る"


def share(words: Sequence[Word], others: Sequence[Word]) -> float:
    """Return the share (0–1) of `words` that `others` hold too."""
    if not words:
        return 0.0
    return sum(any(word.means(other) for other in others) for word in words) / len(words)


def named(words: Sequence[Word], text: str) -> float:
    """Return the share (0–1) of `words` that stand in `text`, without reading it word by word.

    Splitting a passage of 1,000 characters into words costs 3 ms, looking for ten words in it .01.
    """
    if not words:
        return 0.0
    within = fold(text)
    return sum(word.surface in within or word.form in within for word in words) / len(words)
