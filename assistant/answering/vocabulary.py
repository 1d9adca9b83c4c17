"""Word lists as they read best: words between blanks."""


def vocabulary(text: str) -> frozenset[str]:
    """Return the words of `text`."""
    return frozenset(text.split())
