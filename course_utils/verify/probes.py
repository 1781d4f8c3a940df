"""Stand-ins for the parts around the one that is verified, so that their faults are not blamed.

They keep the exercises' interfaces and a journal of how they were used. A deep copy shares the
journal with its original, but nothing else.
"""

import copy
import itertools
from dataclasses import dataclass, field
from typing import Any

import numpy as np

_serial = itertools.count()


class _SharesJournal:
    journal: list

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        twin = copy.copy(self)
        memo[id(self)] = twin
        for name, value in vars(self).items():
            if name != "journal":
                setattr(twin, name, copy.deepcopy(value, memo))
        if hasattr(twin, "serial"):
            twin.serial = next(_serial)
        return twin


class Optimizer(_SharesJournal):
    """Gradient descent with momentum: v ← momentum·v − learning_rate·∇, w ← w + v.

    The journal holds ``(serial number of the copy, shape of the weights)`` for every update. State
    of another shape is dropped, not broadcast, so that a mixed-up state shows in the journal and
    does not crash.
    """

    def __init__(self, learning_rate: float = 0.5, momentum: float = 0.0):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.regularizer: Any = None
        self.velocity: Any = None
        self.serial = next(_serial)
        self.journal: list[tuple[int, tuple[int, ...]]] = []

    def add_regularizer(self, regularizer: Any) -> None:
        """Set the regularizer."""
        self.regularizer = regularizer

    def calculate_update(self, weight_tensor: Any, gradient_tensor: Any) -> Any:
        """Return the new weights; changes neither argument."""
        self.journal.append((self.serial, np.shape(weight_tensor)))
        step = -self.learning_rate * np.asarray(gradient_tensor, dtype=np.float64)
        if self.velocity is not None and self.velocity.shape == step.shape:
            step = step + self.momentum * self.velocity
        self.velocity = step
        new = weight_tensor + step
        if self.regularizer is not None:
            new = new - self.learning_rate * self.regularizer.calculate_gradient(weight_tensor)
        return new


class Regularizer(_SharesJournal):
    """α·Σ|w|³ with its gradient: unlike L1 and L2, so that nobody's own formula fits by chance.

    The journal holds the shapes of all tensors whose norm was asked for.
    """

    def __init__(self, alpha: float = 0.125):
        self.alpha = alpha
        self.journal: list[tuple[int, ...]] = []

    def calculate_gradient(self, weights: Any) -> Any:
        """Return 3·α·w·|w|."""
        return 3 * self.alpha * weights * np.abs(weights)

    def norm(self, weights: Any) -> float:
        """Return α·Σ|w|³."""
        self.journal.append(np.shape(weights))
        return float(self.alpha * np.sum(np.abs(weights) ** 3))


class Initializer(_SharesJournal):
    """Uniform numbers from [low, high), the same for every copy that is asked in the same order.

    The journal holds ``(shape, fan_in, fan_out, values)`` of every call.
    """

    def __init__(self, low: float, high: float):
        self.low, self.high = low, high
        self.journal: list[tuple[tuple[int, ...], Any, Any, np.ndarray]] = []

    def initialize(self, weights_shape: Any, fan_in: Any = None, fan_out: Any = None) -> np.ndarray:
        """Return an array of shape `weights_shape`."""
        shape = tuple(int(n) for n in np.atleast_1d(weights_shape))
        generator = np.random.default_rng(len(self.journal))
        values = generator.uniform(self.low, self.high, shape)
        self.journal.append((shape, fan_in, fan_out, values))
        return values.copy()

    def made(self, values: np.ndarray) -> bool:
        """Tell whether `values` all lie in this initializer's range."""
        return bool(np.all((values >= self.low) & (values < self.high)))


@dataclass(eq=False)
class Layer:
    """A layer y = x·weights, or y = x if it is not trainable, that writes down what is done to it.

    The journal, shared by all probes of one network, holds
    ``(what, name, testing_phase)`` for every call.
    """

    name: str
    journal: list[tuple[str, str, bool]]
    size: int
    trainable: bool = True
    testing_phase: bool = False
    optimizer: Any = None
    initializers: list[tuple[Any, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.trainable:
            self.weights = np.eye(self.size)

    def initialize(self, weights_initializer: Any, bias_initializer: Any) -> None:
        """Remember the initializers and draw new weights."""
        self.initializers.append((weights_initializer, bias_initializer))
        self.weights = weights_initializer.initialize((self.size, self.size), self.size, self.size)

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Return x·weights."""
        self.journal.append(("forward", self.name, bool(self.testing_phase)))
        self._input = input_tensor
        return input_tensor @ self.weights if self.trainable else input_tensor + 0.0

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Return the error for the layer below and update the weights."""
        self.journal.append(("backward", self.name, bool(self.testing_phase)))
        if not self.trainable:
            return error_tensor + 0.0
        below = error_tensor @ self.weights.T
        self.gradient_weights = self._input.T @ error_tensor
        if self.optimizer is not None:
            self.weights = self.optimizer.calculate_update(self.weights, self.gradient_weights)
        return below

    def calculate_regularization_loss(self) -> float:
        """Return the norm of the weights, 0 without a regularizer."""
        regularizer = getattr(self.optimizer, "regularizer", None)
        return regularizer.norm(self.weights) if self.trainable and regularizer else 0.0


class Loss:
    """Half the summed squared difference; the journal holds what came in."""

    def __init__(self, journal: list[tuple[str, str, bool]]):
        self.journal = journal
        self.predictions: list[np.ndarray] = []
        self.errors: list[np.ndarray] = []

    def forward(self, prediction_tensor: np.ndarray, label_tensor: np.ndarray) -> float:
        """Return the loss."""
        self.journal.append(("forward", "loss", False))
        self.predictions.append(np.array(prediction_tensor))
        self._prediction = prediction_tensor
        return float(np.sum((prediction_tensor - label_tensor) ** 2) / 2)

    def backward(self, label_tensor: np.ndarray) -> np.ndarray:
        """Return its gradient by the prediction."""
        self.journal.append(("backward", "loss", False))
        self.errors.append(np.array(self._prediction - label_tensor))
        return self._prediction - label_tensor


class Data:
    """Batches of (input, label), each different from the last; `batches` holds those given out."""

    def __init__(self, size: int, samples: int = 4):
        self._shape = (samples, size)
        self.batches: list[tuple[np.ndarray, np.ndarray]] = []

    def next(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the next batch."""
        generator = np.random.default_rng(100 + len(self.batches))
        batch = (generator.normal(size=self._shape), generator.uniform(size=self._shape))
        self.batches.append(batch)
        return batch[0].copy(), batch[1].copy()
