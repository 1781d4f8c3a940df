"""A guess and a measurement on one scale, as SVG in the colours of the page around it."""

from collections.abc import Mapping
from html import escape
from typing import Any

import numpy as np

from course_utils import style
from course_utils.predictions import axis
from course_utils.predictions.kinds import Curve, Number
from course_utils.predictions.prediction import Prediction

_WIDTH, _EDGE = 560, 40
_INK = "stroke='currentColor' stroke-opacity='0.35'"


def picture(asked: Prediction, guess: Any, measured: Any) -> str:
    """Return an SVG element; empty for a choice, which has no scale."""
    if isinstance(asked, Number):
        return _line(asked, guess, measured)
    if isinstance(asked, Curve):
        return _curves(asked, guess, measured)
    return ""


def _line(asked: Number, guess: float | None, measured: np.ndarray) -> str:
    place = axis.place(asked.low, asked.high, asked.log)

    def x(value: float) -> int:
        return round(_EDGE + (_WIDTH - 2 * _EDGE) * min(1.04, max(-0.04, float(place(value)))))

    level = 26
    parts = [_ticks(asked.spec()["axis"], level)]
    parts += [
        f"<circle cx='{x(float(f'{value:.2g}'))}' cy='{level}' r='5' fill='{style.DATA}'"
        " stroke='white' stroke-width='1'/>"
        for value in measured
    ]
    if guess is not None:
        parts.append(f"<path d='M{x(guess)} {level - 7}l-6 -11h12z' fill='{style.PREDICTION}'/>")
    legend = _legend(56, guess is not None)
    unit = f"<text x='{_WIDTH - 2}' y='12' text-anchor='end'>{escape(asked.unit)}</text>"
    return _svg(84, "".join(parts) + unit + legend)


def _ticks(scale: Mapping[str, Any], level: int) -> str:
    """Return a horizontal scale at a height in pixels, with its ticks and numbers below it."""
    inner = _WIDTH - 2 * _EDGE
    parts = [f"<path d='M{_EDGE} {level}h{inner}' {_INK}/>"]
    for tick in scale["ticks"]:
        at = round(_EDGE + inner * tick["at"])
        parts.append(f"<path d='M{at} {level}v5' {_INK}/>")
        parts.append(
            f"<text x='{at}' y='{level + 18}' text-anchor='middle'>{escape(tick['label'])}</text>"
        )
    return "".join(parts)


def _curves(asked: Curve, guess: np.ndarray | None, measured: tuple[np.ndarray, np.ndarray]) -> str:
    left, top, width, height = 64, 10, _WIDTH - 84, 190
    x, y = asked.shares(measured)
    inside = (x >= 0) & (x <= 1)
    x, y = x[inside], y[:, inside]
    spec = asked.spec()

    def points(across: np.ndarray, up: np.ndarray) -> str:
        pairs = zip(across, up, strict=True)
        return " ".join(f"{left + width * a:.0f},{top + height * (1 - u):.0f}" for a, u in pairs)

    parts = [f"<rect x='{left}' y='{top}' width='{width}' height='{height}' fill='none' {_INK}/>"]
    for tick in spec["x"]["ticks"]:
        at = round(left + width * tick["at"])
        label = escape(tick["label"])
        parts.append(f"<text x='{at}' y='{top + height + 16}' text-anchor='middle'>{label}</text>")
    for tick in spec["y"]["ticks"]:
        at = round(top + height * (1 - tick["at"]))
        label = escape(tick["label"])
        parts.append(f"<text x='{left - 6}' y='{at + 4}' text-anchor='end'>{label}</text>")
    band = points(
        np.concatenate([x, x[::-1]]), np.concatenate([y.min(axis=0), y.max(axis=0)[::-1]])
    )
    parts.append(f"<polygon points='{band}' fill='{style.DATA}' fill-opacity='0.35'/>")
    parts.append(_stroke(points(x, y.mean(axis=0)), style.DATA))
    if guess is not None:
        sketch = points(np.linspace(0, 1, len(guess)), np.clip(guess, 0, 1))
        parts.append(_stroke(sketch, style.PREDICTION, " stroke-dasharray='7 4'"))
    middle = left + width // 2
    bottom = top + height + 36
    xlabel, ylabel = escape(asked.xlabel), escape(asked.ylabel)
    parts.append(f"<text x='{middle}' y='{bottom}' text-anchor='middle'>{xlabel}</text>")
    parts.append(
        f"<text transform='translate(14 {top + height // 2}) rotate(-90)'"
        f" text-anchor='middle'>{ylabel}</text>"
    )
    return _svg(bottom + 30, "".join(parts) + _legend(bottom + 20, guess is not None))


def _stroke(points: str, color: str, more: str = "") -> str:
    return f"<polyline points='{points}' fill='none' stroke='{color}' stroke-width='2.5'{more}/>"


def _legend(level: int, guessed: bool) -> str:
    entries = [(style.DATA, "measured")] + ([(style.PREDICTION, "predicted")] if guessed else [])
    parts = []
    for place, (color, word) in enumerate(entries):
        at = _EDGE + 110 * place
        parts.append(f"<circle cx='{at}' cy='{level}' r='5' fill='{color}'/>")
        parts.append(f"<text x='{at + 10}' y='{level + 4}'>{word}</text>")
    return "".join(parts)


def _svg(height: int, content: str) -> str:
    # The words beside it say the same, so that screen readers may pass it by.
    return (
        f"<svg viewBox='0 0 {_WIDTH} {height}' aria-hidden='true' font-family='sans-serif'"
        f" style='max-width:{_WIDTH}px;width:100%;display:block;margin-top:4px' font-size='12'"
        f" fill='currentColor'>{content}</svg>"
    )
