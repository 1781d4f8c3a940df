"""A chain of layers with a loss, a source of data, and training."""

import copy
from pathlib import Path
from typing import Any

import numpy as np

from course_utils.nn import storage


class NeuralNetwork:
    """Layers one after the other, from the data to the loss.

    Parameters
    ----------
    optimizer
        Every trainable layer gets its own deep copy.
    weights_initializer, bias_initializer : optional
        Without them, layers keep the values that they were made with.

    Attributes
    ----------
    layers : list
        Filled by `append_layer`.
    data_layer
        Anything whose ``next()`` returns a batch, (input_tensor, label_tensor).
    loss_layer
        A loss with ``forward(prediction, label)`` and ``backward(label)``.
    loss : list of float
        One number per training iteration, regularization included.
    """

    def __init__(
        self, optimizer: Any, weights_initializer: Any = None, bias_initializer: Any = None
    ) -> None:
        self.optimizer = _made(optimizer, "the optimizer")
        self.weights_initializer = _made(weights_initializer, "the weights' initializer")
        self.bias_initializer = _made(bias_initializer, "the bias' initializer")
        self.layers: list[Any] = []
        self.loss: list[float] = []
        self.data_layer: Any = None
        self.loss_layer: Any = None
        self._phase = False
        self._label_tensor: np.ndarray | None = None

    @property
    def phase(self) -> bool:
        """False while training, True while testing; setting it sets every layer's."""
        return self._phase

    @phase.setter
    def phase(self, testing_phase: bool) -> None:
        self._phase = bool(testing_phase)
        for layer in self.layers:
            layer.testing_phase = self._phase

    def append_layer(self, layer: Any) -> None:
        """Add a layer at the end; a trainable one gets an optimizer and is initialized."""
        _made(layer, "a layer")
        if layer.trainable:
            layer.optimizer = copy.deepcopy(self.optimizer)
            if self.weights_initializer is not None:
                bias_initializer = self.bias_initializer or self.weights_initializer
                layer.initialize(self.weights_initializer, bias_initializer)
        layer.testing_phase = self._phase
        self.layers.append(layer)

    def forward(self) -> float:
        """Return the loss of the data layer's next batch, with every layer's regularization."""
        for part in ("data_layer", "loss_layer"):
            if getattr(self, part) is None:
                raise RuntimeError(f"NeuralNetwork: set {part} before training.")
            _made(getattr(self, part), part)
        x, self._label_tensor = self.data_layer.next()
        prediction = self._through(x)
        return self.loss_layer.forward(prediction, self._label_tensor) + self._regularization()

    def backward(self) -> None:
        """Take the error of the last `forward` back through all layers, which update themselves."""
        if self._label_tensor is None:
            raise RuntimeError("NeuralNetwork: call forward before backward.")
        error = self.loss_layer.backward(self._label_tensor)
        for layer in reversed(self.layers):
            error = layer.backward(error)

    def train(self, iterations: int, quiet: bool = False) -> None:
        """Train on `iterations` batches and append every loss to `loss`.

        Parameters
        ----------
        iterations : int
        quiet : bool
            Without the progress bar.
        """
        from tqdm.auto import tqdm  # here, since what only judges layers never trains

        self.phase = False
        with tqdm(total=iterations, desc="training", disable=quiet) as bar:
            for _ in range(iterations):
                self.loss.append(self.forward())
                self.backward()
                bar.set_postfix(loss=f"{self.loss[-1]:.4g}", refresh=False)
                bar.update()

    def test(self, input_tensor: np.ndarray) -> np.ndarray:
        """Return the last layer's output in the testing phase."""
        self.phase = True
        return self._through(input_tensor)

    def astype(self, dtype: Any) -> "NeuralNetwork":
        """Turn all parameters into `dtype` (float32 is twice as fast) and return the network.

        Layers compute in the type of their input, so give them data of the same type.
        """
        for _, layer in storage.named_layers(self.layers):
            for name, array in layer.state().items():
                if name not in layer.buffer_names:
                    setattr(layer, name, np.asarray(array, dtype))
        return self

    def save(self, path: str | Path) -> None:
        """Write everything but the data layer to an ``.npz`` file, without pickle.

        That is: the architecture, all parameters and running statistics, the optimizers'
        histories and the losses.
        """
        storage.save(path, self)

    def load(self, path: str | Path) -> None:
        """Read a file written by `save` into this network, which has to have the same layers.

        Raises
        ------
        ValueError
            If the file holds another architecture, naming the first layer that differs. The
            network is unchanged then.
        """
        storage.load(path, self)

    @classmethod
    def from_file(cls, path: str | Path, data_layer: Any = None) -> "NeuralNetwork":
        """Make the network that a file written by `save` describes, and load it.

        Raises
        ------
        ValueError
            If a layer is not part of `course_utils.nn`: build the network, then `load`.
        """
        network: NeuralNetwork = storage.from_file(path, cls)
        network.data_layer = data_layer
        return network

    def _through(self, x: np.ndarray) -> np.ndarray:
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def _regularization(self) -> float:
        return sum(regularization_loss(layer) for layer in self.layers if layer.trainable)


def _made(part: Any, name: str) -> Any:
    """Return a part of a network; a TypeError says so where the brackets were forgotten."""
    if isinstance(part, type):
        raise TypeError(
            f"NeuralNetwork: {name} is the class {part.__name__} itself; "
            f"make an object of it, {part.__name__}(…)."
        )
    return part


def regularization_loss(layer: Any) -> float:
    """Return a trainable layer's regularization, also of layers written for the exercises."""
    if hasattr(layer, "calculate_regularization_loss"):
        return float(layer.calculate_regularization_loss())
    regularizer = getattr(getattr(layer, "optimizer", None), "regularizer", None)
    return 0.0 if regularizer is None else float(regularizer.norm(layer.weights))
