"""Exam item 2.6: whether a piecewise activation can be trained by gradient descent."""

import random

from course_utils.exam import draw_until
from course_utils.exam.kinds.short_text import Criterion, Sample
from course_utils.exam.text_item import Case, TextItem
from course_utils.lessons.activations.piecewise import Piece, Piecewise, zero_shares
from course_utils.typography import number

_LE, _GE = r"\le", r"\ge"
_Marking = tuple[tuple[Criterion, ...], Sample, Sample]


class PiecewiseActivation(TextItem[Piecewise]):
    """Item 2.6: plateaus beside a sloping middle, stairs, or slopes everywhere."""

    id = "2.6"
    title = "A new activation"

    def exam(self) -> Piecewise:
        """Return the exam's function: 0, then x between −0.5 and 0.5, then 1."""
        return Piecewise((Piece(0, 0, -0.5), Piece(1, 0, 0.5, closed=True), Piece(0, 1)))

    def draw(self, rng: random.Random) -> Piecewise:
        """Return another function, of one of three sorts."""
        return rng.choice((_plateaus, _stairs, _slopes))(rng)

    def solve(self, facts: Piecewise) -> Case:
        """Return the rubric that fits the function, with what running it shows."""
        flat = [piece.slope == 0 for piece in facts.pieces]
        mark = _for_stairs if all(flat) else _for_plateaus if any(flat) else _for_slopes
        rubric, full, partial = mark(facts)
        shares = zero_shares(facts)
        return Case(
            scenario=(
                "Somebody proposes to use this function as the activation of all hidden layers:\n\n"
                f"$$f(x) = {_latex(facts)}$$\n\n"
                "Can networks built with it be trained well by stochastic gradient descent?"
                " Decide and give the reasons; say exactly where the gradient is zero and where it"
                " is not, and what happens at the borders of the pieces."
            ),
            rubric=rubric,
            full=full,
            partial=partial,
            derivation=(
                "Measured on a network of two layers with this activation, standard normal inputs"
                f" and weights that keep their variance: {_percent(shares.derivative)} of the first"
                f" layer's derivatives $f'(z)$ and {_percent(shares.weights)} of the gradients of"
                " its weights were exactly 0."
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


def _for_stairs(f: Piecewise) -> _Marking:
    return (
        (
            Criterion(
                "No: every piece is flat, so the gradient is zero wherever it exists, and no weight"
                " below the activation ever changes.",
                1.5,
                f"Measured: {_zeros(f)} of the derivatives are 0.",
            ),
            Criterion(
                "At the borders the function jumps and has no derivative; a gradient does not see a"
                " jump.",
                0.5,
                _jumps(f),
            ),
        ),
        Sample(
            "No. <1>Every step is flat, so the gradient is zero wherever there is one, and the"
            " weights below stay as they are.</1> <2>Between two steps it jumps and has no"
            " derivative: of the jump a gradient knows nothing.</2>"
        ),
        Sample(
            "<1>It cannot be trained: the slope is 0 everywhere, so that no error gets through and"
            " nothing is learned below.</1> More steps would help.",
            lacks={2: "The jumps are not mentioned, and more steps are as flat."},
        ),
    )


def _for_slopes(f: Piecewise) -> _Marking:
    slopes = ", ".join(number(piece.slope) for piece in f.pieces)
    return (
        (
            Criterion(
                "Yes: no piece is flat, so that a gradient reaches every unit, whatever its input.",
                1,
                f"The slopes are {slopes}; measured: {_zeros(f)} of the derivatives are 0.",
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
                f"Left and right of {_borders(f)} it takes the same values.",
            ),
        ),
        Sample(
            "Yes. <1>Its slope is nowhere 0, so every unit gets a gradient.</1> <2>Since the slope"
            " changes, it is no linear function, and layers do not become one.</2> <3>It has kinks"
            " and no jumps; at a kink one simply takes one of the two slopes.</3>"
        ),
        Sample(
            "Yes, <1>because the derivative is never 0 and all weights can learn</1>. At a border"
            " there is no derivative, so training stops whenever an input lies there.",
            lacks={
                2: "It does not say that the function has to be, and is, nonlinear.",
                3: "A kink does not stop training: either of the two slopes will do.",
            },
        ),
    )


def _for_plateaus(f: Piecewise) -> _Marking:
    slope = number(next(piece.slope for piece in f.pieces if piece.slope))
    middle = _percent(1 - zero_shares(f).derivative)
    return (
        (
            Criterion(
                "Not well: outside of the middle piece the gradient is exactly zero; for such a"
                " sample the unit passes nothing back, and a unit for which all samples lie there"
                " does not learn.",
                1,
                f"Measured with standard normal inputs: {_zeros(f)} of the derivatives are 0. Of a"
                " ReLU, which has no jumps, 50 % are: the share alone decides nothing. (“It can,"
                " but the gradient is a poor guide”, with this reason, earns the same.)",
            ),
            Criterion(
                f"Inside the middle piece the slope is {slope}: the gradient is not zero"
                " everywhere.",
                0.5,
                f"Measured: {middle} of the derivatives are not 0.",
            ),
            Criterion(
                "At both borders the function jumps: a small step can change the output by a whole"
                " jump, of which the gradient says nothing.",
                0.5,
                _jumps(f),
            ),
        ),
        Sample(
            "Not well. <1>Left and right of the middle $f$ is constant: its gradient is 0 there, a"
            " unit sends nothing back for such a sample, and with no others it does not learn.</1>"
            f" <2>Only in the middle does a slope of {slope} get through.</2> <3>At both borders"
            " $f$ jumps;"
            " the gradient does not show how far the output moves there.</3>"
        ),
        Sample(
            "No, <1>the outer pieces are constant, so for samples that lie there the gradient is 0,"
            " and a unit with no others never learns</1>. So the gradient is zero everywhere, and"
            " nothing at all is learned.",
            lacks={
                2: f"It says that the gradient is zero everywhere; in the middle it is {slope}.",
                3: "The jumps at the borders are not mentioned.",
            },
        ),
    )


def _zeros(f: Piecewise) -> str:
    return _percent(zero_shares(f).derivative)


def _borders(f: Piecewise) -> str:
    return " and ".join(number(border) for border in f.borders)


def _jumps(f: Piecewise) -> str:
    sizes = " and ".join(dict.fromkeys(number(abs(jump)) for jump in f.jumps()))
    return f"It jumps by {sizes} at {_borders(f)}."


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
