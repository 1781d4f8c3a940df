"""What lecture 01 contributes to the sheet of notes."""

from course_utils.exam.papers.formulas import Formula

_TOPIC = "normalization"

FORMULAS = (
    Formula(
        _TOPIC,
        "Zero mean, unit variance",
        r"z = \frac{x - \mu}{\sigma},\quad \mu = \frac1n \sum_i x_i,\quad"
        r" \sigma^2 = \frac1n \sum_i (x_i - \mu)^2",
        "For each feature; $\\mu$ and $\\sigma$ of the training data, used for the test data too.",
    ),
    Formula(
        _TOPIC,
        "Min-max scaling",
        r"z = \frac{x - \min x}{\max x - \min x}",
        "Training data end up in $[0, 1]$; test data can leave it. One outlier squeezes the rest.",
    ),
    Formula(
        _TOPIC,
        "Zero mean, maximum 1",
        r"z = \frac{x - \mu}{\max_i (x_i - \mu)}",
        "Subtract first; the largest difference divides.",
    ),
    Formula(
        _TOPIC,
        "Constant feature",
        r"\sigma = 0 \;\Rightarrow\; z = x - \mu = 0",
        "Divide by 1 instead of 0.",
    ),
    Formula(
        _TOPIC,
        "Why it helps",
        r"L(w) = \frac{1}{2n} \sum_i (x_i^{\top} w - y_i)^2,\quad H = \frac1n X^{\top} X,\quad"
        r" \kappa = \frac{\lambda_{\max}}{\lambda_{\min}}",
        "Features of unlike scales give a large $\\kappa$ and a narrow valley.",
    ),
    Formula(
        _TOPIC,
        "Gradient descent on it",
        r"w \leftarrow w - \eta\,\nabla L(w),\quad \text{error along axis } i"
        r" \text{ times } (1 - \eta\lambda_i)",
        "Diverges if $\\eta > 2/\\lambda_{\\max}$.",
    ),
)
