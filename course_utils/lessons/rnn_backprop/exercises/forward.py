"""Exercise 09.1: the cell, forward."""

import numpy as np

from course_utils.checks import Exercise, Fault

LECTURE = "rnn_backprop"

Run = tuple[np.ndarray, np.ndarray]


def forward(x: np.ndarray, w: float, h_0: float) -> Run:
    h = np.zeros(len(x) + 1)
    o = np.zeros(len(x))
    h[0] = h_0
    for t in range(len(x)):
        o[t] = h[t] + x[t]
        h[t + 1] = w * o[t]
    return o, h


def _run(x: np.ndarray, w: float, h_0: float, mix: str = "h + x", carry: str = "h") -> Run:
    """Run a cell that mixes or carries on something else."""
    o, h, carried = [], [h_0], h_0
    for x_t in x:
        mixed = {
            "h + x": carried + x_t,
            "w h + x": w * carried + x_t,
            "h + w x": carried + w * x_t,
            "x": x_t,
            "x - h": x_t - carried,
        }[mix]
        o.append(mixed)
        h.append(mixed if mix.startswith(("w", "h + w")) else w * mixed)
        carried = {"h": h[-1], "o": mixed, "start": h_0}[carry]
    return np.array(o), np.array(h)


def _sequence(rng: np.random.Generator) -> tuple[np.ndarray, float, float]:
    x = rng.uniform(0.2, 1.5, int(rng.integers(4, 9))) * rng.choice([-1, 1])
    return x, float(rng.uniform(0.3, 0.9)), float(rng.uniform(0.5, 1.5))


check_forward = Exercise(
    item="09.1",
    lecture=LECTURE,
    name="forward",
    title="The cell, forward",
    reference=forward,
    results=("o", "h"),
    rounds={
        "o and h of three fresh sequences": _sequence,
        "integer inputs are not cut off": lambda rng: (rng.integers(1, 5, 6), 0.3, 0.5),
    },
    faults=(
        Fault(
            "every step starts from h_0: the state is not carried from step to step",
            lambda x, w, h_0: _run(x, w, h_0, carry="start"),
        ),
        Fault(
            "o is carried on to the next step; what is carried on is h, after the weight",
            lambda x, w, h_0: _run(x, w, h_0, carry="o"),
        ),
        Fault(
            "the weight multiplies the state alone; it multiplies the sum",
            lambda x, w, h_0: _run(x, w, h_0, mix="w h + x"),
        ),
        Fault(
            "the weight multiplies the input alone; it multiplies the sum",
            lambda x, w, h_0: _run(x, w, h_0, mix="h + w x"),
        ),
        Fault(
            "the state does not enter the sum: o is the input alone, or the state is read from an"
            " entry that is still 0 (`h[t + 1]`)",
            lambda x, w, h_0: _run(x, w, h_0, mix="x"),
        ),
        Fault(
            "the state is subtracted instead of added",
            lambda x, w, h_0: _run(x, w, h_0, mix="x - h"),
        ),
        Fault(
            "h is made of the state and the input anew, w·h + x; it is made of their sum, w·o",
            lambda x, w, h_0: _made_anew(x, w, h_0),
        ),
        Fault(
            "the loop begins at 1, so that `x[0]` is never read; the step that reads `x[t]` leaves"
            " `h[t + 1]`",
            lambda x, w, h_0: _from_the_second(x, w, h_0),
        ),
        Fault("the weight is not used", lambda x, w, h_0: forward(x, 1.0, h_0)),
        Fault(
            "it starts from 0; start from h_0",
            lambda x, w, h_0: forward(x, w, 0.0),
        ),
        Fault(
            "the start is multiplied by w; the first entry of h is h_0 itself",
            lambda x, w, h_0: forward(x, w, w * h_0),
        ),
        Fault(
            "a tanh is applied to the state; this cell has none",
            lambda x, w, h_0: _with_tanh(x, w, h_0),
        ),
        Fault(
            "the start is missing: h holds h_0 too, one more entry than x",
            lambda x, w, h_0: forward(x, w, h_0)[1][1:],
            of=("h",),
        ),
        Fault(
            "the start stands at the end of h; it is the first entry",
            lambda x, w, h_0: np.roll(forward(x, w, h_0)[1], -1),
            of=("h",),
        ),
        Fault(
            "o is multiplied by w as well; o = h + x, and w makes the next h of it",
            lambda x, w, h_0: forward(x, w, h_0)[1][1:],
            of=("o",),
        ),
        Fault(
            "o is kept in an array of whole numbers, as `np.zeros_like(x)` is where x holds whole"
            " numbers; make it with `np.zeros(len(x))`",
            lambda x, w, h_0: _like_x(x, w, h_0),
        ),
        Fault(
            "the weight is there twice, in o and in h; o = h + x",
            lambda x, w, h_0: _weighted_twice(x, w, h_0),
        ),
        Fault(
            "the inputs are read from the last to the first",
            lambda x, w, h_0: forward(x[::-1], w, h_0),
        ),
        Fault(
            "x is added to the state after the step; o is the state before it plus x",
            lambda x, w, h_0: forward(x, w, h_0)[1][1:] + x,
            of=("o",),
        ),
    ),
    hints=(
        "What does a step need of the one before?",
        "Keep the states in an array with one entry more than x, `h[0] = h_0`. Then `h[t]` is the"
        " state before step t reads `x[t]`, and `h[t + 1]` the state after it.",
        """
        def forward(x, w, h_0):
            o, h = np.zeros(len(x)), np.zeros(len(x) + 1)
            h[0] = ...
            for t in range(len(x)):
                o[t] = ... + x[t]
                h[t + 1] = ... * o[t]
            return o, h
        """,
    ),
)


def _like_x(x: np.ndarray, w: float, h_0: float) -> Run:
    o, h = np.zeros_like(x), [h_0]
    for t, x_t in enumerate(x):
        o[t] = h[-1] + x_t
        h.append(w * o[t])
    return o, np.array(h)


def _weighted_twice(x: np.ndarray, w: float, h_0: float) -> Run:
    o, h = [], [h_0]
    for x_t in x:
        o.append(w * h[-1] + x_t)
        h.append(w * o[-1])
    return np.array(o), np.array(h)


def _made_anew(x: np.ndarray, w: float, h_0: float) -> Run:
    h = _run(x, w, h_0, mix="w h + x")[1]
    return h[:-1] + x, h


def _from_the_second(x: np.ndarray, w: float, h_0: float) -> Run:
    o, h = np.zeros(len(x)), np.zeros(len(x) + 1)
    h[0] = h_0
    for t in range(1, len(x)):
        o[t] = h[t - 1] + x[t]
        h[t] = w * o[t]
    return o, h


def _with_tanh(x: np.ndarray, w: float, h_0: float) -> Run:
    o, h = [], [h_0]
    for x_t in x:
        o.append(h[-1] + x_t)
        h.append(np.tanh(w * o[-1]))
    return np.array(o), np.array(h)
