"""What lecture 06 contributes to the sheet of notes."""

from course_utils.exam.papers.formulas import Formula

_TOPIC = "batch norm"

FORMULAS = (
    Formula(
        _TOPIC,
        "Batch norm in training",
        r"\hat x_i = \frac{x_i - \mu}{\sqrt{\sigma^2 + \varepsilon}},\quad"
        r" y_i = \gamma \hat x_i + \beta",
        "$\\mu$, $\\sigma^2$ (over $n$) of the batch: per unit; per channel over positions too.",
    ),
    Formula(
        _TOPIC,
        "Running statistics",
        r"r \leftarrow (1 - m)\,r + m\,b,\quad m = 0.1",
        "$b$: the batch's; its variance over $n - 1$. Used at inference: not to be skipped.",
    ),
    Formula(
        _TOPIC,
        "Batch norm, backward",
        r"\frac{\partial L}{\partial x_i} = \frac{\gamma}{\sqrt{\sigma^2 + \varepsilon}}"
        r" \left( e_i - \overline{e} - \hat x_i\,\overline{e \hat x} \right)",
        "$e_i = \\partial L/\\partial y_i$; a bar is the mean over the batch.",
    ),
    Formula(
        _TOPIC,
        "Folded into the layer before",
        r"s = \frac{\gamma}{\sqrt{\sigma^2 + \varepsilon}},\quad W' = W s,\quad"
        r" b' = (b - \mu)\,s + \beta",
        "At inference; $s$ scales each unit's weights.",
    ),
)
