"""What lecture 11 contributes to the sheet of notes."""

from course_utils.exam.papers.formulas import Formula

_TOPIC = "autoencoders"

FORMULAS = (
    Formula(
        _TOPIC,
        "Autoencoder",
        r"z = f(x), \quad \hat x = g(z), \quad \min \, \lVert x - \hat x \rVert^2",
        "A narrow code $z$, or damaged input: otherwise it learns to copy.",
    ),
    Formula(
        _TOPIC,
        "Linear autoencoder",
        r"\hat x = \mu + BA\,(x - \mu), \quad BA \cdot x = (BM)(M^{-1}A) \cdot x",
        "At the minimum $B$ spans the space of the first principal axes: the space, not the axes.",
    ),
    Formula(
        _TOPIC,
        "Denoising autoencoder, loss over the hole",
        r"L = \frac{\sum_i m_i\, (\hat x_i - x_i)^2}{\sum_i m_i}, \quad"
        r" \hat x = h((1 - m)\, x,\; m)",
        "$m_i = 1$ where erased, fresh at every step; the target is the clean $x$. Or $|\\cdot|$.",
    ),
    Formula(
        _TOPIC,
        "What the losses ask for",
        r"\text{squares} \to \text{conditional mean}, \quad"
        r" \text{magnitudes} \to \text{conditional median}",
        "Of the erased pixel, given what is visible: the mean is grey, the median may be blank.",
    ),
)
