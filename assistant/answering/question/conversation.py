"""A question of a conversation made to stand alone: it takes along what it leaves out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.japanese.words import Topics, Word
from assistant.answering.question.arguments import arguments
from assistant.answering.question.asking import asks, sentences
from assistant.answering.question.departments import mentioned, without_department
from assistant.answering.question.intent import HAPPENED
from assistant.answering.question.leaning import (
    asked_of,
    is_fragment,
    leans,
    own_topic,
    without_opener,
    without_pronoun,
)
from assistant.answering.question.named import Named
from assistant.answering.question.oneline import one_line
from assistant.domain import Company, Kind, Role, Turn

_PHRASES = 2
"""Arguments carried: more of them drown the question, and it is said not to be answered."""
_LONGEST = 120
"""Characters carried."""
_DOCUMENT = re.compile(
    r"(?:その|この|さっきの|今の|いまの|上の|先ほどの|(?:(?P<nth>[1-9一二三四五])(?:つ|番|個|件)目|最初|(?P<last>最後))の)"
    r"(?=(?:(?P<story>事例|実例|例|話|体験談)|(?P<template>テンプレ(?:ート)?|ひな(?:形|型)|雛[形型]|文例|定型文)"
    r"|(?P<manual>マニュアル|ガイド|手引き?)|(?P<rule>ルール|規程|規定)|資料|文書|やつ|方|もの))"
)
"""«その事例», «2つ目のテンプレート»: a document that the last answer showed."""
_NUMERALS = "0一二三四五"


@dataclass(frozen=True, slots=True)
class Context:
    """What a later question may lean on."""

    topic: str = ""
    """«展示会のお礼メール», or «AIで作った画像、SNS»."""
    department: str = ""
    """The department that was asked about."""
    asked: str = ""
    """The question that named the topic."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What is known of the company while a conversation is read."""

    company: Company
    topics: Topics
    named: Named

    def context(self, history: Sequence[Turn]) -> Context:
        """Return what the turns leave to lean on; `history`: masked, oldest first."""
        context = Context()
        for place, turn in enumerate(history):
            if turn.role is Role.USER:
                context = self._after(one_line(turn.content), context, history[:place])
        return context if context.topic else replace(context, topic=self._shown(_said(history)))

    def standalone(self, question: str, context: Context, history: Sequence[Turn]) -> str:
        """Return the question with what it leaves out, or as it is."""
        pointed = self._pointed(question, history)
        if pointed:
            return pointed
        if not self._leans(question, context):
            return question
        topic = context.topic
        if mentioned(question, self.company):
            topic = without_department(topic, self.company)
        question = without_pronoun(question)
        if is_fragment(question) and asks(context.asked):
            question = asked_of(question) + self._predicate(context.asked)
        if HAPPENED.search(context.asked):
            return f"{context.asked[:_LONGEST].rstrip('。')}。{question}"
        return f"{topic[:_LONGEST]}について、{question}" if topic else question

    def titles_told(self, history: Sequence[Turn]) -> tuple[str, ...]:
        """Return the titles that the last answer named."""
        return tuple(self.named.titles_in(_said(history)))

    def _after(self, text: str, before: Context, told: Sequence[Turn]) -> Context:
        """Return what can be leaned on after `text` has been asked."""
        question = without_opener(text, first=not told)
        found = mentioned(question, self.company)
        pointed = self._pointed(question, told)
        if self._leans(question, before) or pointed:
            more = self._phrases(question) if is_fragment(question) else []
            topic = "、".join([*filter(None, [before.topic]), *more])
            return replace(
                before,
                topic=self._phrases(pointed)[0] if pointed else topic,
                department=found.name if found else before.department,
            )
        phrases = self._phrases(question)
        if not phrases:
            return before
        return Context("、".join(phrases), found.name if found else "", question)

    def _shown(self, said: str) -> str:
        """Return what an answer is about: a title of ours, else its first nouns, no sentence."""
        titles = self.named.titles_in(said)
        if titles:
            return f"「{titles[0]}」"
        first = next(sentences(said), "")
        return "、".join(word.surface for word in self._own(first)[:_PHRASES])

    def _own(self, text: str) -> list[Word]:
        return own_topic(text, self.company, self.topics)

    def _leans(self, question: str, context: Context) -> bool:
        if not context.topic:
            return False
        carried = self._own(context.topic)
        return leans(
            question,
            self._own(question),
            is_new_topic=lambda own: self.named.is_new_topic(own, carried),
        )

    def _phrases(self, text: str) -> list[str]:
        """Return the arguments that name a topic, the most telling of them.

        What is said where, with what or until when counts only if there is nothing else, and so
        does one character («手», «目»).
        """
        found = [
            (argument, max(len(word.surface) for word in own))
            for argument in arguments(text, self.topics.morphemes(text))
            if (own := self._own(argument.text))
        ]
        long = [argument for argument, length in found if length > 1]
        core = [argument for argument in long if not argument.is_aside]
        chosen = core or long or [argument for argument, _ in found]
        return [argument.text for argument in chosen][:_PHRASES]

    def _predicate(self, asked: str) -> str:
        """Return what a question says of its arguments: «載せてもいい?»."""
        morphemes = self.topics.morphemes(asked)
        phrases = arguments(asked, morphemes)
        rest = asked.rpartition(phrases[-1].text)[2] if phrases else asked
        return rest.removeprefix(phrases[-1].particle) if phrases else rest

    def _pointed(self, question: str, history: Sequence[Turn]) -> str:
        """Return the question with the title of the document that it points to, or nothing."""
        match = _DOCUMENT.search(question)
        if match is None:
            return ""
        kinds = [kind for kind in Kind if match.groupdict().get(kind.value)]
        titles = self.named.titles_in(_said(history), kinds)
        place = _place(match)
        if not -len(titles) <= place < len(titles):
            return ""
        return f"{question[: match.start()]}「{titles[place]}」の{question[match.end() :]}"


def _said(history: Sequence[Turn]) -> str:
    """Return the last answer."""
    return next((turn.content for turn in reversed(history) if turn.role is Role.ASSISTANT), "")


def _place(match: re.Match[str]) -> int:
    if match["last"]:
        return -1
    nth = match["nth"] or "1"
    return (int(nth) if nth.isdecimal() else _NUMERALS.index(nth)) - 1
