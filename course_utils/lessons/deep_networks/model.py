"""What lecture 04 computes: layers without a nonlinearity, and the one layer that they are.

Weights and biases may be NumPy arrays or formulas (`course_utils.exam.formulas`): the same lines
then compute a network's output or the formula for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Convention = Literal["columns", "rows"]
"""``columns``: a sample x is a column, and a layer computes W x + b, W (out, in).
``rows``: a sample x is a row, and a layer computes x W + b, W (in, out)."""


@dataclass(frozen=True)
class Linear:
    """A fully connected layer without a nonlinearity.

    Attributes
    ----------
    weight
        float64 (out, in) for columns, (in, out) for rows; or a formula.
    bias
        float64 (out,), or a formula; None for a layer without bias.
    factor
        By what the layer's output is multiplied, a number (or a formula of one); None for 1.
    """

    weight: Any
    bias: Any = None
    factor: Any = None

    def __call__(self, x: Any, convention: Convention = "columns") -> Any:
        """Return the layer's output (out,) for one sample `x` (in,)."""
        z = self.weight @ x if convention == "columns" else x @ self.weight
        z = z if self.bias is None else z + self.bias
        return z if self.factor is None else self.factor * z

    def plain(self) -> Linear:
        """Return the same layer with its factor multiplied into weight and bias."""
        if self.factor is None:
            return self
        bias = None if self.bias is None else self.factor * self.bias
        return Linear(self.factor * self.weight, bias)


def output(layers: Sequence[Linear], x: Any, convention: Convention = "columns") -> Any:
    """Return what `layers`, one behind the other, make of one sample `x` (in,)."""
    for layer in layers:
        x = layer(x, convention)
    return x


def collapse(layers: Sequence[Linear], convention: Convention = "columns") -> Linear:
    """Return the single layer that computes the same as `layers`, one behind the other.

    An affine map of an affine map is affine: W₂(W₁x + b₁) + b₂ = (W₂W₁)x + (W₂b₁ + b₂).

    Raises
    ------
    ValueError
        If there is no layer.
    """
    if not layers:
        raise ValueError("collapse needs at least one layer, and got none")
    first, *rest = [layer.plain() for layer in layers]
    weight, bias = first.weight, first.bias
    for layer in rest:
        # A weight's columns (or rows) and a bias travel through a layer just as a sample does.
        weight = Linear(layer.weight)(weight, convention)
        bias = layer.bias if bias is None else layer(bias, convention)
    return Linear(weight, bias)
