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
    sigma = float(np.exp(rng.uniform(np.log(0.05), np.log(1.5))))  # σ, √σ and 1 are far apart
    places = rng.permutation(400)[:modes]
    centres = 10 * sigma * np.column_stack([places % 20, places // 20])  # reaches do not overlap
    count = rng.choice([0, 3, 9, 14, 25, 40, 90], modes)
    owner = np.repeat(np.arange(modes), count)
    # Of some, most are beyond three sigma, up to where another centre is nearer.
    wide = rng.choice([0.3, 1.0, 2.2, 4.0], modes)[owner, None]
    scattered = wide * rng.normal(size=(len(owner), 2))
    # Others lie on an axis or at the corners of a square: just inside of three sigma, or outside.
    corner = rng.choice([0, 0, 0, 1.8, 2.0, 2.24, 2.5, 2.6, 3.1], modes)[owner, None]
    on_axis = rng.uniform(size=modes)[owner, None] < 0.2
    way = rng.choice([-1, 1], scattered.shape) * np.where(on_axis, [1.0, 0.0], [1.0, 1.0])
    at_corners = corner * way + 0.1 * np.clip(scattered / wide, -2, 2)
    samples = centres[owner] + sigma * np.where(corner > 0, at_corners, scattered)
    return rng.permutation(samples), centres, sigma


def _one_in_a_hundred(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, float]:
    """Return 400 samples, of which exactly four, or three, are near to each centre."""
    centres = 6.0 * np.stack([np.arange(12), np.arange(12)], axis=1)
    owner = np.repeat(np.arange(12), rng.permutation(np.resize([3, 4, 4], 12)))
    near = centres[owner] + rng.uniform(-0.5, 0.5, (len(owner), 2))
    return np.concatenate([near, np.full((400 - len(owner), 2), -9.0)]), centres, 0.5


def _uneven(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, float]:
    """Return samples near seven centres: many, few, less than 1 %, none, or at three sigma."""
    sigma = float(rng.uniform(0.1, 0.3))
    centres = 8 * sigma * np.column_stack([rng.permutation(7), np.zeros(7)])
    count = [190, 90, 10, 2, 4, 4]
    owner, angle = np.repeat(np.arange(6), count), rng.uniform(0, 2 * np.pi, 300)
    near = rng.uniform(0.5, 1.2, 300)
    radius = np.where(owner < 4, near, np.where(owner == 4, 2.95, 3.05))[:, None]
    samples = centres[owner] + sigma * radius * np.column_stack([np.cos(angle), np.sin(angle)])
    return rng.permutation(samples), centres, sigma


def _shares(samples: np.ndarray, centres: np.ndarray, reach: float) -> np.ndarray:
    return (_apart(samples, centres) <= reach).mean(axis=0)


def _covered(apart: np.ndarray, sigma: float) -> int:
    return int(np.sum((apart <= _REACH * sigma).mean(axis=0) >= _SHARE))


def _nearest(samples: np.ndarray, centres: np.ndarray, _: float) -> int:
    owner = _apart(samples, centres).argmin(axis=1)
    shares = np.bincount(owner, minlength=len(centres)) / len(samples)
    return int(np.sum(shares >= _SHARE))


def _of_those_near(samples: np.ndarray, centres: np.ndarray, sigma: float) -> int:
    near = _apart(samples, centres) <= _REACH * sigma
    return int(np.sum(near.sum(axis=0) >= _SHARE * near.any(axis=1).sum()))


check_modes_covered = Exercise(
    item="12.4",
    lecture=LECTURE,
    name="modes_covered",
    title="Modes covered",
    reference=modes_covered,
    results=("the number of modes",),
    rounds={
        "the modes that fresh samples cover": _drawn,
        "centres with exactly 1 % of the samples": _one_in_a_hundred,
        "samples nearly all in two modes": _uneven,
    },
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
            "the reach is four sigma; it is three",
            lambda x, c, s: int(np.sum(_shares(x, c, 4 * s) >= _SHARE)),
        ),
        Fault(
            "exactly 1 % is refused; at least 1 % is asked for",
            lambda x, c, s: int(np.sum(_shares(x, c, _REACH * s) > _SHARE)),
        ),
        Fault(
            "1 % is taken of the samples that are near to a centre; it is of all samples",
            _of_those_near,
        ),
        Fault(
            "that is yes or no for each centre; return how many are covered",
            lambda x, c, s: _shares(x, c, _REACH * s) >= _SHARE,
        ),
        Fault(
            "the squared distance is compared with 3σ²; three sigma, squared, are 9σ²",
            lambda x, c, s: int(np.sum(_shares(x, c, 3**0.5 * s) >= _SHARE)),
        ),
        Fault(
            "squared distances are compared with three sigma; take the root first",
            lambda x, c, s: int(np.sum(_shares(x, c, (_REACH * s) ** 0.5) >= _SHARE)),
        ),
        Fault(
            "each coordinate is within three sigma by itself, which is a square; the distance must"
            " be",
            lambda x, c, s: _covered(np.abs(x[:, None] - c).max(axis=2), s),
        ),
        Fault(
            "the differences of the coordinates are added up; the distance is the root of the sum"
            " of their squares",
            lambda x, c, s: _covered(np.abs(x[:, None] - c).sum(axis=2), s),
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
        Fault(
            "the share is to be 10 %; at least 1 % is asked for",
            lambda x, c, s: int(np.sum(_shares(x, c, _REACH * s) >= 0.1)),
        ),
        Fault(
            "squared distances are compared with 9σ; three sigma, squared, are 9σ²",
            lambda x, c, s: int(np.sum(_shares(x, c, 3 * s**0.5) >= _SHARE)),
        ),
        Fault(
            "1 % of the samples is rounded down, so that fewer are enough",
            lambda x, c, s: int(
                np.sum((_apart(x, c) <= _REACH * s).sum(0) >= int(_SHARE * len(x)))
            ),
        ),
        Fault(
            "the mean distance of all samples is compared; count those within three sigma",
            lambda x, c, s: int(np.sum(_apart(x, c).mean(0) <= _REACH * s)),
        ),
        Fault(
            "the reach is 3; it is 3 · sigma",
            lambda x, c, s: int(np.sum(_shares(x, c, 3) >= _SHARE)),
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
