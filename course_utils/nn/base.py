"""What all layers share.

A layer maps a tensor to a tensor, and on the way back the error for its output to the error for
its input::

    forward(input_tensor)    x      -> y = f(x)
    backward(error_tensor)   ∂L/∂y  -> ∂L/∂x

A trainable layer also finds the gradients of its parameters in `backward` and, if it holds an
optimizer, updates them there. The first axis is always the batch (in recurrent layers: time).
"""

import copy
from typing import Any, ClassVar, Protocol

import numpy as np

from course_utils.nn.arrays import Shape, as_float, check_shape
from course_utils.nn.configuration import Configurable


class Initializer(Protocol):
    """Anything that makes initial values."""

    def initialize(self, weights_shape: Any, fan_in: int, fan_out: int) -> np.ndarray:
        """Return an array of the shape `weights_shape`."""
        ...


class BaseLayer(Configurable):
    """A layer without parameters; derive your own layers from it.

    Attributes
    ----------
    trainable : bool
        Whether `backward` computes gradients of parameters.
    testing_phase : bool
        True while the network is tested; dropout and batch normalization then act differently.
    """

    trainable: bool = False
    testing_phase: bool = False
    parameter_names: ClassVar[tuple[str, ...]] = ()
    buffer_names: ClassVar[tuple[str, ...]] = ()
    _remembered: tuple[Any, ...] | None = None
    _dtype: np.dtype = np.dtype(np.float64)

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Return the layer's output for `input_tensor`."""
        raise NotImplementedError(f"{type(self).__name__} has no forward yet.")

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Return the error for the input, given the error for the output."""
        raise NotImplementedError(f"{type(self).__name__} has no backward yet.")

    def initialize(self, weights_initializer: Any, bias_initializer: Any) -> None:
        """Set the parameters to initial values; nothing to do without parameters."""

    def state(self) -> dict[str, np.ndarray]:
        """Return the arrays that a saved network needs: parameters and running statistics.

        A layer written for the exercises lists no names; then `weights` and `bias` are taken.
        """
        names = self.parameter_names + self.buffer_names
        if self.trainable and not names:
            names = tuple(name for name in ("weights", "bias") if hasattr(self, name))
        return {name: getattr(self, name) for name in names}

    def load_state(self, state: dict[str, np.ndarray]) -> None:
        """Take over arrays that `state` gave; shapes have been compared by the caller."""
        for name, array in state.items():
            setattr(self, name, array)

    def _input(self, input_tensor: object, expected: Shape | None = None) -> np.ndarray:
        x = as_float(input_tensor, self, "input_tensor")
        if expected is not None:
            check_shape(x, expected, self, "input_tensor")
        self._dtype = x.dtype
        return x

    def _error(self, error_tensor: object, output_shape: tuple[int, ...]) -> np.ndarray:
        error = as_float(error_tensor, self, "error_tensor")
        check_shape(error, output_shape, self, "error_tensor")
        return error.astype(self._dtype, copy=False)  # a gradient has the type of its tensor

    def _remember(self, *values: Any) -> None:
        """Keep what `backward` needs; nothing derived from a parameter belongs here."""
        self._remembered = values

    def _recall(self) -> tuple[Any, ...]:
        if self._remembered is None:
            raise RuntimeError(f"{self!r}: call forward before backward.")
        return self._remembered


class TrainableLayer(BaseLayer):
    """A layer with parameters, each with a gradient and an optimizer of its own.

    ``parameter_names`` lists the attributes, the main one first; the gradient of ``weights`` is
    ``gradient_weights`` and so on. Parameters may be replaced from outside at any time.

    Attributes
    ----------
    optimizers : dict
        One optimizer per parameter, empty until one is set.
    """

    trainable = True
    parameter_names: ClassVar[tuple[str, ...]] = ("weights", "bias")

    def __init__(self) -> None:
        self.optimizers: dict[str, Any] = {}

    @property
    def optimizer(self) -> Any:
        """The main parameter's optimizer, or None.

        Setting one gives every parameter its own deep copy, because an optimizer with momentum
        keeps a history of one tensor. None stops updates.
        """
        return self.optimizers.get(self.parameter_names[0])

    @optimizer.setter
    def optimizer(self, optimizer: Any) -> None:
        names = () if optimizer is None else self.parameter_names
        self.optimizers = {name: copy.deepcopy(optimizer) for name in names}

    def calculate_regularization_loss(self) -> float:
        """Return the sum of the regularizers' norms, over every parameter that one acts on."""
        total = 0.0
        for name, optimizer in self.optimizers.items():
            regularizer = getattr(optimizer, "regularizer", None)
            if regularizer is not None:
                total += float(regularizer.norm(getattr(self, name)))
        return total

    def _parameter(self, name: str, expected: Shape, like: np.ndarray) -> np.ndarray:
        """Return a parameter in the type of `like`, so that float32 stays float32."""
        value = as_float(getattr(self, name), self, name)
        check_shape(value, expected, self, name)
        return value.astype(like.dtype, copy=False)

    def _update(self) -> None:
        """Let every optimizer act once, after all gradients and the returned error are known."""
        for name, optimizer in self.optimizers.items():
            gradient = getattr(self, f"gradient_{name}")
            setattr(self, name, optimizer.calculate_update(getattr(self, name), gradient))
