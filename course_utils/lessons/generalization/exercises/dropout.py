"""Exercise 05.3: inverted dropout, forward and backward."""

from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.checks import Exercise, Fault, NotRight, expect, expect_shape
from course_utils.checks.agreement import Agreement, Draw
from course_utils.checks.exercise import Property
from course_utils.checks.properties import NO_RETURN

_Y, _ERROR = ("y",), ("the error for the layer below",)
_RESULTS = (*_Y, *_ERROR)
_OWN_DRAWS = "random numbers are drawn inside; `draws` holds the one that decides for each entry"
_DROPS = "it drops in evaluation too; there x and the error pass as they are"
_SCALES = (
    "in evaluation it multiplies by 1 − p, as the original dropout does; the inverted one has"
    " scaled in training already"
)
_DIVIDES = "in evaluation it divides by 1 − p; nothing is dropped there, so nothing is made up for"
Inputs = tuple[np.ndarray, np.ndarray, np.ndarray, float, bool]
Answer = tuple[np.ndarray, np.ndarray]
Factor = Callable[[np.ndarray, float], np.ndarray]


def dropout(
    x: np.ndarray, error: np.ndarray, draws: np.ndarray, p: float, training: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Return the output for x, and the error for the layer below; p is the share dropped."""
    factor = (draws >= p) / (1 - p) if training else np.ones_like(x)
    return x * factor, error * factor


def _layer(rng: np.random.Generator, p: float) -> Inputs:
    shape = (int(rng.integers(3, 6)), int(rng.integers(6, 9)))
    x, error = rng.normal(1.0, 1.0, shape), rng.normal(size=shape)
    draws = rng.random(shape)
    draws.flat[int(rng.integers(draws.size))] = p  # not below p, so it is kept
    return x, error, draws, p, True


def _of(which: int, factor: Factor) -> Callable[..., np.ndarray]:
    """Return what is made with another factor, of x (0) or of the error (1)."""
    return lambda *inputs: inputs[which] * factor(inputs[2], inputs[3])


def _both(factor: Factor) -> Callable[..., Answer]:
    return lambda *inputs: (_of(0, factor)(*inputs), _of(1, factor)(*inputs))


def _two(made: Any, shape: tuple[int, ...]) -> Any:
    """Return what an answer gives in evaluation; raise `NotRight` unless these are two results."""
    expect(made is not None, "in evaluation, the function returns None", NO_RETURN)
    if isinstance(made, tuple | list):
        says, right = f"{len(made)} value{'s' * (len(made) != 1)}", len(made) == 2
    elif hasattr(made, "shape"):
        says, right = f"an array of shape {made.shape}", tuple(made.shape) == (2, *shape)
    else:
        says, right = f"a {type(made).__name__}", False
    both = " and ".join(_RESULTS)
    expect(
        right,
        f"in evaluation, the function returns {says}, expected two: {both}",
        f"return {both} in evaluation as well, separated by a comma",
    )
    return made


def _passes_in_evaluation(answer: Callable[..., Answer]) -> None:
    """Raise `NotRight` unless x and the error pass as they are; the very arrays may come back."""
    p = 0.3
    x, error, draws, *_ = _layer(np.random.default_rng(3), p)
    made = _two(answer(x.copy(), error.copy(), draws, p, False), x.shape)
    for name, got, right in zip(_RESULTS, made, (x, error), strict=True):
        got = expect_shape(f"in evaluation, {name}", got, right.shape)
        if np.allclose(got, right):
            continue
        causes = (
            (right * (draws >= p) / (1 - p), _DROPS),
            (right * (1 - p), _SCALES),
            (right / (1 - p), _DIVIDES),
            (0 * right, "nothing passes; in evaluation nothing is dropped"),
        )
        cause = next((says for wrong, says in causes if np.allclose(got, wrong)), "")
        raise NotRight(f"in evaluation, {name} is not what came in", cause)


def _draws_nothing(answer: Callable[..., Answer]) -> None:
    """Raise `NotRight` if chance decides what comes out.

    A mask of other draws shows both where `draws` keeps and where it drops. An array of `np.empty`
    that is written in part differs from call to call as well, but only where it is not written.
    """
    x, error, draws, p, training = _layer(np.random.default_rng(4), 0.5)
    first, again, once_more = (
        answer(x.copy(), error.copy(), draws.copy(), p, training) for _ in range(3)
    )
    by_chance = all(
        _differ(first, again, where) or _differ(first, once_more, where)
        for where in (draws >= p, draws < p)
    )
    expect(not by_chance, "the same `draws` lead to other results in another call", _OWN_DRAWS)


def _differ(one: Any, other: Any, where: np.ndarray) -> bool:
    """Tell whether two results hold other numbers there; what holds none differs from nothing."""
    try:
        pairs = [(np.asarray(a), np.asarray(b)) for a, b in zip(one, other, strict=True)]
        return not all(np.array_equal(a[where], b[where], equal_nan=True) for a, b in pairs)
    except Exception:  # whatever it is, `_passes_in_evaluation` and the rounds say what is wrong
        return False


def _with_draws_of_its_own(
    x: np.ndarray, error: np.ndarray, draws: np.ndarray, p: float, training: bool
) -> Answer:
    return dropout(x, error, np.random.random(draws.shape), p, training)


def _always_drops(x: np.ndarray, error: np.ndarray, draws: np.ndarray, p: float, _: bool) -> Answer:
    return dropout(x, error, draws, p, True)


def _scales_in_evaluation(
    x: np.ndarray, error: np.ndarray, draws: np.ndarray, p: float, training: bool
) -> Answer:
    return dropout(x, error, draws, p, True) if training else (x * (1 - p), error * (1 - p))


_FAULTS = (
    Fault(
        "it is scaled by 1/p, which is right only for p = 0.5; with p the share that is"
        " dropped, survivors are divided by 1 − p",
        _both(lambda u, p: (u >= p) / p),
    ),
    Fault(
        "kept and dropped are exchanged: an entry is dropped where its draw is below p",
        _both(lambda u, p: (u < p) / (1 - p)),
    ),
    Fault(
        "a draw of exactly p drops its entry; only draws below p do",
        _both(lambda u, p: (u > p) / (1 - p)),
    ),
    Fault(
        "one draw decides for a whole row; each entry has its own",
        _both(lambda u, p: (u[:, :1] >= p) * np.ones_like(u) / (1 - p)),
    ),
    Fault(
        "p is taken for the share that is kept; here, as in PyTorch, it is the share that is"
        " dropped",
        _both(lambda u, p: (u < p) / p),
    ),
    Fault(
        "what is kept is not scaled: divide by 1 − p, or the expectation falls",
        _both(lambda u, p: 1.0 * (u >= p)),
    ),
    Fault(
        "what is kept is multiplied by 1 − p; divide",
        _both(lambda u, p: (u >= p) * (1 - p)),
    ),
    Fault(
        "what is kept is multiplied by p; divide by 1 − p",
        _both(lambda u, p: (u >= p) * p),
    ),
    Fault(
        "it is scaled by the share of this mask that is kept; divide by 1 − p, whatever was drawn",
        _both(lambda u, p: (u >= p) / np.mean(u >= p)),
    ),
    Fault(
        "it is scaled by 1/√(1 − p), which keeps the squares; divide by 1 − p, which keeps the"
        " mean",
        _both(lambda u, p: (u >= p) / np.sqrt(1 - p)),
    ),
    Fault(
        "all entries are scaled and none is dropped: an entry is dropped where its draw is below p",
        _both(lambda u, p: np.ones_like(u) / (1 - p)),
    ),
    Fault(
        "nothing is dropped in training; are training and evaluation exchanged?",
        lambda *inputs: (inputs[0].copy(), inputs[1].copy()),
    ),
    Fault(
        "the error is scaled but not dropped; what was dropped forward gets no error",
        _of(1, lambda u, p: np.ones_like(u) / (1 - p)),
        of=_ERROR,
    ),
    Fault(
        "the error goes through whole; what was dropped forward gets no error, and what was"
        " kept the same factor",
        lambda *inputs: inputs[1],
        of=_ERROR,
    ),
    Fault(
        "the error is dropped but not scaled: backward has forward's factor 1/(1 − p) as well",
        _of(1, lambda u, p: 1.0 * (u >= p)),
        of=_ERROR,
    ),
    Fault(
        "the error also stops where the output is negative, as behind a ReLU; the mask alone"
        " decides",
        lambda x, e, u, p, _: e * (u >= p) / (1 - p) * (x > 0),
        of=_ERROR,
    ),
    Fault(
        "that is the factor alone; multiply the error that came in by it",
        lambda x, e, u, p, _: (u >= p) / (1 - p),
        of=_ERROR,
    ),
    Fault(
        "the output is returned as the error; multiply the error that came in",
        _of(0, lambda u, p: (u >= p) / (1 - p)),
        of=_ERROR,
    ),
)
_TRAINING: dict[str, Draw] = {
    "training, p = 0.2": lambda rng: _layer(rng, 0.2),
    "training, any p": lambda rng: _layer(rng, float(rng.uniform(0.55, 0.8))),
}


def _in_training(about: str) -> Property:
    """Return the property that an answer is right in training, with the draws that it is given."""
    others = tuple(draw for other, draw in _TRAINING.items() if other != about)
    agrees = Agreement(dropout, _TRAINING[about], _RESULTS, _FAULTS, others=others)

    def holds(answer: Callable[..., Answer]) -> None:
        _draws_nothing(answer)  # first, since what chance decides has no other cause
        agrees(answer)

    return holds


check_dropout = Exercise(
    item="05.3",
    lecture="generalization",
    name="dropout",
    title="Inverted dropout",
    reference=dropout,
    results=_RESULTS,
    properties={
        **{about: _in_training(about) for about in _TRAINING},
        "evaluation, where nothing is dropped": _passes_in_evaluation,
    },
    wrong=lambda: [
        (_always_drops, _DROPS),
        (_scales_in_evaluation, _SCALES),
        (_with_draws_of_its_own, _OWN_DRAWS),
    ],
    faults=_FAULTS,
    hints=(
        "One factor for each entry decides everything: what is it where an entry is kept, where it"
        " is dropped, and in evaluation?",
        "`draws >= p` is true where an entry is kept. Kept entries are divided by 1 − p. Forward"
        " and backward multiply by the same factors.",
        """
        def dropout(x, error, draws, p, training):
            if not training:
                return x, error
            factor = (draws >= ...) / ...
            return x * factor, ...
        """,
    ),
)
