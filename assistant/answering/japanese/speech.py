"""A question as it is spoken, in the plain standard Japanese that everything after the guard reads.

«図面ば直したいっちゃけど、どげんすればよかと?» becomes «図面を直したいのだけど、どうすればいいの?».
Grammar only: no word for a thing is put in or taken out, and what was denied stays denied.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.answering.japanese.endings import standard_endings
from assistant.answering.japanese.marks import tidied
from assistant.answering.japanese.phrases import standard_phrases
from assistant.domain import Role, Turn
from assistant.ports import Tokenizer

_LONGEST = 300
"""Characters (NFKC) of a question that is read as speech; who pastes more pastes a document."""
_REMEMBERED = 512
_ROUNDS = 4
"""A form may show itself only when another has become standard; three rounds were enough for all
questions seen."""
_SPOKEN = re.compile(r"[ぁ-ゖ]")


class Speech:
    """Reads questions with one tokenizer; remembers what it has read."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._read = lru_cache(_REMEMBERED)(self._standard)

    def plain(self, text: str) -> str:
        """Return `text` (masked) in standard Japanese and NFKC; plain text comes back unchanged."""
        visible = unicodedata.normalize("NFKC", text)
        return visible if len(visible) > _LONGEST else self._read(visible)

    def turns(self, history: Sequence[Turn]) -> list[Turn]:
        """Return earlier turns, what was asked in standard Japanese."""
        return [
            replace(turn, content=self.plain(turn.content)) if turn.role is Role.USER else turn
            for turn in history
        ]

    def _standard(self, text: str) -> str:
        text = tidied(text)
        for _ in range(_ROUNDS):
            if not _SPOKEN.search(text):
                return text
            phrased = standard_phrases(text, self._tokenizer)
            told = standard_endings(phrased, self._tokenizer.morphemes(phrased))
            if told == text:
                break
            text = told
        return text
