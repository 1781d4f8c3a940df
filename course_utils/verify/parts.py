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
    other_names
        Names that the class may have instead.
    """

    name: str
    module: str
    optional: bool = False
    builds_on: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The module's file, relative to the folder, with forward slashes."""
        return self.module.replace(".", "/") + ".py"

    def pick(self, names: Mapping[str, Any]) -> Any:
        """Return the class of this part among what a module or mapping holds, None without one."""
        return next((names[n] for n in (self.name, *self.other_names) if n in names), None)


_CELL = ("FullyConnected", "TanH", "Sigmoid")

TOGETHER = "Together"
"""Name of the pseudo-part whose requirements take several classes."""

PARTS: dict[str, Part] = {
    part.name: part
    for part in (
        Part("FullyConnected", "Layers.FullyConnected"),
        Part("ReLU", "Layers.ReLU"),
        Part("Sigmoid", "Layers.Sigmoid"),
        Part("TanH", "Layers.TanH"),
        Part("SoftMax", "Layers.SoftMax"),
        Part("Flatten", "Layers.Flatten"),
        Part("Conv", "Layers.Conv"),
        Part("Pooling", "Layers.Pooling"),
        Part("Constant", "Layers.Initializers"),
        Part("UniformRandom", "Layers.Initializers"),
        Part("Xavier", "Layers.Initializers"),
        Part("He", "Layers.Initializers"),
        Part("Dropout", "Layers.Dropout"),
        Part("BatchNormalization", "Layers.BatchNormalization"),
        Part("RNN", "Layers.RNN", builds_on=_CELL),
        Part("LSTM", "Layers.LSTM", optional=True, builds_on=_CELL),
        Part("CrossEntropyLoss", "Optimization.Loss"),
        Part("Sgd", "Optimization.Optimizers"),
        Part("SgdWithMomentum", "Optimization.Optimizers"),
        Part("Adam", "Optimization.Optimizers"),
        Part("L1_Regularizer", "Optimization.Constraints", other_names=("L1", "L1Regularizer")),
        Part("L2_Regularizer", "Optimization.Constraints", other_names=("L2", "L2Regularizer")),
        Part("NeuralNetwork", "NeuralNetwork"),
    )
}
