"""The sentence of a story that makes it believable, and the span that bears its numbers."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answering.citations import CitationList
from assistant.answering.compose.pieces import Piece
from assistant.answering.japanese.vocabulary import GENERAL, vocabulary
from assistant.corpus.text import fold
from assistant.domain import Measure, Story
from assistant.search.terms import pairs

_NUMBER = re.compile(r"[0-9０-９]")
_RESULT = re.compile(
    r"なりまし|なった|になり|済む|済み|済ん|終わ(?:る|り|っ)|(?:出|回|配|返|送|貼|書|帰)せ?れ?(?:ます|る|た)"
    r"|減[りっら]|短く|増え|早く|速く|なくな|縮ま|浮[いく]"
)
"""How a story tells what came of it."""
_CHANGED = re.compile(
    r"なりまし|なった|になり|済[むみん]|減[りっら]|短く|増え|早く|速く|なくな|縮ま?|浮[いく]|届[いき]"
)
_DOUBT = re.compile(
    r"なかっ|だけは|やっぱり|ただし?、|失敗|うまくいか|まちが|間違|注意|気をつけ|油断"
)
"""How it tells what did not go well."""
_PER = re.compile(
    r"^(?:毎?[月週日年]|1?(?:件|回|枚|人|本|通|冊|社|名))(?:に|あたり|につき)?\s*(?=[0-9一二三四五六七八九十半])"
    r"|(?:/|毎|あたり).*$"
)
_CONTENT = re.compile(r"[一-龯々]+|[ァ-ヶー]{2,}|[a-z]{2,}")
_AMOUNT = re.compile(
    r"(?:\d[\d.,]*|[一二三四五六七八九十百]+|半)\s*"
    r"(?:時間半?|分|秒|日半?|週間?|か月|月|h|[件回通本枚人冊社])"
)
_OF_RESULT = vocabulary(
    "結果 所要 合計 全体 短縮 終 済 減 縮 今 現在 以前 従来 平均 掛 出来上 完成 同 準備"
)
"""Words around the numbers of a result (general Japanese)."""
_SAYS_MORE = 2
"""Letters of kanji, katakana or Latin beside numbers from which a sentence says more."""
_QUOTED = 200
"""Characters of a quote that holds both the telling sentence and the one with the numbers."""
_REMEMBERED = 2_048
"""Sentences of stories whose reading is kept: the same ones are told again and again."""
_LONGEST = 110
_SHORTEST = 6


_WRONG = re.compile(
    r"ことが(?:あ[りるっ]|一度|\d+度)|勝手に|(?:古い|その|誤った)まま|落ち[たまてる]|しま(?:った|い|って)|きつ[くい]|怒"
    r"|変[なにわ]|おかし|困っ|失敗|まちが|間違|誤[りっ]|ミス|うまくいか|なかった|だめ|ダメ|やり直|直し忘れ|忘れ"
)
"""How a story tells what went wrong."""
_ASKS_WRONG = re.compile(
    r"失敗|しくじ|やらか|ミス|まちが|間違|変[なに]|おかし|困っ|トラブル|つまず|怒られ|ヒヤ|ひやっ"
    r"|うまくいか|だめだっ|ダメだっ|忘れ"
)


def what_went_wrong(found: Sequence[Piece], question: str) -> Piece | None:
    """Return the sentence that tells what went wrong, if that is asked and told.

    Among several, the one that shares most with the question.
    """
    if not _ASKS_WRONG.search(question):
        return None
    asked = set(pairs(question))
    told = [piece for piece in found if len(piece.text) >= _SHORTEST and _WRONG.search(piece.text)]
    return max(told, key=lambda piece: len(asked & set(pairs(piece.text))), default=None)


def telling(found: Sequence[Piece], story: Story, citations: CitationList) -> Piece | None:
    """Return the result in a sentence that says more than the card's numbers, if there is one."""
    more = [
        piece
        for piece in found
        if not (_is_bare(piece.text, story) or citations.holds(piece.passage, piece.text))
    ]
    told = believable(more, story)
    return told if told is not None and _tells_change(told, story) else None


def _tells_change(piece: Piece, story: Story) -> bool:
    """Tell whether a sentence says what became less, more or quicker, or a number of it."""
    text, after = fold(piece.text), _amount(story.after)
    counted = bool(_NUMBER.search(text) and _RESULT.search(text))
    changed = counted or bool(_CHANGED.search(text)) or bool(after and after in text)
    return changed and _credit(piece, story) > 0


def _is_bare(text: str, story: Story) -> bool:
    """«2時間が30分になりました» says nothing that «2時間 → 30分» does not."""
    bare = _AMOUNT.sub(" ", fold(text))
    for measure in (story.before, story.after):
        bare = bare.replace(fold(measure.original), " ") if measure else bare
    words = (word for word in _CONTENT.findall(bare) if word not in GENERAL | _OF_RESULT)
    return sum(map(len, words)) < _SAYS_MORE


def believable(found: Sequence[Piece], story: Story) -> Piece | None:
    """Return the sentence that tells the result, with its number where there is one.

    Among equals the later one: stories begin with the trouble and end with what came of it.
    """
    sentences = [
        piece
        for piece in found
        if _SHORTEST <= len(piece.text) <= _LONGEST and not _is_change(piece.text, story)
    ]
    return max(sentences, key=lambda piece: (_credit(piece, story), piece.start), default=None)


def _credit(piece: Piece, story: Story) -> int:
    """Return how well a sentence tells what came of it; 0 or less: it does not."""
    return _credit_of(piece.text, _amount(story.before), _amount(story.after))


@lru_cache(_REMEMBERED)
def _credit_of(sentence: str, before: str, after: str) -> int:
    text = fold(sentence)
    has_after = bool(after) and after in text
    has_before = bool(before) and before in text
    result = bool(_RESULT.search(text))
    number = bool(_NUMBER.search(text))
    told = 3 * has_after + 2 * result + (number and result) + (has_before and has_after)
    doubt = (has_before and not has_after) or bool(_DOUBT.search(text))
    return told - 3 * doubt


def _is_change(text: str, story: Story) -> bool:
    """«50分 → 15分» stands on the card already."""
    if story.before is None or story.after is None:
        return False
    return "→" in text and story.before.original in text and story.after.original in text


def _amount(measure: Measure | None) -> str:
    """Return the amount without its unit of counting («1件20分» → «20分»)."""
    return _amount_of(measure.original) if measure else ""


@lru_cache(_REMEMBERED)
def _amount_of(original: str) -> str:
    return _PER.sub("", fold(original))


def quoted(told: Piece | None, numbers: Piece | None, length: int) -> tuple[int, int]:
    """Return the span that bears the card: its sentence, with the numbers where they are near."""
    near = [piece for piece in (told, numbers) if piece is not None]
    if not near:
        return 0, length
    start, end = min(piece.start for piece in near), max(piece.end for piece in near)
    return (start, end) if end - start <= _QUOTED else (near[0].start, near[0].end)
