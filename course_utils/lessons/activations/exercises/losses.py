"""Exercise 03.4: binary cross-entropy from logits, and its gradient."""

from functools import partial

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.activations.exercises.common import LECTURE
from course_utils.lessons.activations.exercises.probabilities import sigmoid


def bce_from_logits(z: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
    losses = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    p = np.where(z >= 0, 1.0, np.exp(-np.abs(z))) / (1 + np.exp(-np.abs(z)))
    return losses.mean(), (p - y) / len(z)


def _samples(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    n = int(rng.integers(6, 10))
    return rng.normal(0, 2, n), rng.permutation(np.arange(n) % 3 == 0).astype(np.float64)


def _far(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return logits of which some are wrong by a thousand, on either side."""
    z = rng.uniform(800, 2000, 6) * np.array([1, -1, 1, -1, 1, -1])
    return z, rng.permutation([0.0, 1.0, 1.0, 0.0, 0.0, 1.0])


def _by_probability(z: np.ndarray, y: np.ndarray) -> float:
    p = 1 / (1 + np.exp(-z))
    return float(np.mean(-y * np.log(p) - (1 - y) * np.log(1 - p)))


def _clipped(z: np.ndarray, y: np.ndarray, least: float) -> float:
    p = np.clip(sigmoid(z)[0], least, 1 - least)
    return float(np.mean(-y * np.log(p) - (1 - y) * np.log(1 - p)))


def _padded(z: np.ndarray, y: np.ndarray, least: float) -> float:
    p = sigmoid(z)[0]
    return float(np.mean(-y * np.log(p + least) - (1 - y) * np.log(1 - p + least)))


def _losses(z: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.logaddexp(0, z) - z * y


def _difference(z: np.ndarray, y: np.ndarray) -> np.ndarray:
    return sigmoid(z)[0] - y


_LOSS, _GRADIENT = ("the loss",), ("the gradient",)
_LEAST = (1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15)

check_bce_from_logits = Exercise(
    item="03.4",
    lecture=LECTURE,
    name="bce_from_logits",
    title="Binary cross-entropy from logits",
    reference=bce_from_logits,
    results=("the loss", "the gradient"),
    rounds={
        "mean loss and gradient of fresh samples": _samples,
        "a batch of one": lambda rng: (rng.normal(0, 2, 1), rng.integers(0, 2, 1).astype(float)),
        "logits that are wrong by a thousand": _far,
    },
    faults=(
        Fault("the losses of a batch are added; take their mean",
              lambda z, y: _losses(z, y).sum(), of=_LOSS),
        Fault("a loss for each sample is returned; take their mean", _losses, of=_LOSS),
        Fault("the labels are exchanged: y belongs to ln p and 1 − y to ln(1 − p)",
              lambda z, y: bce_from_logits(z, 1 - y)),
        Fault("samples with label 0 are left out: (1 − y)·ln(1 − p) is missing",
              lambda z, y: np.mean(y * np.logaddexp(0, -z)), of=_LOSS),
        Fault("samples with label 1 are left out: y·ln p is missing",
              lambda z, y: np.mean((1 - y) * np.logaddexp(0, z)), of=_LOSS),
        Fault("z·y is added; it is subtracted",
              lambda z, y: np.mean(np.logaddexp(0, z) + z * y), of=_LOSS),
        Fault("y is subtracted without its z: it is z·y",
              lambda z, y: np.mean(np.maximum(z, 0) - y + np.log1p(np.exp(-np.abs(z)))), of=_LOSS),
        Fault("for z < 0 the loss is |z| too small: z stands where max(z, 0) belongs",
              lambda z, y: np.mean(z - z * y + np.log1p(np.exp(-np.abs(z)))), of=_LOSS),
        Fault("max(z, 0) is missing", lambda z, y: np.mean(np.log1p(np.exp(-np.abs(z))) - z * y),
              of=_LOSS),
        Fault("for z < 0 the loss is |z| too large: −z stands where −|z| belongs in the exponent,"
              " or |z| where max(z, 0) belongs",
              lambda z, y: np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(-z))), of=_LOSS),
        Fault("the exponent is |z|; it is −|z|",
              lambda z, y: np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(np.abs(z)))),
              of=_LOSS),
        Fault("ln(1 + e^−|z|) is subtracted; it is added",
              lambda z, y: np.mean(np.maximum(z, 0) - z * y - np.log1p(np.exp(-np.abs(z)))),
              of=_LOSS),
        Fault("the logarithm is missing: e^−|z| is added, and it is ln(1 + e^−|z|)",
              lambda z, y: np.mean(np.maximum(z, 0) - z * y + np.exp(-np.abs(z))), of=_LOSS),
        Fault("this is the squared error of σ(z), not the cross-entropy",
              lambda z, y: np.mean(_difference(z, y) ** 2), of=_LOSS),
        Fault("the gradient of the mean is 1/n of each sample's: the division by n is missing",
              _difference, of=_GRADIENT),
        Fault("σ(z) − y is multiplied by the sigmoid's slope once more; with logits that cancels",
              lambda z, y: _difference(z, y) * sigmoid(z)[1] / len(z), of=_GRADIENT),
        Fault("this is σ(|z|) − y: for z < 0 the numerator is e^−|z|, and not 1",
              lambda z, y: _difference(np.abs(z), y) / len(z), of=_GRADIENT),
        Fault("this is z − y; the sigmoid of z is missing",
              lambda z, y: (z - y) / len(z), of=_GRADIENT),
        Fault("this is the gradient by the probability p, not by the logit z",
              lambda z, y: _difference(z, y) / sigmoid(z)[1] / len(z), of=_GRADIENT),
        Fault("p is exactly 0 or 1 there, and ln 0 is −inf; compute the loss from z without p",
              _by_probability, of=_LOSS),
        Fault("ln p is cut off at −100, as in BCELoss, so that no loss is above 100; compute the"
              " loss from z without p", lambda z, y: np.mean(np.minimum(_losses(z, y), 100)),
              of=_LOSS),
        Fault("logits beyond ±500 are cut off, and the loss does not grow any more there; nothing"
              " overflows if it is computed with e^−|z|",
              lambda z, y: np.mean(_losses(np.clip(z, -500, 500), y)), of=_LOSS),
        *(Fault(f"p is kept away from 0 and 1 by {least:g}, so that no loss is above"
                f" {-np.log(least):.1f}, however wrong the sample; compute the loss from z without"
                " p", partial(kept, least=least), of=_LOSS)
          for kept in (_clipped, _padded) for least in _LEAST),
    ),
    hints=(
        "Write −y ln σ(z) − (1 − y) ln(1 − σ(z)) in terms of z: what is ln σ(z) far from 0?",
        "The loss of a sample is ln(1 + e^z) − z·y, and ln(1 + e^z) = max(z, 0) + ln(1 + e^−|z|),"
        " in which nothing overflows; `np.log1p` computes ln(1 + …). The gradient is"
        " (σ(z) − y)/n.",
        """
        def bce_from_logits(z, y):
            losses = np.maximum(z, 0) - ... + np.log1p(np.exp(...))
            s = np.exp(-np.abs(z))
            p = np.where(z >= 0, ..., ...) / (1 + s)
            return losses.mean(), ... / len(z)
        """,
    ),
)  # fmt: skip
