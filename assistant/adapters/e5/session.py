"""The encoder on onnxruntime: no telemetry, no spinning threads, its errors as ModelError."""

import os
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.adapters.e5.graph import HIDDEN, SIZES, TOKENS
from assistant.adapters.e5.image import Image
from assistant.adapters.e5.repair import packages_command
from assistant.errors import ModelError

_CANNOT_RUN = "文章の意味を比べるモデルを動かせません。"
_REMEDY = (
    "onnxruntime を入れ直すコマンド(急ぐときは、キーワード検索だけで使えます。"
    "活用ナビのフォルダで実行): {command}"
)
_ERRORS_ONLY = 3


class Encoder:
    """Embedded tokens -> hidden states. Safe to share by threads."""

    def __init__(self, image: Image, *, threads: int) -> None:
        """Open the session over the image's own memory. Raises ModelError."""
        ort = _onnxruntime()
        self._errors = _errors(ort)
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS_ONLY
        # A spinning thread burns a core that the page and the tokenizer need.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.add_session_config_entry("session.inter_op.allow_spinning", "0")
        # Extended fusions would put SkipLayerNormalization back, which costs 4 times as much.
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_BASIC
        try:
            self._tensors = {
                name: ort.OrtValue.ortvalue_from_numpy(tensor)
                for name, tensor in image.tensors.items()
            }
            options.add_external_initializers(list(self._tensors), list(self._tensors.values()))
            self._session = ort.InferenceSession(
                image.graph, options, providers=["CPUExecutionProvider"]
            )
        except self._errors as error:
            raise ModelError(
                _CANNOT_RUN, remedy=_REMEDY.format(command=packages_command())
            ) from error

    def run(self, embedded: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the hidden states of texts of one length, (texts, tokens, hidden), same shape."""
        feeds = {
            TOKENS: embedded.reshape(-1, embedded.shape[-1]),
            SIZES: np.array(embedded.shape, dtype=np.int64),
        }
        try:
            (hidden,) = self._session.run([HIDDEN], feeds)
        except self._errors as error:
            raise ModelError(
                _CANNOT_RUN, remedy=_REMEDY.format(command=packages_command())
            ) from error
        states: NDArray[np.float32] = hidden.reshape(embedded.shape)
        return states


def _onnxruntime() -> Any:
    """Import it without its telemetry, which starts with the import (1.31, on Linux too)."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        import onnxruntime
    except ImportError as error:
        raise _cannot_run() from error
    return onnxruntime


def _cannot_run() -> ModelError:
    return ModelError(_CANNOT_RUN, remedy=_REMEDY.format(command=packages_command()))


def _errors(ort: Any) -> tuple[type[Exception], ...]:
    """Return the vendor's exceptions, which have no root of their own."""
    own = vars(ort.capi.onnxruntime_pybind11_state).values()
    kinds = [kind for kind in own if isinstance(kind, type) and issubclass(kind, Exception)]
    return (*kinds, ValueError, RuntimeError)
