"""What lecture 05 contributes to the sheet of notes."""

from course_utils.exam.papers.formulas import Formula

_TOPIC = "generalization"

FORMULAS = (
    Formula(
        _TOPIC,
        "Bias, variance, noise",
        r"\mathbb{E}[(y - \hat f)^2] = (\bar f - f)^2 + \mathbb{E}[(\hat f - \bar f)^2] + \sigma^2",
        "$\\bar f$: average of $\\hat f$ over trainings; $y$ fresh. Squared loss only.",
    ),
    Formula(
        _TOPIC,
        "An ensemble's variance",
        r"\frac{V}{K} + \left(1 - \frac{1}{K}\right) C",
        "$K$ members of variance $V$; $C$ the covariance of two.",
    ),
    Formula(
        _TOPIC,
        "Inverted dropout",
        r"y = x \odot \frac{m}{1 - p},\quad \delta_x = \delta_y \odot \frac{m}{1 - p}",
        "$p$: share dropped; $m$ is 0 or 1. Evaluation: $y = x$.",
    ),
    Formula(
        _TOPIC,
        "L2 and weight decay",
        r"\frac{\lambda}{2} \|w\|^2 \;\rightarrow\; \lambda w",
        "With SGD, $w \\leftarrow (1 - \\eta\\lambda) w - \\eta g$; not the same with Adam.",
    ),
)
