"""Source code and configuration pasted into a question."""

import re
from collections.abc import Iterator

from assistant.answering.guard.languages import CMDLET, FORMULA, LINES, QUERY, STRUCTURES, UPPER
from assistant.answering.guard.spans import Span
from assistant.domain import Category

_FENCED = re.compile(r"```[^\n]*\n[\s\S]{10,}?(?:```|\Z)")
_RUN = re.compile(r"[\x20-\x7e\r\n\t]{12,}+(?:[^\x00-\x7e]{1,24}[\x20-\x7e\r\n\t]{8,})*")
"""Latin text with short Japanese comments or strings between."""

_STRONG = re.compile(
    r"\bdef \w{1,60}\([^\n)]{0,200}\)\s?(?:->[^:\n]{1,60})?:"
    r"|\bclass \w{1,60}(?:\([^\n)]{0,80}\))?\s?[:{]|\b(?:function|func)\s{0,3}\w{0,60}\s?\("
    r"|\b(?:const|let|var)\s{1,3}[\w{}\[\], ]{1,60}=|=>\s?[{(\w]|#include\s?[<\"]"
    r"|\b(?:public|private|protected|static)\s(?:static\s)?[\w<>\[\]]{1,40}\s\w{1,40}\s?[(={]"
    r"|\bSELECT\b[^;]{1,400}?\bFROM\b|\bINSERT\s{1,3}INTO\b|\bUPDATE\s{1,3}[\w.]{1,60}\s{1,3}SET\b"
    r"|\bDELETE\s{1,3}FROM\b|\b(?:CREATE|ALTER|DROP)\s{1,3}(?:TABLE|VIEW|INDEX|DATABASE)\b"
    r"|\b(?:from\s[\w.]{1,60}\s)?import\s[\w.{}*, ]{1,120}(?:\n|;|$)"
    r"|\b(?:for|while)\s?\([^;\n]{0,80};[^;\n]{0,80};|\b(?:if|while|switch)\s?\([^\n{]{0,120}\{"
    r"|\b(?:Sub|Function)\s\w{1,60}\([^)\n]{0,120}\)|\bDim\s\w{1,60}\sAs\b"
    r"|\bEnd (?:Sub|If|Function)\b"
    r"|\bEND_(?:IF|FOR|WHILE|VAR|PROGRAM)\b|\bthen\n[^\n]{0,120}\n\s{0,8}(?:fi|else|end)\b|^#!/"
    r"|[{\[,]\s{0,8}\"[\w.-]{1,40}\"\s{0,2}:"
    r"|^[ \t]{0,20}(?:if|elif|else|for|while|try|except|finally|with)\b[^\n]{0,80}:[ \t]*\n[ \t]+\S"
    r"|<\?php|</(?:div|script|html|table|body|[a-z]{2,12})>|\bSystem\.out\.|\bconsole\.log\("
    r"|\bprintf?\s?\(|\bfor\s\w{1,40}(?:,\s?\w{1,40}){0,4}\sin\s[^\n:]{1,120}:"
    r"|\breturn\s[\w.]{1,60}\s?[*+(\[/-]|^\s{0,8}[$>] (?:sudo|curl|git|docker|kubectl)\s"
    r"|^\s{0,8}(?:[\w()#>-]{1,20}[#>] ?)?(?:run: )?(?:git|terraform|kubectl|docker|ansible-playbook"
    r"|psql|ip|iptables|rsync|scp) [a-z-]+(?: [!-~]{2,80}){2}"
    r"|\bWHERE\s{1,3}[\w.]{1,60}\s{0,3}(?:=|<|>|BETWEEN\b|IN\b|LIKE\b)|^\s{0,8}\((?:command|defun|setq) "  # noqa: E501
    r"|\b(?:sum|avg|max|rate) ?(?:by )?\([\w ,]{1,40}\) ?\(|\{ (?:allow|deny|proxy_pass|listen) [^\n}]{1,200};"  # noqa: E501
    r"|\b(?:[GMXYZFST]-?\d{1,5}(?:\.\d{0,4})?\s{0,2}){5}",
    re.IGNORECASE | re.MULTILINE,
)
_WEAK = re.compile(
    r"[{};]\s?(?:\n|$)|==|!=|:=|&&|\|\||\b\w{1,40}\.\w{1,40}\(|\w\(\w{0,40}\)|\w\[\w{1,40}\]"
    r"|\+=|->|::|\$\{?\w|\\n"
)
_KEY_LINE = re.compile(r"^([ \t]{0,20})(?:- )?[\w.\"'/-]{1,40}:([ \t]+\S[^\n]*)?$", re.MULTILINE)
_SETTING = re.compile(r"^[ \t]{0,8}[A-Za-z_][\w.-]{1,50}[ \t]?=[ \t]?\S", re.MULTILINE)
_COMMAND = re.compile(
    r"^\s{0,8}(?:[$#>%] ?)?(?:sudo )?[a-z][\w.-]{1,30}(?: [a-z][\w-]{1,20}){0,2}"
    r"(?=[^\n]{0,400}(?: https?://| -{1,2}[A-Za-z]))(?: [^\s]{1,200}){2,}",
    re.MULTILINE,
)
"""A line of a shell: a program in small letters, with options or an address behind it."""
_OPTION = re.compile(
    r"(?:^| )(?:-[A-Za-z]{1,5}\b|[\w.@]{0,40}:?/[\w.-]{1,40}/|--[a-z][\w-]{1,30}|https?://\S{4,})"
)
_FORMULA = re.compile(r"^\s*=\s*[A-Z]{2,}[A-Z0-9.]*\(")
"""A spreadsheet formula is what people ask about, and holds no secret."""

_BEFORE = re.compile(r"(?:[?!.,:;)]*[ \t]*\r?\n)?\s*")
"""The end of a sentence that stands in the line before the code, and blanks."""

_LONGEST_RUN = 4_000
"""Code shows itself in its first lines."""


def find_code(text: str) -> Iterator[Span]:
    """Yield program text and configuration in folded `text`."""
    for match in _FENCED.finditer(text):
        yield Span(match.start(), match.end(), Category.SOURCE_CODE)
    if not re.search(
        r"[(={;<#:\[$]| -|2>|select|import|update|compute|move|from", text, re.IGNORECASE
    ):
        return
    for pattern in (QUERY, FORMULA):
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), Category.SOURCE_CODE)
    for match in _RUN.finditer(text):
        run = match.group()
        if not (_FORMULA.match(run) and "\n" not in run.strip()) and _is_code(run[:_LONGEST_RUN]):
            before = _BEFORE.match(run)
            start = match.start() + (before.end() if before else 0)
            yield Span(start, match.start() + len(run.rstrip()), Category.SOURCE_CODE)


def _is_code(run: str) -> bool:
    return (
        any(pattern.search(run) for pattern in (_STRONG, STRUCTURES, LINES, UPPER, CMDLET))
        or len(_WEAK.findall(run)) >= 3
        or _is_command(run)
        or _is_configuration(run)
    )


def _is_command(run: str) -> bool:
    return any(len(_OPTION.findall(one.group())) >= _OPTIONS for one in _COMMAND.finditer(run))


_OPTIONS = 2
"""One option stands in plain English too: «run with -v»."""


def _is_configuration(run: str) -> bool:
    """YAML with something nested, or three settings in a row; a mail's header lines are flat."""
    lines = [(len(match[1]), match[2] is None) for match in _KEY_LINE.finditer(run)]
    nested = any(opens for _, opens in lines) and len({indent for indent, _ in lines}) > 1
    return (len(lines) >= 4 and nested) or len(_SETTING.findall(run)) >= 3
