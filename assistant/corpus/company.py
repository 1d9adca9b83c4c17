"""`company.yaml`: the company's departments, tools, desk and secret words as typed values."""

from pathlib import Path

from assistant.corpus.decoding import read_text
from assistant.corpus.names import near_matches
from assistant.corpus.patterns import PatternError, compile_pattern
from assistant.corpus.text import narrow
from assistant.corpus.wordlists import PARTNERS_FILE, ROSTER_FILE, read_partners, read_roster
from assistant.corpus.yamlfile import YamlError, YamlList, YamlMap, YamlText, YamlValue, parse_yaml
from assistant.domain import Company, Department, Desk, Tool
from assistant.errors import DocumentError, SettingsError

_TOP = ("company", "departments", "tools", "consultation", "own_names", "product_names",
        "confidential_terms", "public_names", "confidential_patterns", "partners",
        "roster")  # fmt: skip
_COMPANY = ("name", "english_name", "short_names")
_DEPARTMENT = ("name", "aliases", "headcount", "champion", "neighbours")
_TOOLS = ("allowed", "not_allowed")
_TOOL = ("name", "aliases", "for")
_DESK = ("name", "owner", "channel", "anonymous_form", "hours", "reply_within")


def load_company(path: Path) -> Company:
    """Return the company that `path` describes. Raises SettingsError: file, line, what to do."""
    if not path.is_file():
        raise SettingsError(
            f"{path} がありません。",
            remedy="会社名と部署を書いた company.yaml を文書フォルダに置いてください"
            "(`katsuyo init フォルダ名` で見本を作れます)。",
        )
    try:
        return _company(parse_yaml(read_text(path)), path.parent)
    except DocumentError as error:
        raise SettingsError(f"{path}: {error.message}", remedy=error.remedy) from error
    except YamlError as error:
        raise SettingsError(
            f"{path} の {error.line} 行目: {error.reason}。",
            remedy="その行を直して、`katsuyo check` で確かめてください。",
        ) from error


def _company(root: YamlMap, folder: Path) -> Company:
    root, about = _split(root)
    _known(root, _TOP)
    _known(about, _COMPANY)
    tools = _map(root, "tools")
    _known(tools, _TOOLS)
    return Company(
        name=_required(about, "name", "会社名(company の name)"),
        english_name=_text(about, "english_name"),
        short_names=_texts(about, "short_names"),
        departments=_departments(root),
        allowed_tools=tuple(_tool(entry) for entry in _maps(tools, "allowed")),
        forbidden_tools=tuple(_tool(entry) for entry in _maps(tools, "not_allowed")),
        desk=_desk(_map(root, "consultation")),
        own_names=_texts(root, "own_names"),
        product_names=_texts(root, "product_names"),
        confidential_terms=_texts(root, "confidential_terms"),
        public_names=_texts(root, "public_names"),
        confidential_patterns=_patterns(root),
        partners=read_partners(file) if (file := _file(root, "partners", folder)) else (),
        roster=read_roster(file) if (file := _file(root, "roster", folder)) else None,
    )


def _patterns(root: YamlMap) -> tuple[str, ...]:
    """Return the company's own patterns in half width; each is tried, a slow one is refused."""
    patterns = {item: narrow(item.text) for item in _items(root, "confidential_patterns")}
    for item, pattern in patterns.items():
        try:
            compile_pattern(pattern)
        except PatternError as error:
            raise YamlError(f"「{item.text}」: {error}", item.line) from error
    return tuple(dict.fromkeys(patterns.values()))


_LIST_FILES = {"partners": PARTNERS_FILE, "roster": ROSTER_FILE}


def _file(root: YamlMap, name: str, folder: Path) -> Path | None:
    """Return the list that company.yaml names; under another name it would become a document."""
    text = _text(root, name)
    if text and text != _LIST_FILES[name]:
        raise YamlError(
            f"「{name}」のファイル名は {_LIST_FILES[name]} にして、company.yaml と同じフォルダに"
            "置いてください(ほかの名前では、資料として公開されます)",
            _line(root, name),
        )
    return folder / text if text else None


def _split(root: YamlMap) -> tuple[YamlMap, YamlMap]:
    """Return the file without what is said of the company, and that; also `company: 名前`."""
    entries = dict(root.entries)
    loose = {name: entries.pop(name) for name in _COMPANY if name in entries}
    named = entries.get("company")
    if isinstance(named, YamlText) and named.text:
        return YamlMap(root.line, entries), YamlMap(named.line, {**loose, "name": named})
    about = _map(root, "company")
    return YamlMap(root.line, entries), YamlMap(about.line, {**loose, **about.entries})


def _departments(root: YamlMap) -> tuple[Department, ...]:
    entries = _maps(root, "departments")
    if not entries:
        raise YamlError("部署(departments)が1つもありません", _line(root, "departments"))
    names = {_required(entry, "name", "部署の名前(name)"): entry for entry in entries}
    taken: dict[str, str] = {}
    for name, entry in names.items():
        _known(entry, _DEPARTMENT)
        for word in (name, *_texts(entry, "aliases")):
            if taken.setdefault(word, name) != name:
                raise YamlError(
                    f"「{word}」が「{taken[word]}」と「{name}」の両方の呼び名になっています",
                    entry.line,
                )
    if len(names) < len(entries):
        raise YamlError("同じ名前の部署が2つあります", _line(root, "departments"))
    return tuple(_department(entry, taken) for entry in entries)


def _department(entry: YamlMap, taken: dict[str, str]) -> Department:
    name = _text(entry, "name")
    return Department(
        name=name,
        aliases=_texts(entry, "aliases"),
        headcount=_count(entry, "headcount"),
        champion=_text(entry, "champion"),
        neighbours=_neighbours(entry, taken),
    )


def _neighbours(entry: YamlMap, taken: dict[str, str]) -> tuple[str, ...]:
    """Return the neighbours by their full names; an unknown one is an error with its line."""
    found = []
    for value in _items(entry, "neighbours"):
        if value.text not in taken:
            near = near_matches(value.text, taken)
            hint = f"。「{'」「'.join(near)}」ではありませんか" if near else ""
            raise YamlError(
                f"となりの部署「{value.text}」は departments にありません{hint}", value.line
            )
        found.append(taken[value.text])
    return tuple(dict.fromkeys(found))


def _tool(entry: YamlMap) -> Tool:
    _known(entry, _TOOL)
    return Tool(
        name=_required(entry, "name", "道具の名前(name)"),
        aliases=_texts(entry, "aliases"),
        use_for=_text(entry, "for"),
    )


def _desk(entry: YamlMap) -> Desk:
    _known(entry, _DESK)
    return Desk(
        name=_text(entry, "name") or Desk().name,
        owner=_text(entry, "owner"),
        channel=_text(entry, "channel"),
        anonymous_form=_text(entry, "anonymous_form"),
        hours=_text(entry, "hours"),
        reply_within=_text(entry, "reply_within"),
    )


def _known(entry: YamlMap, names: tuple[str, ...]) -> None:
    for name, value in entry.entries.items():
        if name not in names:
            near = near_matches(name, names) or list(names)
            raise YamlError(
                f"知らない項目「{name}」です(使える項目: {'、'.join(near)})", value.line
            )


def _line(entry: YamlMap, name: str) -> int:
    value = entry.entries.get(name)
    return value.line if value else entry.line


def _map(entry: YamlMap, name: str) -> YamlMap:
    value = entry.entries.get(name)
    if value is None or value == YamlText(value.line, ""):
        return YamlMap(entry.line)
    if not isinstance(value, YamlMap):
        raise YamlError(f"「{name}」は「項目: 値」の形で書いてください", value.line)
    return value


def _maps(entry: YamlMap, name: str) -> tuple[YamlMap, ...]:
    value = entry.entries.get(name, YamlList(entry.line))
    if isinstance(value, YamlText) and not value.text:
        return ()
    items = value.items if isinstance(value, YamlList) else (value,)
    return tuple(_as_map(item, name) for item in items)


def _as_map(item: YamlValue, name: str) -> YamlMap:
    if isinstance(item, YamlText) and item.text:
        return YamlMap(item.line, {"name": item})
    if not isinstance(item, YamlMap):
        raise YamlError(f"「{name}」の中は「- name: …」の形で書いてください", item.line)
    return item


def _required(entry: YamlMap, name: str, what: str) -> str:
    text = _text(entry, name)
    if not text:
        raise YamlError(f"{what}がありません", _line(entry, name))
    return text


def _text(entry: YamlMap, name: str) -> str:
    value = entry.entries.get(name)
    if value is None:
        return ""
    if not isinstance(value, YamlText):
        raise YamlError(f"「{name}」は1つの文字列で書いてください", value.line)
    return value.text


def _texts(entry: YamlMap, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.text for item in _items(entry, name)))


def _items(entry: YamlMap, name: str) -> tuple[YamlText, ...]:
    value = entry.entries.get(name, YamlList(entry.line))
    items = value.items if isinstance(value, YamlList) else (value,)
    texts = []
    for item in items:
        if not isinstance(item, YamlText):
            raise YamlError(f"「{name}」は [A, B] か「- A」の形で書いてください", item.line)
        if item.text:
            texts.append(item)
    return tuple(texts)


def _count(entry: YamlMap, name: str) -> int | None:
    text = _text(entry, name).replace(",", "").removesuffix("名").removesuffix("人")
    if not text:
        return None
    if not text.isdecimal():
        raise YamlError(f"「{name}」は数で書いてください", _line(entry, name))
    return int(text)
