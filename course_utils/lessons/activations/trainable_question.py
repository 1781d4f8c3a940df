"""Exam item 2.6: whether a piecewise activation can be trained by gradient descent."""

import random
from dataclasses import dataclass

from course_utils.exam import Item, Wording, draw_until
from course_utils.exam.kinds.short_text import Criterion, ShortText
from course_utils.lessons.activations.piecewise import Piece, Piecewise, ZeroShares, zero_shares
from course_utils.typography import number

_LE, _GE = r"\le", r"\ge"


@dataclass(frozen=True)
class Finding:
    """The key: which pieces are flat, where the function jumps, and what was measured."""

    flat: tuple[bool, ...]
    jumps: tuple[float, ...]
    shares: ZeroShares

    @property
    def trainable(self) -> bool:
        """Whether a gradient reaches every unit."""
        return not any(self.flat)


class PiecewiseActivation(Item[Piecewise, Finding]):
    """Item 2.6: plateaus beside a sloping middle, stairs, or slopes everywhere."""

    id = "2.6"

    def exam(self) -> Piecewise:
        """Return the exam's function: 0, then x between −0.5 and 0.5, then 1."""
        return Piecewise((Piece(0, 0, -0.5), Piece(1, 0, 0.5, closed=True), Piece(0, 1)))

    def draw(self, rng: random.Random) -> Piecewise:
        """Return another function, of one of three sorts."""
        return rng.choice((_plateaus, _stairs, _slopes))(rng)

    def solve(self, facts: Piecewise) -> Finding:
        """Return what running the function shows."""
        shares = zero_shares(facts)
        return Finding(tuple(piece.slope == 0 for piece in facts.pieces), facts.jumps(), shares)

    def word(self, facts: Piecewise, key: Finding) -> Wording:
        """Return the question with a rubric that fits the function."""
        rubric = _rubric(facts, key)
        return Wording(
            title="A new activation",
            prompt=(
                "Somebody proposes to use this function as the activation of all hidden layers:\n\n"
                f"$$f(x) = {_latex(facts)}$$\n\n"
                "Can networks built with it be trained well by stochastic gradient descent?"
                " Decide and give the reasons; say exactly where the gradient is zero and where it"
                " is not, and what happens at the borders of the pieces."
            ),
            parts=(ShortText(rubric, _example(facts, key), lines=5),),
            derivation=(
                "Measured on a network of two layers with this activation, standard normal inputs"
                " and weights that keep their variance:"
                f" {_percent(key.shares.derivative)} of the first layer's derivatives"
                f" $f'(z)$ and {_percent(key.shares.weights)} of the gradients of its weights were"
                " exactly 0."
            ),
        )


def _plateaus(rng: random.Random) -> Piecewise:
    """Return a function as in the exam: flat, a slope, flat, with a jump at both borders."""

    def draw() -> Piecewise:
        border = rng.choice((0.2, 0.25, 0.4, 0.5, 0.75))
        slope = rng.choice((1, 2, 0.5, -1))
        low, high = rng.choice(((0, 1), (-1, 1), (0, 2), (-2, 2), (-1, 2)))
        return Piecewise(
            (Piece(0, low, -border), Piece(slope, 0, border, closed=True), Piece(0, high))
        )

    return draw_until(draw, lambda f: all(f.jumps()))


def _stairs(rng: random.Random) -> Piecewise:
    """Return a function of flat steps only."""
    steps = rng.choice((2, 3, 4))
    start, width = rng.choice((-1, -0.5, 0)), rng.choice((0.5, 1, 2))
    height = rng.choice((0.25, 0.5, 1))
    ends = [start + i * width for i in range(steps - 1)]
    return Piecewise(
        tuple(Piece(0, i * height, end) for i, end in enumerate([*ends, float("inf")]))
    )


def _slopes(rng: random.Random) -> Piecewise:
    """Return a continuous function that slopes everywhere, less outside of the middle."""
    border = rng.choice((0.25, 0.5, 1, 2))
    middle = rng.choice((1, 2))
    left, right = rng.sample((0.1, 0.2, 0.25, 0.5), 2)
    return Piecewise(
        (
            Piece(left, (left - middle) * border, -border),
            Piece(middle, 0, border),
            Piece(right, (middle - right) * border),
        )
    )


def _rubric(f: Piecewise, key: Finding) -> tuple[Criterion, ...]:
    share = _percent(key.shares.derivative)
    sizes = " and ".join(dict.fromkeys(number(abs(jump)) for jump in key.jumps))
    borders = " and ".join(number(border) for border in f.borders)
    if all(key.flat):
        return (
            Criterion(
                "No: every piece is flat, so the gradient is zero wherever it exists, and no weight"
                " below the activation ever changes.",
                1.5,
                f"Measured: {share} of the derivatives are 0.",
            ),
            Criterion(
                "At the borders the function jumps and has no derivative; a gradient does not see a"
                " jump.",
                0.5,
                f"It jumps by {sizes} at {borders}.",
            ),
        )
    if key.trainable:
        slopes = ", ".join(number(piece.slope) for piece in f.pieces)
        return (
            Criterion(
                "Yes: no piece is flat, so that a gradient reaches every unit, whatever its input.",
                1,
                f"The slopes are {slopes}; measured: {share} of the derivatives are 0.",
            ),
            Criterion(
                "The function is not linear, so that layers do not collapse into one.",
                0.5,
                "Its slope changes at the borders.",
            ),
            Criterion(
                "At the borders it is continuous; that it has a kink there does no harm, either"
                " slope will do.",
                0.5,
                f"Left and right of {borders} it takes the same values.",
            ),
        )
    middle = next(piece for piece in f.pieces if piece.slope)
    return (
        Criterion(
            "Not well: outside of the middle piece the gradient is exactly zero, so that a unit"
            " whose input lies there passes nothing back and its weights stay as they are.",
            1,
            f"Measured with standard normal inputs: {share} of the derivatives are 0.",
        ),
        Criterion(
            f"Inside the middle piece the slope is {number(middle.slope)}: the gradient is not"
            " zero everywhere.",
            0.5,
            f"Measured: {_percent(1 - key.shares.derivative)} of the derivatives are not 0.",
        ),
        Criterion(
            "At both borders the function jumps: a small step can change the output by a whole"
            " jump, of which the gradient says nothing.",
            0.5,
            f"It jumps by {sizes} at {borders}.",
        ),
    )


def _example(f: Piecewise, key: Finding) -> str:
    return " ".join(criterion.says for criterion in _rubric(f, key))


def _latex(f: Piecewise) -> str:
    """Return the pieces with their conditions."""
    lines = []
    for i, piece in enumerate(f.pieces):
        before = f.pieces[i - 1] if i else None
        low = f"{before.end:g} {'<' if before.closed else _LE} " if before else ""
        high = f" {_LE if piece.closed else '<'} {piece.end:g}"
        if before and piece is f.pieces[-1]:  # 'x > 1' reads better than '1 < x'
            low, high = "", f" {'>' if before.closed else _GE} {before.end:g}"
        lines.append(f"{_formula(piece)} & {low}x{high}")
    return "\\begin{cases} " + " \\\\ ".join(lines) + " \\end{cases}"


def _formula(piece: Piece) -> str:
    if piece.slope == 0:
        return f"{piece.offset:g}"
    slope = {1.0: "", -1.0: "-"}.get(piece.slope, f"{piece.slope:g}\\,")
    offset = f" {'+' if piece.offset > 0 else '-'} {abs(piece.offset):g}" if piece.offset else ""
    return f"{slope}x{offset}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
