"""Exercises 09.2 and 09.3: one step back, and all the way back through time."""

from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.rnn_backprop.exercises.forward import LECTURE, forward

Gradients = tuple[np.ndarray, np.ndarray, float]


def step_back(
    y: float, yhat: float, o: float, w: float, dL_dh_next: float
) -> tuple[float, float, float, float]:
    dL_dyhat = -y / yhat + (1 - y) / (1 - yhat)
    dL_dh = dL_dyhat + w * dL_dh_next
    dL_do = w * dL_dh
    dL_dw_at = o * dL_dh
    return dL_dyhat, dL_dh, dL_do, dL_dw_at


def _loss_slope(y: Any, yhat: Any) -> Any:
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
            "this is the loss itself, not its derivative",
            lambda y, yhat, *_: -y * np.log(yhat) - (1 - y) * np.log(1 - yhat),
            of=("dL_dyhat",),
        ),
        Fault(
            "what comes back from the next step is missing: add w·dL_dh_next",
            lambda y, yhat, *_: _loss_slope(y, yhat),
            of=("dL_dh",),
        ),
        Fault(
            "what comes back from the next step passes its weight: multiply dL_dh_next by w",
            lambda y, yhat, o, w, later: _loss_slope(y, yhat) + later,
            of=("dL_dh",),
        ),
        Fault(
            "the loss of the same step is missing: add dL_dyhat",
            lambda y, yhat, o, w, later: w * later,
            of=("dL_dh",),
        ),
        Fault(
            "the weight multiplies both ways; h acts on the loss of its own step without it",
            lambda y, yhat, o, w, later: w * (_loss_slope(y, yhat) + later),
            of=("dL_dh",),
        ),
        Fault(
            "the two ways are multiplied; their contributions are added",
            lambda y, yhat, o, w, later: _loss_slope(y, yhat) * w * later,
            of=("dL_dh",),
        ),
        Fault(
            "the weight is missing: h is w·o, so its derivative by o is w",
            lambda y, yhat, o, w, later: _loss_slope(y, yhat) + w * later,
            of=("dL_do",),
        ),
        Fault(
            "it passes on the immediate derivative, dL_dyhat; pass on the total one, dL_dh",
            lambda y, yhat, o, w, later: w * _loss_slope(y, yhat),
            of=("dL_do",),
        ),
        Fault(
            "it takes the immediate derivative, dL_dyhat; the total one, dL_dh, is needed",
            lambda y, yhat, o, w, later: o * _loss_slope(y, yhat),
            of=("dL_dw_at",),
        ),
        Fault(
            "the weight is too much: h is w·o, so its derivative by w is o alone",
            lambda y, yhat, o, w, later: o * w * (_loss_slope(y, yhat) + w * later),
            of=("dL_dw_at",),
        ),
        Fault(
            "it multiplies by ŷ, which is h; the derivative of h by w is o",
            lambda y, yhat, o, w, later: yhat * (_loss_slope(y, yhat) + w * later),
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


def bptt(x: np.ndarray, y: np.ndarray, w: float, h: np.ndarray) -> Gradients:
    dL_dh, dL_dw_at = np.zeros(len(x)), np.zeros(len(x))
    dL_dh_next = 0.0  # after the last step comes none
    for t in reversed(range(len(x))):
        yhat, o = h[t + 1], h[t] + x[t]
        dL_dh[t] = -y[t] / yhat + (1 - y[t]) / (1 - yhat) + w * dL_dh_next
        dL_dw_at[t] = o * dL_dh[t]
        dL_dh_next = dL_dh[t]
    return dL_dh, dL_dw_at, dL_dw_at.sum()


def _back(
    x: np.ndarray,
    y: np.ndarray,
    w: float,
    h: np.ndarray,
    by_w: Callable[[np.ndarray, np.ndarray], np.ndarray] = lambda o, by_h: o * by_h,
    factor: float | None = None,
    reach: int | None = None,
    output: np.ndarray | None = None,
) -> Gradients:
    """Go back with another derivative by w, factor to the past or output, or a shorter reach."""
    own = _loss_slope(y, h[1:] if output is None else output)
    factor = w if factor is None else factor
    steps = np.arange(len(x))
    apart = steps[None, :] - steps[:, None]  # later step minus earlier
    reach = len(x) if reach is None else reach
    weights = np.where((apart >= 0) & (apart <= reach), factor ** np.maximum(apart, 0.0), 0.0)
    by_h = weights @ own
    at = by_w(h[:-1] + x, by_h)
    return by_h, at, at.sum()


def _from_before(x: np.ndarray, y: np.ndarray, w: float, h: np.ndarray) -> Gradients:
    """Go through the steps forward, as if the loss acted on what follows."""
    by_h = _loss_slope(y, h[1:])
    for t in range(1, len(x)):
        by_h[t] += w * by_h[t - 1]
    at = (h[:-1] + x) * by_h
    return by_h, at, at.sum()


def _sequence(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, float, np.ndarray]:
    """Return a run whose outputs stay between 0 and 1: 0.55 · (1 + 0.8) < 1."""
    steps = int(rng.integers(4, 9))
    x, y = rng.uniform(0.1, 0.8, steps), rng.integers(0, 2, steps).astype(float)
    w = float(rng.uniform(0.3, 0.55))
    return x, y, w, forward(x, w, float(rng.uniform(0.2, 0.8)))[1]


def _negative_weight(
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray, float, np.ndarray]:
    """Return a run with a weight and inputs below 0: every state is between 0 and 1 again."""
    steps = 6
    x, y = rng.uniform(-1.6, -1.1, steps), rng.integers(0, 2, steps).astype(float)
    w = float(rng.uniform(-0.55, -0.4))
    return x, y, w, forward(x, w, 0.4)[1]


check_bptt = Exercise(
    item="09.3",
    lecture=LECTURE,
    name="bptt",
    title="Backpropagation through time",
    reference=bptt,
    results=("dL_dh", "dL_dw_at", "dL_dw"),
    rounds={
        "all gradients of three fresh sequences": _sequence,
        "and of sequences with a negative weight": _negative_weight,
    },
    names=([f"t = {t}" for t in range(1, 10)],),
    from_end=True,
    faults=(
        Fault(
            "the future term is forgotten: add what comes back from the next step, w·dL_dh_next",
            lambda x, y, w, h: _back(x, y, w, h, reach=0),
        ),
        Fault(
            "the future reaches one step back only: hand on the total dL_dh of the next step, not"
            " its immediate part",
            lambda x, y, w, h: _back(x, y, w, h, reach=1),
        ),
        Fault(
            "the future term lacks its weight: multiply dL_dh_next by w",
            lambda x, y, w, h: _back(x, y, w, h, factor=1.0),
        ),
        Fault(
            "the weight comes in twice: multiply what comes back from the next step by w once",
            lambda x, y, w, h: _back(x, y, w, h, factor=w * w),
        ),
        Fault(
            "the output of step t is h_t; here it is h_{t−1}: h holds the start too, so that ŷ is"
            " h[t + 1]",
            lambda x, y, w, h: _back(x, y, w, h, output=h[:-1]),
        ),
        Fault(
            "it goes through time forward: start at the last step, as with"
            " `for t in reversed(range(len(x)))`",
            _from_before,
        ),
        Fault(
            "h_t stands where h_{t−1} belongs: o_t is h[t] + x[t], with the state before the step",
            lambda x, y, w, h: _back(x, y, w, h, lambda _, by_h: (h[1:] + x) * by_h),
        ),
        Fault(
            "the derivative of h_t by w is o_t = h_{t−1} + x_t; the state h_{t−1} is missing",
            lambda x, y, w, h: _back(x, y, w, h, lambda _, by_h: x * by_h),
        ),
        Fault(
            "the derivative of h_t by w is o_t = h_{t−1} + x_t; the input x_t is missing",
            lambda x, y, w, h: _back(x, y, w, h, lambda _, by_h: h[:-1] * by_h),
        ),
        Fault(
            "the weight is too much: h_t is w·o_t, so its derivative by w is o_t alone",
            lambda x, y, w, h: _back(x, y, w, h, lambda o, by_h: w * o * by_h),
        ),
        Fault(
            "the immediate derivative dL_dyhat is used; the weight needs the total one, dL_dh",
            lambda x, y, w, h: _back(x, y, w, h, lambda o, _: o * _loss_slope(y, h[1:])),
        ),
        Fault(
            "it is not summed over the steps: this is the first step's share, the last that the"
            " loop computed",
            lambda x, y, w, h: bptt(x, y, w, h)[1][0],
            of=("dL_dw",),
        ),
        Fault(
            "it is not summed over the steps: this is the last step's share",
            lambda x, y, w, h: bptt(x, y, w, h)[1][-1],
            of=("dL_dw",),
        ),
        Fault(
            "it is the mean over the steps; every step uses the weight, so their shares are added",
            lambda x, y, w, h: bptt(x, y, w, h)[1].mean(),
            of=("dL_dw",),
        ),
        Fault(
            "it is not summed over the steps: add the entries of dL_dw_at",
            lambda x, y, w, h: bptt(x, y, w, h)[1],
            of=("dL_dw",),
        ),
        Fault(
            "the sum up to a step is stored; dL_dw_at is each step's own share",
            lambda x, y, w, h: np.cumsum(bptt(x, y, w, h)[1][::-1])[::-1],
            of=("dL_dw_at",),
        ),
    ),
    hints=(
        "At which step do you know everything? What does the step before it need from there?",
        "Go from the last step to the first. Keep the total dL_dh of the step that you come from:"
        " times w, it is what the next step sends back. The weight's share of a step is"
        " o_t·dL_dh, and the gradient is the sum of the shares.",
        """
        def bptt(x, y, w, h):
            dL_dh, dL_dw_at = np.zeros(len(x)), np.zeros(len(x))
            dL_dh_next = 0.0
            for t in reversed(range(len(x))):
                yhat, o = h[t + 1], ...
                dL_dh[t] = ... + w * dL_dh_next
                dL_dw_at[t] = ...
                dL_dh_next = ...
            return dL_dh, dL_dw_at, ...
        """,
    ),
)
