"""The company's own words: those that are secret, and those that never are."""

import re
from collections.abc import Iterable, Iterator

from assistant.answering.guard.folding import folded
from assistant.answering.guard.spans import Span
from assistant.corpus.patterns import compile_pattern
from assistant.corpus.text import fold
from assistant.domain import Category, Company

_AI_NAMES = (
    "ChatGPT", "チャットGPT", "GPT", "Claude", "クロード", "Gemini", "ジェミニ", "Copilot",
    "コパイロット", "Perplexity", "Grok", "Llama", "Mistral", "DeepL", "Notion AI", "NotebookLM",
)  # fmt: skip
"""AI products by name (general, 2026): 「Claudeさん」 is nobody."""


class OwnTerms:
    """`company.yaml`'s word lists, compiled once."""

    def __init__(self, company: Company) -> None:
        self._secret = _spaced(company.confidential_terms)
        self._patterns = tuple(compile_pattern(one) for one in company.confidential_patterns)
        self._harmless = _pattern(_harmless(company))

    def secrets(self, text: str) -> Iterator[Span]:
        """Yield the company's confidential words in folded `text`, in either kana."""
        for match in self._secret.finditer(text.translate(_ONE_KANA)):
            yield Span(match.start(), match.end(), Category.CONFIDENTIAL_TERM)
        for pattern in self._patterns:
            for match in pattern.finditer(text):
                yield Span(match.start(), match.end(), Category.CONFIDENTIAL_TERM)

    def harmless(self, text: str) -> list[Span]:
        """Return where own names, departments, products, tools and public names stand."""
        return [
            Span(match.start(), match.end(), Category.COMPANY)
            for match in self._harmless.finditer(text)
        ]


def _harmless(company: Company) -> Iterable[str]:
    yield from (company.name, company.english_name, *company.short_names)
    yield from (*company.own_names, *company.product_names, *company.public_names)
    for department in company.departments:
        yield from (department.name, *department.aliases)
    for tool in (*company.allowed_tools, *company.forbidden_tools):
        yield from (tool.name, *tool.aliases)
    yield from _AI_NAMES
    yield company.desk.name


_ONE_KANA = {ord("ァ") + n: ord("ぁ") + n for n in range(ord("ヶ") - ord("ァ") + 1)}
"""Katakana to hiragana, one for one."""


def _spaced(terms: Iterable[str]) -> re.Pattern[str]:
    """Match the terms whatever their kana, with a blank between any two characters."""
    unique = {folded(term).text.translate(_ONE_KANA) for term in terms}
    ways = [
        r"\s?".join(re.escape(character) for character in term if not character.isspace())
        for term in sorted(unique, key=len, reverse=True)
        if len(term) > 1
    ]
    return re.compile("|".join(ways) or r"(?!)", re.IGNORECASE)


def _pattern(terms: Iterable[str]) -> re.Pattern[str]:
    """Match any of the terms in any width and case, longest first; never, if there are none."""
    unique = sorted({fold(term) for term in terms if len(term) > 1}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, unique)) or r"(?!)", re.IGNORECASE)
