"""What lecture 09 contributes to the sheet of notes."""

from course_utils.exam.papers.formulas import Formula

_TOPIC = "recurrent cell"

FORMULAS = (
    Formula(
        _TOPIC,
        "Forward",
        r"o_t = h_{t-1} + x_t,\quad h_t = w\, o_t,\quad \hat y_t = h_t",
        "$w$ is the same at every step.",
    ),
    Formula(
        _TOPIC,
        "Binary cross-entropy",
        r"L_t = -y_t \ln \hat y_t - (1 - y_t) \ln(1 - \hat y_t),\quad"
        r" \frac{\partial L}{\partial \hat y_t} ="
        r" -\frac{y_t}{\hat y_t} + \frac{1 - y_t}{1 - \hat y_t}",
        "It exists for $0 < \\hat y_t < 1$ only: end with a sigmoid.",
    ),
    Formula(
        _TOPIC,
        "Through the state",
        r"\frac{\partial L}{\partial h_t} = \frac{\partial L}{\partial \hat y_t}"
        r" + w\,\frac{\partial L}{\partial h_{t+1}},\quad"
        r" \frac{\partial L}{\partial o_t} = w\,\frac{\partial L}{\partial h_t}",
        "Two ways lead on from $h_t$; at the last step there is one.",
    ),
    Formula(
        _TOPIC,
        "To the weight",
        r"\frac{\partial L}{\partial w} = \sum_t o_t\,\frac{\partial L}{\partial h_t}",
        "The sum over all steps at which it is used.",
    ),
    Formula(
        _TOPIC,
        "Over many steps",
        r"\frac{\partial h_{t+k}}{\partial h_t} = w^k",
        "Explodes for $|w| > 1$, vanishes for $|w| < 1$.",
    ),
)
