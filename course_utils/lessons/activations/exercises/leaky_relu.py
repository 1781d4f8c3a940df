"""Exercise 03.1: a leaky ReLU layer, which exam item 6.1 asks for too."""

import numpy as np

from course_utils.checks import Fault
from course_utils.lessons.activations.exercises.common import LECTURE
from course_utils.verify.exercise import layer_exercise
from course_utils.verify.properties.elementwise import Elementwise


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


LEAKY_RELU = Elementwise(
    parameters=("alpha",),
    f=lambda x, alpha: np.where(x > 0, x, alpha * x),
    trials=((0.3,), (0.05,), (0.8,)),
    kinks=lambda _: (0.0,),
    forward_faults=(
        Fault(
            "alpha scales the positive inputs; it belongs to the negative ones",
            lambda x, alpha: np.where(x > 0, alpha * x, x),
        ),
        Fault("alpha scales every input", lambda x, alpha: alpha * x),
        Fault(
            "negative inputs get the slope −alpha", lambda x, alpha: np.where(x > 0, x, -alpha * x)
        ),
        Fault(
            "negative inputs become alpha itself instead of alpha times the input",
            lambda x, alpha: np.where(x > 0, x, alpha),
        ),
        Fault(
            "the slope for negative inputs is always 0.01; it is alpha",
            lambda x, alpha: np.where(x > 0, x, 0.01 * x),
        ),
        Fault(
            "negative inputs are divided by alpha; multiply",
            lambda x, alpha: np.where(x > 0, x, x / alpha),
        ),
        Fault(
            "this is an ELU: negative inputs become alpha·(e^x − 1)",
            lambda x, alpha: np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0))),
        ),
        Fault(
            "positive inputs become 0; they pass unchanged",
            lambda x, alpha: np.where(x > 0, 0, alpha * x),
        ),
        Fault(
            "positive inputs become 1: the mask is returned without the input",
            lambda x, alpha: np.where(x > 0, 1, alpha),
        ),
        Fault(
            "both parts are added for positive inputs too",
            lambda x, alpha: np.maximum(x, 0) + alpha * x,
        ),
    ),
    backward_faults=(
        Fault(
            "the two slopes are exchanged",
            lambda x, error, alpha: error * np.where(x > 0, alpha, 1),
        ),
        Fault(
            "negative inputs get the slope −alpha",
            lambda x, error, alpha: error * np.where(x > 0, 1, -alpha),
        ),
        Fault("alpha scales every error", lambda x, error, alpha: alpha * error),
        Fault(
            "for positive inputs the error is multiplied by the input; the slope there is 1",
            lambda x, error, alpha: error * np.where(x > 0, x, alpha),
        ),
        Fault(
            "for negative inputs alpha is returned without the error",
            lambda x, error, alpha: np.where(x > 0, error, alpha),
        ),
        Fault(
            "for negative inputs alpha is multiplied by the input; it belongs to the error",
            lambda x, error, alpha: np.where(x > 0, error, alpha * x),
        ),
        Fault(
            "for negative inputs the slope is always 0.01; it is alpha",
            lambda x, error, alpha: error * np.where(x > 0, 1, 0.01),
        ),
        Fault(
            "the result is divided by the size of the batch; that is done where the loss is"
            " computed",
            lambda x, error, alpha: error * np.where(x > 0, 1, alpha) / len(x),
        ),
    ),
)

check_leaky_relu = layer_exercise(
    LEAKY_RELU,
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
