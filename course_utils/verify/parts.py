"""The parts of the exercises' framework: where each lies in a student's folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Part:
    """One class of the framework.

    Attributes
    ----------
    name
        The class's name; also the part's name in the report.
    module
        The module that holds it, dotted, relative to the folder.
    optional
        Whether it may be missing.
    builds_on
        Parts that it is usually made of: where one of these is not right, it is mended first.
    arguments
        What its constructor takes.
    other_names
        Names that the class may have instead.
    """

    name: str
    module: str
    optional: bool = False
    builds_on: tuple[str, ...] = ()
    arguments: str = ""
    other_names: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The module's file, relative to the folder, with forward slashes."""
        return self.module.replace(".", "/") + ".py"

    def pick(self, names: Mapping[str, Any]) -> Any:
        """Return the class of this part among what a module or mapping holds, None without one."""
        return next((names[n] for n in (self.name, *self.other_names) if n in names), None)


_CELL = ("FullyConnected", "TanH", "Sigmoid")
_SIZES = "input_size, hidden_size, output_size"

TOGETHER = "Together"
"""Name of the pseudo-part whose requirements take several classes."""

PARTS: dict[str, Part] = {
    part.name: part
    for part in (
        Part("FullyConnected", "Layers.FullyConnected", arguments="input_size, output_size"),
        Part("ReLU", "Layers.ReLU"),
        Part("Sigmoid", "Layers.Sigmoid"),
        Part("TanH", "Layers.TanH"),
        Part("SoftMax", "Layers.SoftMax"),
        Part("Flatten", "Layers.Flatten"),
        Part("Conv", "Layers.Conv", arguments="stride_shape, convolution_shape, num_kernels"),
        Part("Pooling", "Layers.Pooling", arguments="stride_shape, pooling_shape"),
        Part("Constant", "Layers.Initializers", arguments="constant_value=0.1"),
        Part("UniformRandom", "Layers.Initializers"),
        Part("Xavier", "Layers.Initializers"),
        Part("He", "Layers.Initializers"),
        Part("Dropout", "Layers.Dropout", arguments="probability"),
        Part("BatchNormalization", "Layers.BatchNormalization", arguments="channels"),
        Part("RNN", "Layers.RNN", builds_on=_CELL, arguments=_SIZES),
        Part("LSTM", "Layers.LSTM", optional=True, builds_on=_CELL, arguments=_SIZES),
        Part("CrossEntropyLoss", "Optimization.Loss"),
        Part("Sgd", "Optimization.Optimizers", arguments="learning_rate"),
        Part(
            "SgdWithMomentum",
            "Optimization.Optimizers",
            arguments="learning_rate, momentum_rate",
        ),
        Part("Adam", "Optimization.Optimizers", arguments="learning_rate, mu, rho"),
        Part(
            "L1_Regularizer",
            "Optimization.Constraints",
            arguments="alpha",
            other_names=("L1", "L1Regularizer"),
        ),
        Part(
            "L2_Regularizer",
            "Optimization.Constraints",
            arguments="alpha",
            other_names=("L2", "L2Regularizer"),
        ),
        Part(
            "NeuralNetwork",
            "NeuralNetwork",
            arguments="optimizer, weights_initializer, bias_initializer",
        ),
    )
}

SIGNATURES: dict[str, str] = {
    **{name: f"`{name}({part.arguments})`" for name, part in PARTS.items()},
    "__init__": "with its arguments in their order",
    "forward": "`forward(input_tensor)`, of a loss `forward(prediction_tensor, label_tensor)`",
    "backward": "`backward(error_tensor)`, of a loss `backward(label_tensor)`",
    "initialize": "`initialize(weights_initializer, bias_initializer)`, of an initializer"
    " `initialize(weights_shape, fan_in, fan_out)`",
    "calculate_update": "`calculate_update(weight_tensor, gradient_tensor)`",
    "calculate_gradient": "`calculate_gradient(weights)`",
    "norm": "`norm(weights)`",
    "next": "`next()`",
}
"""How what the exercises name is called."""
