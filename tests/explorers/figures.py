"""Explorers to test the engine with."""

from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.explorers import Choice, Explorable, Explorer, Slider, Switch, ghost, in_words

X = np.linspace(0, 2 * np.pi, 100)


def compute(scale: float, method: str, flipped: bool) -> dict[str, Any]:
    functions = {"none": lambda v: v, "square": np.square}
    wave = functions[method](np.sin(X * np.log10(scale + 1)))
    return {"wave": -wave if flipped else wave, "scale": scale}


def draw(figure: Any) -> Callable[[dict[str, Any]], None]:
    left, right = figure.subplots(1, 2)
    (line,) = left.plot(X, 0 * X, label="wave")
    ghost(line)
    left.set(ylim=(-1.1, 1.1), xlabel="time (s)", ylabel="signal")
    left.legend(loc="upper right")
    (mark,) = right.plot([], [], "o")
    right.set(xlim=(1, 1000), ylim=(-1, 1), xlabel="scale", xscale="log")

    def update(data: dict[str, Any]) -> None:
        line.set_ydata(data["wave"])
        mark.set_data([data["scale"]], [data["wave"].mean()])
        right.set_title(f"mean {data['wave'].mean():.2f}")

    return update


def describe(data: dict[str, Any]) -> str:
    return f"At scale {data['scale']:g} the mean is {data['wave'].mean():.2f}."


def controls() -> list[Slider | Choice | Switch]:
    return [
        Slider("scale", 1, 1000, value=10, log=True, unit="×", label="scale", help="Stretches."),
        Choice("method", {"as it is": "none", "squared": "square"}, label="method", help="What."),
        Switch("flipped", label="upside down", help="Turns it over."),
    ]


def numbers(data: dict[str, Any]) -> dict[str, str]:
    return {"mean": f"{data['wave'].mean():.2f}", "at scale": in_words(data["scale"], "×")}


def specification(**changes: Any) -> Explorable:
    """Return what waves are, with some parts replaced."""
    parts: dict[str, Any] = {
        "name": "waves",
        "title": "Waves of <all> scales",
        "compute": compute,
        "draw": draw,
        "describe": describe,
        "numbers": numbers,
        "controls": controls(),
        "snapshots": [{"scale": 1}, {"scale": 100, "method": "square"}, {"flipped": True}],
        "presets": {
            "all of it": {"scale": 1000},
            "squared, upside down": {"method": "square", "flipped": True},
        },
        "size": (6.0, 3.0),
    }
    return Explorable(**parts | changes)


def waves(**changes: Any) -> Explorer:
    """Return an explorer of waves, with some of its parts replaced."""
    return specification(**changes)()
