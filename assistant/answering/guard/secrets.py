"""Secrets by their known shapes, and values that a person calls a password or a key."""

import re
from collections.abc import Iterator

from assistant.answering.guard.spans import Span
from assistant.domain import Category

_SHAPES = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"
    r"|\bsk-[A-Za-z0-9_-]{16,}"
    r"|\b(?:gh[pousr]_|github_pat_)[A-Za-z0-9_]{16,}"
    r"|\bglpat-[A-Za-z0-9_-]{16,}|\bhf_[A-Za-z0-9]{16,}|\bxox[abeoprs]-[A-Za-z0-9-]{10,}"
    r"|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{30,}"
    r"|\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?"
    r"|\b[a-z][a-z0-9+.-]{2,20}://[^\s:/@]+:[^\s@/]+@[^\s、。]+"
    r"|\b(?:Server|Data Source|Host|AccountName|DefaultEndpointsProtocol)=[^;\n]+;[!-~ ]*"
    r"(?:Password|Pwd|AccountKey)=[^;\s]+;?"
    r"|\b(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{10,}"
)
"""Prefixes as their makers document them (OpenAI, GitHub, GitLab, Hugging Face, Slack, AWS,
Google, JWT, URL with credentials, ADO connection string, Stripe)."""

_NAMED = re.compile(
    r"(?:パスワード|パスコード|合言葉|password|passwd|passphrase|pwd|\bPW\b|\bpass\b"
    r"|APIキー|アクセスキー|シークレット(?:キー)?|秘密鍵|トークン|認証キー|接続キー"
    r"|api[_ -]?key|access[_ -]?key|secret(?:[_ -]?key)?|token)"
    r"(?P<joint>\s*[:=は]|が|\s*→|\s|「|)\s*[「\"']?(?P<value>[!-&(-~]{6,})",
    re.IGNORECASE,
)
_PIN = re.compile(
    r"(?:暗証番号|PINコード|PIN|パスワード|パスコード)\s*(?:[はが:=]"
    r"|\s)?\s*(\d{4,8})(?!\d|文字|桁|回|個|日)"
)
_RANDOM = re.compile(r"(?<![A-Za-z0-9_/.-])[A-Za-z0-9_+/-]{24,}={0,2}(?![A-Za-z0-9_])")


def find_secrets(text: str) -> Iterator[Span]:
    """Yield keys, passwords, tokens, private keys and connection strings in folded `text`."""
    for match in _SHAPES.finditer(text):
        yield Span(match.start(), match.end(), Category.SECRET)
    for match in _NAMED.finditer(text):
        if _looks_secret(match["value"], assigned=match["joint"].strip() in {":", "="}):
            yield Span(match.start("value"), match.end("value"), Category.SECRET)
    for match in _PIN.finditer(text):
        yield Span(match.start(1), match.end(1), Category.SECRET)
    for match in _RANDOM.finditer(text):
        if _is_random(match.group()):
            yield Span(match.start(), match.end(), Category.SECRET)


def _looks_secret(value: str, *, assigned: bool) -> bool:
    """A word such as «ChatGPT» after パスワードは is no password; one with a digit or sign is."""
    mixed = bool(re.search(r"\d", value)) and bool(re.search(r"[A-Za-z]", value))
    signs = bool(re.search(r"[!@#$%^&*?]", value)) and bool(re.search(r"[A-Za-z0-9]", value))
    return mixed or signs or assigned


def _is_random(value: str) -> bool:
    """Tell a key from a word or path: upper, lower and at least four digits mixed."""
    return (
        bool(re.search(r"[A-Z]", value))
        and bool(re.search(r"[a-z]", value))
        and len(re.findall(r"\d", value)) >= 4
    )
