"""From feature maps to vectors."""

import numpy as np

from course_utils.nn.base import BaseLayer


class Flatten(BaseLayer):
    """Make one row per sample: (batch, channel, y, x) becomes (batch, channel·y·x).

    Nothing is computed; the error gets its shape back.
    """

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Map (batch, …) to (batch, product of the rest)."""
        x = self._input(input_tensor)
        if x.ndim == 0:
            raise ValueError(
                "Flatten(): input_tensor should have a batch axis, but it is a number."
            )
        self._remember(x.shape)
        return x.reshape(len(x), int(np.prod(x.shape[1:])))

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Map (batch, product of the rest) back to (batch, …)."""
        (shape,) = self._recall()
        error = self._error(error_tensor, (shape[0], int(np.prod(shape[1:]))))
        return error.reshape(shape)
