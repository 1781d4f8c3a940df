"""What lecture 07 contributes to the sheet of notes."""

from course_utils.exam.papers.formulas import Formula

_TOPIC = "convolutional networks"

FORMULAS = (
    Formula(
        _TOPIC,
        "Output size",
        r"n_{\text{out}} = \left\lfloor \frac{n + 2p - k}{s} \right\rfloor + 1",
        "Size $n$, kernel $k$, stride $s$, padding $p$ on each side; valid: $p = 0$. A layer adds"
        " $k - 1$ times the product of the strides before it to the receptive field.",
    ),
    Formula(
        _TOPIC,
        "Parameters of a convolution",
        r"(k^2\, C_{\text{in}} + 1)\, C_{\text{out}}",
        "Whatever the stride and the size of the image.",
    ),
    Formula(
        _TOPIC,
        "Fully connected as convolution",
        r"H \times W \times C \to m:\quad (H W C + 1)\, m",
        "$m$ valid kernels as large as the image compute the same, with as many parameters.",
    ),
    Formula(
        _TOPIC,
        "Max pooling",
        r"y_i = \max_{m \in \text{window } i} x_m,\quad"
        r" \delta_{x_m} = \sum_{i \text{ won by } m} \delta_{y_i}",
        "One winner for each window; a winner of several collects all their errors.",
    ),
    Formula(
        _TOPIC,
        "LeNet-5",
        r"2 \times (\text{conv} \to \text{pool}) \to \text{conv} \to \text{full} \to \text{output}",
        "Sub-sampling with learned weights, tanh; neither ReLU nor skip connections.",
    ),
)
