"""Small edits of the right solution, of kinds that students' own solutions showed.

`mend` is what the report says is to be mended, nothing if the solution stays right; `words` is
said there. `{…}` in a name of a file is replaced.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """Edits ``(file, old, new)``; an empty `old` puts `new` in front of the file."""

    name: str
    edits: tuple[tuple[str, str, str], ...]
    parts: tuple[str, ...]
    mend: tuple[str, ...] = ()
    words: str = ""
    never: tuple[str, ...] = ()


DENSE, CONV, POOLING = "Layers/FullyConnected.py", "Layers/Conv.py", "Layers/Pooling.py"
NORM, RNN, LSTM = "Layers/BatchNormalization.py", "Layers/RNN.py", "Layers/LSTM.py"
SIGMOID, SOFTMAX, BASE = "Layers/Sigmoid.py", "Layers/SoftMax.py", "Layers/Base.py"
NETWORK, OPTIMIZERS = "NeuralNetwork.py", "Optimization/Optimizers.py"

_LOSS_OF_LAYER = "\n    def calculate_regularization_loss(self):\n        return 0.0\n"
_OF_ALL = """            if layer.trainable and layer.optimizer.regularizer is not None:
                if hasattr(layer, "calculate_regularization_loss"):
                    penalty += layer.calculate_regularization_loss()
                else:
                    penalty += layer.optimizer.regularizer.norm(layer.weights)
"""
_ASKS_ALL = """            if self.optimizer.regularizer is not None:
                penalty += self.optimizer.regularizer.norm(layer.weights)
"""
_NETWORK = ("NeuralNetwork",)
_ELMAN = """
import numpy as np
from Layers.RNN import RNN


class LSTM(RNN):
    pass
"""

CASES = [
    Case(
        "a layer's own regularization loss is 0",
        ((DENSE, "    def forward", _LOSS_OF_LAYER + "\n    def forward"),),
        ("NeuralNetwork", "FullyConnected", "ReLU", "Together"),
        ("Together.dense_regularization",),
        "gives 0, whatever the regularizer",
    ),
    Case(
        "the base class's regularization loss is 0 in all layers",
        (
            (
                BASE,
                "        self.testing_phase = False\n",
                "        self.testing_phase = False\n" + _LOSS_OF_LAYER,
            ),
        ),
        ("NeuralNetwork", "FullyConnected", "ReLU", "Conv", "BatchNormalization", "Together"),
        ("Together.dense_regularization",),
        "gives 0, whatever the regularizer",
    ),
    Case(
        "an Elman cell under the name of LSTM",
        (
            (
                LSTM,
                "",
                "from Layers.RNN import RNN\n\n\nclass LSTM(RNN):\n    pass\n\n\nclass Old:\n    pass\n",
            ),
            (LSTM, "class LSTM(RNN):\n    def", "class Other(RNN):\n    def"),
        ),
        ("LSTM",),
        ("LSTM.starts_lstm",),
        "there are no gates",
    ),
    Case(
        "an optional part that is wrong",
        ((LSTM, "c = f * c + i * g", "c = c + i * g"),),
        ("LSTM", "ReLU"),
        ("LSTM.forward",),
        "the forget gate is missing",
    ),
    Case(
        "state kept in use after memorize is switched off",
        (
            (
                RNN,
                "h = self.state if self.memorize else np.zeros(self.hidden_size)",
                "h = self.state",
            ),
            (
                RNN,
                "        self.state = h\n",
                "        if self.memorize:\n            self.state = h\n",
            ),
        ),
        ("RNN",),
        ("RNN.starts_each_call_anew",),
        "kept while `memorize` was on stays in use",
    ),
    Case(
        "an image's shape is remembered in forward",
        (
            (NORM, "            self.shape = tensor.shape\n", ""),
            (
                NORM,
                "        self.is_image =",
                "        self.shape = input_tensor.shape\n        self.is_image =",
            ),
        ),
        ("BatchNormalization",),
    ),
    Case(
        "the network asks every layer for weights, empty ones in the base class",
        (
            (NETWORK, _OF_ALL, _ASKS_ALL),
            (
                BASE,
                "    def __init__",
                "    weights = []\n\n    def __init__",
            ),
        ),
        ("NeuralNetwork", "FullyConnected", "ReLU", "Together"),
    ),
    Case(
        "the network asks every layer for weights, which some have not",
        ((NETWORK, _OF_ALL, _ASKS_ALL),),
        ("NeuralNetwork", "FullyConnected", "ReLU", "Together"),
        ("Together.dense_regularization",),
        "'ReLU' object has no attribute 'weights'",
    ),
    Case(
        "initializers are called by name",
        (
            (
                DENSE,
                "(self.input_size, self.output_size), *fans",
                "shape=(self.input_size, self.output_size), fan_in=fans[0], fan_out=fans[1]",
            ),
            (
                CONV,
                "(self.bias.shape, fan_in, fan_out)",
                "(weights_shape=self.bias.shape, fan_in=fan_in, fan_out=fan_out)",
            ),
        ),
        ("FullyConnected", "Conv"),
    ),
    Case(
        "γ and β are None until initialize",
        ((NORM, "        self.initialize()\n", "        self.weights = self.bias = None\n"),),
        ("BatchNormalization",),
        ("BatchNormalization.starts",),
        "weights at first is None",
    ),
    Case(
        "γ and β are not there until initialize",
        ((NORM, "        self.initialize()\n", ""),),
        ("BatchNormalization",),
        ("BatchNormalization.starts",),
        "weights at first is None",
    ),
    Case("ε of 1e-10", ((NORM, "np.finfo(float).eps", "1e-10"),), ("BatchNormalization",)),
    Case(
        "ε of 1e-9",
        ((NORM, "np.finfo(float).eps", "1e-9"),),
        ("BatchNormalization",),
        ("BatchNormalization.small_epsilon",),
        "ε is about 1e-09",
    ),
    Case(
        "ε beside the root",
        ((NORM, "np.sqrt(variance + np.finfo(float).eps)", "np.sqrt(variance) + 1e-5"),),
        ("BatchNormalization",),
        ("BatchNormalization.small_epsilon",),
        "beside the root",
    ),
    Case(
        "one dimension: stride in a tuple",
        (
            (
                CONV,
                "        self.stride = tuple(stride_shape)\n",
                "        self.stride = (stride_shape[0], stride_shape[1])[:axes]\n",
            ),
        ),
        ("Conv",),
        ("Conv.forward_one_dimension",),
        "tuple index out of range",
    ),
    Case(
        "one dimension: not there",
        (
            (
                CONV,
                "        space = input_tensor.shape[2:]\n",
                "        _, _, *space = input_tensor.shape\n        rows, columns = space\n",
            ),
        ),
        ("Conv",),
        ("Conv.forward_one_dimension",),
        "not enough values to unpack",
    ),
    Case(
        "one dimension: weights with an axis more",
        (
            (
                CONV,
                "        self.weights = np.random.rand(num_kernels, *convolution_shape)\n",
                "        c, *k = convolution_shape\n        self.weights = np.random.rand(num_kernels, c, *([1] * (axes == 1)), *k)\n",
            ),
        ),
        ("Conv",),
        ("Conv.forward_one_dimension",),
        "an axis of length 1 is added",
    ),
    Case(
        "a naive sigmoid spoils nothing that is made of it",
        (
            (SIGMOID, "0.5 * (1 + np.tanh(0.5 * input_tensor))", "1 / (1 + np.exp(-input_tensor))"),
            (RNN, "        self.state = h\n", "        self.state = 0 * h\n"),
        ),
        ("Sigmoid", "RNN"),
        ("Sigmoid.large_inputs", "RNN.memorizes"),
        "overflows",
    ),
    Case(
        "images spoil a layer for vectors",
        (
            (
                NORM,
                "        self.is_image = input_tensor.ndim == 4\n",
                "        self.is_image = getattr(self, 'is_image', False) or input_tensor.ndim == 4\n",
            ),
        ),
        ("BatchNormalization",),
        ("BatchNormalization.images_and_vectors",),
    ),
    Case(
        "own extra: the optimizer's copy",
        ((NETWORK, "copy.deepcopy(self.optimizer)", "self.optimizer.copy()"),),
        _NETWORK,
        ("NeuralNetwork.appends",),
        "the code uses `copy` of the optimizer",
    ),
    Case(
        "own extra: a method of the base class",
        (
            (
                NETWORK,
                "            layer.testing_phase = testing",
                "            layer.set_phase(testing)",
            ),
        ),
        _NETWORK,
        ("NeuralNetwork.trains",),
        "the code uses `set_phase` of the layer",
    ),
    Case(
        "own extra: the loss layer's label",
        (
            (
                NETWORK,
                "self.loss_layer.backward(self.label)",
                "self.loss_layer.backward(self.loss_layer.label_tensor)",
            ),
        ),
        _NETWORK,
        ("NeuralNetwork.backward",),
        "the code uses `label_tensor` of the loss layer",
    ),
    Case(
        "own extra: asks for the layer's class",
        (
            (NETWORK, "", "from Layers.Base import BaseLayer\n"),
            (
                NETWORK,
                "        if layer.trainable:\n",
                "        if isinstance(layer, BaseLayer) and layer.trainable:\n",
            ),
        ),
        _NETWORK,
        ("NeuralNetwork.appends",),
        "asks for the class of the layer, as in `if isinstance(layer, BaseLayer)",
    ),
    Case(
        "own extra: another argument",
        (
            (
                DENSE,
                "calculate_update(self.weights, self.gradient_weights)",
                "calculate_update(self.weights, gradient=self.gradient_weights)",
            ),
        ),
        ("FullyConnected",),
        ("FullyConnected.updates",),
        "calls `calculate_update` of the optimizer with other arguments",
    ),
    Case(
        "γ used twice in forward",
        (
            (
                NORM,
                "output = self.weights * self.normalized + self.bias",
                "output = self.weights * (self.weights * self.normalized + self.bias)",
            ),
        ),
        ("BatchNormalization",),
        ("BatchNormalization.forward",),
        "γ is used twice",
    ),
    Case(
        "γ used twice in backward",
        (
            (
                NORM,
                "below = self.weights / self.deviation * inner\n",
                "below = self.weights**2 / self.deviation * inner\n",
            ),
        ),
        ("BatchNormalization",),
        ("BatchNormalization.backward",),
        "γ is used twice",
    ),
    Case(
        "the standard deviation is averaged",
        (
            (
                NORM,
                """                self.running_variance = (
                    self.decay * self.running_variance + (1 - self.decay) * variance
                )""",
                """                self.running_variance = (
                    self.decay * np.sqrt(self.running_variance)
                    + (1 - self.decay) * np.sqrt(variance)
                ) ** 2""",
            ),
        ),
        ("BatchNormalization",),
        ("BatchNormalization.running_decay",),
        "the standard deviation is averaged instead of the variance",
    ),
    Case(
        "the norm of the loss",
        (
            (NETWORK, _OF_ALL, ""),
            (
                NETWORK,
                "return self.loss_layer.forward(x, self.label) + penalty",
                "loss = self.loss_layer.forward(x, self.label)\n        regularizer = self.optimizer.regularizer\n        return loss + regularizer.norm(loss) if regularizer else loss",
            ),
        ),
        _NETWORK,
        ("NeuralNetwork.regularization",),
        "the norm of the loss is taken",
    ),
    Case(
        "a window's index is split by its height",
        (
            (
                POOLING,
                "np.unravel_index(window.argmax(), window.shape)",
                "divmod(int(window.argmax()), window.shape[0])",
            ),
        ),
        ("Pooling",),
        ("Pooling.backward",),
        "np.unravel_index",
    ),
    Case(
        "a bias row of ones at first",
        (
            (
                DENSE,
                "        self.optimizer = None\n",
                "        self.weights[-1] = 1\n        self.optimizer = None\n",
            ),
        ),
        ("FullyConnected",),
        ("FullyConnected.starts",),
        "the last row, the bias, holds only ones",
    ),
    Case(
        "a bias row of ones after initialize",
        (
            (
                DENSE,
                "bias_initializer.initialize((1, self.output_size), *fans)",
                "np.ones((1, self.output_size))",
            ),
        ),
        ("FullyConnected",),
        ("FullyConnected.initializes",),
        "the bias row is filled with 1",
    ),
    Case(
        "SoftMax shifted by the maximum of the batch",
        ((SOFTMAX, "np.max(input_tensor, axis=1, keepdims=True)", "np.max(input_tensor)"),),
        ("SoftMax",),
        ("SoftMax.softmax_shift",),
        "shifted by the maximum of the whole batch",
        never=("overflow",),
    ),
    Case(
        "a state that is None",
        (
            (RNN, "        self.state = np.zeros(hidden_size)\n", "        self.state = None\n"),
            (
                RNN,
                "h = self.state if self.memorize else np.zeros(self.hidden_size)",
                "h = np.zeros(self.hidden_size)\n        if self.memorize:\n            h[:] = self.state",
            ),
        ),
        ("RNN",),
        ("RNN.memorizes",),
        "a state is None when the call begins, and NumPy writes None into an array as nan: `state`",
        never=("divided by zero",),
    ),
    Case(
        "the result of calculate_update is thrown away",
        ((DENSE, "self.weights = self.optimizer.calculate", "self.optimizer.calculate"),),
        ("FullyConnected",),
        ("FullyConnected.updates",),
        "the result of `calculate_update` is thrown away",
    ),
    Case(
        "no super().__init__ in one layer",
        ((DENSE, "        super().__init__()\n", ""),),
        ("FullyConnected", "ReLU"),
        ("FullyConnected.starts",),
        "super().__init__()",
    ),
    Case(
        "the base class forgets the testing phase",
        ((BASE, "        self.testing_phase = False\n", ""),),
        ("ReLU", "Sigmoid", "SoftMax", "Pooling", "Conv"),
        ("ReLU.starts_untrainable",),
        "testing_phase",
    ),
    Case(
        "gradient_weights is not stored",
        ((DENSE, "self.gradient_weights", "self.gradient"),),
        ("FullyConnected",),
        ("FullyConnected.gradient_weights",),
        "gradient_weights",
    ),
    Case(
        "backward returns nothing",
        ((DENSE, "        return error_below\n", ""),),
        ("FullyConnected",),
        ("FullyConnected.error",),
        "None",
    ),
    Case(
        "forward returns a list",
        (
            (
                SIGMOID,
                "        return self.activations\n",
                "        return [str(a) for a in self.activations]\n",
            ),
        ),
        ("Sigmoid",),
        ("Sigmoid.sigmoid_forward",),
    ),
    Case(
        "the constructor takes something else",
        (
            (
                DENSE,
                "input_size, output_size):\n        super",
                "input_size, output_size, bias):\n        super",
            ),
        ),
        ("FullyConnected",),
        ("FullyConnected.starts",),
        "FullyConnected(input_size, output_size)",
    ),
    Case(
        "forward takes something else",
        ((SIGMOID, "forward(self, input_tensor)", "forward(self, input_tensor, training)"),),
        ("Sigmoid",),
        ("Sigmoid.sigmoid_forward",),
        "forward(input_tensor)",
    ),
    Case(
        "three faults in one part",
        (
            (DENSE, "bias_initializer.initialize((1,", "weights_initializer.initialize((1,"),
            (DENSE, "self.extended.T @ error_tensor", "self.extended.T @ error_tensor / 3"),
            (DENSE, "error_tensor @ self.weights[:-1].T", "error_tensor @ self.weights.T"),
        ),
        ("FullyConnected",),
        ("FullyConnected.error", "FullyConnected.gradient_weights", "FullyConnected.initializes"),
        "the bias's column is still in the error",
    ),
    Case(
        "three faults in three parts",
        (
            (SIGMOID, "self.activations * (1 - self.activations)", "self.activations"),
            (RNN, " + norm(self.output_fc.weights)", ""),
            (OPTIMIZERS, "v = self.v / (1 - self.mu**self.k)", "v = self.v"),
        ),
        ("Sigmoid", "RNN", "Adam"),
        ("Sigmoid.sigmoid_backward", "RNN.regularization", "Adam.adam"),
        "a factor is missing",
    ),
    Case(
        "one fault in what three optimizers share",
        (
            (
                OPTIMIZERS,
                "return weight_tensor - self.learning_rate * gradient\n",
                "return weight_tensor - gradient\n",
            ),
        ),
        ("Sgd", "SgdWithMomentum", "Adam"),
        ("Sgd.sgd_regularizer",),
        "the learning rate is left out",
    ),
    Case(
        "prints, threads and a changed NumPy",
        (
            (
                DENSE,
                "",
                "import threading, time, sys\nimport numpy\nnumpy.seterr(all='raise')\nsys.setrecursionlimit(150)\nthreading.Thread(target=time.sleep, args=(60,)).start()\nprint('x' * 100000)\n",
            ),
        ),
        ("FullyConnected", "Sigmoid"),
    ),
    Case(
        "weights are None until initialize, in what is made of the layer too",
        (
            (DENSE, "np.random.rand(input_size + 1, output_size)", "None"),
            (
                DENSE,
                "        self.weights[:-1] = w",
                "        self.weights = np.zeros((self.input_size + 1, self.output_size))\n        self.weights[:-1] = w",
            ),
        ),
        ("FullyConnected", "RNN"),
        ("FullyConnected.starts",),
        "weights at first is None",
    ),
    Case(
        "a large ε, which shows in every value",
        ((NORM, "np.finfo(float).eps", "1e-3"),),
        ("BatchNormalization",),
        ("BatchNormalization.small_epsilon",),
        "ε is about 1e-03, below the root: too large",
    ),
    Case(
        "SoftMax along the batch",
        ((SOFTMAX, "axis=1", "axis=0"),),
        ("SoftMax",),
        ("SoftMax.softmax_forward",),
        never=("overflow",),
    ),
    Case(
        "two files import each other",
        ((BASE, "", "from Layers.ReLU import ReLU\n"),),
        ("ReLU", "Sigmoid"),
        ("ReLU",),
        "two files import each other",
        never=("/solution/", "solution.", "not installed"),
    ),
    Case(
        "a class under another name",
        ((CONV, "class Conv(", "class Convolution("),),
        ("Conv",),
        ("Conv",),
        "rename the class Convolution to Conv",
    ),
    Case(
        "the base class demands a method",
        (
            (
                BASE,
                "class BaseLayer:",
                "from abc import ABC, abstractmethod\n\n\nclass BaseLayer(ABC):\n    @abstractmethod\n    def describe(self): ...\n",
            ),
        ),
        ("ReLU",),
        ("ReLU.starts_untrainable",),
        "an object of the class cannot be made",
    ),
]
