"""What a look at one thing found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: fine, or what to do about it (Japanese)."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""
