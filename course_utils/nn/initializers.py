"""Initial values of weights.

All have ``initialize(weights_shape, fan_in, fan_out)``, where fan_in is the number of inputs that
one output depends on, and fan_out the number of outputs that one input acts on.
"""

from collections.abc import Sequence

import numpy as np

from course_utils.nn.arrays import is_number, random_generator
from course_utils.nn.configuration import Configurable


class Constant(Configurable):
    """The same value everywhere; for biases. Weights that start equal stay equal.

    Parameters
    ----------
    value : float

    Raises
    ------
    ValueError
        If `value` is no number.
    """

    arguments = ("value",)

    def __init__(self, value: float = 0.1) -> None:
        if not is_number(value):
            raise ValueError(f"Constant: value should be a number, but it is {value!r}.")
        self.value = float(value)

    def initialize(self, weights_shape: Sequence[int], fan_in: int, fan_out: int) -> np.ndarray:
        """Return a float64 array of the shape `weights_shape`."""
        del fan_in, fan_out
        return np.full(weights_shape, self.value)


class RandomInitializer(Configurable):
    """Base of the random ones.

    Parameters
    ----------
    rng : numpy.random.Generator or int, optional
        By default NumPy's shared stream, which `np.random.seed` seeds.
    """

    def __init__(self, rng: np.random.Generator | int | None = None) -> None:
        self._rng = rng if rng is None else random_generator(rng)

    def _normal(self, shape: Sequence[int], sigma: float) -> np.ndarray:
        return random_generator(self._rng).normal(0.0, sigma, tuple(shape))


class UniformRandom(RandomInitializer):
    """Uniform in [0, 1)."""

    def initialize(self, weights_shape: Sequence[int], fan_in: int, fan_out: int) -> np.ndarray:
        """Return a float64 array of the shape `weights_shape`."""
        del fan_in, fan_out
        return random_generator(self._rng).random(tuple(weights_shape))


class Xavier(RandomInitializer):
    """Normal with σ = √(2 / (fan_in + fan_out)) (Glorot and Bengio 2010).

    Keeps the variance of signals and of errors about constant where activations are linear or
    symmetric.
    """

    def initialize(self, weights_shape: Sequence[int], fan_in: int, fan_out: int) -> np.ndarray:
        """Return a float64 array of the shape `weights_shape`."""
        return self._normal(weights_shape, (2 / (fan_in + fan_out)) ** 0.5)


class He(RandomInitializer):
    """Normal with σ = √(2 / fan_in) (He et al. 2015): ReLU drops half of the signal's power."""

    def initialize(self, weights_shape: Sequence[int], fan_in: int, fan_out: int) -> np.ndarray:
        """Return a float64 array of the shape `weights_shape`."""
        del fan_out
        return self._normal(weights_shape, (2 / fan_in) ** 0.5)
