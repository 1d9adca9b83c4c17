"""What runs of characters tell of a text: hashed, and weighed by what was learned of them."""

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

from assistant.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LONGEST = 4
"""Characters of the longest run that counts wherever it stands; five were no better."""
_ENDINGS = range(2, 10)
"""Characters of what the sentence ends with."""
_TAIL, _TAIL_RUNS = 10, 3
"""Runs of up to three count once more in the last ten characters: a Japanese verb stands there."""
_MULTIPLIER = 0x9E3779B1
"""Of a multiplicative hash (Knuth, TAOCP 6.4): 2^32 over the golden ratio."""
_RUN, _ENDING, _IN_TAIL = 0x51ED270B, 0x2545F491, 0x7F4A7C15
"""What keeps the three sorts of features apart."""
_LONGEST_READ = 400
"""Characters; of a longer text the end, where the question or the obligation stands."""

_REMEDY = (
    "活用ナビを入れ直してください"
    "(git で取り出したフォルダなら、そのフォルダで git checkout -- '*{name}')。"
)

_MASK = re.compile(r"〔([^〕]*)〕")
_NUMBER = re.compile(r"\d+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned of the runs of characters."""

    grams: "NDArray[np.uint32]"
    """Hashes of what counts, ascending."""
    weights: "NDArray[np.int8]"
    """A row for each of them, a column for each label."""
    scale: "NDArray[np.float32]"
    """What one step of a column is worth."""
    bias: "NDArray[np.float32]"
    labels: tuple[str, ...]


def odds(found: "NDArray[np.uint32]", learned: Learned) -> dict[str, float]:
    """Return the probability (0–1) of each label for a text with these runs."""
    import numpy as np

    place = np.searchsorted(learned.grams, found)
    place[place == len(learned.grams)] = 0
    known = place[learned.grams[place] == found]
    total = learned.weights.take(known, axis=0).sum(axis=0, dtype=np.int32) * learned.scale
    score = total / max(len(known), 1) ** 0.5 + learned.bias
    raised = np.exp(score - score.max())
    return dict(zip(learned.labels, (raised / raised.sum()).tolist(), strict=True))


def grams(text: str) -> "NDArray[np.uint32]":
    """Return the hashes of the runs of characters of a text, each once, ascending."""
    import numpy as np

    codes = np.frombuffer(f"^{_plain(text)}$".encode("utf-32-le", "surrogatepass"), np.uint32)
    run, found = codes * np.uint32(_MULTIPLIER), []
    for length in range(1, min(_ENDINGS.stop, len(codes) + 1)):
        if length > 1:
            run = (run[:-1] + codes[length - 1 :]) * np.uint32(_MULTIPLIER)
        if length <= _LONGEST:
            found.append(run ^ np.uint32(_RUN + length))
        if length <= _TAIL_RUNS:
            found.append(run[-(_TAIL - length) :] ^ np.uint32(_IN_TAIL + length))
        if length in _ENDINGS:
            found.append(run[-1:] ^ np.uint32(_ENDING + length))
    return np.unique(np.concatenate(found))


def _plain(text: str) -> str:
    """Return the text without what is about its matter alone: numbers, brackets of masks."""
    folded = unicodedata.normalize("NFKC", _MASK.sub(r"\1", text)).lower().strip()
    return _SPACE.sub(" ", _NUMBER.sub("0", folded))[-_LONGEST_READ:]


def read_learned(file: Traversable, *, labels: str) -> Learned:
    """Return what `file` (.npz) holds, the labels under that name. Raises ModelError."""
    found, weights, scale, bias, told = read_arrays(
        file, "grams", "weights", "scale", "bias", labels
    )
    return Learned(found, weights, scale, bias, tuple(str(name) for name in told))


def read_arrays(file: Traversable, *names: str) -> tuple["NDArray[Any]", ...]:
    """Return the arrays of these names in `file` (.npz). Raises ModelError with a remedy."""
    import numpy as np

    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
            return tuple(stored[name] for name in names)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise ModelError(
            f"学んだ言い回しのファイル({file.name})が見つからないか、壊れています。",
            remedy=_REMEDY.format(name=file.name),
        ) from error
