"""A graph and its tensors in one file that is memory-mapped, checked whole, and replaced at once.

Layout: magic, CRC-32 of all that follows, length of a JSON head, the head (graph size, and name
and shape of each tensor in order), the graph, then the tensors, each at a multiple of 64 bytes.
"""

import json
import os
import struct
import tempfile
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_MAGIC = b"KATSUYO1"
_HEAD = struct.Struct("<8sII")
_ALIGN = 64
_ABANDONED_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Image:
    """A serialised ONNX graph and the tensors it declares as external."""

    graph: bytes
    tensors: Mapping[str, NDArray[np.float32]]


class DamagedImageError(Exception):
    """The file is cut short, altered, or no image at all: it has to be built again."""


def write_image(image: Image, path: Path) -> None:
    """Write beside `path`, then rename: readers see the old or the new. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            crc = 0
            file.write(bytes(_HEAD.size))
            for part in _parts(image):
                crc = zlib.crc32(part, crc)
                file.write(part)
            file.seek(0)
            file.write(_HEAD.pack(_MAGIC, crc, len(_table(image))))
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
        _sweep(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read_image(path: Path) -> Image:
    """Map the file. Raises FileNotFoundError, DamagedImageError, OSError.

    The checksum of all 85 MB costs .05 s, so all of it is checked every time.
    """
    if path.stat().st_size < _HEAD.size:
        raise DamagedImageError(path)
    data = np.memmap(path, dtype=np.uint8, mode="r")
    magic, crc, length = _HEAD.unpack(data[: _HEAD.size].tobytes())
    if magic != _MAGIC or zlib.crc32(data[_HEAD.size :].data) != crc:
        raise DamagedImageError(path)
    at = _HEAD.size + length
    table = json.loads(data[_HEAD.size : at].tobytes())
    graph = data[at : at + table["graph"]].tobytes()
    at = _aligned(at + len(graph))
    tensors = {}
    for name, shape in table["tensors"]:
        size = 4 * int(np.prod(shape))
        tensors[name] = data[at : at + size].view("<f4").reshape(shape)
        at = _aligned(at + size)
    return Image(graph=graph, tensors=tensors)


def _sweep(path: Path) -> None:
    """Remove what builds that were killed have left; one under way is younger than an hour."""
    for left in path.parent.glob(f".{path.name}-*.tmp"):
        if time.time() - left.stat().st_mtime > _ABANDONED_SECONDS:
            left.unlink(missing_ok=True)


def _parts(image: Image) -> list[bytes | memoryview]:
    """Return what follows the fixed head, in order."""
    table = _table(image)
    at = _HEAD.size + len(table) + len(image.graph)
    parts: list[bytes | memoryview] = [table, image.graph, bytes(_aligned(at) - at)]
    for tensor in image.tensors.values():
        parts.append(memoryview(np.ascontiguousarray(tensor, dtype="<f4").data).cast("B"))
        parts.append(bytes(_aligned(tensor.nbytes) - tensor.nbytes))
    return parts


def _table(image: Image) -> bytes:
    tensors = [[name, list(tensor.shape)] for name, tensor in image.tensors.items()]
    return json.dumps({"graph": len(image.graph), "tensors": tensors}).encode()


def _aligned(size: int) -> int:
    return -(-size // _ALIGN) * _ALIGN
