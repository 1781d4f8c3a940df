"""Dropout."""

import numpy as np

from course_utils.nn.arrays import is_number, random_generator
from course_utils.nn.base import BaseLayer


class Dropout(BaseLayer):
    """Inverted dropout (Srivastava et al. 2014).

    While training, every entry is kept with probability p and then divided by p, so that its
    expectation stays what it was and nothing needs to change for testing::

        y = x·m / p,   ∂L/∂x = E·m / p,   m ~ Bernoulli(p);   testing: y = x

    Parameters
    ----------
    probability : float in (0, 1]
        The probability of *keeping* an entry. PyTorch's argument is that of dropping it.
    rng : numpy.random.Generator or int, optional
        By default NumPy's shared stream.
    """

    arguments = ("probability",)

    def __init__(self, probability: float, rng: np.random.Generator | int | None = None) -> None:
        if not is_number(probability) or not 0 < probability <= 1:
            raise ValueError(
                "Dropout: probability is the probability of keeping an entry and should be above "
                f"0 and at most 1, but it is {probability!r}."
            )
        self.probability = float(probability)
        self._rng = rng if rng is None else random_generator(rng)

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Return an array of the input's shape."""
        x = self._input(input_tensor)
        if self.testing_phase:
            self._remember(x.shape, None)
            return x
        # float32 numbers are exact enough to decide and twice as fast to draw.
        kept = random_generator(self._rng).random(x.shape, np.float32) < self.probability
        self._remember(x.shape, kept)
        return x * kept * (1 / self.probability)

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Return the error of the kept entries, scaled as they were."""
        shape, kept = self._recall()
        error = self._error(error_tensor, shape)
        return error if kept is None else error * kept * (1 / self.probability)
