"""Exercise 04.1: a fully connected layer, judged by the requirements of `course verify`."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_utils.checks import Exercise
from course_utils.verify.properties import dense

LECTURE = "deep_networks"


class FullyConnected:
    """A fully connected layer; the bias is the last row of `weights`."""

    def __init__(self, input_size: int, output_size: int) -> None:
        self.trainable, self.testing_phase = True, False
        self.weights = np.random.rand(input_size + 1, output_size)

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        ones = np.ones((len(input_tensor), 1))
        self.extended = np.hstack([input_tensor, ones])
        return self.extended @ self.weights

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        self.gradient_weights = self.extended.T @ error_tensor
        return error_tensor @ self.weights[:-1].T


def _wrong() -> Iterator[tuple[object, str]]:
    """Yield layers that each have one typical fault, with what `course verify` says of it."""

    class WithoutBias(FullyConnected):
        def forward(self, input_tensor: np.ndarray) -> np.ndarray:
            super().forward(input_tensor)
            return input_tensor @ self.weights[:-1]

    class BiasFirst(FullyConnected):
        def forward(self, input_tensor: np.ndarray) -> np.ndarray:
            ones = np.ones((len(input_tensor), 1))
            self.extended = np.hstack([ones, input_tensor])
            return self.extended @ self.weights

    class BiasOfOnes(FullyConnected):
        def forward(self, input_tensor: np.ndarray) -> np.ndarray:
            super().forward(input_tensor)
            return input_tensor @ self.weights[:-1] + 1

    class BiasInError(FullyConnected):
        def backward(self, error_tensor: np.ndarray) -> np.ndarray:
            super().backward(error_tensor)
            return error_tensor @ self.weights.T

    class FirstRowLeftOut(FullyConnected):
        def backward(self, error_tensor: np.ndarray) -> np.ndarray:
            super().backward(error_tensor)
            return error_tensor @ self.weights[1:].T

    def with_gradient(change: Any) -> type:
        class Changed(FullyConnected):
            def backward(self, error_tensor: np.ndarray) -> np.ndarray:
                below = super().backward(error_tensor)
                self.gradient_weights = change(self.gradient_weights, len(error_tensor))
                return below

        return Changed

    yield WithoutBias, "the bias is left out"
    yield (
        BiasFirst,
        "the bias is taken from the first row of the weights instead of the last",
    )
    yield (
        BiasOfOnes,
        "the bias counts as 1: a row of ones is used instead of the last row of the weights",
    )
    yield BiasInError, "the bias's column is still in the error"
    yield FirstRowLeftOut, "the first row of the weights is left out instead of the bias row"
    yield with_gradient(lambda g, _: g[:-1]), "the bias row is missing"
    yield (
        with_gradient(lambda g, n: g / n),
        "the gradient is averaged over the batch instead of summed",
    )
    yield (
        with_gradient(lambda g, n: np.vstack([g[:-1], g[-1:] / n])),
        "the bias's gradient is averaged over the batch instead of summed",
    )
    yield with_gradient(lambda g, _: g.T), "it is transposed"

    class Adds(FullyConnected):
        def backward(self, error_tensor: np.ndarray) -> np.ndarray:
            before = getattr(self, "gradient_weights", 0)
            below = super().backward(error_tensor)
            self.gradient_weights = self.gradient_weights + before
            return below

    yield Adds, "it is added to that of the batch before; every backward sets its own"
    yield (
        with_gradient(lambda g, _: np.vstack([g[:-1], 0 * g[-1:]])),
        "the bias's gradient is left at 0",
    )


check_FullyConnected = Exercise(
    item="04.1",
    lecture=LECTURE,
    name="FullyConnected",
    title="A fully connected layer",
    reference=FullyConnected,
    properties={
        "weights (inputs + 1, outputs), uniform at first": dense.starts,
        "forward gives [x, 1]·weights": dense.forward,
        "backward gives the error for the layer below, by finite differences": dense.error,
        "gradient_weights is summed over the batch, the bias row included": dense.gradient_weights,
        "weights replaced from outside count at once": dense.replaced_weights,
        "no input is changed": dense.pure,
        "forward may be called again, with another batch": dense.repeatable,
    },
    wrong=_wrong,
    hints=(
        "A bias is a weight whose input is always 1.",
        "Append a column of ones to the input and keep the result for `backward`. There, the"
        " gradient is that array, transposed, times the error; and the error for the layer below"
        " is the error times the transposed weights without their last row.",
        """
        class FullyConnected:
            def __init__(self, input_size, output_size):
                self.trainable, self.testing_phase = True, False
                self.weights = np.random.rand(..., output_size)

            def forward(self, input_tensor):
                self.extended = np.hstack([input_tensor, ...])
                return self.extended @ self.weights

            def backward(self, error_tensor):
                self.gradient_weights = ... @ error_tensor
                return error_tensor @ ...
        """,
    ),
)
