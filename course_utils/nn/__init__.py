"""The layer framework of the exercises, in readable and fast NumPy.

>>> from course_utils.nn import Adam, CrossEntropyLoss, FullyConnected, He, NeuralNetwork, ReLU

Layers have ``forward(input_tensor)`` and ``backward(error_tensor)``; optimizers have
``calculate_update(weight_tensor, gradient_tensor)``. Every docstring shows the mathematics and
the shapes; where a derivation is longer than a line, it is a function of arrays, and the layer is
thin around it. What all classes promise: float32 stays float32 (computation follows the type of the
input), results are C-contiguous, arguments are never changed, errors name the layer, the expected
shape and the given one, and random numbers come from NumPy's shared stream, so that
``np.random.seed(0)`` makes a run repeatable, unless an `rng` is given.

Code written for the exercises finds their module names in `course_utils.nn.exercises`.
"""

from course_utils.nn.activations import ELU, GELU, LeakyReLU, ReLU, Sigmoid, SoftMax, TanH
from course_utils.nn.arrays import one_hot
from course_utils.nn.base import BaseLayer, TrainableLayer
from course_utils.nn.batch_normalization import BatchNormalization
from course_utils.nn.convolution import Conv
from course_utils.nn.data_layers import ArrayData
from course_utils.nn.dropout import Dropout
from course_utils.nn.elman import RNN
from course_utils.nn.flatten import Flatten
from course_utils.nn.fully_connected import FullyConnected
from course_utils.nn.initializers import Constant, He, UniformRandom, Xavier
from course_utils.nn.losses import (
    BinaryCrossEntropyLoss,
    BinaryCrossEntropyWithLogitsLoss,
    CrossEntropyLoss,
    CrossEntropyWithLogitsLoss,
    SquaredErrorLoss,
)
from course_utils.nn.lstm import LSTM
from course_utils.nn.models import lenet
from course_utils.nn.network import NeuralNetwork
from course_utils.nn.numeric_gradients import (
    elementwise_slopes,
    finite_differences,
    gradient_check,
    gradient_check_weights,
)
from course_utils.nn.optimizers import Adam, Optimizer, Sgd, SgdWithMomentum
from course_utils.nn.pooling import Pooling
from course_utils.nn.regularizers import L1, L2
from course_utils.nn.residual import Residual

__all__ = [
    "ELU",
    "GELU",
    "L1",
    "L2",
    "LSTM",
    "RNN",
    "Adam",
    "ArrayData",
    "BaseLayer",
    "BatchNormalization",
    "BinaryCrossEntropyLoss",
    "BinaryCrossEntropyWithLogitsLoss",
    "Constant",
    "Conv",
    "CrossEntropyLoss",
    "CrossEntropyWithLogitsLoss",
    "Dropout",
    "Flatten",
    "FullyConnected",
    "He",
    "LeakyReLU",
    "NeuralNetwork",
    "Optimizer",
    "Pooling",
    "ReLU",
    "Residual",
    "Sgd",
    "SgdWithMomentum",
    "Sigmoid",
    "SoftMax",
    "SquaredErrorLoss",
    "TanH",
    "TrainableLayer",
    "UniformRandom",
    "Xavier",
    "elementwise_slopes",
    "finite_differences",
    "gradient_check",
    "gradient_check_weights",
    "lenet",
    "one_hot",
]
