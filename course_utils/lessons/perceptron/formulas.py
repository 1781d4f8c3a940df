"""What lecture 02 contributes to the sheet of notes."""

from course_utils.exam.papers.formulas import Formula

_TOPIC = "perceptron"

FORMULAS = (
    Formula(
        _TOPIC,
        "Rosenblatt's perceptron",
        r"\hat y = \operatorname{sign}(w^{\top} x + b) ="
        r" \begin{cases} 1 & w^{\top} x + b \ge 0 \\ -1 & \text{otherwise} \end{cases}",
        "Inputs, weights, bias, sum, sign, output.",
    ),
    Formula(
        _TOPIC,
        "Boundary",
        r"w^{\top} x + b = 0,\quad"
        r" \text{distance of } x:\; \frac{|w^{\top} x + b|}{\left\|w\right\|}",
        "A straight line in two dimensions; $w$ is at right angles to it.",
    ),
    Formula(
        _TOPIC,
        "Learning rule",
        r"y\,(w^{\top} x + b) \le 0:\quad"
        r" w \leftarrow w + \eta\, y\, x,\quad b \leftarrow b + \eta\, y",
        "Labels $y = \\pm 1$. It ends if the classes can be separated by a line.",
    ),
    Formula(
        _TOPIC,
        "Mistakes of the learning rule",
        r"k \le \left(\frac{R}{\gamma}\right)^2,\quad"
        r" R = \max_i \left\|(1, x_i)\right\|,\quad \gamma = \min_i y_i\, u^{\top} (1, x_i)",
        "For any $u$ of length 1 with $\\gamma > 0$; start at zero.",
    ),
    Formula(
        _TOPIC,
        "XOR needs a hidden layer",
        r"b < 0,\; w_1 + b \ge 0,\; w_2 + b \ge 0, \quad \Rightarrow\; w_1 + w_2 + b \ge -b > 0",
        "So (1, 1) falls into the class of (1, 0) and (0, 1).",
    ),
)
