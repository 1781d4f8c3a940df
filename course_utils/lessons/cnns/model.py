"""What lecture 07 computes by hand: maximum pooling forward and backward, with every tie-break."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np

Place = tuple[int, int]
"""Row and column, counted from 0."""


@dataclass(frozen=True)
class MaxPooling:
    """Maximum pooling without padding of a matrix, with square windows.

    Attributes
    ----------
    kernel, stride
        Size of a window and step between windows, in both directions.
    """

    kernel: int
    stride: int

    def output_shape(self, x: np.ndarray) -> tuple[int, int]:
        """Return how many windows there are in each direction: ⌊(size − kernel) / stride⌋ + 1."""
        rows, columns = ((size - self.kernel) // self.stride + 1 for size in x.shape)
        return rows, columns

    def windows(self, x: np.ndarray) -> dict[Place, tuple[Place, ...]]:
        """Return the inputs of every window, by the window's place in the output."""
        rows, columns = self.output_shape(x)
        return {
            (i, j): tuple(
                (i * self.stride + u, j * self.stride + v)
                for u in range(self.kernel)
                for v in range(self.kernel)
            )
            for i in range(rows)
            for j in range(columns)
        }

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the maximum of every window of `x`, an array (rows, columns)."""
        output = np.empty(self.output_shape(x), x.dtype)
        for window, inputs in self.windows(x).items():
            output[window] = max(x[place] for place in inputs)
        return output

    def candidates(self, x: np.ndarray) -> dict[Place, tuple[Place, ...]]:
        """Return for every window the inputs that hold its maximum: several if there is a tie."""
        return {
            window: tuple(p for p in inputs if x[p] == max(x[q] for q in inputs))
            for window, inputs in self.windows(x).items()
        }

    def winners(self, x: np.ndarray) -> list[dict[Place, Place]]:
        """Return every choice of one winner for each window."""
        candidates = self.candidates(x)
        return [
            dict(zip(candidates, choice, strict=True)) for choice in product(*candidates.values())
        ]


def route(x: np.ndarray, errors: np.ndarray, winners: Mapping[Place, Place]) -> np.ndarray:
    """Return the gradient of the input `x`: each winner collects the errors of its windows.

    Parameters
    ----------
    x
        The input (rows, columns).
    errors
        The gradient of the output, an array of the output's shape.
    winners
        For each window, the input that won it.
    """
    gradient = np.zeros(x.shape, errors.dtype)
    for window, winner in winners.items():
        gradient[winner] += errors[window]
    return gradient
