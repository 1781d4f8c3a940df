"""Exercises 01.4 and 01.6: apply given statistics, and a pipeline without a leak."""

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.normalization.exercises.common import LECTURE, fresh_table
from course_utils.lessons.normalization.exercises.fits import fit_standard
from course_utils.lessons.normalization.model import MeanMax, MinMax, Normalizer, Standard


def transform(x: np.ndarray, offset: np.ndarray, scale: np.ndarray) -> np.ndarray:
    return (x - offset) / scale


def _table_and_statistics(rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    features = int(rng.integers(2, 5))
    x, other = (fresh_table(rng, int(n), features) for n in rng.integers(2, 20, 2))
    fitted = Standard().fit(other)
    return x, fitted.offset_, fitted.scale_


def _whole_numbers(rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    return rng.integers(0, 20, (4, 3)), rng.uniform(0, 9, 3), rng.uniform(2, 4, 3)


def _table_in_large_units(rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Return a table in units so large that even 1e-12, added to a scale, can be seen."""
    x, offset, scale = _table_and_statistics(rng)
    unit = rng.uniform(1e-11, 3e-11, len(scale)) / scale
    return x * unit, offset * unit, scale * unit


def _own(method: type[Normalizer]) -> Fault:
    return Fault(
        f"it takes fresh statistics from x ({method.__name__}); use those it is given",
        lambda x, *_: method().fit(x).transform(x),
    )


def _only_the_last_feature(x: np.ndarray, o: np.ndarray, s: np.ndarray) -> np.ndarray:
    return np.column_stack([x[:, :-1], (x[:, -1] - o[-1]) / s[-1]])


check_transform = Exercise(
    item="01.4",
    lecture=LECTURE,
    name="transform",
    title="Apply the statistics",
    reference=transform,
    results=("z",),
    rounds={
        "(x − offset) / scale with the given statistics, on three fresh tables": (
            _table_and_statistics
        ),
        "integer input is not cut off": _whole_numbers,
        "a small scale is used as it is": _table_in_large_units,
    },
    faults=(
        Fault("the sign is the wrong way round: it is x minus offset", lambda x, o, s: (o - x) / s),
        Fault(
            "the offset is subtracted after the division: brackets are missing",
            lambda x, o, s: x / s - o,
        ),
        Fault("only the offset is divided: brackets are missing", lambda x, o, s: x - o / s),
        Fault("it multiplies by the scale instead of dividing", lambda x, o, s: (x - o) * s),
        Fault("it adds the offset instead of subtracting it", lambda x, o, s: (x + o) / s),
        Fault(
            "this is the way back: subtract the offset first, then divide by the scale",
            lambda x, o, s: x * s + o,
        ),
        Fault("`//` cuts the digits off: divide with `/`", lambda x, o, s: (x - o) // s),
        Fault("the offset is added again in the end", lambda x, o, s: (x - o) / s + o),
        Fault("the offset is subtracted from the scale as well", lambda x, o, s: (x - o) / (s - o)),
        Fault("the values are clipped to 0 to 1", lambda x, o, s: np.clip((x - o) / s, 0, 1)),
        Fault("offset and scale are exchanged", lambda x, o, s: (x - s) / o),
        Fault("the offset is not used", lambda x, o, s: x / s),
        Fault("the scale is not used", lambda x, o, s: x - o),
        *(
            Fault(
                "something is added to the scale; the fit has replaced a scale of 0 already",
                lambda x, o, s, little=little: (x - o) / (s + little),
            )
            for little in (1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5)
        ),
        *(
            Fault(
                "small scales are replaced by larger ones; the fit has replaced a scale of 0"
                " already",
                lambda x, o, s, least=least, by=by: (x - o) / np.where(s < least, by or least, s),
            )
            for least in (1e-10, 1e-8, 1e-6, 1e-3)
            for by in (0, 1)
        ),
        Fault("it divides by the square of the scale", lambda x, o, s: (x - o) / s**2),
        Fault("it divides by the root of the scale", lambda x, o, s: (x - o) / np.sqrt(s)),
        *map(_own, (Standard, MeanMax, MinMax)),
        Fault(
            "it takes the mean of x; use the offset it is given",
            lambda x, _, s: (x - x.mean(0)) / s,
        ),
        Fault(
            "it takes the deviation of x; use the scale it is given",
            lambda x, o, _: (x - o) / x.std(0),
        ),
        Fault(
            "every feature gets the first one's offset and scale",
            lambda x, o, s: (x - o[0]) / s[0],
        ),
        Fault(
            "only the last feature is normalized: every round of the loop begins with x again",
            _only_the_last_feature,
        ),
    ),
    hints=(
        "Read the formula z = (x − o) / s from the inside to the outside.",
        "Use the two arrays you are given and nothing of x but x itself; NumPy's broadcasting"
        " matches (samples, features) with (features,).",
        """
        def transform(x, offset, scale):
            return (x - ...) / ...
        """,
    ),
)


def prepare(x_train: np.ndarray, x_test: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    offset, scale = fit_standard(x_train)
    return transform(x_train, offset, scale), transform(x_test, offset, scale)


def _train_and_test(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    return fresh_table(rng, int(rng.integers(20, 30)), 4), fresh_table(rng, 9, 4)


def _one_patient(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    return fresh_table(rng, 30, 4), fresh_table(rng, 1, 4)


def _with(
    offset: np.ndarray | float, scale: np.ndarray | float, *tables: np.ndarray
) -> tuple[np.ndarray, ...]:
    return tuple((table - offset) / scale for table in tables)


def _by(
    statistics_of: np.ndarray, *tables: np.ndarray, method: type[Normalizer] = Standard
) -> tuple[np.ndarray, ...]:
    fitted = method().fit(statistics_of)
    return tuple(fitted.transform(table) for table in tables)


check_prepare = Exercise(
    item="01.6",
    lecture=LECTURE,
    name="prepare",
    title="A pipeline without a leak",
    reference=prepare,
    results=("z_train", "z_test"),
    rounds={
        "both parts normalized with the training data's statistics": _train_and_test,
        "a patient's values do not depend on who else is tested": _one_patient,
    },
    faults=(
        Fault(
            "the statistics come from training and test data together: that is the leak",
            lambda a, b: _by(np.vstack([a, b]), a, b),
        ),
        *(
            Fault(
                f"the statistics come from training and test data together: a leak; {too}",
                leaks,
            )
            for too, leaks in (
                (
                    "and this is min-max normalization, where variance 1 is asked for",
                    lambda a, b: _by(np.vstack([a, b]), a, b, method=MinMax),
                ),
                (
                    "and the variance is divided by n − 1, where it is n here",
                    lambda a, b: _with(
                        np.vstack([a, b]).mean(0), np.vstack([a, b]).std(0, ddof=1), a, b
                    ),
                ),
            )
        ),
        Fault("the statistics come from the test data", lambda a, b: _by(b, a, b)),
        Fault(
            "the test data are normalized with their own statistics",
            lambda a, b: (*_by(a, a), *_by(b, b)),
        ),
        Fault(
            "each part is normalized with the statistics of the other",
            lambda a, b: (*_by(b, a), *_by(a, b)),
        ),
        Fault("nothing is normalized: both parts come back as they are", lambda a, b: (a, b)),
        Fault(
            "the test data come back as they were: not normalized, or with statistics of training"
            " data that had been normalized already (mean 0, deviation 1); fit before anything is"
            " changed",
            lambda a, b: (*_by(a, a), b),
        ),
        Fault(
            "the test data are normalized twice",
            lambda a, b: (*_by(a, a), *_by(a, *_by(a, b))),
        ),
        Fault("the training data are not normalized", lambda a, b: (a, *_by(a, b))),
        Fault(
            "the test data are divided by their own deviation",
            lambda a, b: (*_by(a, a), (b - a.mean(0)) / b.std(0)),
        ),
        Fault(
            "the mean of the test data is subtracted from them",
            lambda a, b: (*_by(a, a), (b - b.mean(0)) / a.std(0)),
        ),
        Fault(
            "the mean is taken over training and test data together: that is a leak",
            lambda a, b: _with(np.vstack([a, b]).mean(0), a.std(0), a, b),
        ),
        Fault(
            "the deviation is taken over training and test data together: that is a leak",
            lambda a, b: _with(a.mean(0), np.vstack([a, b]).std(0), a, b),
        ),
        Fault(
            "the statistics of the two parts are averaged: that lets the test data in",
            lambda a, b: _with((a.mean(0) + b.mean(0)) / 2, (a.std(0) + b.std(0)) / 2, a, b),
        ),
        Fault("the training data come back twice", lambda a, b: _by(a, a, a)),
        Fault(
            "these are the statistics; transform both parts with them",
            lambda a, b: (a.mean(0), a.std(0)),
        ),
        Fault(
            "the variance is divided by n − 1; here it is n",
            lambda a, b: _with(a.mean(0), a.std(0, ddof=1), a, b),
        ),
        Fault(
            "this is min-max normalization; variance 1 is asked for",
            lambda a, b: _by(a, a, b, method=MinMax),
        ),
        Fault(
            "this has maximum 1; variance 1 is asked for",
            lambda a, b: _by(a, a, b, method=MeanMax),
        ),
        Fault(
            "the mean is subtracted, but nothing is divided",
            lambda a, b: _with(a.mean(0), 1, a, b),
        ),
        Fault("the mean is not subtracted", lambda a, b: _with(0, a.std(0), a, b)),
        Fault(
            "it divides by the variance; its square root is missing",
            lambda a, b: _with(a.mean(0), a.var(0), a, b),
        ),
        Fault(
            "it multiplies by the deviation instead of dividing",
            lambda a, b: _with(a.mean(0), 1 / a.std(0), a, b),
        ),
        Fault(
            "every sample is normalized by itself",
            lambda a, b: (_by(a.T, a.T)[0].T, _by(b.T, b.T)[0].T),
        ),
    ),
    hints=(
        "Which rows may the two statistics be computed from?",
        "Fit once, on the training data. Then transform both parts with the same offset and scale.",
        """
        def prepare(x_train, x_test):
            offset, scale = fit_standard(...)
            z_train = transform(x_train, ..., ...)
            z_test = transform(x_test, ..., ...)
            return z_train, z_test
        """,
    ),
)
