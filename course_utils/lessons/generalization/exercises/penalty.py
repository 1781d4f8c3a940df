"""Exercise 05.4: L2's penalty and its gradient."""

import numpy as np

from course_utils.checks import Exercise, Fault

_PENALTY, _GRADIENT = ("penalty",), ("gradient",)


def l2(w: np.ndarray, strength: float) -> tuple[float, np.ndarray]:
    """Return the penalty λ/2 · Σw² and its gradient by w; `strength` is λ."""
    return float(strength / 2 * np.sum(w**2)), strength * w


check_l2 = Exercise(
    item="05.4",
    lecture="generalization",
    name="l2",
    title="The L2 penalty and its gradient",
    reference=l2,
    results=(*_PENALTY, *_GRADIENT),
    rounds={
        "penalty and gradient of fresh weights": lambda rng: (
            rng.normal(size=(int(rng.integers(3, 6)), 4)),
            float(rng.uniform(0.1, 0.9)),
        ),
        "a vector": lambda rng: (rng.normal(size=5), 3.0),
    },
    faults=(
        Fault(  # before those of one result: of faults that fit, the first is told
            "both are without the ½: λ·Σw² and its derivative 2λw; here the penalty is λ/2·Σw² and"
            " its gradient λw",
            lambda w, s: (s * np.sum(w**2), 2 * s * w),
        ),
        Fault(
            "the factor ½ is missing, so that the gradient is not the derivative of the penalty",
            lambda w, s: s * np.sum(w**2),
            of=_PENALTY,
        ),
        Fault(
            "the squares are averaged; L2 adds them up",
            lambda w, s: s / 2 * np.mean(w**2),
            of=_PENALTY,
        ),
        Fault(
            "that is the length of w; L2 penalizes its square",
            lambda w, s: s / 2 * np.sqrt(np.sum(w**2)),
            of=_PENALTY,
        ),
        Fault(
            "the sum is squared; square each weight first, then add up",
            lambda w, s: s / 2 * np.sum(w) ** 2,
            of=_PENALTY,
        ),
        Fault(
            "each weight's share is returned; the penalty is one number, their sum",
            lambda w, s: s / 2 * w**2,
            of=_PENALTY,
        ),
        *(
            Fault(
                "that is a matrix product; add up the squares of all entries",
                made,
                of=_PENALTY,
            )
            for made in (lambda w, s: s / 2 * (w.T @ w), lambda w, s: s / 2 * (w @ w.T))
        ),
        Fault("λ is missing in the penalty", lambda w, s: np.sum(w**2) / 2, of=_PENALTY),
        Fault(
            "λ is squared with the weights; it stands before the sum",
            lambda w, s: np.sum((s * w) ** 2) / 2,
            of=_PENALTY,
        ),
        Fault(
            "the squares are added up along one axis only; add up those of all weights",
            lambda w, s: s / 2 * np.sum(w**2, axis=0),
            of=_PENALTY,
        ),
        Fault(
            "that is L1: the sizes are added up, not the squares",
            lambda w, s: s * np.sum(np.abs(w)),
            of=_PENALTY,
        ),
        Fault(
            "it is divided by λ, as if that were scikit-learn's C; multiply",
            lambda w, s: (np.sum(w**2) / (2 * s), w / s),
        ),
        Fault(
            "that is the derivative of λ·Σw²; with the factor ½ the 2 cancels",
            lambda w, s: 2 * s * w,
            of=_GRADIENT,
        ),
        Fault(
            "the factor ½ of the penalty is still there; the 2 of the derivative cancels it",
            lambda w, s: s / 2 * w,
            of=_GRADIENT,
        ),
        Fault("λ is missing in the gradient", lambda w, s: w, of=_GRADIENT),
        Fault("that is the gradient of L1", lambda w, s: s * np.sign(w), of=_GRADIENT),
        Fault(
            "the weights are still squared; the derivative of w²/2 is w",
            lambda w, s: s * w**2,
            of=_GRADIENT,
        ),
        Fault(
            "that is w after a step; the gradient alone is asked for",
            lambda w, s: w - s * w,
            of=_GRADIENT,
        ),
        Fault(
            "the gradients are added up; each weight has its own",
            lambda w, s: s * np.sum(w),
            of=_GRADIENT,
        ),
        Fault(
            "the sign is that of an update; the gradient points where the penalty grows",
            lambda w, s: -s * w,
            of=_GRADIENT,
        ),
        Fault(
            "that norm is the largest singular value; add up the squares of all weights",
            lambda w, strength: (
                strength / 2 * (np.linalg.norm(w, 2) ** 2 if w.ndim == 2 else np.nan)
            ),
            of=_PENALTY,
        ),
    ),
    hints=(
        "What is the derivative of w²/2?",
        "The penalty is one number, λ/2 times the sum of all squares. Its derivative by one weight"
        " is λ times that weight.",
        """
        def l2(w, strength):
            penalty = ... / 2 * np.sum(...)
            return penalty, strength * ...
        """,
    ),
)
