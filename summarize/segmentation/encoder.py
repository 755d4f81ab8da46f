"""What the paragraphs around a gap say about it: small recurrent networks that read an article's features both ways."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from summarize.segmentation.features import Floats


@dataclass(frozen=True, slots=True)
class Encoder:
    """M networks of bidirectional gated recurrent units, whose scores add up.

    The units are those of Cho et al. 2014 (https://arxiv.org/abs/1406.1078) as `torch.nn.GRU` has them, H in each
    direction, over F features.

    Attributes:
        inputs, states: `[M, 2, 3H, F]` and `[M, 2, 3H, H]`, of the gates reset and update and of what is new.
        input_bias, state_bias: `[M, 2, 3H]`.
        out: `[M, 2, H]`, what the state at a paragraph is worth.
    """

    inputs: Floats
    states: Floats
    input_bias: Floats
    state_bias: Floats
    out: Floats

    def __call__(self, gaps: Floats) -> Floats:
        """One score for each row of features; time grows with the rows, memory by 6H numbers a row and network."""
        scores = np.zeros(len(gaps), np.float32)
        if not len(self.inputs):
            return scores
        units = self.states.shape[-1]
        forwards = np.arange(len(gaps))
        given = np.einsum("nf,mdgf->nmdg", gaps, self.inputs, optimize=True) + self.input_bias
        state = np.zeros((*self.out.shape, 1), np.float32)
        for forward, backward in zip(forwards, forwards[::-1], strict=True):
            x = np.stack([given[forward, :, 0], given[backward, :, 1]], axis=1)
            h = (self.states @ state)[..., 0] + self.state_bias
            reset, update = np.split(_sigmoid(x[..., : 2 * units] + h[..., : 2 * units]), 2, axis=-1)
            new = np.tanh(x[..., 2 * units :] + reset * h[..., 2 * units :])
            state[..., 0] += (1 - update) * (new - state[..., 0])
            said = (state[..., 0] * self.out).sum(axis=(0, 2))
            scores[forward] += said[0]
            scores[backward] += said[1]
        return scores


def _sigmoid(values: Floats) -> Floats:
    result: Floats = 0.5 * (1 + np.tanh(0.5 * values))
    return result
