"""What the chat model is told: versioned Markdown, with documents and question as data."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from string import Template

from assistant.domain import Kind, Passage, Query, Slot

_FILES = ("write.md", "slots.md", "tagged.md", "question.md", "rewrite.md")
_HASH = 12
"""Hex digits of the prompts' hash that are shown."""

_KINDS = {
    Kind.RULE: "AI利用ルール",
    Kind.MANUAL: "マニュアル",
    Kind.FAQ: "よくある質問",
    Kind.STORY: "活用事例",
    Kind.TEMPLATE: "テンプレート",
}

LONGEST_PASSAGE = 1_200
"""Characters of a passage that are sent: ten of them fit into a context of 16,000 tokens."""


def prompt_version() -> str:
    """Return the hash of all prompts: answers under another one are not the same product's."""
    digest = hashlib.sha256()
    for name in _FILES:
        digest.update(_read(name).encode("utf-8"))
    return digest.hexdigest()[:_HASH]


def system_prompt(slots: Sequence[Slot]) -> str:
    """Return what the model is told once: the rules, and what belongs into each slot."""
    wanted = {f"{slot.value}:" for slot in slots}
    lines = [
        line
        for line in _read("slots.md").splitlines()
        if any(line.startswith(start) for start in wanted)
    ]
    return _read("write.md") + "\n".join(lines)


def tagged_prompt() -> str:
    """Return how to write the same as text, for endpoints that take no JSON schema."""
    return _read("tagged.md")


def user_prompt(query: Query, passages: Mapping[str, Passage], slots: Sequence[Slot]) -> str:
    """Return the question and the passages, by their alias, between marks that nobody can guess."""
    mark = secrets.token_hex(8)
    shown = (_document(alias, passage, mark) for alias, passage in passages.items())
    return Template(_read("question.md")).substitute(
        mark=mark,
        documents="\n".join(shown),
        question=query.text,
        department=query.department or "(選ばれていません)",
        slots="、".join(slot.value for slot in slots),
    )


def rewrite_prompts(question: str, history: Sequence[str]) -> tuple[str, str]:
    """Return system and user text that ask for a follow-up as one whole question."""
    mark = secrets.token_hex(8)
    talked = "\n".join(history)
    user = f"<<{mark} 会話>>\n{talked}\n<<{mark} 続きの質問>>\n{question}\n<<{mark} おわり>>"
    return _read("rewrite.md"), user


def schema_of(slots: Sequence[Slot]) -> dict[str, object]:
    """Return the JSON schema of a reply; `passages` stands first, so that a text ends its item."""
    return _closed(
        {
            slot.value: {
                "type": "array",
                "items": _closed(
                    {
                        "passages": {"type": "array", "items": {"type": "string"}},
                        "text": {"type": "string"},
                    }
                ),
            }
            for slot in slots
        }
    )


def _closed(properties: dict[str, object]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _document(alias: str, passage: Passage, mark: str) -> str:
    source = passage.source
    told = " > ".join((source.title, *passage.headings))
    department = "・".join(source.departments) or "全社"
    head = f"<<{mark} 資料 {alias}>> {_KINDS[source.kind]}「{told}」({department})"
    return f"{head}\n{passage.text[:LONGEST_PASSAGE]}\n<<{mark} おわり>>"


@cache
def _read(name: str) -> str:
    return files("assistant.answering.prompts").joinpath(name).read_text(encoding="utf-8")
