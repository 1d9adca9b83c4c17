"""Tools that the company does not allow, as questions name them, and the clause about them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from assistant.answering.japanese.words import Word
from assistant.answering.verdict.clauses import RuleBook
from assistant.answering.verdict.subjects import clause_kind
from assistant.domain import ClauseKind, Company, Passage, Tool

_QUALIFIER = re.compile(
    r"[((][^))]*[))]|(?:個人|自分|私物|自前)(?:契約|用|アカウント)?(?:版)?の?|無[料償](?:版)?の?"
    r"|有料版?の?|(?:無料|個人|試用|体験)版|版$"
)
"""What a product is called besides its name (general Japanese)."""
_OWN = re.compile(
    r"(?:自分|自前|私物|私用|個人|プライベート|無[料償])(?:の|で|版|契約|用|し|た|している|アカウント|スマホ){0,4}"
    r"(?:生成)?(?:ai|chatgpt|gemini|copilot|claude)"
    r"|(?:自分|個人|自腹)で[^。?]{0,12}(?:払|はら|契約|課金|登録|買)[^。?]{0,10}(?:ai|chatgpt|gemini|claude)"
)
"""One's own AI, whatever it is called."""
_PRIVATE = re.compile(r"個人|私物|無[料償]|自分|契約していない|認めていない|承認")
_GENERIC = re.compile(r"(?:生成)?AI|AIツール|ツール|サービス|アプリ|サイト")
_SHORTEST = 3
_UNAPPROVED = re.compile(
    r"(?:承認|許可|認め|契約|導入|指定|用意|登録).{0,10}(?:ない|いない|以外|ぬ)|以外の|個人で|個人の|私物|無[料償]"
    r"|(?:自分|自前|自腹|私用)で[^。]{0,8}(?:登録|契約|入れ|課金|払)|自分の(?:スマホ|端末|アカウント)"
)
_HIRAGANA = re.compile(r"[ぁ-ゖー]+")
_USE = re.compile(r"使|利用|活用")
_TOOL_WORD = re.compile(r"AI|ツール|サービス|アプリ|ソフト|サイト|道具", re.IGNORECASE)


def forbidden_tool(text: str, company: Company) -> Tool | None:
    """Return the tool that is not allowed, if the question names it or its product.

    «ChatGPT» names «ChatGPT(個人契約)»; the full name of an allowed tool names that one alone.
    """
    asked = _folded(text)
    for name in sorted(_names(company.allowed_tools), key=len, reverse=True):
        asked = asked.replace(_folded(name), " ")
    for tool in company.forbidden_tools:
        if any(_folded(name) in asked for name in _products(tool)):
            return tool
    if not _OWN.search(asked):
        return None
    return next((tool for tool in company.forbidden_tools if _PRIVATE.search(tool.name)), None)


def clause_on_unapproved(rules: Sequence[Passage]) -> Passage | None:
    """Return the clause that keeps tools out which the company has not approved."""
    for rule in rules:
        judges = clause_kind(rule) is ClauseKind.FORBIDDEN_INPUT or clause_kind(rule) is None
        if judges and _UNAPPROVED.search(rule.text) and _TOOL_WORD.search(rule.text):
            forbids = re.search(r"ない|禁止|ません|禁じ", rule.text)
            if forbids or clause_kind(rule) is ClauseKind.FORBIDDEN_INPUT:
                return rule
    return None


def other_tool_only(text: str, clause: Passage, company: Company) -> bool:
    """Tell whether a clause is for one allowed tool alone, and the question names another one.

    «規程の要約: 社内AIだけで使う» keeps out «規程をCopilotで要約».
    """
    asked, within = _folded(text), _folded(clause.text)
    named = [tool for tool in company.allowed_tools if _is_named(tool, asked)]
    only = [tool for tool in company.allowed_tools if _is_named(tool, within, alone=True)]
    return bool(named) and bool(only) and not any(tool in only for tool in named)


def _is_named(tool: Tool, folded: str, *, alone: bool = False) -> bool:
    after = r"(?:だけ|のみ|に限)" if alone else ""
    names = (_folded(name) for name in (tool.name, *tool.aliases) if name)
    return any(re.search(re.escape(name) + after, folded) for name in names)


def without_tools(text: str, company: Company) -> str:
    """Return `text` (NFKC) with the names of allowed tools as «AI»: they say nothing of the use."""
    for name in sorted(_names(company.allowed_tools), key=len, reverse=True):
        text = re.sub(
            re.escape(unicodedata.normalize("NFKC", name)), "AI", text, flags=re.IGNORECASE
        )
    return text


def allowed_tool_clause(text: str, book: RuleBook, company: Company) -> tuple[Passage, ...] | None:
    """Return what the rule says of an allowed tool if the question is on the tool alone."""
    bare = without_tools(text, company)
    if bare == text or any(map(_tells, book.topic(bare))) or not _USE.search(bare):
        return None
    names = [unicodedata.normalize("NFKC", tool.name) for tool in company.allowed_tools]
    return tuple(rule for rule in book.all if any(name in rule.text for name in names))[:1]


def _tells(word: Word) -> bool:
    return len(word.surface) > 1 and not _HIRAGANA.fullmatch(word.surface)


def _products(tool: Tool) -> Iterator[str]:
    for name in (tool.name, *tool.aliases):
        yield name
        product = _QUALIFIER.sub("", unicodedata.normalize("NFKC", name)).strip()
        if len(product) >= _SHORTEST and not _GENERIC.fullmatch(product):
            yield product


def _names(tools: Sequence[Tool]) -> Iterator[str]:
    return (name for tool in tools for name in (tool.name, *tool.aliases) if name)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
