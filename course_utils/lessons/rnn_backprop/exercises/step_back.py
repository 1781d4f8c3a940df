"""Exercise 09.2: one step back."""

from typing import Any

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.rnn_backprop.exercises.forward import LECTURE


def step_back(
    y: float, yhat: float, o: float, w: float, dL_dh_next: float
) -> tuple[float, float, float, float]:
    dL_dyhat = -y / yhat + (1 - y) / (1 - yhat)
    dL_dh = dL_dyhat + w * dL_dh_next
    dL_do = w * dL_dh
    dL_dw_at = o * dL_dh
    return dL_dyhat, dL_dh, dL_do, dL_dw_at


def loss_slope(y: Any, yhat: Any) -> Any:
    """Return the derivative of the binary cross-entropy by the prediction."""
    return -y / yhat + (1 - y) / (1 - yhat)


def _one_step(rng: np.random.Generator) -> tuple[float, ...]:
    y, yhat = rng.uniform(0.1, 0.9, 2)
    o, w, dL_dh_next = rng.uniform(0.3, 2.0, 3) * rng.choice([-1, 1], 3)
    return tuple(map(float, (y, yhat, o, w, dL_dh_next)))


def _last_step(rng: np.random.Generator) -> tuple[float, ...]:
    return (*_one_step(rng)[:-1], 0.0)


check_step_back = Exercise(
    item="09.2",
    lecture=LECTURE,
    name="step_back",
    title="One step back",
    reference=step_back,
    results=("dL_dyhat", "dL_dh", "dL_do", "dL_dw_at"),
    rounds={
        "the four derivatives at three fresh steps": _one_step,
        "at the last step nothing comes from later": _last_step,
    },
    faults=(
        Fault(
            "the second term has the wrong sign: the derivative of −(1 − y) ln(1 − ŷ) is"
            " (1 − y)/(1 − ŷ), since the inner derivative is −1",
            lambda y, yhat, *_: -y / yhat - (1 - y) / (1 - yhat),
            of=("dL_dyhat",),
        ),
        Fault(
            "the term of the label 0 is missing: (1 − y)/(1 − ŷ)",
            lambda y, yhat, *_: -y / yhat,
            of=("dL_dyhat",),
        ),
        Fault(
            "this is the derivative by what goes into a sigmoid; this cell has none",
            lambda y, yhat, *_: yhat - y,
            of=("dL_dyhat",),
        ),
        Fault(
            "this is the derivative of the squared error; the loss is the binary cross-entropy",
            lambda y, yhat, *_: 2 * (yhat - y),
            of=("dL_dyhat",),
        ),
        Fault(
            "the factor 1 − ŷ is missing in the denominator: on one fraction it is"
            " (ŷ − y)/(ŷ (1 − ŷ))",
            lambda y, yhat, *_: (yhat - y) / yhat,
            of=("dL_dyhat",),
        ),
        Fault(
            "this is the loss itself, not its derivative",
            lambda y, yhat, *_: -y * np.log(yhat) - (1 - y) * np.log(1 - yhat),
            of=("dL_dyhat",),
        ),
        Fault(
            "what comes back from the next step is missing: add w·dL_dh_next",
            lambda y, yhat, *_: loss_slope(y, yhat),
            of=("dL_dh",),
        ),
        Fault(
            "what comes back from the next step passes its weight: multiply dL_dh_next by w",
            lambda y, yhat, o, w, later: loss_slope(y, yhat) + later,
            of=("dL_dh",),
        ),
        Fault(
            "what comes back from the next step is multiplied by o; the way from h to the next h"
            " passes the weight w",
            lambda y, yhat, o, w, later: loss_slope(y, yhat) + o * later,
            of=("dL_dh",),
        ),
        Fault(
            "what comes back from the next step is subtracted; ways are added",
            lambda y, yhat, o, w, later: loss_slope(y, yhat) - w * later,
            of=("dL_dh",),
        ),
        Fault(
            "the slope of a sigmoid, ŷ (1 − ŷ), is too much: this cell has none",
            lambda y, yhat, o, w, later: yhat - y + w * later,
            of=("dL_dh",),
        ),
        Fault(
            "the loss of the same step is missing: add dL_dyhat",
            lambda y, yhat, o, w, later: w * later,
            of=("dL_dh",),
        ),
        Fault(
            "the weight multiplies both ways; h acts on the loss of its own step without it",
            lambda y, yhat, o, w, later: w * (loss_slope(y, yhat) + later),
            of=("dL_dh",),
        ),
        Fault(
            "the two ways are multiplied; their contributions are added",
            lambda y, yhat, o, w, later: loss_slope(y, yhat) * w * later,
            of=("dL_dh",),
        ),
        Fault(
            "the weight is missing: h is w·o, so its derivative by o is w",
            lambda y, yhat, o, w, later: loss_slope(y, yhat) + w * later,
            of=("dL_do",),
        ),
        Fault(
            "it passes on the immediate derivative, dL_dyhat; pass on the total one, dL_dh",
            lambda y, yhat, o, w, later: w * loss_slope(y, yhat),
            of=("dL_do",),
        ),
        Fault(
            "it divides by the weight; h is w·o, so its derivative by o is w",
            lambda y, yhat, o, w, later: (loss_slope(y, yhat) + w * later) / w,
            of=("dL_do",),
        ),
        Fault(
            "it adds; along one way the derivatives are multiplied",
            lambda y, yhat, o, w, later: o + loss_slope(y, yhat) + w * later,
            of=("dL_dw_at",),
        ),
        Fault(
            "it takes the immediate derivative, dL_dyhat; the total one, dL_dh, is needed",
            lambda y, yhat, o, w, later: o * loss_slope(y, yhat),
            of=("dL_dw_at",),
        ),
        Fault(
            "the weight is too much: h is w·o, so its derivative by w is o alone",
            lambda y, yhat, o, w, later: o * w * (loss_slope(y, yhat) + w * later),
            of=("dL_dw_at",),
        ),
        Fault(
            "it multiplies by ŷ, which is h; the derivative of h by w is o",
            lambda y, yhat, o, w, later: yhat * (loss_slope(y, yhat) + w * later),
            of=("dL_dw_at",),
        ),
    ),
    hints=(
        "Ask of each quantity: in which ways does it act on the loss?",
        "ŷ acts through the loss of its step only. h acts in two ways, through ŷ and through the"
        " next step, where it is multiplied by w: add both. o and w act through h only.",
        """
        def step_back(y, yhat, o, w, dL_dh_next):
            dL_dyhat = -y / yhat + ...
            dL_dh = dL_dyhat + ...
            dL_do = ... * dL_dh
            dL_dw_at = ... * dL_dh
            return dL_dyhat, dL_dh, dL_do, dL_dw_at
        """,
    ),
)
