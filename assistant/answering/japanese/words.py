"""The topic of a question or clause: its nouns with their synonyms, without general words."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, zip_longest

from assistant.answering.japanese.nouns import (
    is_counter,
    is_done,
    is_named_by,
    is_noun,
    is_way,
    noun_runs,
)
from assistant.answering.japanese.vocabulary import ALSO, GENERAL, vocabulary
from assistant.corpus.text import fold
from assistant.ports import Morpheme, Tokenizer

PROCESS = vocabulary(
    """
    下書き 要約 翻訳 文面 文章 文 文言 報告 整理 分析 調査 生成 案 構成 一覧 表 リスト
    まとめ 纏め 修正 校正 添削 手直し 比較 検討 説明 意見 レビュー チェック 書 案内 記録
    計算 検算 集計
    改善 効率 短縮 早め 自動 自動化 企画 計画 準備 管理 設定 判定 判断
    """
)
"""Words for what is done; what it is done to says more (general Japanese)."""

TRANSFORMS = vocabulary("要約 翻訳 校正 添削 比較 分析 調査 集計 分類")
"""Words for what is done with a text that exists: not meant by who wants to write one."""


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
            for run in noun_runs(morphemes)
            if len(run) > 1 or not (run[0].normalized.lower() in GENERAL or is_counter(run[0]))
        ]
        ways = [list(two) for two in pairwise(morphemes) if is_way(*two)]
        unique = {}
        for run in found or ways:
            written = folded[run[0].start : run[-1].end]
            normal = "".join(part.normalized.lower() for part in run)
            unique[written] = Word(normal, self._groups(written), written)
        return tuple(unique.values())

    def readings(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield (reading in katakana, as written) of the compounds and nouns of `text`."""
        visible = unicodedata.normalize("NFKC", text)
        for run in noun_runs(self._tokenizer.morphemes(visible)):
            for part in (run, *([one] for one in run)):
                written = visible[part[0].start : part[-1].end]
                yield "".join(one.reading for one in part), written

    def is_word(self, text: str) -> bool:
        """Tell whether the dictionary has `text` as one word."""
        found = self._tokenizer.morphemes(text)
        return len(found) == 1 and found[0].known

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
        for morpheme, following in zip_longest(morphemes, morphemes[1:]):
            if not is_noun(morpheme) or (not verbs and is_done(following)):
                continue
            if morpheme.start != end:
                runs.append([])
            if following is not None and is_named_by(following, morpheme):
                runs[-1].append(self._joined(text[morpheme.start : following.end]))
            else:
                runs[-1].append(self._word(morpheme))
            end = morpheme.end
        return tuple(tuple(run) for run in runs if any(word.form not in GENERAL for word in run))

    def _word(self, morpheme: Morpheme) -> Word:
        form = morpheme.normalized.lower()
        groups = frozenset(morpheme.groups) | _also(morpheme.surface)
        return Word(form, groups, morpheme.surface)

    def _synonyms(self, surface: str) -> frozenset[str]:
        return frozenset(self._tokenizer.synonyms(surface)) | _also(surface)


def _also(surface: str) -> frozenset[str]:
    return frozenset(f"also-{n}" for n, group in enumerate(ALSO) if surface in group)


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
