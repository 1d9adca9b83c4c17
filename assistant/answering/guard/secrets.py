"""Secrets by their known shapes, and values that a person calls a password or a key."""

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.answering.guard.spans import Span
from assistant.domain import Category

_SHAPES = re.compile(
    r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|\Z)"
    r"|\bsk-[A-Za-z0-9_-]{16,}"
    r"|\b(?:gh[pousr]_|github_pat_)[A-Za-z0-9_]{16,}"
    r"|\bglpat-[A-Za-z0-9_-]{16,}|\bhf_[A-Za-z0-9]{16,}|\bxox[abeoprs]-[A-Za-z0-9-]{10,}"
    r"|\bxapp-[A-Za-z0-9-]{16,}|\bhooks\.slack\.com/services/[A-Za-z0-9/]{16,}"
    r"|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{30,}|\bya29\.[A-Za-z0-9_-]{20,}"
    r"|\bGOCSPX-[A-Za-z0-9_-]{20,}|\bSG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,}"
    r"|\bnpm_[A-Za-z0-9]{30,}|\bpypi-[A-Za-z0-9_-]{16,}|\bdop_v1_[0-9a-f]{40,}"
    r"|\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{24,}|\b(?:AC|SK)[0-9a-f]{32}\b|\bwhsec_[A-Za-z0-9]{16,}"
    r"|\beyJ[A-Za-z0-9_-]{8,2000}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?"
    r"|\b[a-z][a-z0-9+.-]{1,20}://[^\s:/@]{0,80}:[^\s@/]{1,200}@[^\s、。]+"
    r"|\b(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{10,}"
    r"|\b\d{6}(?:-\d{6}){7}\b|\bsig=[A-Za-z0-9%+/=]{24,}|\bWIFI:[^\s]{8,200}|\botpauth://[^\s]{8,200}|\bjdbc:[^\s]{12,200}"
    r"|\bhttps?://[^\s]{4,80}?webhooks?/[^\s]{0,80}[A-Za-z0-9_-]{16,}"
    r"|\b(?:session_?id|sid|PHPSESSID|JSESSIONID|csrf_?token|xsrf-token|auth_?token|connect\.sid)"
    r"=[A-Za-z0-9%+/_.-]{8,200}(?:;\s?[\w.-]{1,40}=[A-Za-z0-9%+/_.-]{4,200}){0,6}",
    re.ASCII,
)
"""Prefixes as their makers document them (OpenAI, GitHub, GitLab, Hugging Face, Slack, AWS,
Google, SendGrid, npm, PyPI, DigitalOcean, Shopify, Twilio, Stripe, BitLocker, Azure SAS, JWT, URL
with credentials)."""

_CONNECTION = re.compile(
    r"\b(?:Server|Data Source|Host|AccountName|DefaultEndpointsProtocol|Driver)="
    r"[^;\n]{1,200};(?:[A-Za-z ]{1,40}=[^;\n]{0,200};\s?){0,12}?"
    r"(?:Password|Pwd|AccountKey)=[^;\s]{1,200};?",
    re.IGNORECASE | re.ASCII,
)
"""ADO, ODBC and Azure storage connection strings."""

_NAMED = re.compile(
    r"(?:パスワード|パスコード|パスフレーズ|合言葉|パス(?=[はが:])|(?:管理者?|初期|共通|仮|共有)パス|password|passwd|passphrase|pwd"
    r"|(?<![A-Za-z])(?:PW|pass|ID/?PW)(?![A-Za-z])|APIキー|アクセスキー|シークレット(?:キー)?|秘密鍵|トークン|認証キー|接続キー"
    r"|api[_ -]?key|access[_ -]?key|secret(?:[_ -]?key)?|token|\bbearer\b|\bbasic\b)"
    r"(?:\([^()\n]{1,12}\))?"
    r"(?P<joint>\s{0,3}[:=はを]|が|\s{0,3}→|\s|「|)\s{0,3}[「\"']?(?P<value>[!-&(-~]{6,})",
    re.IGNORECASE | re.ASCII,
)
_ANY_KEY = re.compile(r"(?:キー|鍵|コード)\s?[:=はがを]\s?[「\"']?(?P<value>[!-&(-*,-~]{8,})")
"""«暗号化キー: …»; a value with + is a keyboard shortcut."""
_PIN = re.compile(
    r"(?:暗証(?:番号)?|PINコード|PIN|PW|パス|解[除錠](?:番号|コード)|キーボックス|ドアロック|入館コード|(?:認証|確認|ワンタイム|セキュリティ)の?(?:コード|番号)|パスワード|パスコード|(?i:pass))\s?(?:の(?:番号|コード))?(?:[はが:=]"
    r"|\s)?\s?(?P<value>\d{4,8})(?!\d|文字|桁|回|個|日|年)"
)
_BLANK_KEY = re.compile(
    r"(?:鍵|キー|PSK|SSID|Wi-?Fi|KEY|(?<![A-Za-z])key)(?:\s{1,2}|[「『\"'])(?:[A-Za-z0-9_-]{1,32}\s?/\s?(?:鍵|キー|KEY|PSK)?\s?)?"
    r"(?P<value>(?=[!-~]{0,40}\d)(?=[!-~]{0,40}[a-z])[!-~]{8,63})"
)
_PAIR = re.compile(
    r"(?:管理者|ログイン|ユーザー?|アカウント|ID|SSID)[^\n。]{0,12}?"
    r"(?P<value>[A-Za-z][\w.@-]{1,30}\s?/\s?(?=[!-~]{0,30}\d)(?=[!-~]{0,30}[A-Za-z])[!-.0-~]{6,40})"
)
"""«管理者は admin / 4410kiku»: name and password."""
_ACCOUNT = re.compile(
    r"(?<![\w./:@-])(?P<value>[A-Za-z][\w.-]{1,20}?\s?[/:]\s?(?=[!-~]{0,30}\d)(?=[!-~]{0,30}[A-Za-z])"
    r"(?:(?=[!-~]{0,30}[!#$%&*])|(?<=admin/)|(?<=admin:)|(?<=root/)|(?<=root:)|(?<=admin / )|(?<=root / ))"  # noqa: E501
    r"[!-.0-~]{8,40})",
    re.IGNORECASE | re.ASCII,
)
"""«root/…», and any name before what holds letters, digits and a sign of passwords."""
_PHRASE = re.compile(
    r"(?:合言葉|パスフレーズ|passphrase)[はが:「『\s]{0,3}(?P<value>[A-Za-z0-9][!-~]*(?: [!-~]+){1,7})",  # noqa: E501
    re.IGNORECASE,
)
"""Several words: «合言葉は… … …»."""
_SIGNING_IN = re.compile(
    r"(?:ログイン|サインイン|認証|入室|VPN|無線|弾かれ|入れな)[^\n。]{0,30}?"
    r"(?<![\w./@-])(?P<value>(?=[!-~]{0,32}[a-z])(?=(?:[!-~]{0,30}?\d){3})"
    r"(?![A-Z][a-z]{1,20}\d{1,4}(?!\w))[A-Za-z0-9!#$%^&*_+-]{8,32})(?![\w./@-]|\()",
    re.ASCII,
)
_DIAL = re.compile(
    r"(?:暗証|金庫|ダイヤル|錠|ロック)[^\n。]{0,20}?(?P<value>(?:[右左]\s?(?:に|へ)?\s?\d{1,3}(?:回)?[\s、,→-]{0,2}){2,12})"
)
_RANDOM = re.compile(r"(?<![A-Za-z0-9_/.+-])[A-Za-z0-9_+/-]{24,}+={0,2}(?![A-Za-z0-9_])")
_TURNS = 6
"""Changes between upper, lower and digit that random text of 24 characters exceeds by far."""


_PLACEHOLDER = re.compile(
    r"[*xX_.-]{3,}|<[^<>]*>|(?:YOUR|your)[_-]\w+"
    r"|(?:[A-Z]+_)*(?:KEY|TOKEN|SECRET|PASS(?:WORD)?|USER|HOST|ID)(?:_[A-Z]+)*"
    r"|[a-z]{2,12}://(?:USER(?:NAME)?|<[^<>]*>):(?:PASS(?:WORD)?|<[^<>]*>|\*+)@[A-Z<>_]+(?:[:/].*)?"
)
"""What stands for a secret in a manual: «YOUR_API_KEY», «****», «//USER:PASS@HOST»."""


def find_secrets(text: str) -> Iterator[Span]:
    """Yield keys, passwords, tokens, private keys and connection strings in folded `text`."""
    for span in _found(text):
        if not _PLACEHOLDER.fullmatch(text, span.start, span.end):
            yield span


def _found(text: str) -> Iterator[Span]:
    yield from _by_shape(text)
    for match in _NAMED.finditer(text):
        if _looks_secret(match["value"], assigned=match["joint"].strip() in {":", "="}):
            yield Span(match.start("value"), match.end("value"), Category.SECRET)
    for match in _ANY_KEY.finditer(text):
        if _mixed(match["value"]) and re.search(r"[a-z]", match["value"]):
            yield Span(match.start("value"), match.end("value"), Category.SECRET)
    for match in _RANDOM.finditer(text):
        if _is_random(match.group()):
            yield Span(match.start(), match.end(), Category.SECRET)


def _by_shape(text: str) -> Iterator[Span]:
    """Yield what its shape, or its place beside a word, gives away without another look."""
    for pattern in (
        _SHAPES,
        _CONNECTION,
        _BLANK_KEY,
        _PAIR,
        _ACCOUNT,
        _PHRASE,
        _SIGNING_IN,
        _DIAL,
        _PIN,
    ):
        value = "value" if "value" in pattern.groupindex else 0
        for match in pattern.finditer(text):
            yield Span(match.start(value), match.end(value), Category.SECRET)


def _looks_secret(value: str, *, assigned: bool) -> bool:
    """A word such as «ChatGPT» after パスワードは is no password; one with a digit or sign is."""
    signs = bool(re.search(r"[!@#$%^&*?]", value)) and bool(re.search(r"[A-Za-z0-9]", value))
    return _mixed(value) or signs or assigned


def _mixed(value: str) -> bool:
    return bool(re.search(r"\d", value)) and bool(re.search(r"[A-Za-z]", value))


def _is_random(value: str) -> bool:
    """Tell a key from a word or path: upper, lower and digits in quick change."""
    kinds = ["d" if c.isdigit() else "u" if c.isupper() else "l" for c in value if c.isalnum()]
    turns = sum(one != other for one, other in pairwise(kinds))
    return {"d", "u", "l"} <= set(kinds) and kinds.count("d") >= 2 and turns >= _TURNS
