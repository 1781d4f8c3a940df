"""The exam's blood samples: two enzymes, four patients, and who turned into a zombie."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class EnzymeTable:
    """Concentrations and outcomes.

    Attributes
    ----------
    features
        The enzymes' names, in the order of the columns of ``x``.
    x
        float64 array (samples, features), concentrations in µl.
    zombie
        bool array (samples,): whether the patient turned into a zombie.
    """

    features: tuple[str, ...]
    x: np.ndarray
    zombie: np.ndarray


ENZYMES = EnzymeTable(
    features=("Braineatase", "Prettysmelliase"),
    x=np.array([[42.0, 0.0], [62.0, 12.0], [102.0, 4.0], [122.0, 16.0]]),
    zombie=np.array([True, False, False, True]),
)
"""The four samples of exam items 3.1 to 3.4. Copy ``x`` before changing it."""
for _array in (ENZYMES.x, ENZYMES.zombie):
    _array.setflags(write=False)
