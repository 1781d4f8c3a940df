"""Exercise 12.4: how many modes samples cover."""

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.gans.exercises.losses import LECTURE

_SHARE, _REACH = 0.01, 3


def _apart(samples: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Return the distances (samples, centres)."""
    return np.sqrt(((samples[:, None] - centres) ** 2).sum(axis=2))


def modes_covered(samples: np.ndarray, centres: np.ndarray, sigma: float) -> int:
    distances = np.linalg.norm(samples[:, None] - centres[None], axis=2)
    shares = np.mean(distances <= 3 * sigma, axis=0)
    return int(np.sum(shares >= 0.01))


def _drawn(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, float]:
    """Return samples around some of many centres: many, few or none, near and not so near."""
    modes = int(rng.integers(30, 50))
    sigma = float(rng.uniform(0.1, 0.3))
    places = rng.permutation(400)[:modes]
    centres = 8 * sigma * np.column_stack([places % 20, places // 20])  # three sigma do not overlap
    count = rng.choice([0, 3, 9, 14, 40, 90], modes)
    owner = np.repeat(np.arange(modes), count)
    wide = rng.choice([0.3, 1.0, 2.2], modes)[owner, None]  # of some, most are beyond three sigma
    samples = centres[owner] + sigma * wide * rng.normal(size=(len(owner), 2))
    return rng.permutation(samples), centres, sigma


def _shares(samples: np.ndarray, centres: np.ndarray, reach: float) -> np.ndarray:
    return (_apart(samples, centres) <= reach).mean(axis=0)


def _nearest(samples: np.ndarray, centres: np.ndarray, _: float) -> int:
    owner = _apart(samples, centres).argmin(axis=1)
    shares = np.bincount(owner, minlength=len(centres)) / len(samples)
    return int(np.sum(shares >= _SHARE))


check_modes_covered = Exercise(
    item="12.4",
    lecture=LECTURE,
    name="modes_covered",
    title="Modes covered",
    reference=modes_covered,
    results=("the number of modes",),
    rounds={"the modes that fresh samples cover": _drawn},
    faults=(
        Fault(
            "one sample within three sigma is enough here; at least 1 % of all samples must be",
            lambda x, c, s: int(np.sum(_shares(x, c, _REACH * s) > 0)),
        ),
        Fault(
            "every sample counts for the nearest centre, however far it is; only those within three"
            " sigma count",
            _nearest,
        ),
        Fault(
            "the reach is one sigma; it is three",
            lambda x, c, s: int(np.sum(_shares(x, c, s) >= _SHARE)),
        ),
        Fault(
            "the reach is two sigma; it is three",
            lambda x, c, s: int(np.sum(_shares(x, c, 2 * s) >= _SHARE)),
        ),
        Fault(
            "squared distances are compared with three sigma; take the root first",
            lambda x, c, s: int(np.sum(_shares(x, c, (_REACH * s) ** 0.5) >= _SHARE)),
        ),
        Fault(
            "every centre is asked for an equal share of the samples; 1 % is enough",
            lambda x, c, s: int(np.sum(_shares(x, c, _REACH * s) >= 1 / len(c))),
        ),
        Fault(
            "the modes that are *not* covered are counted",
            lambda x, c, s: len(c) - modes_covered(x, c, s),
        ),
        Fault(
            "that is the number of samples within three sigma of a centre; count the centres",
            lambda x, c, s: int((_apart(x, c).min(axis=1) <= _REACH * s).sum()),
        ),
        Fault(
            "that is the share of the modes; return their number",
            lambda x, c, s: modes_covered(x, c, s) / len(c),
        ),
    ),
    hints=(
        "For each centre: which share of the samples is near enough?",
        "`samples[:, None] - centres` has the shape (samples, centres, 2); its norm along the last"
        " axis is the distance of every sample to every centre. Then a mean over the samples.",
        """
        def modes_covered(samples, centres, sigma):
            distances = np.linalg.norm(samples[:, None] - centres, axis=...)
            shares = np.mean(distances <= ..., axis=...)
            return int(np.sum(...))
        """,
    ),
)
