"""Exercise 04.6: the error's way back through a residual block."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.deep_networks.exercises.layer import LECTURE

Arrays = tuple[np.ndarray, ...]


def residual_backward(
    x: np.ndarray, w1: np.ndarray, w2: np.ndarray, error: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    z = x @ w1
    h = np.maximum(z, 0)
    error_z = (error @ w2.T) * (z > 0)
    return error + error_z @ w1.T, x.T @ error_z, h.T @ error


def _block(rng: np.random.Generator) -> Arrays:
    """Return a batch, the weights of a block, and an error; all widths are unlike."""
    batch, width, middle = (int(n) for n in rng.choice([3, 4, 5, 6, 7], 3, replace=False))
    return (
        rng.normal(size=(batch, width)),
        rng.normal(size=(width, middle)),
        rng.normal(size=(middle, width)),
        rng.normal(size=(batch, width)),
    )


def _one_sample(rng: np.random.Generator) -> Arrays:
    x, w1, w2, error = _block(rng)
    return x[:1], w1, w2, error[:1]


def _branch(x: np.ndarray, w1: np.ndarray, w2: np.ndarray, error: np.ndarray) -> np.ndarray:
    return residual_backward(x, w1, w2, error)[0] - error


def _with_slope(slope: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> Callable[..., Arrays]:
    """Return the answer with another slope of the ReLU, made from z and the error behind it."""

    def answer(x: np.ndarray, w1: np.ndarray, w2: np.ndarray, error: np.ndarray) -> Arrays:
        z, behind = x @ w1, error @ w2.T
        error_z = behind * slope(z, behind)
        return error + error_z @ w1.T, x.T @ error_z, np.maximum(z, 0).T @ error

    return answer


_BELOW, _W1, _W2 = "the error for x", "the gradient of w1", "the gradient of w2"

check_residual_backward = Exercise(
    item="04.6",
    lecture=LECTURE,
    name="residual_backward",
    title="A residual block, backward",
    reference=residual_backward,
    results=(_BELOW, _W1, _W2),
    rounds={
        "the error for x and both gradients, on three fresh blocks": _block,
        "for a batch of one": _one_sample,
    },
    faults=(
        Fault(
            "the skip connection is forgotten on the way back: the error itself arrives at x too",
            _branch,
            of=(_BELOW,),
        ),
        Fault(
            "only the skip connection is there: the error through both layers has to be added",
            lambda x, w1, w2, error: error.copy(),
            of=(_BELOW,),
        ),
        Fault(
            "the skip connection and the branch are multiplied; errors that meet are added",
            lambda x, w1, w2, error: error * _branch(x, w1, w2, error),
            of=(_BELOW,),
        ),
        Fault(
            "the skip connection is subtracted; errors that meet are added",
            lambda x, w1, w2, error: _branch(x, w1, w2, error) - error,
            of=(_BELOW,),
        ),
        Fault(
            "1 is added for the skip connection; its derivative is 1, so the error itself arrives",
            lambda x, w1, w2, error: 1 + _branch(x, w1, w2, error),
            of=(_BELOW,),
        ),
        Fault(
            "this is the block's output, the forward pass",
            lambda x, w1, w2, error: x + np.maximum(x @ w1, 0) @ w2,
            of=(_BELOW,),
        ),
        Fault(
            "the input is added on the way back, where the error belongs",
            lambda x, w1, w2, error: x + _branch(x, w1, w2, error),
            of=(_BELOW,),
        ),
        Fault(
            "the ReLU's derivative is forgotten: where z was negative, no error passes",
            _with_slope(lambda z, _: np.ones_like(z)),
        ),
        Fault(
            "the ReLU's derivative is taken at the error; it belongs to z, from the forward pass",
            _with_slope(lambda _, behind: behind > 0),
        ),
        Fault(
            "the ReLU's derivative is the wrong way round: the error passes where z is positive",
            _with_slope(lambda z, _: z < 0),
        ),
        Fault(
            "the error is multiplied by h; the ReLU's derivative is 1 where z is positive",
            _with_slope(lambda z, _: np.maximum(z, 0)),
        ),
        Fault(
            "the gradient of w2 is taken with z; its input was h, behind the ReLU",
            lambda x, w1, w2, error: (x @ w1).T @ error,
            of=(_W2,),
        ),
        Fault(
            "the gradient of w2 is taken with the mask z > 0; its input was h, behind the ReLU",
            lambda x, w1, w2, error: (x @ w1 > 0).T @ error,
            of=(_W2,),
        ),
        Fault(
            "the gradient is averaged over the batch; sum it",
            lambda x, w1, w2, error: residual_backward(x, w1, w2, error)[1] / len(x),
            of=(_W1,),
        ),
        Fault(
            "the gradient is averaged over the batch; sum it",
            lambda x, w1, w2, error: residual_backward(x, w1, w2, error)[2] / len(x),
            of=(_W2,),
        ),
        Fault(
            "the error is counted twice: it arrives once through the skip connection",
            lambda x, w1, w2, error: 2 * error + _branch(x, w1, w2, error),
            of=(_BELOW,),
        ),
        Fault(
            "a ReLU's derivative stands behind the sum; the block ends without a ReLU",
            lambda x, w1, w2, error: residual_backward(
                x, w1, w2, error * (x + np.maximum(x @ w1, 0) @ w2 > 0)
            ),
        ),
        Fault(
            "w1 gets its gradient from the error for x; it gets it from the error that came in,"
            " through the branch alone",
            lambda x, w1, w2, error: (
                x.T @ ((residual_backward(x, w1, w2, error)[0] @ w2.T) * (x @ w1 > 0))
            ),
            of=(_W1,),
        ),
        Fault(
            "the gradient of w2 is taken with x; its input was h, behind the ReLU",
            lambda x, w1, w2, error: x.T @ error,
            of=(_W2,),
        ),
    ),
    hints=(
        "x goes two ways: through the layers, and straight to the sum. So its error comes back"
        " two ways.",
        "Go back through the branch as through two layers with a ReLU between them: times w2.T,"
        " times the mask z > 0, times w1.T. Then add the error that came through the skip"
        " connection.",
        """
        def residual_backward(x, w1, w2, error):
            z = x @ w1
            h = np.maximum(z, 0)
            error_z = (error @ ...) * (z > 0)
            return ... + error_z @ w1.T, ... @ error_z, h.T @ ...
        """,
    ),
)
