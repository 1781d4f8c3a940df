"""LeNet, the first convolutional network that was widely used."""

from typing import Any

from course_utils.nn.activations import ReLU, SoftMax, TanH
from course_utils.nn.base import BaseLayer
from course_utils.nn.convolution import Conv
from course_utils.nn.flatten import Flatten
from course_utils.nn.fully_connected import FullyConnected
from course_utils.nn.initializers import Constant, He, Xavier
from course_utils.nn.losses import CrossEntropyLoss
from course_utils.nn.network import NeuralNetwork
from course_utils.nn.optimizers import Adam
from course_utils.nn.pooling import Pooling
from course_utils.nn.regularizers import L2


def lenet(
    optimizer: Any,
    input_shape: tuple[int, int, int] = (1, 32, 32),
    classes: int = 10,
    modern: bool = False,
) -> NeuralNetwork:
    """Build LeNet-5 (LeCun et al. 1998), or the variant of the exercises.

    ========================  =====================  ======================
    for (1, 32, 32) images    1998                   modern (the exercises)
    ========================  =====================  ======================
    5 × 5 convolution, 6      valid, (6, 28, 28)     same, (6, 32, 32)
    activation                tanh                   ReLU
    2 × 2 pooling             average, (6, 14, 14)   maximum, (6, 16, 16)
    5 × 5 convolution, 16     valid, (16, 10, 10)    same, (16, 16, 16)
    activation, pooling       (16, 5, 5)             (16, 8, 8)
    fully connected           400 → 120 → 84 → 10    1024 → 120 → 84 → 10
    output                    SoftMax                SoftMax
    initial weights           Xavier                 He
    ========================  =====================  ======================

    The original had trainable factors in its pooling, sparse connections between the two
    convolutions, and radial basis functions at its output; like everybody's today, ours does
    not. It used neither ReLU nor skip connections.

    Parameters
    ----------
    optimizer
        Every layer gets a copy.
    input_shape : (channels, height, width)
    classes : int
    modern : bool

    Returns
    -------
    NeuralNetwork
        With a CrossEntropyLoss; it needs a `data_layer` of images (batch, *input_shape) and
        one-hot labels (batch, classes).
    """
    channels, *size = input_shape
    padding = "same" if modern else "valid"
    network = NeuralNetwork(optimizer, He() if modern else Xavier(), Constant(0.1 * modern))

    def activation() -> BaseLayer:
        return ReLU() if modern else TanH()

    for kernels in (6, 16):
        network.append_layer(Conv(1, (channels, 5, 5), kernels, padding))
        network.append_layer(activation())
        network.append_layer(Pooling(2, (2, 2), "max" if modern else "average"))
        channels = kernels
        size = [(n if modern else n - 4) // 2 for n in size]
    if min(size) < 1:
        raise ValueError(f"LeNet needs larger images than {input_shape[1:]}.")
    network.append_layer(Flatten())
    features = channels * size[0] * size[1]
    for units in (120, 84):
        network.append_layer(FullyConnected(features, units))
        network.append_layer(activation())
        features = units
    network.append_layer(FullyConnected(features, classes))
    network.append_layer(SoftMax())
    network.loss_layer = CrossEntropyLoss()
    return network


def build() -> NeuralNetwork:
    """Build the exercises' LeNet: 28 × 28 grey images, Adam(5e-4, 0.9, 0.999) with L2(4e-4)."""
    optimizer = Adam(5e-4, 0.9, 0.999)
    optimizer.add_regularizer(L2(4e-4))
    return lenet(optimizer, (1, 28, 28), modern=True)
