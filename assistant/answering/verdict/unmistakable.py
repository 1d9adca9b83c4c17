"""Whether the words of a question can mean no other clause than the permission they share.

Where meaning is not compared, «持ち物表、香盤表の枠» would permit «テレビ枠をいくらで買うかの表».
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.answering.japanese.words import Meanings, Word
from assistant.answering.verdict.clauses import RuleBook
from assistant.answering.verdict.fits import Fit, is_thing
from assistant.answering.verdict.given import hands_over
from assistant.answering.verdict.likely import Likely
from assistant.answering.verdict.signs import Nearness, signs_of
from assistant.answering.verdict.subjects import clause_kind
from assistant.corpus.text import fold
from assistant.domain import ClauseKind, Passage

_FREE = frozenset({ClauseKind.ENCOURAGED, ClauseKind.DESK, ClauseKind.FINAL_CHECK})
_MOST_UNNAMED = 2
"""Things that a question may name beside each one that the permission names. With all these signs
0 of 2,092 questions and 965 wishes for what 71 invented rules forbid are told that it is free (25
and 79 without); of 431 and 159 that are, 218 and 79 still hear it, the others are sent to the desk
or hear nothing. Each sign left out lets some through again."""
_KANJI = re.compile(r"[一-龠々]")
_NOT_YET = re.compile(r"(?:[うくすつぬむるた]|の)前|まだ|これから")
_PUBLIC = re.compile(r"公[開表]")


def surely_permits(permit: Passage, text: str, book: RuleBook, likely: Likely) -> bool:
    """Tell whether a permission that a question touches may be told.

    `text`: the question without names of tools.
    `likely`: what meaning says; where it says nothing at all, the words decide alone.
    """
    return bool(likely.shares) or _unmistakable(permit, text, book)


def _unmistakable(permit: Passage, text: str, book: RuleBook) -> bool:
    things = [word for word in book.full_words(text) if is_thing(word)]
    held = Meanings(book.topic(permit.text))
    unnamed = [word for word in things if not held.hold(word)]
    return (
        len(unnamed) <= _MOST_UNNAMED * (len(things) - len(unnamed))
        and _names_whole(permit, text, book)
        and not (unnamed and hands_over(text))
        and not _leaves_open(permit, text)
        and not _shared_with_stricter(permit, things, book)
        and not _writes_like_a_ban(permit, unnamed, book)
    )


def _leaves_open(permit: Passage, text: str) -> bool:
    """Tell whether the clause is not on what is decided by an AI, or is not public yet."""
    if signs_of(Fit(permit, 1.0, 1.0), text, Nearness(0.0, 0.0)).decide_question:
        return True
    return bool(_NOT_YET.search(text) and _PUBLIC.search(permit.text))


def _names_whole(permit: Passage, text: str, book: RuleBook) -> bool:
    """Tell whether a name of the question stands in the clause as written, or a synonym of it.

    «外国語» is no «外国人», and one character (枠, 木) means too much.
    """
    words = book.topic(permit.text)
    own, forms = Meanings(words), {word.form for word in words}
    held = [word for word in book.full_words(text) if own.hold(word)]
    if any(len(word.surface) > 1 and is_thing(word) and word.form not in forms for word in held):
        return True
    written = fold(permit.text)
    return any(len(name) > 1 and name in written for name in _names(held, fold(text)))


def _names(words: Sequence[Word], text: str) -> Iterator[str]:
    """Yield the words, joined where they stand together in `text`."""
    name = ""
    for word in words:
        if name and name + word.surface in text:
            name += word.surface
            continue
        yield name
        name = word.surface
    yield name


def _shared_with_stricter(permit: Passage, things: Sequence[Word], book: RuleBook) -> bool:
    """Tell whether a ban or condition names a thing that the permission names in no such word."""
    own = {word.form for word in book.topic(permit.text)}
    beyond = [word for word in things if word.form not in own]
    judging = (one for one in book.judging if clause_kind(one) is not ClauseKind.ENCOURAGED)
    return any(
        held.hold(word)
        for one in judging
        for held in [Meanings(book.topic(one.text))]
        for word in beyond
    )


def _writes_like_a_ban(permit: Passage, unnamed: Sequence[Word], book: RuleBook) -> bool:
    """Tell whether a thing is written with a character of what a ban names: 録音 and 音声.

    What the rule says without a sign of what kind it is may be a ban, too.
    """
    rest = _kanji(word.surface for word in unnamed) - _kanji([permit.text])
    bans = (one for one in book.all if clause_kind(one) not in {*_FREE, ClauseKind.CONDITIONAL})
    return any(
        rest & _kanji(word.surface for word in book.topic(one.text) if is_thing(word))
        for one in bans
    )


def _kanji(texts: Iterable[str]) -> set[str]:
    return {one for text in texts for one in _KANJI.findall(text)}
