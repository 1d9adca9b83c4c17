"""How much the text of a page looks like writing: decides who reads the page."""

import re

GOOD = 0.9
"""From here on the first reader's text is taken as it is. Measured on 68 pages of four files that
honest people made (two of the sample company, two English manuals): none had less than .99."""

READABLE = 0.7
"""Below, a page is not indexed. UTF-8, EUC-JP and Shift_JIS misread as each other or as Latin,
and glyph numbers, stay under .6 (`test_pdf_quality.py`)."""

MIN_CHARACTERS = 20
"""A page with less is a scan, a picture or broken; told to DX staff, never indexed silently."""

_BROKEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff\u2e80-\u2fdf"
    "\uff61-\uff9f\u00a1-\u036f\u0460-\u0dff\u0e80-\u1dff]|\\(cid:\\d+\\)"
)
"""Replacement and private characters, controls, radicals in place of kanji; what other encodings
look like when they are misread (half-width kana, Latin with accents); and the scripts that glyph
numbers fall into when they are taken for Unicode. Cyrillic and Thai are read."""

_GREEK = re.compile("[\u0370-\u03ff]")
_GREEK_SHARE = 0.1
"""α and μm are Greek in honest pages; the glyph numbers of kana are too."""

_LATIN_RUN = re.compile("[A-Za-z]{30,}")
"""The longest word of Debian's manuals has 28 letters; beyond that the spaces were lost."""

_SYMBOLS = re.compile(r"[!-/:-@\[-`{-~]")
_SYMBOL_SHARE = 0.6
"""A line of C or XML has half of these; glyph numbers read as ASCII have more."""

_LEADERS = re.compile(r"(?:[.・…_=-]\s?){4,}")
"""What leads to the page number in a table of contents, and rules drawn with characters."""

_POOR = 0.25

_VISIBLE = re.compile(r"\S")
_KANJI = re.compile("[\u3400-\u9fff]")
_LONELY_LINES = 0.6
"""Share of one-character lines from which a page was read glyph by glyph, as vertical text is."""


def quality(text: str) -> float:
    """Return 0–1: the share of visible characters that can be writing.

    q = (1 - broken / visible) * (1 - poor / 4). Broken are characters of other encodings,
    replacements, radicals, kanji outside JIS level 1 beyond half of all kanji, and ASCII symbols
    where they are more than code has. Poor is the share of letters in runs without spaces, or 1
    where nearly every line has one character: worth asking the second reader, better than nothing.
    """
    text = _LEADERS.sub("", text)
    visible = len(_VISIBLE.findall(text))
    if not visible:
        return 0.0
    broken = sum(len(match) for match in _BROKEN.findall(text))
    broken += _rare_kanji(text)
    glued = sum(len(run) for run in _LATIN_RUN.findall(text))
    greek = len(_GREEK.findall(text))
    if greek > _GREEK_SHARE * visible:
        broken += greek
    symbols = len(_SYMBOLS.findall(text))
    if symbols > _SYMBOL_SHARE * visible:
        broken += symbols
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    lonely = sum(len(line) == 1 for line in lines)
    scattered = len(lines) >= 10 and lonely > _LONELY_LINES * len(lines)
    poor = _POOR * (1.0 if scattered else glued / visible)
    return max(0.0, 1 - broken / visible) * (1 - poor)


def _rare_kanji(text: str) -> int:
    """Return how many rare kanji there are beyond the half that a list of names may have.

    UTF-8 misread as Shift_JIS is nearly all level 2: «譁�ｭ怜喧縺�».
    """
    kanji = _KANJI.findall(text)
    rare = sum(not _is_level_1(character) for character in kanji)
    return max(0, rare - len(kanji) // 2)


def _is_level_1(kanji: str) -> bool:
    """Return whether JIS X 0208 has the kanji in its first level (rows 16–47)."""
    data = kanji.encode("euc_jp", "ignore")
    return len(data) == 2 and 0xB0 <= data[0] <= 0xCF
