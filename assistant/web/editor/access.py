"""Who is an editor: a key that the operator hands out, a cookie that proves it was shown."""

import hashlib
import hmac
import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from assistant.errors import SettingsError, StoreError
from assistant.web.limits import Allowance, RateLimit

COOKIE = "katsuyo_editor"
HOURS = 12
"""How long a sign-in lasts: a working day."""
_SHORTEST_KEY = 20
_TRIES = 10
"""Wrong or right keys a minute from one address; a key of 32 characters is never guessed so."""


def editor_key(given: str, path: Path) -> str:
    """Return the key of the settings, or the one kept at `path`, made once, read by its owner only.

    Raises SettingsError for a key that is too short, StoreError where it cannot be kept.
    """
    if given:
        if len(given) < _SHORTEST_KEY:
            raise SettingsError(
                "KATSUYO_EDITOR_KEY が短すぎます。",
                remedy=f"{_SHORTEST_KEY}文字以上の、推測できない文字列にしてください。",
            )
        return given
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            path.chmod(0o600)
            kept = path.read_text(encoding="ascii").strip()
            if len(kept) >= _SHORTEST_KEY:
                return kept
            file = os.open(path, os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(file, "w", encoding="ascii") as opened:
            made = secrets.token_urlsafe(24)
            opened.write(f"{made}\n")
            return made
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(
            f"資料の管理の鍵を {path} に置けません。",
            remedy="フォルダの権限を直すか、KATSUYO_EDITOR_KEY で鍵を指定してください。",
        ) from error


class Access:
    """Checks keys and cookies. Nothing is kept in memory: a sign-in survives a restart."""

    def __init__(self, key: str, *, clock: Callable[[], float] = time.time) -> None:
        """`clock`: seconds since the epoch."""
        self._key = key.encode()
        self._clock = clock
        self._tries = RateLimit(Allowance(_TRIES), time.monotonic)

    def wait_seconds(self, address: str) -> int:
        """Count one try to sign in; returns how long to wait, 0 for not at all."""
        return self._tries.wait_seconds(address)

    def opens(self, key: str) -> bool:
        """Return whether this is the key, in the same time whatever is wrong with it."""
        return hmac.compare_digest(_digest(key.strip().encode()), _digest(self._key))

    def cookie(self) -> str:
        """Return what a browser brings back from now on."""
        until = f"{int(self._clock()) + HOURS * 3600}.{secrets.token_hex(8)}"
        return f"{until}.{self._seal(until)}"

    def is_editor(self, cookie: str) -> bool:
        """Return whether the cookie is one of ours and still good."""
        until, _, seal = cookie.rpartition(".")
        if not hmac.compare_digest(seal.encode(), self._seal(until).encode()):
            return False
        return int(until.partition(".")[0]) > self._clock()

    def _seal(self, text: str) -> str:
        return hmac.new(self._key, b"editor:" + text.encode(), hashlib.sha256).hexdigest()


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
