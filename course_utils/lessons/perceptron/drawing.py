"""A perceptron with two inputs, drawn with numbered blanks."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Literal

Role = Literal["input 1", "input 2", "weight 1", "weight 2", "bias", "sum", "activation", "output"]
ROLES: tuple[Role, ...] = (
    "input 1",
    "input 2",
    "weight 1",
    "weight 2",
    "bias",
    "sum",
    "activation",
    "output",
)

WIDTH, HEIGHT = 720, 300
PLACES: dict[Role, tuple[float, float]] = {
    "input 1": (100, 62),
    "input 2": (100, 208),
    "weight 1": (232, 92),
    "weight 2": (232, 178),
    "bias": (360, 246),
    "sum": (360, 135),
    "activation": (500, 135),
    "output": (636, 135),
}
RADIUS = 24
_BADGE = 13
ARROWS: tuple[tuple[Role, Role], ...] = (
    ("input 1", "sum"),
    ("input 2", "sum"),
    ("bias", "sum"),
    ("sum", "activation"),
    ("activation", "output"),
)


@dataclass(frozen=True)
class Drawing:
    """How the perceptron is drawn.

    Attributes
    ----------
    number
        The blank's number of every role.
    mirrored
        Whether the signal runs from right to left.
    """

    number: Mapping[Role, int]
    mirrored: bool = False

    def svg(self, labels: Mapping[Role, str]) -> str:
        """Return the drawing as SVG, with the labels that are known written beside their blanks.

        Lines and text take the colour of the text around the drawing.
        """
        body = [self._arrow(*ends) for ends in ARROWS]
        body += [self._node(role) for role in ROLES]
        body += [self._label(role, text) for role, text in labels.items()]
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
            f' aria-label="{escape(self.words())}" fill="none" stroke="currentColor"'
            ' stroke-width="1.6" font-family="sans-serif" font-size="14">'
            f"{''.join(body)}</svg>"
        )

    def words(self) -> str:
        """Return the drawing in words, for those who cannot see it and where it cannot be shown."""
        n = {role: f"({number})" for role, number in self.number.items()}
        start, end = ("right", "left") if self.mirrored else ("left", "right")
        return (
            f"Drawing of a perceptron: on the {start} two circles, {n['input 1']} above"
            f" {n['input 2']}; an arrow leads from each to the circle {n['sum']} in the middle, and"
            f" on these arrows stand {n['weight 1']} and {n['weight 2']}. From below, a third arrow"
            f" leads from {n['bias']} to {n['sum']}. From {n['sum']} an arrow leads to the box"
            f" {n['activation']}, and from there one to {n['output']} on the {end}."
        )

    def _place(self, role: Role) -> tuple[float, float]:
        x, y = PLACES[role]
        return (WIDTH - x if self.mirrored else x), y

    def _arrow(self, start: Role, end: Role) -> str:
        """Return a line from rim to rim with its head."""
        (x, y), (u, v) = self._place(start), self._place(end)
        length = ((u - x) ** 2 + (v - y) ** 2) ** 0.5
        dx, dy = (u - x) / length, (v - y) / length
        gap = RADIUS + 3
        x, y, u, v = x + gap * dx, y + gap * dy, u - gap * dx, v - gap * dy
        back, side = 9, 4.5
        head = " ".join(
            f"{u - back * dx + s * side * dy:.1f},{v - back * dy - s * side * dx:.1f}"
            for s in (1, -1)
        )
        return (
            f'<path d="M{x:.1f},{y:.1f} L{u - 6 * dx:.1f},{v - 6 * dy:.1f}"/>'
            f'<polygon points="{u:.1f},{v:.1f} {head}" fill="currentColor" stroke="none"/>'
        )

    def _node(self, role: Role) -> str:
        x, y = self._place(role)
        number = (
            f'<text x="{x}" y="{y + 5}" text-anchor="middle" fill="currentColor" stroke="none"'
            f' font-weight="600">{self.number[role]}</text>'
        )
        if role in ("weight 1", "weight 2"):
            paper = "var(--jp-layout-color1, white)"
            return f'<circle cx="{x}" cy="{y}" r="{_BADGE}" fill="{paper}"/>{number}'
        if role == "activation":
            box = f'x="{x - RADIUS}" y="{y - RADIUS}" width="{2 * RADIUS}"'
            return f'<rect {box} height="{2 * RADIUS}" rx="7"/>{number}'
        return f'<circle cx="{x}" cy="{y}" r="{RADIUS}"/>{number}'

    def _label(self, role: Role, text: str) -> str:
        x, y = self._place(role)
        above = role in ("weight 1", "sum", "activation", "output", "input 1")
        reach = _BADGE if role in ("weight 1", "weight 2") else RADIUS
        y += -reach - 8 if above else reach + 18
        return (
            f'<text x="{x}" y="{y}" text-anchor="middle" fill="currentColor" stroke="none">'
            f"{escape(text)}</text>"
        )
