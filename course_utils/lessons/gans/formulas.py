"""What lecture 12 contributes to the sheet of notes."""

from course_utils.exam.papers.formulas import Formula

_TOPIC = "GANs"

FORMULAS = (
    Formula(
        _TOPIC,
        "Min-max game",
        r"\min_G \max_D\; \mathbb{E}_x \log D(x) + \mathbb{E}_z \log(1 - D(G(z)))",
        "$z$ noise, $G(z)$ a sample, $D$ the probability that it is real.",
    ),
    Formula(
        _TOPIC,
        "Non-saturating loss",
        r"L_G = -\log D(G(z)),\quad \frac{\partial L_G}{\partial a} = -(1 - \sigma(a))",
        "Min-max: the slope is $-\\sigma(a)$, nearly 0 where $D = \\sigma(a)$ is near 0.",
    ),
    Formula(
        _TOPIC,
        "Best discriminator",
        r"D^*(x) = \frac{p(x)}{p(x) + q(x)},\quad V = -\log 4 + 2\,\mathrm{JS}(p, q)",
        "At $p = q$: $D^* = 1/2$, loss of $D$ $\\log 4$, of $G$ $\\log 2$.",
    ),
    Formula(
        _TOPIC,
        "Mini-batch discrimination",
        r"o_i = \frac{1}{n - 1} \sum_{j \neq i} e^{-\lVert m_i - m_j \rVert_1}",
        "Further inputs of $D$'s last layer; real and generated batches apart.",
    ),
    Formula(
        _TOPIC,
        "Unrolled GAN",
        r"G \text{ minimizes } L_G(G, D_K),\quad D_{k+1} = D_k - \eta \nabla L_D(D_k)",
        "$D$ itself takes one ordinary step.",
    ),
)
