"""The encoder in numpy: the same vectors where onnxruntime cannot run, for 1.8 times the CPU."""

import numpy as np
from numpy.typing import NDArray

from assistant.adapters.e5.image import Image
from assistant.adapters.e5.weights import Shape


class PlainEncoder:
    """Embedded tokens -> hidden states, as `Encoder`. Safe to share by threads."""

    def __init__(self, image: Image, shape: Shape) -> None:
        """Compute with the image's own tensors."""
        self._tensors = image.tensors
        self._shape = shape

    def run(self, embedded: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the hidden states of texts of one length, (texts, tokens, hidden), same shape."""
        state = self._normalized(embedded, "emb.ln")
        for layer in range(self._shape.layers):
            state = self._layer(state, f"l{layer}.")
        return state

    def _layer(self, state: NDArray[np.float32], prefix: str) -> NDArray[np.float32]:
        attended = self._linear(self._attended(state, prefix), f"{prefix}ao")
        state = self._normalized(attended + state, f"{prefix}aln")
        inner = _gelu(self._linear(state, f"{prefix}fi"))
        return self._normalized(self._linear(inner, f"{prefix}fo") + state, f"{prefix}oln")

    def _attended(self, state: NDArray[np.float32], prefix: str) -> NDArray[np.float32]:
        heads = (*state.shape[:2], self._shape.heads, -1)
        query, key, value = (
            self._linear(state, prefix + part).reshape(heads).transpose(0, 2, 1, 3)
            for part in "qkv"
        )
        scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(query.shape[-1]))
        weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        return np.asarray(weights @ value).transpose(0, 2, 1, 3).reshape(state.shape)

    def _linear(self, state: NDArray[np.float32], name: str) -> NDArray[np.float32]:
        return np.asarray(state @ self._tensors[f"{name}.w"] + self._tensors[f"{name}.b"])

    def _normalized(self, state: NDArray[np.float32], name: str) -> NDArray[np.float32]:
        state = state - state.mean(axis=-1, keepdims=True)
        spread = np.sqrt(np.mean(state**2, axis=-1, keepdims=True) + self._shape.epsilon)
        return np.asarray(state / spread * self._tensors[f"{name}.w"] + self._tensors[f"{name}.b"])


def _gelu(values: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(values * (1 + _erf(values / np.float32(np.sqrt(2)))) / 2)


def _erf(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the error function to 1.5e-7 (Abramowitz and Stegun 7.1.26): numpy has none."""
    size = np.abs(values)
    near = 1 / (1 + np.float32(0.3275911) * size)
    tail = np.zeros_like(near)
    for factor in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592):
        tail = (tail + np.float32(factor)) * near
    return np.asarray(np.sign(values) * (1 - tail * np.exp(-(size**2))))
