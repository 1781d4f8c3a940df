"""What lecture 13 contributes to the sheet of notes."""

from course_utils.exam.papers.formulas import Formula

_TOPIC = "PyTorch shapes"

FORMULAS = (
    Formula(
        _TOPIC,
        "Convolution",
        r"(N, C_{\text{in}}, H, W) \to (N, C_{\text{out}}, H', W'), \quad H' = H - k + 1",
        "`nn.Conv2d(C_in, C_out, k)`, stride 1, no padding. The next layer takes `C_out` channels.",
    ),
    Formula(
        _TOPIC,
        "Into a linear layer",
        r"(N, C, H, W) \to (N, C\,H\,W)",
        "`x.flatten(1)`, then `nn.Linear(C * H * W, outputs)`.",
    ),
    Formula(
        _TOPIC,
        "Addition",
        r"(\ldots, a) + (\ldots, b):\quad a = b \;\text{ or }\; a = 1 \;\text{ or }\; b = 1",
        "So for each pair of sizes, counted from the last.",
    ),
    Formula(
        _TOPIC,
        "One device",
        r"\operatorname{device}(x) = \operatorname{device}(W) = \operatorname{device}(b)",
        "Move the network and its input, and nothing in between. A layer that `forward` uses is"
        " made in `__init__`.",
    ),
)
