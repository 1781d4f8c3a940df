"""Who measured what in item 3.1: two features of some samples, told in a sentence."""

from dataclasses import dataclass

import numpy as np

from course_utils.data import ENZYMES


@dataclass(frozen=True)
class Feature:
    """A quantity with its unit and the range that its values may come from."""

    name: str
    unit: str
    low: int
    high: int

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})" if self.unit else self.name


@dataclass(frozen=True)
class Scene:
    """What was measured: two features of some samples, told in one sentence."""

    story: str
    features: tuple[Feature, Feature]


EXAM_SCENE = Scene(
    "In the blood of four patients, two enzymes were measured; patients"
    f" {' and '.join(str(i + 1) for i in np.flatnonzero(ENZYMES.zombie))} have since turned into"
    " zombies.",
    (
        Feature(ENZYMES.features[0], "µl", 0, 200),
        Feature(ENZYMES.features[1], "µl", 0, 200),
    ),
)
SCENES = (
    Scene(
        "A botanist measured some seedlings after a month.",
        (Feature("Height", "mm", 20, 180), Feature("Leaves", "", 2, 40)),
    ),
    Scene(
        "A courier wrote down the parcels of one tour.",
        (Feature("Weight", "kg", 1, 60), Feature("Distance", "km", 2, 150)),
    ),
    Scene(
        "A beekeeper observed some hives for an hour each.",
        (Feature("Departures", "", 10, 200), Feature("Temperature", "°C", 8, 36)),
    ),
    Scene(
        "A radio station keeps a list of songs.",
        (Feature("Length", "s", 100, 300), Feature("Tempo", "beats/min", 60, 180)),
    ),
    Scene(
        "A baker noted how some loaves were made.",
        (Feature("Baking time", "min", 15, 70), Feature("Salt", "g", 2, 40)),
    ),
    Scene(
        "A weather station reported some days.",
        (Feature("Rain", "mm", 1, 60), Feature("Wind", "km/h", 4, 120)),
    ),
    Scene(
        "A climbing club compared some routes.",
        (Feature("Length", "m", 10, 200), Feature("Bolts", "", 3, 40)),
    ),
    Scene(
        "A clinic recorded some patients at rest.",
        (Feature("Heart rate", "beats/min", 45, 130), Feature("Breaths", "per min", 8, 36)),
    ),
)
