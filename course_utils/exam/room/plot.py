"""The plot of what was reached over the attempts."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from html import escape

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from course_utils import style
from course_utils.exam.room.history import Sat


def over_attempts(attempts: Sequence[Sat]) -> tuple[Figure, str]:
    """Return a figure of the share of points by attempt, and what it shows in a sentence.

    Call it inside ``style.styled``.

    Parameters
    ----------
    attempts
        At least two, oldest first.
    """
    shares = [100 * sat.points / sat.full for sat in attempts]
    numbers = range(1, len(attempts) + 1)
    says = (
        f"{len(attempts)} attempts; the last reached {shares[-1]:.0f} %,"
        f" the best {max(shares):.0f} %."
    )
    figure = Figure(figsize=(7.5, 2.5))
    axes = figure.subplots()
    axes.plot(numbers, shares, color=style.NEUTRAL, linewidth=1, zorder=1)
    for modes, colour, label in (
        (("exam", "variant"), style.REFERENCE, "exam"),
        (("practice",), style.PREDICTION, "practice"),
    ):
        chosen = [i for i, sat in enumerate(attempts) if sat.mode in modes]
        if chosen:
            axes.plot(
                [numbers[i] for i in chosen],
                [shares[i] for i in chosen],
                "o",
                color=colour,
                label=label,
            )
    axes.set(ylim=(-4, 104), yticks=(0, 25, 50, 75, 100), xlim=(0.5, max(len(attempts), 4) + 0.5))
    axes.set(xlabel="attempt", ylabel="points in %", title="What you reached")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    if len({sat.mode == "practice" for sat in attempts}) > 1:
        axes.legend(loc="lower right", bbox_to_anchor=(1.01, 1), ncols=2, frameon=False)
    figure.subplots_adjust(bottom=0.24, top=0.86)
    return figure, says


def as_html(attempts: Sequence[Sat], theme: style.Theme) -> str:
    """Return the plot as an HTML picture with its text; empty for fewer than two attempts."""
    if len(attempts) < 2:
        return ""
    png = io.BytesIO()
    with style.styled(theme):
        figure, says = over_attempts(attempts)
        figure.savefig(
            png, format="png", dpi=2 * figure.dpi, transparent=True, metadata={"Software": None}
        )
    data = base64.b64encode(png.getvalue()).decode()
    return f'<img class="course-room-plot" alt="{escape(says)}" src="data:image/png;base64,{data}">'
