"""An alarm that rings when a room is too full, by four ways to count."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from course_utils import style
from course_utils.explorers import Choice, Explorable, Slider
from course_utils.lessons.seeing_objects import sets
from course_utils.lessons.seeing_objects.counting import WAYS, Alarm, alarm, counts
from course_utils.seeds import seeds

_FEWEST, _MOST = 4, 12  # people in these rooms


class Rung(NamedTuple):
    """What was counted in the rooms, and how wrong an alarm by each way is."""

    people: np.ndarray
    counted: np.ndarray
    limit: int  # the alarm rings above
    capacity: int
    way: str
    alarms: dict[str, Alarm]


def _compute(way: str, capacity: int, above: int) -> Rung:
    rooms = sets.near_capacity()
    found = counts(seeds(1)[0], rooms)
    alarms = {each: alarm(found[each], rooms.people, capacity, above) for each in WAYS}
    return Rung(rooms.people, np.round(found[way]), capacity + above, capacity, way, alarms)


def _draw(figure: Figure) -> Callable[[Rung], None]:
    figure.subplots_adjust(left=0.07, right=0.98, top=0.9, bottom=0.26, wspace=0.55)
    left, right = figure.subplots(1, 2, width_ratios=[1.25, 1])
    left.set(
        title=f"{len(sets.near_capacity().people)} rooms, one dot each",
        xlabel="people in the room",
        ylabel="people counted",
    )
    left.set(xlim=(_FEWEST - 0.6, _MOST + 0.6), ylim=(-0.6, 20), yticks=range(0, 21, 4))
    aside = np.random.default_rng(0).uniform(-0.35, 0.35, (2, len(sets.near_capacity().people)))
    dots = [
        left.plot([], [], "o", ms=4, color=colour, label=label)[0]
        for label, colour in (
            ("right", style.DATA),
            ("missed", style.WRONG),
            ("false alarm", style.PREDICTION),
        )
    ]
    left.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=3)
    full = left.axvline(0, color=style.REFERENCE, lw=1.5)
    rings = left.axhline(0, color=style.NEUTRAL, lw=1.5, ls="--")
    right.set(title="Wrong decisions by each way", xlabel="share of rooms (%)", xlim=(0, 100))
    right.set(yticks=range(len(WAYS)), yticklabels=WAYS, ylim=(len(WAYS) - 0.5, -0.5))
    places = np.arange(len(WAYS))
    bars = [
        right.barh(places + shift, np.zeros(len(WAYS)), 0.36, color=colour, label=label)
        for shift, colour, label in (
            (-0.2, style.WRONG, "missed, of the full"),
            (0.2, style.PREDICTION, "false, of the others"),
        )
    ]
    right.legend(loc="upper center", bbox_to_anchor=(0.3, -0.2), ncols=2)

    def update(data: Rung) -> None:
        too_full, ring = data.people > data.capacity, data.counted > data.limit
        for line, chosen in zip(
            dots, (too_full == ring, too_full & ~ring, ~too_full & ring), strict=True
        ):
            line.set_data(
                data.people[chosen] + aside[0, chosen], data.counted[chosen] + aside[1, chosen]
            )
        full.set_xdata([data.capacity + 0.5] * 2)
        rings.set_ydata([data.limit + 0.5] * 2)
        for container, rates in zip(bars, zip(*data.alarms.values(), strict=True), strict=True):
            for bar, rate in zip(container, rates, strict=True):
                bar.set_width(100 * rate)

    return update


def _describe(data: Rung) -> str:
    missed, false = data.alarms[data.way]
    return (
        f"By the {data.way}, an alarm that rings above {data.limit} misses {100 * missed:.0f} % of"
        f" the rooms with more than {data.capacity} people, and rings in {100 * false:.0f} % of the"
        " others."
    )


def _numbers(data: Rung) -> dict[str, str]:
    missed, false = data.alarms[data.way]
    return {"missed": f"{100 * missed:.0f} %", "false alarms": f"{100 * false:.0f} %"}


capacity_alarm = Explorable(
    name="capacity_alarm",
    title="The capacity alarm",
    compute=_compute,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        Choice(
            "way",
            list(WAYS),
            value=WAYS[1],
            label="counted by",
            help="What is counted, on the networks' maps of a mask or of heads.",
        ),
        Slider("capacity", 5, 11, value=sets.CAPACITY, unit="people", label="capacity",
               help="How many people the room is made for."),
        Slider("above", -3, 3, value=0, unit="people", label="rings above capacity plus",
               help="Below 0 the alarm rings early, above 0 late."),
    ],
    presets={
        "regions": {"way": WAYS[0]},
        "peaks, two people early": {"way": WAYS[1], "above": -2},
        "sum of the heat": {"way": WAYS[3]},
    },
    snapshots=[{}, {"way": WAYS[0]}, {"way": WAYS[3]}, {"above": -2}],
    size=(9.6, 4.2),
)  # fmt: skip
