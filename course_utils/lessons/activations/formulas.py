"""What lecture 03 contributes to the sheet of notes."""

from course_utils.exam.papers.formulas import Formula

_TOPIC = "activations"

FORMULAS = (
    Formula(
        _TOPIC,
        "Sigmoid",
        r"\sigma(z) = \frac{1}{1 + e^{-z}} \in (0, 1),\quad"
        r" \sigma' = \sigma\,(1 - \sigma) \le \tfrac14",
        "$\\sigma(0) = \\frac12$; after a ReLU never below $\\frac12$.",
    ),
    Formula(
        _TOPIC,
        "Hyperbolic tangent",
        r"\tanh z = 2\,\sigma(2z) - 1 \in (-1, 1),\quad \tanh' = 1 - \tanh^2 \le 1",
    ),
    Formula(
        _TOPIC,
        "ReLU and leaky ReLU",
        r"f(z) = \begin{cases} z & z > 0 \\ \alpha z & z \le 0 \end{cases},\quad"
        r" f'(z) = \begin{cases} 1 & z > 0 \\ \alpha & z < 0 \end{cases}",
        "ReLU: $\\alpha = 0$, never negative. At 0 there is no derivative; take $\\alpha$.",
    ),
    Formula(
        _TOPIC,
        "Softmax",
        r"p_k = \frac{e^{z_k}}{\sum_j e^{z_j}} \in (0, 1),\quad \sum_k p_k = 1",
        "With cross-entropy and one-hot $y$: $\\partial L / \\partial z = p - y$.",
    ),
    Formula(
        _TOPIC,
        "Backward",
        r"\frac{\partial L}{\partial z} = \frac{\partial L}{\partial a} \odot f'(z),\quad a = f(z)",
        "Entry by entry, with the $z$ of the forward pass. Where $f' = 0$, the unit's weights and"
        " what lies below it learn nothing from the sample.",
    ),
)
