"""The checked exercises of lecture 03."""

import numpy as np

from course_utils.lessons.activations.layer_checks import LayerSpec

LECTURE = "activations"


class LeakyReLU:
    """Leaky ReLU with the slope `alpha` for negative inputs."""

    def __init__(self, alpha: float) -> None:
        self.alpha = alpha

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Return the input where it is positive, and alpha times the input elsewhere."""
        self.slope = np.where(input_tensor > 0, 1.0, self.alpha)
        return self.slope * input_tensor

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Return the error times the slope at the input of the latest forward."""
        return self.slope * error_tensor


LEAKY_RELU = LayerSpec(
    parameters=("alpha",),
    f=lambda x, alpha: np.where(x > 0, x, alpha * x),
    trials=((0.3,), (0.05,), (0.8,)),
    kinks=lambda _: (0.0,),
    forward_causes=lambda x, alpha: {
        "alpha scales the positive inputs; it belongs to the negative ones": np.where(
            x > 0, alpha * x, x
        ),
        "alpha scales every input": alpha * x,
        "negative inputs get the slope −alpha": np.where(x > 0, x, -alpha * x),
        "negative inputs become alpha itself instead of alpha times the input": np.where(
            x > 0, x, alpha
        ),
        "positive inputs become 1: the mask is returned without the input": np.where(
            x > 0, 1, alpha
        ),
        "both parts are added for positive inputs too": np.maximum(x, 0) + alpha * x,
    },
    backward_causes=lambda x, error, alpha: {
        "the two slopes are exchanged": error * np.where(x > 0, alpha, 1),
        "negative inputs get the slope −alpha": error * np.where(x > 0, 1, -alpha),
        "alpha scales every error": alpha * error,
        "for negative inputs alpha is returned without the error": np.where(x > 0, error, alpha),
    },
)

check_leaky_relu = LEAKY_RELU.exercise(
    LeakyReLU,
    item="03.1",
    lecture=LECTURE,
    name="leaky_relu",
    title="A leaky ReLU layer",
    hints=(
        "What is the slope left of 0, and what is it right of 0?",
        "forward multiplies every input by its slope, 1 or alpha; backward multiplies the error by"
        " the same slopes. So forward has to remember something in `self`.",
        """
        class LeakyReLU:
            def __init__(self, alpha):
                self.alpha = ...

            def forward(self, input_tensor):
                self.slope = np.where(input_tensor > 0, ..., ...)
                return self.slope * ...

            def backward(self, error_tensor):
                return ...
        """,
    ),
)
