"""What chat adds to words: faces, drawn-out vowels, laughing, marks by the dozen."""

import re

_PICTURE = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u2604\u2607-\u260d\u2619-\u2712\u2720-\u274b\u2763-\u27bf\ufe0f\u200d♪♡]+"
)
"""Emoji, without the marks that rules use: ☎ ☑ ✓ ✕ ✖ ❌."""
_FACE = re.compile(
    r"[ヽ\\oOm_┐ヾ]?\((?=[^()]*[;:´`'ω∀^°дДTー_=><・.][^()]*[;:´`'ω∀^°дД_><・.]|泣|笑|涙|汗)"
    r"[^()一-龠a-zB-SU-Zぁ-ん0-9]{0,12}(?:[泣笑涙汗])?\)[ノシ/づっbφ]*"
)
"""«(´;ω;`)», «(泣)»; brackets with words in them stay."""
_LAUGH = re.compile(
    r"(?<=[^\x00-\x7f])\s*(?:[wW]{2,}|w(?=$|[。?!\s])|笑(?=$|[。?!\s])|ワロタ|草(?=$|[。?!\s]))+"
)
_VOWELS = "ぁぃぅぇぉ"
_DRAWN = (
    (re.compile(r"(?<=[ぁ-ん])[ー〜~]{2,}"), ""),
    (re.compile(r"(?<=[ァ-ヶ])ー{2,}"), "ー"),
    (re.compile(r"(?<=[ぁ-ん一-龠])[〜~]+(?=$|[?!。、\s])"), ""),
    (re.compile(r"(?<=[ぁ-ん])ー(?=$|[?!。、\s]|[いすん](?:$|[?!。、\s]|です|っす))"), ""),
    (re.compile(rf"(?<=[ぁ-ん])(?<![ふ])[{_VOWELS}]+(?=$|[?!。、\s]|い(?:$|[?!。、]))"), ""),
    (re.compile(r"っ{2,}"), "っ"),
    (re.compile(r"っ(?=$|[?!。])"), ""),
    (re.compile(r"(?<=[ぁ-ん])ーい(?=$|[?!。、])"), "い"),
)
_MARKS = (
    (re.compile(r"[?!]*\?[?!]+|!+\?[?!]*"), "?"),
    (re.compile(r"!{2,}"), "!"),
    (re.compile(r"。{2,}"), "。"),
    (re.compile(r"[ \t]+"), " "),
)
_FILLER = re.compile(
    r"^(?:(?:あのさ|あのね|ねえねえ|ねえ|ねぇ|なあ|えっと|えーと|ええと|うーんと?|んーと?|んと|あのう|あの)ー?[、,\s]+)+(?=.{4})"
)
"""What opens a talk and says nothing."""


def tidied(text: str) -> str:
    """Return `text` (NFKC) without what chat adds."""
    for pattern in (_FACE, _PICTURE, _LAUGH):
        text = pattern.sub("", text)
    for pattern, kept in (*_DRAWN, *_MARKS):
        text = pattern.sub(kept, text)
    return _FILLER.sub("", text.strip()).strip()
