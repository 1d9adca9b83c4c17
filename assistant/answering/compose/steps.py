"""やり方: at most five one-line steps, taken as they are written and cited one by one."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.citations import CitationList
from assistant.answering.compose.pieces import Piece, cited_together, pieces
from assistant.answering.japanese.words import PROCESS, Word, named, of_other_use
from assistant.domain import AnswerSection, Evidence, Hit, Slot, Story

MOST = 5
_LONGEST = 90
"""Characters of a step: two lines on the page, three on a phone."""
_SHORTEST = 8

_DID = re.compile(r"やった|行った|手順|進め方|使い方|やり方|工夫|流れ|方法|どう使")
_ACTED = re.compile(
    r"頼|入れ|渡|貼|書か|分け|まとめ|作ら|作っ|整え|直さ|出し|伝え|聞い|決め|伏せ"
    r"|置き[かき換]|確かめ|選|並べ|読ま|訳さ|要約|見比べ|検算|させ"
)
"""What people do when they work with an AI (general verbs, stems)."""
_DO = re.compile(r"(?:ます|ください|ましょう|[うくすつぬぶむるぐ]|こと|た)[。]?$")
_TROUBLE = re.compile(
    r"ない。?$|ません。?$|へんし|悩み|困っ|しんど|でした。?$|かかって|うまくいか"
    r"|です。?$|ではない。?$|だけは|なかっ|(?:と|て)思|かもし|まし(?:だ|です|でしょう)"
)
_IN_ORDER = re.compile(
    r"^(?:まず|最初に|はじめに|初めに|次に|つぎに|つづいて|続いて|それから|その(?:あと|後|うえ|上)"
    r"|最後に|さいごに)"
)
_WITH_AI = re.compile(
    r"AI|生成|テンプレート|プロンプト|Copilot|ChatGPT|て(?:もらい|もらっ|もらう)|(?:さ|か|べ)せ(?:た|ます|まし|る)",
    re.IGNORECASE,
)
"""Running text tells what somebody did with AI where it says so, or in which order."""
_FORBIDS = re.compile(
    r"入れない|入れては|禁止|使わない|できない|できません|困った|動かない|よくある"
)
_NEEDS = 0.5
"""Share of the question's topic that a guide or story must name."""


def steps(
    question: Sequence[Word], evidence: Evidence, *, text: str, citations: CitationList
) -> AnswerSection | None:
    """Return the section, or None when no guide or story tells how. `text`: the question."""
    fitting = [hit for hit in evidence.guides if not of_other_use(_place(hit), text)]
    evidence = replace(evidence, guides=tuple(fitting))
    found = _chosen(question, evidence)
    if not found:
        return None
    lines = cited_together(found, citations)
    return AnswerSection(Slot.STEPS, "やり方", lines=lines, note=_whose(found))


def _whose(found: Sequence[Piece]) -> str:
    """Say whose way it is; nothing where the steps come from several documents."""
    if len({piece.passage.source.path for piece in found}) > 1:
        return ""
    passage = found[0].passage
    if not isinstance(passage.content, Story):
        return f"「{passage.source.title}」にある進め方です"
    who = f"{passage.content.author}さん" if passage.content.author else ""
    department = "・".join(passage.source.departments)
    teller = "の".join(part for part in (department, who) if part)
    return f"{teller}のやり方です" if teller else ""


def _chosen(question: Sequence[Word], evidence: Evidence) -> list[Piece]:
    """Return what a story of the task did, else a guide under a heading on it, else its items.

    The story first: which guide names half of the topic differs from wording to wording.
    """
    asked = [word for word in question if word.form not in PROCESS]
    if not asked:
        return []
    told = _of_first_task(evidence.stories)
    for hit in told:
        did = _did(hit)
        if did:
            return _best(did, question)
    guides = [hit for hit in evidence.guides[:5] if not _FORBIDS.search(_headed(hit))]
    for hit in guides:
        items = _items(hit)
        if len(items) >= 2 and named(asked, _headed(hit)) >= _NEEDS:
            return _best(items, question)
    mixed = [piece for hit in guides[:2] for piece in _items(hit)]
    fitting = [piece for piece in mixed if named(asked, piece.text) >= _NEEDS]
    return _best(fitting, question) if len(fitting) >= 2 else []


def _of_first_task(stories: Sequence[Hit]) -> list[Hit]:
    """Return the stories of the first one's task, so that steps and cards tell of the same."""
    tasks = [hit.passage.content.task for hit in stories if isinstance(hit.passage.content, Story)]
    return [hit for hit, task in zip(stories, tasks, strict=False) if task == tasks[0]][:3]


def _items(hit: Hit) -> list[Piece]:
    """Return the list items that tell to do something."""
    return [
        piece for piece in _usable(hit) if piece.item and (piece.numbered or _DO.search(piece.text))
    ]


def _place(hit: Hit) -> str:
    return hit.passage.headings[-1] if hit.passage.headings else ""


def _headed(hit: Hit) -> str:
    return " ".join((hit.passage.source.title, *hit.passage.headings))


def _did(hit: Hit) -> list[Piece]:
    """Return what the teller of a story did: a list or part that says so, else acting sentences."""
    content = hit.passage.content
    if isinstance(content, Story) and content.after is None:
        return []
    usable = [piece for piece in _usable(hit) if not _TROUBLE.search(piece.text)]
    headed = [piece for piece in usable if _DID.search(piece.heading)]
    items = [piece for piece in usable if piece.item]
    if len(headed) >= 2 or len(items) >= 2:
        return headed if len(headed) >= 2 else items
    tool = content.tool if isinstance(content, Story) else ""
    acted: list[Piece] = []
    for piece in usable:
        if not _ACTED.search(piece.text) or piece.start == 0:
            continue
        if _is_step(piece.text, tool) or (acted and _follows(piece, acted[-1])):
            acted.append(piece)
    return acted if len(acted) >= 2 else []


def _follows(piece: Piece, before: Piece) -> bool:
    """Tell whether a sentence goes on in the same paragraph."""
    return not piece.passage.text[before.end : piece.start].strip(" 　")


def _is_step(text: str, tool: str) -> bool:
    return bool(_IN_ORDER.match(text) or _WITH_AI.search(text)) or bool(tool and tool in text)


def _best(found: Sequence[Piece], question: Sequence[Word]) -> list[Piece]:
    """Return the best pieces in the order of their documents; numbered ones from the first on."""
    if found and all(piece.numbered for piece in found[:MOST]):
        return list(found[:MOST])
    ranked = sorted(range(len(found)), key=lambda n: (-_worth(found[n], question), n))
    return [found[n] for n in sorted(ranked[:MOST])]


def _worth(piece: Piece, question: Sequence[Word]) -> float:
    about = named(question, piece.text)
    return about + (0.5 if _DO.search(piece.text) else 0.0) + (0.3 if piece.item else 0.0)


def _usable(hit: Hit) -> list[Piece]:
    return [
        piece
        for piece in pieces(hit.passage)
        if _SHORTEST <= len(piece.text) <= _LONGEST and not piece.text.endswith((":", "：", "?"))
    ]
