"""The exercises' module names, so that code written for them runs after changing its imports.

The exercises keep one class per module of the same name. Put ``course_utils.nn.exercises`` in
front of the module's name:

=====================================  ====================================================
``from Layers import Conv, Helpers``   ``from course_utils.nn.exercises.Layers import …``
``from Layers.Base import BaseLayer``  ``from course_utils.nn.exercises.Layers.Base import …``
``from Optimization import Loss``      ``from course_utils.nn.exercises.Optimization import …``
``import NeuralNetwork``               ``from course_utils.nn.exercises import NeuralNetwork``
=====================================  ====================================================

after which ``FullyConnected.FullyConnected(4, 3)`` and the like work as they did. New code imports
the classes themselves, from `course_utils.nn`.

These modules have no files: they are made here, from one table, and entered in ``sys.modules``
(as the package six does), because some forty files of one line each would only hide the code.
`NeuralNetwork.save` and `load` keep the exercises' arguments but write the safe format.
"""

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from course_utils import nn
from course_utils.nn import data_layers, models
from course_utils.nn.batch_normalization import (
    input_gradient,
    normalize_by,
    parameter_gradients,
)


def save(filename: str | Path, net: nn.NeuralNetwork) -> None:
    """Write a network to a file; its data layer stays out."""
    net.save(filename)


def load(filename: str | Path, data_layer: Any) -> nn.NeuralNetwork:
    """Make the network that a file describes, and give it a data layer."""
    return nn.NeuralNetwork.from_file(filename, data_layer)


def calculate_accuracy(results: Any, labels: Any) -> float:
    """Return the share of rows whose largest entry stands where the one-hot label has it."""
    return float((results.argmax(axis=1) == labels.argmax(axis=1)).mean())


def compute_bn_gradients(
    error_tensor: np.ndarray,
    input_tensor: np.ndarray,
    weights: np.ndarray,
    mean: np.ndarray,
    var: np.ndarray,
    eps: float = float(np.finfo(float).eps),
) -> np.ndarray:
    """Return ∂L/∂x of batch normalization for vectors, as the exercises' helper of this name.

    Parameters
    ----------
    error_tensor, input_tensor : numpy.ndarray, (batch, channels)
    weights, mean, var : numpy.ndarray, (channels,)
        γ and the batch's mean and biased variance.
    eps : float
        The ε of the forward pass.
    """
    error, x = error_tensor[..., None], input_tensor[..., None]
    gamma, mean, var = (np.reshape(each, (-1, 1)) for each in (weights, mean, var))
    normalized, deviation = normalize_by(x, mean, var, eps)
    gradients = parameter_gradients(error, normalized)
    return input_gradient(error, normalized, gamma, deviation, *gradients)[..., 0]


_MODULES: dict[str, dict[str, Any]] = {
    **{
        f"Layers.{layer.__name__}": {layer.__name__: layer}
        for layer in vars(nn).values()
        if isinstance(layer, type)
        and issubclass(layer, nn.BaseLayer)
        and layer.forward is not nn.BaseLayer.forward
    },
    "Layers.Base": {"BaseLayer": nn.BaseLayer},
    "Layers.Initializers": {
        name: getattr(nn, name) for name in ("Constant", "UniformRandom", "Xavier", "He")
    },
    "Layers.Helpers": {
        "gradient_check": nn.gradient_check,
        "gradient_check_weights": nn.gradient_check_weights,
        "compute_bn_gradients": compute_bn_gradients,
        "calculate_accuracy": calculate_accuracy,
        "RandomData": data_layers.RandomData,
        "IrisData": data_layers.IrisData,
        "DigitData": data_layers.DigitData,
    },
    "Optimization.Loss": {
        "CrossEntropyLoss": nn.CrossEntropyLoss,
        "BinaryCrossEntropyLoss": nn.BinaryCrossEntropyLoss,
        "SquaredErrorLoss": nn.SquaredErrorLoss,
    },
    "Optimization.Optimizers": {
        name: getattr(nn, name) for name in ("Optimizer", "Sgd", "SgdWithMomentum", "Adam")
    },
    "Optimization.Constraints": {
        "L1": nn.L1,
        "L2": nn.L2,
        "L1_Regularizer": nn.L1,
        "L2_Regularizer": nn.L2,
    },
    "Models.LeNet": {"build": models.build},
    "NeuralNetwork": {"NeuralNetwork": nn.NeuralNetwork, "save": save, "load": load},
}


def _module(name: str) -> ModuleType:
    """Return the module of that name below this one, made on first use with its parents."""
    full_name = f"{__name__}.{name}"
    if full_name not in sys.modules:
        module = ModuleType(full_name, f"The exercises' {name}, from course_utils.nn.")
        module.__path__ = []  # a package without files, so that it may have submodules
        module.__all__ = []  # type: ignore[attr-defined]
        sys.modules[full_name] = module
        parent_name, _, own_name = name.rpartition(".")
        parent = _module(parent_name) if parent_name else sys.modules[__name__]
        setattr(parent, own_name, module)
        parent.__all__.append(own_name)
    return sys.modules[full_name]


__all__: list[str] = []
__path__: list[str] = []
for _name, _contents in _MODULES.items():
    _made = _module(_name)
    vars(_made).update(_contents)
    _made.__all__.extend(_contents)
