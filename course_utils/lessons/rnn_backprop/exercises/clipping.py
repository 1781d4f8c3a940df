"""Exercise 09.4: clip a gradient by its norm."""

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.rnn_backprop.exercises.forward import LECTURE

Pair = tuple[np.ndarray, np.ndarray]


def clip_by_norm(dL_dW: np.ndarray, dL_db: np.ndarray, limit: float) -> Pair:
    norm = np.sqrt(np.sum(dL_dW**2) + np.sum(dL_db**2))
    if norm <= limit:
        return dL_dW, dL_db
    return limit / norm * dL_dW, limit / norm * dL_db


def _norm(*gradients: np.ndarray) -> float:
    return float(np.sqrt(sum(np.sum(gradient**2) for gradient in gradients)))


def _scaled(W: np.ndarray, b: np.ndarray, scale: float) -> Pair:
    return scale * W, scale * b


def _each(gradient: np.ndarray, limit: float) -> np.ndarray:
    return gradient * min(1.0, limit / _norm(gradient)) if gradient.any() else gradient + 0.0


def _gradients(rng: np.random.Generator, length: float) -> Pair:
    """Return two gradients with that norm together."""
    W, b = rng.normal(size=(int(rng.integers(2, 5)), 3)), rng.normal(size=3)
    return _scaled(W, b, length / _norm(W, b))


def _too_long(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, float]:
    limit = float(rng.uniform(1.5, 3.0))
    return (*_gradients(rng, limit * rng.uniform(2.0, 20.0)), limit)


def _short(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, float]:
    limit = float(rng.uniform(1.5, 3.0))
    return (*_gradients(rng, limit * rng.uniform(0.1, 0.6)), limit)


check_clip_by_norm = Exercise(
    item="09.4",
    lecture=LECTURE,
    name="clip_by_norm",
    title="Clip by the norm",
    reference=clip_by_norm,
    results=("dL_dW", "dL_db"),
    rounds={
        "gradients that are too long keep their direction": _too_long,
        "gradients that are short enough stay as they are": _short,
        "a gradient of zeros stays zero": lambda _: (np.zeros((3, 2)), np.zeros(2), 1.0),
    },
    faults=(
        Fault(
            "each entry is clipped by itself, which changes the direction; scale all by one number",
            lambda W, b, limit: (np.clip(W, -limit, limit), np.clip(b, -limit, limit)),
        ),
        Fault(
            "each gradient has a norm of its own here; the norm is taken of all parameters"
            " together",
            lambda W, b, limit: (_each(W, limit), _each(b, limit)),
        ),
        Fault(
            "short gradients are made longer: scale only if the norm is above the limit",
            lambda W, b, limit: _scaled(W, b, limit / _norm(W, b) if _norm(W, b) else 1.0),
        ),
        Fault(
            "the square root is missing: the norm is the root of the sum of squares",
            lambda W, b, limit: _scaled(W, b, min(1.0, limit / max(_norm(W, b) ** 2, 1e-300))),
        ),
        Fault(
            "it is divided by the norm and not multiplied by the limit",
            lambda W, b, limit: _scaled(W, b, 1 / max(_norm(W, b), limit) if W.any() else 1.0),
        ),
        Fault(
            "the scale is the wrong way round: it is limit divided by norm",
            lambda W, b, limit: _scaled(W, b, max(1.0, _norm(W, b) / limit)),
        ),
        Fault(
            "the largest entry is compared with the limit; compare the norm",
            lambda W, b, limit: _scaled(
                W, b, min(1.0, limit / max(np.abs(W).max(), np.abs(b).max(), 1e-300))
            ),
        ),
        Fault(
            "the norm of the weights alone decides; the bias counts as well",
            lambda W, b, limit: _scaled(W, b, min(1.0, limit / max(_norm(W), 1e-300))),
        ),
        Fault(
            "the norms are added; add the squares and take one root",
            lambda W, b, limit: _scaled(W, b, min(1.0, limit / max(_norm(W) + _norm(b), 1e-300))),
        ),
        Fault(
            "a gradient that is too long is dropped; shorten it",
            lambda W, b, limit: _scaled(W, b, float(_norm(W, b) <= limit)),
        ),
        Fault(
            "only dL_dW is scaled; both are, by the same number",
            lambda W, b, limit: (clip_by_norm(W, b, limit)[0], b),
        ),
        Fault(
            "only dL_db is scaled; both are, by the same number",
            lambda W, b, limit: (W, clip_by_norm(W, b, limit)[1]),
        ),
        Fault(
            "the entries' sizes are added up; the norm is the root of the sum of their squares",
            lambda W, b, limit: _scaled(
                W, b, min(1.0, limit / max(np.abs(W).sum() + np.abs(b).sum(), 1e-300))
            ),
        ),
        Fault(
            "what is too long stays as it is: scale if the norm is above the limit",
            lambda W, b, limit: _scaled(W, b, 1.0),
        ),
    ),
    hints=(
        "Which one number may scale a gradient without turning it?",
        "Take the norm of both together, the root of the sum of all squares. If it is above the"
        " limit, multiply both by limit/norm, otherwise by 1. Mind a norm of 0.",
        """
        def clip_by_norm(dL_dW, dL_db, limit):
            norm = np.sqrt(np.sum(dL_dW**2) + ...)
            scale = ... if norm > limit else ...
            return scale * dL_dW, ...
        """,
    ),
)
