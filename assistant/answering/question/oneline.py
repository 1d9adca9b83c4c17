"""What was typed, on one line."""

import re
import unicodedata


def one_line(text: str) -> str:
    """Return one line (NFKC) without control characters; what the eye sees stays."""
    visible = "".join(
        " " if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} else character
        for character in unicodedata.normalize("NFKC", text)
        if unicodedata.category(character) != "Cf"
    )
    return re.sub(r"\s+", " ", visible).strip()
