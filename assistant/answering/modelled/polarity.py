"""What a sentence says is done and what is not: one ない turns a rule around."""

from collections.abc import Iterable, Mapping, Sequence

from assistant.answering.japanese.vocabulary import vocabulary
from assistant.ports import Morpheme

_NOT = frozenset({"ない", "ず", "まい", "無い", "無し"})
_BANS = vocabulary("禁止 厳禁 禁ずる 禁じる 不可 不要 ng 控える 避ける 止める")
_LIGHT = vocabulary(
    """
    為る 有る 居る 成る 出来る 行く 行ける 下さる 貰う 頂く 呉れる 良い こと 事 物 様 よう 訳 為
    必要 可能
    """
)
"""Words that a negation is attached to, but that are not what is negated."""
_CONTENT = frozenset({"動詞", "形容詞", "形状詞", "名詞", "代名詞"})

RISKY = vocabulary(
    """
    入れる 入力 貼る 貼り付ける 渡す 送る 送信 見せる 読ます 共有 公開 公表 載せる 登録 添付
    アップロード 承認 許可 禁止 不要 削除 消す 伏せる 外す 省く 省略 保存 転送 返信 申請 契約 支払う
    """
)
"""What does harm where a document says nothing of it: to give away, to permit, to leave out."""

Polarity = Mapping[str, frozenset[bool]]
"""By normalized word: True where it is said, False where its opposite is."""


def polarity(sentences: Iterable[Sequence[Morpheme]]) -> Polarity:
    """Return which words are affirmed and which are negated; a word may be both."""
    found: dict[str, set[bool]] = {}
    for morphemes in sentences:
        for word, affirmed in _read(morphemes):
            found.setdefault(word, set()).add(affirmed)
    return {word: frozenset(signs) for word, signs in found.items()}


def contradicts(said: Polarity, near: Polarity, told: Polarity) -> bool:
    """Tell whether a sentence turns a word around.

    `near`: the sentences that it comes from; `told`: all that its passages say.
    """
    for word, signs in said.items():
        known = near.get(word) or (told.get(word) if word in RISKY else None)
        if True in signs and known == frozenset({False}):
            return True
        if False in signs and False not in (near.get(word) or told.get(word) or ()):
            return True
    return False


def negates(told: Polarity) -> bool:
    """Tell whether anything is negated."""
    return any(False in signs for signs in told.values())


def _read(morphemes: Sequence[Morpheme]) -> list[tuple[str, bool]]:
    words: list[tuple[str, bool]] = []
    for morpheme in morphemes:
        word = morpheme.normalized.lower()
        if word in _NOT or word in _BANS:
            if words:
                words[-1] = (words[-1][0], False)
        elif morpheme.pos[0] in _CONTENT and word not in _LIGHT:
            words.append((word, True))
    return words
