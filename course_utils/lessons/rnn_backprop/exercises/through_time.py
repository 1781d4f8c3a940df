"""Exercise 09.3: all the way back through time."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.rnn_backprop.exercises.forward import LECTURE, forward
from course_utils.lessons.rnn_backprop.exercises.step_back import loss_slope

Gradients = tuple[np.ndarray, np.ndarray, float]


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
    own: np.ndarray | None = None,
) -> Gradients:
    """Go back with another derivative by w, factor to the past or by ŷ, or a shorter reach."""
    own = loss_slope(y, h[1:]) if own is None else own
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
    by_h = loss_slope(y, h[1:])
    for t in range(1, len(x)):
        by_h[t] += w * by_h[t - 1]
    at = (h[:-1] + x) * by_h
    return by_h, at, at.sum()


def _handing_on(
    x: np.ndarray,
    y: np.ndarray,
    h: np.ndarray,
    comes_back: Callable[[np.ndarray, np.ndarray], float],
) -> Gradients:
    """Go back with what `comes_back` makes of o and the total derivative of all later steps."""
    o, by_h = h[:-1] + x, loss_slope(y, h[1:])
    for t in reversed(range(len(x) - 1)):
        by_h[t] += comes_back(o[t + 1 :], by_h[t + 1 :])
    return by_h, o * by_h, (o * by_h).sum()


def _by_its_own_sum(x: np.ndarray, y: np.ndarray, h: np.ndarray) -> Gradients:
    o, by_h = h[:-1] + x, loss_slope(y, h[1:])
    for t in reversed(range(len(x) - 1)):
        by_h[t] += o[t] * by_h[t + 1]
    return by_h, o * by_h, (o * by_h).sum()


def _without_the_first(x: np.ndarray, y: np.ndarray, w: float, h: np.ndarray) -> Gradients:
    """Stop the loop a step too early."""
    by_h, at, _ = bptt(x, y, w, h)
    by_h[0] = at[0] = 0
    return by_h, at, at.sum()


def _without_the_last(x: np.ndarray, y: np.ndarray, w: float, h: np.ndarray) -> Gradients:
    by_h = np.append(bptt(x[:-1], y[:-1], w, h[:-1])[0], 0.0)
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
            "the weight multiplies both ways; h acts on the loss of its own step without it",
            lambda x, y, w, h: _back(x, y, w, h, own=w * loss_slope(y, h[1:])),
        ),
        Fault(
            "w·dL_dh is stored, the derivative by o; dL_dh is the total one, before the weight",
            lambda x, y, w, h: w * bptt(x, y, w, h)[0],
            of=("dL_dh",),
        ),
        Fault(
            "what comes back from the next step is subtracted; ways are added",
            lambda x, y, w, h: _back(x, y, w, h, factor=-w),
        ),
        Fault(
            "the weight's share of the next step is handed on; hand on w·dL_dh",
            lambda x, y, w, h: _handing_on(x, y, h, lambda o, by_h: o[0] * by_h[0]),
        ),
        Fault(
            "what comes back is multiplied by this step's o; the way from h to the next h passes"
            " the weight w",
            lambda x, y, w, h: _by_its_own_sum(x, y, h),
        ),
        Fault(
            "what comes back is added up from step to step; dL_dh of the next step holds all that"
            " is later already",
            lambda x, y, w, h: _handing_on(x, y, h, lambda _, by_h: w * by_h.sum()),
        ),
        Fault(
            "the loop ends before the first step: `range(len(x) - 1, -1, -1)` reaches 0",
            _without_the_first,
        ),
        Fault(
            "this is the derivative by what goes into a sigmoid, ŷ − y; this cell has none",
            lambda x, y, w, h: _back(x, y, w, h, own=h[1:] - y),
        ),
        Fault(
            "the second term has the wrong sign: it is + (1 − y)/(1 − ŷ), since the inner"
            " derivative is −1",
            lambda x, y, w, h: _back(x, y, w, h, own=-y / h[1:] - (1 - y) / (1 - h[1:])),
        ),
        Fault(
            "the term of the label 0 is missing: (1 − y)/(1 − ŷ)",
            lambda x, y, w, h: _back(x, y, w, h, own=-y / h[1:]),
        ),
        Fault(
            "dL_dh is the immediate derivative; return the total one, of which the shares are made",
            lambda x, y, w, h: (loss_slope(y, h[1:]), *bptt(x, y, w, h)[1:]),
        ),
        Fault(
            "the output of step t is h_t; here it is h_{t−1}: h holds the start too, so that ŷ is"
            " h[t + 1]",
            lambda x, y, w, h: _back(x, y, w, h, own=loss_slope(y, h[:-1])),
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
            "the state in o is multiplied by w; the derivative of h_t by w is o_t = h_{t−1} + x_t",
            lambda x, y, w, h: _back(x, y, w, h, lambda _, by_h: (w * h[:-1] + x) * by_h),
        ),
        Fault(
            "the immediate derivative dL_dyhat is used; the weight needs the total one, dL_dh",
            lambda x, y, w, h: _back(x, y, w, h, lambda o, _: o * loss_slope(y, h[1:])),
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
            "this is the sum of dL_dh; the gradient by w is the sum of dL_dw_at",
            lambda x, y, w, h: bptt(x, y, w, h)[0].sum(),
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
        Fault(
            "a 0 for the step after the last is among the derivatives; return one for each step",
            lambda x, y, w, h: np.append(bptt(x, y, w, h)[0], 0.0),
            of=("dL_dh",),
        ),
        Fault(
            "the shares are added up on the way; return each step's own",
            lambda x, y, w, h: np.cumsum(bptt(x, y, w, h)[1]),
            of=("dL_dw_at",),
        ),
        Fault(
            "the last step is left out: `reversed(range(len(x)))` begins with it", _without_the_last
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
