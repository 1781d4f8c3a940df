"""What lecture 04 contributes to the sheet of notes."""

from course_utils.exam.papers.formulas import Formula

_TOPIC = "deep networks"

FORMULAS = (
    Formula(
        _TOPIC,
        "Fully connected layer",
        r"z = W x + b,\quad \hat y = f(z)",
        "$W$ has a row for each output and a column for each input: $(n + 1)\\,m$ parameters for"
        " $n$ inputs and $m$ outputs.",
    ),
    Formula(
        _TOPIC,
        "Two linear layers are one",
        r"W_2 (W_1 x + b_1) + b_2 = \tilde W x + \tilde b,\quad"
        r" \tilde W = W_2 W_1,\quad \tilde b = W_2 b_1 + b_2",
    ),
    Formula(
        _TOPIC,
        "Backward through a layer",
        r"\delta = \frac{\partial L}{\partial z}:\quad"
        r" \frac{\partial L}{\partial W} = \delta x^{\top},\quad"
        r" \frac{\partial L}{\partial b} = \delta,\quad"
        r" \frac{\partial L}{\partial x} = W^{\top} \delta",
    ),
    Formula(
        _TOPIC,
        "Vanishing gradients",
        r"\delta_l = \left(W_{l+1}^{\top} \delta_{l+1}\right) \odot f'(z_l)",
        "A factor for each layer: small ones leave the first layers next to nothing. A skip"
        " connection $y = x + F(x)$ adds the error itself to what comes back through $F$.",
    ),
    Formula(
        _TOPIC,
        "First weights",
        r"\text{Xavier: } \sigma^2 = \frac{2}{n + m},\quad"
        r" \text{He (ReLU): } \sigma^2 = \frac{2}{n}",
        "Normal, mean 0, for fan-in $n$ and fan-out $m$. Equal weights stay equal.",
    ),
    Formula(
        _TOPIC,
        "All weights and biases 0",
        r"z = 0 \;\Rightarrow\; \hat y = \sigma(0) = \tfrac12",
        "Whatever the input, if the last activation is a sigmoid.",
    ),
)
