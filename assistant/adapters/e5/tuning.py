"""What was learned from `training/`: a low-rank change of some of the embedder's matrices (LoRA).

`tuning.npz` holds, for each changed matrix (`l6.q`), fp16 `l6.q.A` (rank, inputs) and `l6.q.B`
(outputs, rank): W becomes W + 2 B A while the graph is built, so that embedding costs the same.
`head.A` and `head.B` are the head of the tokens. `python -m training.embedder` writes it.
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelError
from assistant.search.scale import CosineScale

SHIPPED = Path(__file__).with_name("tuning.npz")
DIGEST = "bc28b7cf"
"""Of the shipped file, as `digest_of` gives it: part of the name of the vector space, so that with
another file everything is embedded anew."""
STRENGTH = 2.0
"""LoRA's alpha / rank, as trained."""
SCALE = CosineScale(zero=0.675, step=0.309)
"""Quantiles of the best cosines of 227 questions to three invented companies, tuned against
untuned, fitted while all of what the layers learned was kept: of the file that ships the line tells
.010 to .018 too much from the 10th percentile on, .029 at the 2nd. What limits there are since were
chosen with it. Fit it again with another tuning file, and then them."""

_HEAD = "head"
_UNUSABLE = "社内の言い回しを学ばせた調整ファイル({name})が見つからないか、壊れています。"
_REMEDY = (
    "活用ナビを入れ直してください(git で取り出したフォルダなら "
    "git checkout -- assistant/adapters/{name})。急ぐときは、キーワード検索だけで使えます。"
)


@dataclass(frozen=True, slots=True)
class Change:
    """Two thin matrices whose product is added to a weight."""

    first: NDArray[np.float32]
    """(rank, inputs)"""
    second: NDArray[np.float32]
    """(outputs, rank)"""

    @property
    def whole(self) -> NDArray[np.float32]:
        """What is added, (outputs, inputs)."""
        return np.asarray(STRENGTH * (self.second @ self.first), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Head:
    """From the model's last state of a token to the token's own vector."""

    matrix: NDArray[np.float32]
    """(width, hidden)"""
    middle: NDArray[np.float32]
    """(hidden,): what the states of all tokens have in common."""

    @property
    def width(self) -> int:
        """Length of a token's vector."""
        return len(self.matrix)

    def told(self, states: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the unit vectors of states (…, hidden) as (…, width)."""
        rows = (states - self.middle) @ self.matrix.T
        norms = np.linalg.norm(rows, axis=-1, keepdims=True)
        return np.asarray(rows / np.maximum(norms, np.float32(1e-6)), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Tuning:
    """Changes by the name of the matrix, and which file they come from."""

    digest: str
    changes: Mapping[str, Change]
    head: Head


_HIDDEN = 384
_NO_HEAD = Head(np.zeros((0, _HIDDEN), dtype=np.float32), np.zeros(_HIDDEN, dtype=np.float32))
UNTUNED = Tuning("untuned", {}, _NO_HEAD)
"""The model as its wheel brings it: what the tuned one is compared with."""


def shipped_tuning() -> Tuning:
    """Return the package's own. Raises ModelError if its file is missing or any other than ours."""
    tuning = read_tuning(SHIPPED)
    if tuning.digest != DIGEST:
        raise _unusable(SHIPPED)
    return tuning


def read_tuning(path: Path) -> Tuning:
    """Return the changes in `path`. Raises ModelError if it is missing or no such file."""
    try:
        content = path.read_bytes()
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            halves = {name: file[name].astype(np.float32) for name in file.files}
            head = Head(halves.pop(f"{_HEAD}.A"), halves.pop(f"{_HEAD}.B"))
            names = sorted({name.rpartition(".")[0] for name in halves})
            changes = {name: Change(halves[f"{name}.A"], halves[f"{name}.B"]) for name in names}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise _unusable(path) from error
    return Tuning(digest_of(content), changes, head)


def write_tuning(changes: Mapping[str, Change], head: Head, path: Path) -> Tuning:
    """Keep both in `path` and return them as they will be read. Raises OSError."""
    halves = {
        f"{_HEAD}.A": head.matrix.astype(np.float16),
        f"{_HEAD}.B": head.middle.astype(np.float16),
    }
    for name, change in sorted(changes.items()):
        halves[f"{name}.A"] = change.first.astype(np.float16)
        halves[f"{name}.B"] = change.second.astype(np.float16)
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **halves)
    return read_tuning(path)


def digest_of(content: bytes) -> str:
    """Return what tells one tuning file from another: the head of its SHA-256."""
    return sha256(content).hexdigest()[:8]


def _unusable(path: Path) -> ModelError:
    told = {"name": path.name}
    return ModelError(_UNUSABLE.format(**told), remedy=_REMEDY.format(**told))
