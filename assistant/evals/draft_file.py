"""Drafts on disk: appended whole or not at all, with everything that was there left as it is."""

from pathlib import Path

from assistant.corpus.yamlfile import YamlError, YamlList, YamlMap, YamlText, parse_yaml_value
from assistant.errors import SuiteError
from assistant.evals.files import READABLE, write_whole

_TITLE = """\
# yaml-language-server: $schema=../case.schema.json
# 下書きの問い。正解を書いて確かめたら、ほかのファイルに移してください(書き方は eval/README.md)。
"""


def append_draft(path: Path, case: str) -> None:
    """Put a YAML entry at the end of the file, atomically. Raises SuiteError.

    A new file gets a heading; an old one keeps its text, comments and line ends.
    """
    target = path.resolve()
    try:
        old = target.read_bytes().decode("utf-8") if target.exists() else _TITLE
    except (OSError, UnicodeDecodeError) as error:
        raise SuiteError(
            f"{path} を読めません。", remedy="UTF-8 のテキストとして保存し直してください。"
        ) from error
    new = _joined(old, case)
    _check(path, old, new)
    _replace(target, new)


def _joined(old: str, case: str) -> str:
    end = "\r\n" if "\r\n" in old else "\n"
    start = old if not old or old.endswith("\n") else old + end
    return start + case.replace("\n", end)


def _check(path: Path, old: str, new: str) -> None:
    """Refuse to write what would no longer be a list of one case more."""
    before, after = _ids(path, old), _ids(path, new)
    if len(after) != len(before) + 1:
        raise SuiteError(
            f"{path} のおわりに問いを足せません(「- id: …」が行の先頭から並ぶ形ではありません)。",
            remedy="別のファイル(例: eval/suites/drafts.yaml)を使ってください。",
        )
    if after[-1] in before:
        raise SuiteError(
            f"{path} には「{after[-1]}」がもうあります。", remedy="id の番号を変えてください。"
        )


def _ids(path: Path, text: str) -> list[str]:
    try:
        value = parse_yaml_value(text)
    except YamlError as error:
        raise SuiteError(
            f"{path}:{error.line}行目: {error.reason}。",
            remedy="直してから、もう一度足してください。",
        ) from error
    items = value.items if isinstance(value, YamlList) else ()
    names = [item.entries.get("id") if isinstance(item, YamlMap) else None for item in items]
    return [name.text if isinstance(name, YamlText) else "" for name in names]


def _replace(target: Path, text: str) -> None:
    """Write beside the file and move it there: whoever reads sees the old or the new text."""
    try:
        mode = target.stat().st_mode & 0o777 if target.exists() else READABLE
        write_whole(target, text.encode("utf-8"), mode=mode)
    except OSError as error:
        raise SuiteError(
            f"{target} に書き込めません({error.strerror})。",
            remedy="フォルダに書き込めるか、空き容量があるかを確かめてください。",
        ) from error
