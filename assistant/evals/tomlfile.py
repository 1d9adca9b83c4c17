"""A TOML file as plain values, and the errors that name its key."""

import tomllib
from collections.abc import Collection, Mapping
from math import isfinite
from pathlib import Path

from assistant.errors import SuiteError


def read_toml(path: Path) -> Mapping[str, object]:
    """Return the file's values. Raises SuiteError when it is missing, no UTF-8 or no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise SuiteError(
            f"{path} がありません。",
            remedy="リポジトリの eval/ から写すか、場所を確かめてください。",
        ) from error
    except OSError as error:
        raise SuiteError(
            f"{path} を読めません({error.strerror})。", remedy="場所と権限を確かめてください。"
        ) from error
    except UnicodeDecodeError as error:
        raise SuiteError(
            f"{path} の文字コードが UTF-8 ではありません。", remedy="UTF-8 で保存し直してください。"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise SuiteError(
            f"{path} を TOML として読めません({error})。",
            remedy="その行の引用符・かっこ・カンマを確かめてください。",
        ) from error


def wrong(path: Path, key: str, reason: str, *, remedy: str) -> SuiteError:
    """Return the error for one key of a file."""
    return SuiteError(f"{path} の {key}: {reason}。", remedy=remedy)


def table(path: Path, key: str, value: object) -> Mapping[str, object]:
    """Return `value` as a table; an absent one (None) is empty."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise wrong(path, key, "表ではありません", remedy=f"`[{key}]` の形で書いてください。")
    return value


def only_keys(path: Path, key: str, found: Mapping[str, object], known: Collection[str]) -> None:
    """Refuse keys that nobody reads: a misspelt rule would be no rule."""
    for name in found:
        if name not in known:
            raise wrong(
                path,
                f"{key}.{name}" if key else name,
                "知らない項目です",
                remedy=f"使えるのは {'、'.join(sorted(known))} です。つづりを確かめてください。",
            )


def number(path: Path, key: str, value: object) -> float:
    """Return `value` as a finite number; nan, true and false are none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise wrong(path, key, "数ではありません", remedy="0.95 のような数を書いてください。")
    return float(value)


def share(path: Path, key: str, value: object) -> float:
    """Return `value` as a ratio 0–1."""
    found = number(path, key, value)
    if not 0 <= found <= 1:
        raise wrong(path, key, f"{found:g} は 0 から 1 の外です", remedy="割合で書いてください。")
    return found


def names(path: Path, key: str, value: object) -> tuple[str, ...]:
    """Return `value` as a list of words; an absent one (None) is empty."""
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise wrong(
            path,
            key,
            "名前の並びではありません",
            remedy='["指標名", "指標名"] の形で書いてください。',
        )
    return tuple(value)
