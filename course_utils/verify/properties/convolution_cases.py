"""Convolutions to try."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_utils.verify import reference
from course_utils.verify.properties.common import (
    normal,
)

KERNELS = 3


@dataclass(frozen=True)
class Case:
    """One convolution: stride along each axis, (channels, *kernel), and the input's shape."""

    stride: tuple[int, ...]
    kernel: tuple[int, ...]
    shape: tuple[int, ...]

    @property
    def x(self) -> np.ndarray:
        """The input."""
        return normal(*self.shape)

    @property
    def weights(self) -> np.ndarray:
        """The weights, (kernels, channels, *kernel)."""
        return normal(KERNELS, *self.kernel, seed=1)

    @property
    def bias(self) -> np.ndarray:
        """The bias, (kernels,)."""
        return normal(KERNELS, seed=2)

    @property
    def error(self) -> np.ndarray:
        """An error from above."""
        size = [-(-n // s) for n, s in zip(self.shape[2:], self.stride, strict=True)]
        return normal(self.shape[0], KERNELS, *size, seed=3)

    def layer(self, layer_class: type, stride: Any = None) -> Any:
        """Return the student's layer with these weights."""
        layer = layer_class(self.stride if stride is None else stride, self.kernel, KERNELS)
        layer.weights = self.weights
        layer.bias = self.bias
        return layer

    def fronts(self) -> dict[str, tuple[int, ...]]:
        """Return the right alignments: name → zeros in front along each axis."""
        axes = [
            reference.alignments(*sizes).items()
            for sizes in zip(self.shape[2:], self.kernel[1:], self.stride, strict=True)
        ]
        named = {}
        for ways in itertools.product(*axes):
            names, front = zip(*ways, strict=True)
            named[" and ".join(dict.fromkeys(names))] = front
        return named

    def output(self, front: Sequence[int]) -> np.ndarray:
        """Return the right output for one alignment."""
        return reference.correlate(self.x, self.weights, self.bias, self.stride, front)


PLAIN = Case((1, 1), (2, 3, 3), (2, 2, 4, 5))
OBLONG = Case((1, 1), (2, 5, 3), (2, 2, 5, 4))
SQUARE = Case((2, 2), (2, 3, 3), (2, 2, 5, 6))
STRIDED = Case((2, 3), (2, 3, 5), (2, 2, 5, 7))
EVEN = Case((1, 1), (2, 2, 4), (2, 2, 4, 5))
EVEN_STRIDED = Case((2, 2), (2, 4, 2), (2, 2, 5, 6))
ONE_DIMENSION = Case((2,), (2, 3), (2, 2, 7))
EVEN_ONE_DIMENSION = Case((2,), (2, 4), (2, 2, 7))
