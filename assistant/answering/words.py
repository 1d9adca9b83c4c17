"""The topic of a question or clause: its nouns with their synonyms, without general words."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.answering.vocabulary import ALSO, vocabulary
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
    最近 毎日 毎月 毎週 毎回 ok ng 頂戴 ちょうだい 時間 手間 面倒 苦手
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

TRANSFORMS = vocabulary("要約 翻訳 校正 添削 比較 分析 調査 集計 分類")
"""Words for what is done with a text that exists: not meant by who wants to write one."""

_NOUNS = frozenset({"名詞"})
_EMPTY_SUB = frozenset({"数詞", "助動詞語幹"})
_ADVERBIAL = frozenset({"副詞可能", "助数詞可能"})
_HIRAGANA = re.compile(r"[ぁ-ゖー]+")
_WORDLY = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Word:
    """One topic word: its normal form and the synonym groups it belongs to."""

    form: str
    groups: frozenset[str]
    surface: str = ""

    def means(self, other: "Word") -> bool:
        """Tell whether both are one word or synonyms."""
        return self.form == other.form or bool(self.groups & other.groups)


class Meanings:
    """Words to look others up in: one look instead of a comparison with each."""

    __slots__ = ("_forms", "_groups")

    def __init__(self, words: Iterable[Word]) -> None:
        held = tuple(words)
        self._forms = frozenset(word.form for word in held)
        self._groups = frozenset(group for word in held for group in word.groups)

    def hold(self, word: Word) -> bool:
        """Tell whether `word` is one of them or a synonym."""
        return word.form in self._forms or not self._groups.isdisjoint(word.groups)


class Topics:
    """Nouns of a text, cached: clauses and FAQ questions come again with every question."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._groups = lru_cache(maxsize=20_000)(self._synonyms)
        self._compounds = lru_cache(maxsize=4_096)(self._cut)
        self._words = lru_cache(maxsize=4_096)(self._unique)
        self._terms = lru_cache(maxsize=4_096)(self._content)
        self._phrases = lru_cache(maxsize=4_096)(self._written)

    def morphemes(self, text: str) -> list[Morpheme]:
        """Return the words of `text` in order, offsets into `text` as given."""
        return self._tokenizer.morphemes(text)

    def compounds(self, text: str) -> tuple[tuple[Word, ...], ...]:
        """Return runs of nouns («会社名» = 会社, 名), general words alone left out."""
        return self._compounds(fold(text))

    def subjects(self, text: str) -> tuple[tuple[Word, ...], ...]:
        """Return the compounds without nouns that する makes verbs of («契約した»)."""
        return self._cut(fold(text), verbs=False)

    def words(self, text: str) -> tuple[Word, ...]:
        """Return the topic words once each, in order.

        Where all nouns are general, what they make together is the topic («手順書», «報告内容»).
        """
        return self._words(fold(text))

    def _unique(self, folded: str) -> tuple[Word, ...]:
        unique = {
            word.form: word
            for compound in self._compounds(folded)
            for word in compound
            if word.form not in GENERAL
        }
        if unique:
            return tuple(unique.values())
        return self.phrases(folded)

    def phrases(self, text: str) -> tuple[Word, ...]:
        """Return compounds as they are written, suffixes included («社員証», «残業申請»).

        A single general word is none; without any compound, a way of doing is one («頼み方»).
        """
        return self._phrases(fold(text))

    def _written(self, folded: str) -> tuple[Word, ...]:
        morphemes = self._tokenizer.morphemes(folded)
        found = [
            run
            for run in self._runs(morphemes)
            if len(run) > 1 or not (run[0].normalized.lower() in GENERAL or _counts(run[0]))
        ]
        ways = [list(two) for two in pairwise(morphemes) if _is_way(*two)]
        unique = {}
        for run in found or ways:
            written = folded[run[0].start : run[-1].end]
            normal = "".join(part.normalized.lower() for part in run)
            unique[written] = Word(normal, self._groups(written), written)
        return tuple(unique.values())

    def readings(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield (reading in katakana, as written) of the compounds and nouns of `text`."""
        visible = unicodedata.normalize("NFKC", text)
        for run in self._runs(self._tokenizer.morphemes(visible)):
            for part in (run, *([one] for one in run)):
                written = visible[part[0].start : part[-1].end]
                yield "".join(one.reading for one in part), written

    def is_word(self, text: str) -> bool:
        """Tell whether the dictionary has `text` as one word."""
        found = self._tokenizer.morphemes(text)
        return len(found) == 1 and found[0].known

    @staticmethod
    def _runs(morphemes: Sequence[Morpheme]) -> list[list[Morpheme]]:
        runs: list[list[Morpheme]] = []
        for morpheme in morphemes:
            suffix = _makes_noun(morpheme)
            if not suffix and not _is_noun(morpheme):
                continue
            if runs and runs[-1][-1].end == morpheme.start:
                runs[-1].append(morpheme)
            elif not suffix:
                runs.append([morpheme])
        return runs

    def _joined(self, phrase: str) -> Word:
        return Word(phrase, self._groups(phrase), phrase)

    def terms(self, text: str) -> frozenset[str]:
        """Return all content words, verbs too."""
        return self._terms(fold(text))

    def _content(self, folded: str) -> frozenset[str]:
        return frozenset(self._tokenizer.terms(folded))

    def _cut(self, text: str, *, verbs: bool = True) -> tuple[tuple[Word, ...], ...]:
        runs: list[list[Word]] = [[]]
        end = -1
        morphemes = self._tokenizer.morphemes(text)
        if not morphemes:
            return ()
        for morpheme, following in zip(morphemes, [*morphemes[1:], None], strict=True):
            if not _is_noun(morpheme) or (not verbs and _is_done(following)):
                continue
            if morpheme.start != end:
                runs.append([])
            if _is_named(morpheme, following):
                whole = text[morpheme.start : following.end]  # type: ignore[union-attr]
                runs[-1].append(self._joined(whole))
            else:
                runs[-1].append(self._word(morpheme))
            end = morpheme.end
        return tuple(tuple(run) for run in runs if any(word.form not in GENERAL for word in run))

    def _word(self, morpheme: Morpheme) -> Word:
        form = morpheme.normalized.lower()
        return Word(form, self._groups(morpheme.surface), morpheme.surface)

    def _synonyms(self, surface: str) -> frozenset[str]:
        also = {f"also-{n}" for n, group in enumerate(ALSO) if surface in group}
        return frozenset(self._tokenizer.synonyms(surface)) | also


def _is_noun(morpheme: Morpheme) -> bool:
    if morpheme.pos[0] not in _NOUNS or not _WORDLY.search(morpheme.surface):
        return False
    kinds = set(morpheme.pos)
    if _HIRAGANA.fullmatch(morpheme.surface) and (
        len(morpheme.surface) == 1 or _ADVERBIAL & kinds
    ):  # まま, いつも; or a piece of a word that the dictionary lacks
        return False
    return not _EMPTY_SUB & kinds


def _makes_noun(morpheme: Morpheme) -> bool:
    """A suffix that makes a thing's name: 書, 証, 集; not さん, 的 or 方."""
    if morpheme.pos[:2] != ("接尾辞", "名詞的") or _HIRAGANA.fullmatch(morpheme.surface):
        return False
    return morpheme.normalized not in GENERAL


def _counts(morpheme: Morpheme) -> bool:
    """日 of 何日, 本 of 何本."""
    return len(morpheme.surface) == 1 and "助数詞可能" in morpheme.pos


def _is_way(verb: Morpheme, suffix: Morpheme) -> bool:
    return verb.pos[0] == "動詞" and suffix.surface == "方" and suffix.pos[0] == "接尾辞"


def _is_named(morpheme: Morpheme, following: Morpheme | None) -> bool:
    """A general word whose suffix makes it a thing: 手順 + 書."""
    return (
        morpheme.normalized.lower() in GENERAL
        and following is not None
        and following.start == morpheme.end
        and _makes_noun(following)
    )


def _is_done(following: Morpheme | None) -> bool:
    return following is not None and following.normalized == "為る"


def share(words: Sequence[Word], others: Sequence[Word]) -> float:
    """Return the share (0–1) of `words` that `others` hold too."""
    if not words:
        return 0.0
    held = Meanings(others)
    return sum(held.hold(word) for word in words) / len(words)


def of_other_use(text: str, question: str) -> bool:
    """Tell whether `text` is on 要約, 翻訳 or the like, and the question on none of these."""
    within, asked = fold(text), fold(question)
    held = [use for use in TRANSFORMS if use in within]
    return bool(held) and not any(use in asked for use in held)


def named(words: Sequence[Word], text: str) -> float:
    """Return the share (0–1) of `words` that stand in `text`, without reading it word by word.

    Splitting a passage of 1,000 characters into words costs 3 ms, looking for ten words in it .01.
    """
    if not words:
        return 0.0
    within = fold(text)
    return sum(word.surface in within or word.form in within for word in words) / len(words)
