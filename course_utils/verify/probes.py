"""Stand-ins for the parts around the one that is verified, so that their faults are not blamed.

They keep the exercises' interfaces and a journal of how they were used. A deep copy shares the
journal with its original, but nothing else.
"""

import copy
import itertools
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course_utils.verify.outcome import NotMet
from course_utils.verify.strict import Strict, as_named

_serial = itertools.count()


class _SharesJournal(Strict):
    journal: list

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        twin = copy.copy(self)
        memo[id(self)] = twin
        for name, value in vars(self).items():
            if name != "journal":
                setattr(twin, name, copy.deepcopy(value, memo))
        if "serial" in vars(twin):
            vars(twin)["serial"] = next(_serial)
        return twin


class Optimizer(_SharesJournal):
    """Gradient descent with momentum: v ← momentum·v − learning_rate·∇, w ← w + v.

    The journal holds ``(serial number of the copy, shape of the weights)`` for every update. State
    of another shape is dropped, not broadcast, so that a mixed-up state shows in the journal and
    does not crash.
    """

    called = "optimizer"

    def __init__(self, learning_rate: float = 0.5, momentum: float = 0.0):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.regularizer: Any = None
        self.velocity: Any = None
        self.serial = next(_serial)
        self.journal: list[tuple[int, tuple[int, ...]]] = []

    @as_named
    def add_regularizer(self, regularizer: Any) -> None:
        """Set the regularizer."""
        self.regularizer = regularizer

    @as_named
    def calculate_update(self, weight_tensor: Any, gradient_tensor: Any) -> Any:
        """Return the new weights; changes neither argument."""
        _fits(weight_tensor, gradient_tensor)
        self.journal.append((self.serial, np.shape(weight_tensor)))
        step = -self.learning_rate * np.asarray(gradient_tensor, dtype=np.float64)
        if self.velocity is not None and self.velocity.shape == step.shape:
            step = step + self.momentum * self.velocity
        self.velocity = step
        new = weight_tensor + step
        if self.regularizer is not None:
            new = new - self.learning_rate * self.regularizer.calculate_gradient(weight_tensor)
        return new


def _fits(weights: Any, gradient: Any) -> None:
    """Raise `NotMet` unless a gradient has the shape of its weights, or one that spreads to it."""
    shapes = np.shape(weights), np.shape(gradient)
    try:
        fits = np.broadcast_shapes(*shapes) == shapes[0] or np.size(weights) == np.size(gradient)
    except ValueError:
        fits = False
    if not fits:
        raise NotMet(
            "gradient for the optimizer",
            f"`calculate_update` is given weights of shape {shapes[0]} and a gradient of shape"
            f" {shapes[1]}",
            "the gradient has not the shape of what it is the gradient of",
            vague=True,
        )


class Regularizer(_SharesJournal):
    """α·Σ|w|³ with its gradient: unlike L1 and L2, so that nobody's own formula fits by chance.

    The journal holds the shapes of all tensors whose norm was asked for.
    """

    called = "regularizer"

    def __init__(self, alpha: float = 0.125):
        self.alpha = alpha
        self.journal: list[tuple[int, ...]] = []

    @as_named
    def calculate_gradient(self, weights: Any) -> Any:
        """Return 3·α·w·|w|."""
        return 3 * self.alpha * weights * np.abs(weights)

    @as_named
    def norm(self, weights: Any) -> float:
        """Return α·Σ|w|³."""
        self.journal.append(np.shape(weights))
        return float(self.alpha * np.sum(np.abs(weights) ** 3))


class Initializer(_SharesJournal):
    """Uniform numbers from [low, high), the same for every copy that is asked in the same order.

    The journal holds ``(shape, fan_in, fan_out, values)`` of every call.
    """

    called = "initializer"

    def __init__(self, low: float, high: float):
        self.low, self.high = low, high
        self.journal: list[tuple[tuple[int, ...], Any, Any, np.ndarray]] = []

    def initialize(self, *given: Any, **named: Any) -> np.ndarray:
        """Return an array of the shape that is given, whatever it is called."""
        if "shape" in named:  # so the exercises' own stand-in calls it
            named["weights_shape"] = named.pop("shape")
        return self._initialize(*given, **named)

    @as_named
    def _initialize(
        self, weights_shape: Any, fan_in: Any = None, fan_out: Any = None
    ) -> np.ndarray:
        shape = tuple(int(n) for n in np.atleast_1d(weights_shape))
        generator = np.random.default_rng(len(self.journal))
        values = generator.uniform(self.low, self.high, shape)
        self.journal.append((shape, fan_in, fan_out, values))
        return values.copy()

    def made(self, values: np.ndarray) -> bool:
        """Tell whether `values` all lie in this initializer's range."""
        return bool(np.all((values >= self.low) & (values < self.high)))


@dataclass(eq=False)
class Layer(Strict):
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

    called = "layer"

    def __post_init__(self) -> None:
        # A base class of their own may give every layer weights, empty ones if need be.
        self.weights = np.eye(self.size) if self.trainable else np.zeros(0)

    @as_named
    def initialize(self, weights_initializer: Any, bias_initializer: Any) -> None:
        """Remember the initializers and draw new weights."""
        self.initializers.append((weights_initializer, bias_initializer))
        self.weights = weights_initializer.initialize((self.size, self.size), self.size, self.size)

    @as_named
    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Return x·weights."""
        self.journal.append(("forward", self.name, bool(self.testing_phase)))
        self._input = input_tensor
        return input_tensor @ self.weights if self.trainable else input_tensor + 0.0

    @as_named
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


class Loss(Strict):
    """Half the summed squared difference; the journal holds what came in."""

    called = "loss layer"

    def __init__(self, journal: list[tuple[str, str, bool]]):
        self.journal = journal
        self.predictions: list[np.ndarray] = []
        self.errors: list[np.ndarray] = []

    @as_named
    def forward(self, prediction_tensor: np.ndarray, label_tensor: np.ndarray) -> float:
        """Return the loss."""
        self.journal.append(("forward", "loss", False))
        self.predictions.append(np.array(prediction_tensor))
        self._prediction = prediction_tensor
        return float(np.sum((prediction_tensor - label_tensor) ** 2) / 2)

    @as_named
    def backward(self, label_tensor: np.ndarray) -> np.ndarray:
        """Return its gradient by the prediction."""
        self.journal.append(("backward", "loss", False))
        self.errors.append(np.array(self._prediction - label_tensor))
        return self._prediction - label_tensor


class Data(Strict):
    """Batches of (input, label), each different from the last; `batches` holds those given out."""

    called = "data layer"

    def __init__(self, *sizes: int, samples: int = 4):
        self._shape = (samples, *sizes)
        self.batches: list[tuple[np.ndarray, np.ndarray]] = []

    @as_named
    def next(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the next batch."""
        generator = np.random.default_rng(100 + len(self.batches))
        batch = (generator.normal(size=self._shape), generator.uniform(size=self._shape))
        self.batches.append(batch)
        return batch[0].copy(), batch[1].copy()
