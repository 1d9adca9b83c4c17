"""The only way text becomes HTML here: everything escaped, nothing of a document interpreted."""

import html
import re
from collections.abc import Iterable

_SLOT = re.compile(r"【[^】\n]{1,80}】")
# The HTML travels through Gradio's Markdown component. As character references these never end an
# HTML block, open code, or look like a formula to it.
_AS_REFERENCE = {ord(char): f"&#{ord(char)};" for char in "\n\r$\\`*_"}
# Directional overrides can make a sentence read backwards; other control characters show nothing.
_INVISIBLE = dict.fromkeys(
    code
    for first, last in (
        (0, 8),
        (0x0B, 0x0C),
        (0x0E, 0x1F),
        (0x7F, 0x7F),
        (0x202A, 0x202E),
        (0x2066, 0x2069),
    )
    for code in range(first, last + 1)
)


def esc(text: str) -> str:
    """Return `text` as HTML that shows exactly these characters, on one line of source."""
    whole = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n")
    return html.escape(whole.translate(_INVISIBLE), quote=True).translate(_AS_REFERENCE)


def marked(text: str, spans: Iterable[tuple[int, int]], *, css: str = "k-quote") -> str:
    """Return `text` with the given [start, end) parts inside `<mark>`."""
    parts: list[str] = []
    at = 0
    for first, last in sorted(spans):
        start, end = max(first, at), min(last, len(text))
        if start >= end:
            continue
        parts += [esc(text[at:start]), f'<mark class="{css}">{esc(text[start:end])}</mark>']
        at = end
    return "".join([*parts, esc(text[at:])])


def with_slots(text: str) -> str:
    """Return a template's text with its 【…】 highlighted; its textContent stays verbatim."""
    spans = [(match.start(), match.end()) for match in _SLOT.finditer(text)]
    return marked(text, spans, css="k-slot")


def part(name: str, *content: str, tag: str = "section", label: str = "") -> str:
    """Return one named part of a turn; the page replaces parts by name as they arrive."""
    named = f' aria-label="{esc(label)}"' if label else ""
    return f'<{tag} class="k-part k-{name}" data-part="{name}"{named}>{"".join(content)}</{tag}>'


def button(label: str, action: str, *, css: str = "", value: str = "") -> str:
    """Return a button that the page's script handles by its `data-do`."""
    given = f' data-value="{esc(value)}"' if value else ""
    return (
        f'<button type="button" class="k-btn {css}" data-do="{action}"{given}>{esc(label)}</button>'
    )


def copy_button() -> str:
    """Return the button that copies the `data-copy` beside it."""
    return button("コピー", "copy", css="k-copy")
