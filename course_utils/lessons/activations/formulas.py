"""What lecture 03 contributes to the sheet of notes."""

from course_utils.exam.papers.formulas import Formula

_TOPIC = "activations"

FORMULAS = (
    Formula(
        _TOPIC,
        "Sigmoid",
        r"\sigma(x) = \frac{1}{1 + e^{-x}} \in (0, 1),\quad"
        r" \sigma' = \sigma\,(1 - \sigma) \le \tfrac14",
        "$\\sigma(0) = \\frac12$; after a ReLU never below $\\frac12$.",
    ),
    Formula(
        _TOPIC,
        "Hyperbolic tangent",
        r"\tanh x = 2\,\sigma(2x) - 1 \in (-1, 1),\quad \tanh' = 1 - \tanh^2 \le 1",
    ),
    Formula(
        _TOPIC,
        "ReLU and leaky ReLU",
        r"f(x) = \begin{cases} x & x > 0 \\ \alpha x & x \le 0 \end{cases},\quad"
        r" f'(x) = \begin{cases} 1 & x > 0 \\ \alpha & x < 0 \end{cases}",
        "ReLU: $\\alpha = 0$, never negative. At 0 there is no derivative; take $\\alpha$.",
    ),
    Formula(
        _TOPIC,
        "Softmax",
        r"\hat y_k = \frac{e^{x_k}}{\sum_j e^{x_j}} \in (0, 1),\quad \sum_k \hat y_k = 1",
        "With cross-entropy and one-hot $y$: $\\partial L / \\partial x = \\hat y - y$.",
    ),
    Formula(
        _TOPIC,
        "Backward",
        r"\delta_x = \delta_y \odot f'(x)",
        "Entry by entry, with the input $x$ of the forward pass. Where $f' = 0$, nothing is learned"
        " from the sample.",
    ),
)
