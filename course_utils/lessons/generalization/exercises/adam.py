"""Exercise 05.5: a step of Adam, with L2 or with weight decay."""

import numpy as np

from course_utils.checks import Exercise, Fault

_W, _M, _V = ("w",), ("m",), ("v",)
_MU, _RHO, _EPSILON = 0.9, 0.999, 1e-8
Moments = tuple[np.ndarray, np.ndarray, np.ndarray]


def adam_step(
    w: np.ndarray,
    gradient: np.ndarray,
    m: np.ndarray,
    v: np.ndarray,
    k: int,
    rate: float,
    l2: float,
    decay: float,
) -> Moments:
    """Return w, m and v after step k of Adam with L2 (in the gradient) or weight decay (beside it).

    Moments decay by 0.9 and 0.999, and ε is 1e-8.
    """
    g = gradient + l2 * w
    m = _MU * m + (1 - _MU) * g
    v = _RHO * v + (1 - _RHO) * g**2
    step = (m / (1 - _MU**k)) / (np.sqrt(v / (1 - _RHO**k)) + _EPSILON)
    return w - rate * decay * w - rate * step, m, v


def _weights(
    rng: np.random.Generator, l2: bool = False, decay: bool = False
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, int, float, float, float]:
    size = int(rng.integers(4, 8))
    w, gradient, m = rng.normal(size=(3, size))
    return (
        2 * w,
        gradient,
        m,
        rng.uniform(0.2, 2.0, size),
        int(rng.integers(2, 9)),
        float(rng.uniform(0.02, 0.2)),
        float(rng.uniform(0.2, 0.8)) * l2,
        float(rng.uniform(0.2, 0.8)) * decay,
    )


def _of_small_gradients(
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, int, float, float, float]:
    """Return what a layer has whose gradients are about 10⁻⁶: there ε counts."""
    w, gradient, m, v, *others = _weights(rng)
    return (w, 1e-6 * gradient, 1e-6 * m, 1e-12 * v, *others)  # type: ignore[return-value]


def _wrong(of: str):  # type: ignore[no-untyped-def]
    """Return a maker of w, m and v in which one thing is done otherwise."""

    def made(
        w: np.ndarray,
        gradient: np.ndarray,
        m: np.ndarray,
        v: np.ndarray,
        k: int,
        rate: float,
        l2: float,
        decay: float,
    ) -> Moments:
        rho = 0.99 if of == "ρ = 0.99" else _RHO
        least = 1e-7 if of == "ε = 10⁻⁷" else _EPSILON
        times = {"L2 twice": 2, "half of L2": 0.5, "L2 subtracted": -1}
        g = gradient + times.get(of, 0 if of == "no L2" else 1) * l2 * w
        if of == "decay in the gradient":
            g = g + decay * w
        if of == "L2 beside":
            g = gradient
        m = m + g if of == "m grows" else _MU * m + (1 - _MU) * g
        v = rho * v + (1 - rho) * (g if of == "v not squared" else g**2)
        if of == "m without L2":
            m = m - (1 - _MU) * l2 * w
        if of == "v without L2":
            v = v + (1 - rho) * (gradient**2 - g**2)
        if of == "v of m":
            v = v + (1 - rho) * (m**2 - g**2)
        if of == "momentum exchanged":
            m = (1 - _MU) * (m - (1 - _MU) * g) / _MU + _MU * g
        if of == "momentum exchanged in v":
            v = (1 - rho) * (v - (1 - rho) * g**2) / rho + rho * g**2
        m_hat = m if of in ("uncorrected", "m uncorrected") else m / (1 - _MU**k)
        v_hat = v if of in ("uncorrected", "v uncorrected") else v / (1 - rho**k)
        if of == "k from 0":
            m_hat, v_hat = m / (1 - _MU ** (k + 1)), v / (1 - rho ** (k + 1))
        if of == "k too small":
            m_hat, v_hat = m / (1 - _MU ** (k - 1)), v / (1 - rho ** (k - 1))
        if of in ("k a factor", "k a factor of 0.9"):
            m_hat = m / (1 - _MU * k)
        if of == "k a factor":
            v_hat = v / (1 - rho * k)
        if of == "corrections exchanged":
            m_hat, v_hat = m / (1 - rho**k), v / (1 - _MU**k)
        root = v_hat if of == "no root" else np.sqrt(v_hat)
        if of == "corrected behind the root":
            root = np.sqrt(v) / (1 - rho**k)
        epsilon = 0 if of in ("no ε", "ε under the root") else least
        if of == "ε under the root":
            root = np.sqrt(v_hat + least)
        shrink = 0 if of == "decay in the gradient" else rate * decay * w
        if of == "decay without rate":
            shrink = decay * w
        if of == "no decay":
            shrink = 0 * w
        if of == "decay without w":
            shrink = rate * decay * np.ones_like(w)
        if of in ("L2 beside", "L2 in both"):
            shrink = shrink + rate * l2 * w
        step = (1 if of == "step without rate" else rate) * m_hat / (root + epsilon)
        if of == "decay of the new w":
            shrink = shrink - rate * decay * step
        if of == "decay grows":
            shrink = -shrink
        if of == "step added":
            step = -step
        if of == "step alone":
            return step, m, v
        return (shrink + step if of == "update only" else w - shrink - step), m, v

    return made


check_adam_step = Exercise(
    item="05.5",
    lecture="generalization",
    name="adam_step",
    title="A step of Adam, with L2 or with weight decay",
    reference=adam_step,
    results=(*_W, *_M, *_V),
    rounds={
        "Adam alone": _weights,
        "with weight decay": lambda rng: _weights(rng, decay=True),
        "with L2": lambda rng: _weights(rng, l2=True),
        "with both": lambda rng: _weights(rng, l2=True, decay=True),
        "with gradients so small that ε counts": _of_small_gradients,
    },
    faults=(
        Fault(
            "the decay is added to the gradient, which makes it L2; let it shrink w by itself",
            _wrong("decay in the gradient"),
        ),
        Fault(
            "L2 shrinks w by itself, which makes it weight decay; it belongs into the gradient,"
            " before the moments",
            _wrong("L2 beside"),
        ),
        Fault(
            "the decay is not multiplied by the learning rate; w shrinks by rate · decay · w",
            _wrong("decay without rate"),
        ),
        Fault(
            "the decay subtracts the same number from each weight; w shrinks by rate · decay · w",
            _wrong("decay without w"),
        ),
        Fault(
            "L2 is put in twice, in the gradient and beside the step; it belongs into the gradient"
            " only",
            _wrong("L2 in both"),
        ),
        Fault(
            "L2 counts twice: the gradient of λ/2 · Σw² is λ·w, without a 2",
            _wrong("L2 twice"),
        ),
        Fault(
            "L2 counts half: the gradient of λ/2 · Σw² is λ·w, the ½ is gone",
            _wrong("half of L2"),
        ),
        Fault(
            "L2 is subtracted from the gradient, which makes w grow; add l2 · w",
            _wrong("L2 subtracted"),
        ),
        Fault(
            "the step is not multiplied by the learning rate",
            _wrong("step without rate"),
        ),
        Fault(
            "that is what w changes by; subtract it from w and return the new w",
            _wrong("update only"),
        ),
        Fault("the decay makes w larger; subtract it", _wrong("decay grows")),
        Fault("L2 is left out: the gradient becomes g + l2 · w", _wrong("no L2")),
        Fault(
            "that is the step alone; subtract it from w and return the new w", _wrong("step alone")
        ),
        Fault("ε is under the root; it is added to the root", _wrong("ε under the root")),
        Fault(
            "ε is left out, or added to the whole step: it belongs to the root, mind the brackets",
            _wrong("no ε"),
        ),
        Fault("ε is 10⁻⁷, as in TensorFlow; here it is 10⁻⁸", _wrong("ε = 10⁻⁷")),
        Fault("v decays by 0.99, as in RMSprop; here it is 0.999", _wrong("ρ = 0.99")),
        Fault(
            "v averages the square of m; it is the squared gradient that belongs there",
            _wrong("v of m"),
        ),
        Fault(
            "the exponent is k − 1; the first step is step 1, so the exponent is k itself",
            _wrong("k too small"),
        ),
        Fault("the decay is missing: w also shrinks by rate · decay · w", _wrong("no decay")),
        Fault(
            "the decay is taken of the w after Adam's step; take it of the old w",
            _wrong("decay of the new w"),
        ),
        Fault("the step is added; it goes downhill, so subtract it", _wrong("step added")),
        Fault(
            "m does not see L2: average g with l2 · w in it, not the gradient alone",
            _wrong("m without L2"),
        ),
        Fault(
            "v does not see L2: square g with l2 · w in it, not the gradient alone",
            _wrong("v without L2"),
        ),
        Fault(
            "the moments are not corrected for their start at 0: divide m by 1 − 0.9ᵏ and v by"
            " 1 − 0.999ᵏ in the step",
            _wrong("uncorrected"),
        ),
        Fault(
            "m is not corrected for its start at 0: the step divides it by 1 − 0.9ᵏ",
            _wrong("m uncorrected"),
        ),
        Fault(
            "v is not corrected for its start at 0: the step divides it by 1 − 0.999ᵏ",
            _wrong("v uncorrected"),
        ),
        Fault(
            "k is counted from 0: the first step is step 1, so the exponent is k itself",
            _wrong("k from 0"),
        ),
        Fault("0.9 is multiplied by k; it is raised to the power k", _wrong("k a factor of 0.9")),
        Fault(
            "the root of a negative number is taken: divide v by 1 − 0.999ᵏ, in which the 1 comes"
            " first and k is the exponent",
            _wrong("k a factor"),
        ),
        Fault(
            "0.9 and 0.999 are exchanged in the corrections: m is divided by 1 − 0.9ᵏ and v by"
            " 1 − 0.999ᵏ",
            _wrong("corrections exchanged"),
        ),
        Fault(
            "v is corrected behind the root; correct it first, then take the root",
            _wrong("corrected behind the root"),
        ),
        Fault(
            "the root is missing: the step divides by √v, not by v",
            _wrong("no root"),
        ),
        Fault(
            "v averages the gradient; it is the squared gradient that belongs there",
            _wrong("v not squared"),
        ),
        Fault(
            "m adds the whole gradient; the old m keeps 0.9 and the gradient gets 0.1",
            _wrong("m grows"),
        ),
        Fault(
            "the weights of old and new are exchanged in m: the old one keeps 0.9",
            _wrong("momentum exchanged"),
        ),
        Fault(
            "the weights of old and new are exchanged in v: the old one keeps 0.999",
            _wrong("momentum exchanged in v"),
        ),
        Fault(
            "the corrected m is returned; store it as it is and correct it in the step only",
            lambda w, g, m, v, k, rate, l2, decay: (
                adam_step(w, g, m, v, k, rate, l2, decay)[1] / (1 - _MU**k)
            ),
            of=_M,
        ),
        Fault(
            "the corrected v is returned; store it as it is and correct it in the step only",
            lambda w, g, m, v, k, rate, l2, decay: (
                adam_step(w, g, m, v, k, rate, l2, decay)[2] / (1 - _RHO**k)
            ),
            of=_V,
        ),
    ),
    hints=(
        "Which of the two, L2 or decay, is divided by √v in the end?",
        "L2 changes the gradient before m and v see it: g = gradient + l2·w. Decay does not touch"
        " g; it takes rate·decay·w from the old w, next to Adam's own step.",
        """
        def adam_step(w, gradient, m, v, k, rate, l2, decay):
            g = gradient + ...
            m = 0.9 * m + 0.1 * ...
            v = 0.999 * v + 0.001 * ...
            step = m / (1 - 0.9**k) / (np.sqrt(...) + 1e-8)
            return w - rate * ... * w - rate * step, m, v
        """,
    ),
)
