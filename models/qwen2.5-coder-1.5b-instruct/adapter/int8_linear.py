"""Frozen linear layers multiplied in 8-bit integers, forward and backward, for training adapters on a CPU.

Integer instructions multiply three times as fast as float32 ones and five times as fast as bfloat16 ones where a CPU
has no matrix unit. What is frozen needs no gradient of its own, so both products of a training step can be of integers:
weights have a scale for each row, as in the engine that will run the adapter; activations and their gradients have one
for each token (dynamic quantisation: Dettmers et al. 2022, https://arxiv.org/abs/2208.07339).
"""

from __future__ import annotations

import ctypes
from typing import Any

import torch
from torch import nn

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # of mallopt(3)
LARGEST = 32 << 20  # bytes of a block that the heap may hold at most


class Int8Linear(nn.Module):
    """A frozen `nn.Linear` whose weights are signed bytes with a scale for each row."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        weight, scale = _quantise(linear.weight.detach().float())
        self.weight: torch.Tensor
        self.scale: torch.Tensor
        self.register_buffer("weight", weight)
        self.register_buffer("scale", scale.squeeze(1))
        self.bias = None if linear.bias is None else nn.Parameter(linear.bias.detach().float(), requires_grad=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        product: torch.Tensor = _Product.apply(x.reshape(-1, x.shape[-1]), self.weight, self.scale)
        if self.bias is not None:
            product.add_(self.bias)
        return product.view(*x.shape[:-1], -1)


class _Product(torch.autograd.Function):
    """x W^T, with W = diag(scale) times bytes."""

    @staticmethod
    def forward(ctx: Any, x: torch.Tensor, weight: torch.Tensor, scale: torch.Tensor) -> torch.Tensor:
        ctx.save_for_backward(weight, scale)
        values, steps = quantise(x)
        return rescale(torch._int_mm(values, weight.t()), steps, scale)

    @staticmethod
    def backward(ctx: Any, *gradients: torch.Tensor) -> tuple[torch.Tensor, None, None]:
        weight, scale = ctx.saved_tensors
        (gradient,) = gradients
        values, steps = quantise(gradient, scale)
        return rescale(torch._int_mm(values, weight), steps), None, None


def _quantise(x: torch.Tensor, scale: torch.Tensor | None = None) -> tuple[torch.Tensor, torch.Tensor]:
    """Rows, times a scale for each column, as bytes; and the step of each row."""
    x = x if scale is None else x * scale
    steps = x.abs().amax(dim=-1, keepdim=True).clamp_min(1e-12) / 127
    return torch.round(x / steps).to(torch.int8), steps


def _rescale(sums: torch.Tensor, steps: torch.Tensor, scale: torch.Tensor | None = None) -> torch.Tensor:
    """Sums of products of bytes as what they stand for."""
    x = sums.float() * steps
    return x if scale is None else x * scale


quantise, rescale = _quantise, _rescale


def compile_quantisation() -> None:
    """Makes one pass over memory of each of these, with the C++ compiler that must be there."""
    global quantise, rescale
    quantise, rescale = torch.compile(_quantise, dynamic=True), torch.compile(_rescale, dynamic=True)


def freeze(module: nn.Module) -> None:
    """Replaces every linear layer that is frozen by its 8-bit form, and makes all else float32, in place."""
    for name, child in module.named_children():
        if isinstance(child, nn.Linear) and not child.weight.requires_grad:
            setattr(module, name, Int8Linear(child))
        else:
            freeze(child)
    for parameter in module.parameters(recurse=False):
        parameter.data = parameter.data.float()


def keep_freed_memory() -> None:
    """Lets the C library (glibc) keep what was freed: new pages for each activation take a third of the time."""
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(M_MMAP_THRESHOLD, LARGEST)
        library.mallopt(M_TRIM_THRESHOLD, 2**31 - 1)
