"""An extract as JSON and back. Not pickle: the worker may have been taken over by a file."""

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.domain import Block, BlockKind
from assistant.errors import DocumentError
from assistant.ports import Extract


class _Block(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None
    line: int | None = None
    rows: list[list[str]] = []


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")
    blocks: list[_Block] = []
    title: str = ""
    notes: list[str] = []
    error: str = ""
    remedy: str = ""
    line: int | None = None
    page: int | None = None


_ADAPTER = TypeAdapter(_Answer)


def extract_to_json(extract: Extract) -> str:
    """Return one line of ASCII JSON."""
    blocks = [
        {
            "kind": b.kind.value,
            "text": b.text,
            "level": b.level,
            "page": b.page,
            "line": b.line,
            "rows": b.rows,
        }
        for b in extract.blocks
    ]
    return json.dumps({"blocks": blocks, "title": extract.title, "notes": extract.notes})


def error_to_json(error: DocumentError) -> str:
    """Return one line of ASCII JSON that stands for a failure."""
    return json.dumps(
        {"error": error.message, "remedy": error.remedy, "line": error.line, "page": error.page}
    )


def extract_from_json(answer: bytes, path: Path) -> Extract:
    """Return the extract, or raise the DocumentError that the worker told."""
    try:
        parsed = _ADAPTER.validate_json(answer.decode("ascii"))
    except (ValidationError, UnicodeDecodeError) as error:
        raise DocumentError(
            "ファイルを読んだ結果が壊れています。",
            remedy="ファイルを保存し直してください。",
            path=path,
        ) from error
    if parsed.error:
        raise DocumentError(
            parsed.error, remedy=parsed.remedy, path=path, line=parsed.line, page=parsed.page
        )
    return Extract(
        tuple(
            Block(
                b.kind,
                b.text,
                b.level,
                page=b.page,
                line=b.line,
                rows=tuple(tuple(row) for row in b.rows),
            )
            for b in parsed.blocks
        ),
        title=parsed.title,
        notes=tuple(parsed.notes),
    )
