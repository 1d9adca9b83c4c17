"""Characters: what a person cannot see is taken out, what a PDF deformed is put right."""

import re
import unicodedata
from dataclasses import dataclass

from assistant.domain import Block, BlockKind

_RADICALS = str.maketrans(
    "\u2027⺁⺅⺆⺇⺉⺊⺋⺌⺏⺐⺒⺔⺕⺖⺘⺙⺛⺝⺟⺠⺡⺣⺤⺦⺨⺩⺫⺬⺭⺮⺯⺲⺹⺼⺽⺾⻀⻁⻂⻃⻄⻆⻊⻌⻍⻎⻏⻑⻖⻗⻘⻝⻞⻟⻣⻤⻨⻩⻫⻭⻯⻲",
    "・厂亻冂几刂卜㔾小尣尢巳彑彐忄扌攵旡月母民氵灬爫丬犭王罒示礻竹糹罒耂月臼艹艹虎衤覀西角足辶辶辶阝長阝雨青食飠飠骨鬼麦黄斉歯竜亀",
)
"""CJK Radicals Supplement, and a hyphenation point for «・», that fonts such as Noto put into PDFs;
NFKC leaves them as they are."""

_DEFORMED = re.compile("[\u2f00-\u2fd5\ufb00-\ufb06\ufe10-\ufe19\ufe30-\ufe44\ufe47\ufe48]")
"""Kangxi radicals, Latin ligatures and vertical punctuation: here NFKC changes the look only."""

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef]"
)
_FLAG = re.compile("\U0001f3f4[\U000e0061-\U000e007a]{2,6}\U000e007f")
"""The only honest use of tag characters: the flags of England, Scotland, Wales."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Text as a person sees it, and how many characters nobody could see were taken out."""

    text: str
    hidden: int = 0


def clean(text: str) -> Cleaned:
    """Return `text` with visible characters only, and Unix line ends. Idempotent."""
    text = _CONTROL.sub("", _LINE_ENDS.sub("\n", text))
    text = _DEFORMED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = text.translate(_RADICALS)
    if not _INVISIBLE.search(text):
        return Cleaned(text)
    flags = [match.span() for match in _FLAG.finditer(text)]
    kept: list[str] = []
    for offset, character in enumerate(text):
        in_flag = any(start <= offset < end for start, end in flags)
        before = kept[-1] if kept else ""
        if in_flag or not _INVISIBLE.match(character) or _belongs(character, before):
            kept.append(character)
    return Cleaned("".join(kept), hidden=len(text) - len(kept))


def clean_block(block: Block) -> tuple[Block, int]:
    """Return `block` with clean text and cells, and the number of hidden characters."""
    text = clean(block.text)
    rows = tuple(tuple(clean(cell).text for cell in row) for row in block.rows)
    body = text.text if block.kind is BlockKind.CODE else text.text.strip("\n").rstrip()
    return (
        Block(block.kind, body, block.level, page=block.page, line=block.line, rows=rows),
        text.hidden,
    )


def is_japanese(character: str) -> bool:
    """Return whether `character` is kana, kanji or full-width punctuation."""
    return bool(
        re.match("[\u3000-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]", character)
    )


def _belongs(character: str, before: str) -> bool:
    """Return whether an invisible character changes the look of the one before it."""
    if not before:
        return False
    if "\U000e0100" <= character <= "\U000e01ef" or "\ufe00" <= character <= "\ufe02":
        # 異体字(人名の「葛」「辻」など): one selector after an ideograph is a legitimate variant.
        return "CJK" in unicodedata.name(before, "")
    if character in "\ufe0e\ufe0f\u200d":
        return unicodedata.category(before) in {"So", "Sm", "Po", "Nd", "Sk"} or before == "\ufe0f"
    return False
