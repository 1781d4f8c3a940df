"""The checked exercises of lecture 01."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import (
    Exercise,
    NotRight,
    expect,
    expect_shape,
    expect_values,
    inputs_unchanged,
)
from course_utils.data import ENZYMES
from course_utils.lessons.normalization.model import MeanMax, MinMax, Normalizer, Standard

LECTURE = "normalization"

Fit = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]
Transform = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]
Prepare = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]


def _table(samples: int, features: int, seed: int) -> np.ndarray:
    """Return skewed data of different scales, so that no two faults give the same result."""
    rng = np.random.default_rng(seed)
    scale = 10.0 ** rng.uniform(-1, 3, features)
    return scale * (rng.uniform(-2, 2, features) + rng.gamma(2.0, size=(samples, features)))


def _pair(answer: Callable[..., object], *inputs: np.ndarray) -> tuple[object, object]:
    """Call a student's function that returns two arrays, and take its result apart."""
    result = answer(*inputs)
    expect(result is not None, "the function returns None", "it has no `return`")
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise NotRight(
            f"the function returns {type(result).__name__}, expected two arrays",
            "return both, separated by a comma",
        )
    return result[0], result[1]


def _candidates(x: np.ndarray, axis: int | None) -> dict[str, np.ndarray]:
    """Statistics that are easily taken for one another, by name."""
    mean, low, high = x.mean(axis), x.min(axis), x.max(axis)
    centred = x - x.mean(axis, keepdims=True)
    return {
        "the smallest value": low,
        "the mean": mean,
        "the median": np.median(x, axis),
        "largest minus smallest": high - low,
        "the largest value, before anything was subtracted": high,
        "the largest value minus the mean": high - mean,
        "the largest magnitude after centring; the smallest value counts there too": np.abs(
            centred
        ).max(axis),
        "the standard deviation, with the mean squared deviation divided by n": x.std(axis),
        "the standard deviation with n − 1 in the denominator; here it is n": x.std(axis, ddof=1),
        "the variance: its square root is missing": x.var(axis),
    }


def _causes(x: np.ndarray) -> dict[str, object]:
    per_feature = {f"it is {name}": value for name, value in _candidates(x, 0).items()}
    per_sample = {
        f"it is {name}, of each sample (`axis=1`); it should be one number per feature": value
        for name, value in _candidates(x, 1).items()
    }
    overall = {
        f"it is {name}, of the whole table; it should be one number per feature": value
        for name, value in _candidates(x, None).items()
    }
    return {**per_feature, **per_sample, **overall}


def _fit_properties(method: type[Normalizer]) -> dict[str, Callable[[Fit], None]]:
    def statistics(fit: Fit) -> None:
        for seed, shape in enumerate([(7, 3), (5, 5), (40, 2)]):
            x = _table(*shape, seed)
            right = method().fit(x)
            with inputs_unchanged(x=x):
                offset, scale = _pair(fit, x)
            if _swapped(offset, scale, right):
                raise NotRight("offset and scale are exchanged", "return them in the other order")
            expect_values("offset", offset, right.offset_, _causes(x))
            expect_values("scale", scale, right.scale_, _causes(x))

    def constant(fit: Fit) -> None:
        x = _table(6, 3, seed=9)
        x[:, 1] = 5.0
        right = method().fit(x)
        zero = np.where([False, True, False], 0.0, right.scale_)
        cause = (
            "a constant feature has scale 0, and dividing by it gives nan; put 1 there, as with"
            " `np.where(scale == 0, 1, scale)`"
        )
        expect_values("scale", _pair(fit, x)[1], right.scale_, {cause: zero})

    return {
        "offset and scale per feature, on three fresh tables": statistics,
        "a constant feature gets scale 1": constant,
    }


def _swapped(offset: object, scale: object, right: Normalizer) -> bool:
    try:
        pair = np.array([offset, scale], dtype=np.float64)
    except (TypeError, ValueError):
        return False
    return pair.shape == (2, len(right.scale_)) and np.allclose(pair, [right.scale_, right.offset_])


def fit_min_max(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    low = x.min(axis=0)
    width = x.max(axis=0) - low
    return low, np.where(width == 0, 1.0, width)


check_fit_min_max = Exercise(
    item="01.1",
    lecture=LECTURE,
    name="fit_min_max",
    title="From 0 to 1",
    reference=fit_min_max,
    properties=_fit_properties(MinMax),
    hints=(
        "Which two numbers of a feature must become 0 and 1?",
        "The offset becomes 0, so it is the smallest value; the scale is what then becomes 1. Take"
        " both along the samples, `axis=0`, and mind a feature that is constant.",
        """
        def fit_min_max(x):
            low = x.min(axis=...)
            width = ... - low
            return low, np.where(width == 0, ..., width)
        """,
    ),
)


def fit_mean_max(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean = x.mean(axis=0)
    top = x.max(axis=0) - mean
    return mean, np.where(top == 0, 1.0, top)


check_fit_mean_max = Exercise(
    item="01.2",
    lecture=LECTURE,
    name="fit_mean_max",
    title="Zero mean, maximum 1",
    reference=fit_mean_max,
    properties=_fit_properties(MeanMax),
    hints=(
        "First make the mean 0. What is the largest value now?",
        "Subtracting the mean moves the largest value too: the scale is the largest value minus"
        " the mean, not the largest value and not the largest magnitude.",
        """
        def fit_mean_max(x):
            mean = ...
            top = x.max(axis=0) - ...
            return mean, np.where(top == 0, 1.0, top)
        """,
    ),
)


def fit_standard(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean = x.mean(axis=0)
    deviation = np.sqrt(np.mean((x - mean) ** 2, axis=0))
    return mean, np.where(deviation == 0, 1.0, deviation)


check_fit_standard = Exercise(
    item="01.3",
    lecture=LECTURE,
    name="fit_standard",
    title="Zero mean, unit variance",
    reference=fit_standard,
    properties=_fit_properties(Standard),
    hints=(
        "Unit variance: what must the deviations be divided by?",
        "Divide by the standard deviation, the root of the mean squared deviation from the mean."
        " Mean here is a sum over n, as in `np.std` and in scikit-learn.",
        """
        def fit_standard(x):
            mean = x.mean(axis=0)
            deviation = np.sqrt(np.mean(... ** 2, axis=0))
            return mean, np.where(deviation == 0, 1.0, deviation)
        """,
    ),
)


def transform(x: np.ndarray, offset: np.ndarray, scale: np.ndarray) -> np.ndarray:
    return (x - offset) / scale


def _transforms(answer: Transform) -> None:
    for seed, shape in enumerate([(7, 3), (1, 4), (30, 2)]):
        x, other = _table(*shape, seed), _table(20, shape[1], seed + 50)
        norm = Standard().fit(other)
        offset, scale = norm.offset_, norm.scale_
        own = [(m.__name__, m().fit(x).transform(x)) for m in (Standard, MeanMax, MinMax)]
        with inputs_unchanged(x=x, offset=offset, scale=scale):
            z = answer(x, offset, scale)
        causes = {
            "the sign is the wrong way round: it is x minus offset": -norm.transform(x),
            "the offset is subtracted after the division: brackets are missing": x / scale - offset,
            "it multiplies by the scale instead of dividing": (x - offset) * scale,
            "it adds the offset instead of subtracting it": (x + offset) / scale,
            "the offset is not used": x / scale,
            "the scale is not used": x - offset,
            **{f"it takes fresh statistics from x ({n}); use those it is given": z for n, z in own},
        }
        expect_values("z", z, norm.transform(x), causes)


def _transforms_integers(answer: Transform) -> None:
    x = np.array([[1, 2], [4, 9]])
    z = expect_shape("z", answer(x, np.array([0.5, 0.5]), np.array([2.0, 4.0])), (2, 2))
    whole = np.array([[0.25, 0.375], [1.75, 2.125]])
    expect_values("z", z, whole, {"the result was stored in an integer array": whole.astype(int)})


check_transform = Exercise(
    item="01.4",
    lecture=LECTURE,
    name="transform",
    title="Apply the statistics",
    reference=transform,
    properties={
        "(x − offset) / scale with the given statistics, on three fresh tables": _transforms,
        "integer input is not cut off": _transforms_integers,
    },
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


def _enzyme_causes() -> dict[str, object]:
    x = ENZYMES.x
    centred = x - x.mean(axis=0)
    right = MeanMax().fit(x).transform(x)
    return {
        "these are the values themselves; subtract the mean first": x,
        "the mean is subtracted, the division by the largest value is missing": centred,
        "it is divided by the largest original value; take the largest after centring": centred
        / x.max(axis=0),
        "this is min-max normalization, whose mean is not 0": MinMax().fit(x).transform(x),
        "this has unit variance instead of maximum 1": Standard().fit(x).transform(x),
        "both features are divided by the same number; each has its own maximum": centred
        / centred.max(),
        "every sample was normalized by itself, along the row": _rows(x),
        "the sign is the wrong way round": -right,
        "the two columns are exchanged": right[:, ::-1],
        "the mean is not subtracted": x / x.max(axis=0),
    }


def _rows(x: np.ndarray) -> np.ndarray:
    centred = x - x.mean(axis=1, keepdims=True)
    return centred / centred.max(axis=1, keepdims=True)


def _is_the_table(answer: object) -> None:
    table = expect_shape("the table", answer, (4, 2))
    right = MeanMax().fit(ENZYMES.x).transform(ENZYMES.x)
    expect_values("the table", table, right, _enzyme_causes(), tolerance=1e-3)


check_enzyme_table = Exercise(
    item="01.5",
    lecture=LECTURE,
    name="enzyme_table",
    title="The exam's table, by hand",
    reference=MeanMax().fit(ENZYMES.x).transform(ENZYMES.x),
    properties={"the eight values": _is_the_table},
    hints=(
        "Two steps per column, in this order: mean 0, then maximum 1.",
        "The means are 82 and 8. Subtract them, then look for the largest number that is left in"
        " each column and divide the column by it.",
        """
        # Braineatase: 42 - 82, 62 - 82, 102 - 82, 122 - 82 -> divide by the largest
        enzyme_table = np.array([[-40 / 40, ...], [..., ...], [..., ...], [40 / 40, ...]])
        """,
    ),
)


def prepare(x_train: np.ndarray, x_test: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    offset, scale = fit_standard(x_train)
    return transform(x_train, offset, scale), transform(x_test, offset, scale)


def _normalizes_training_data(answer: Prepare) -> None:
    x_train, x_test = _table(30, 4, seed=3), _table(9, 4, seed=4)
    with inputs_unchanged(x_train=x_train, x_test=x_test):
        z_train, _ = _pair(answer, x_train, x_test)
    right, both = Standard().fit(x_train), Standard().fit(np.vstack([x_train, x_test]))
    causes = {
        "the statistics come from training and test data together: that is the leak": (
            both.transform(x_train)
        ),
        "the statistics come from the test data": Standard().fit(x_test).transform(x_train),
        "the two results are exchanged": right.transform(x_test),
        "this is the normalized test data with statistics of their own": (
            Standard().fit(x_test).transform(x_test)
        ),
        "the training data are not normalized": x_train,
        "every sample is normalized by itself": _standard_rows(x_train),
        "the variance is divided by n − 1; here it is n": (x_train - right.offset_)
        / x_train.std(axis=0, ddof=1),
    }
    expect_values("z_train", z_train, right.transform(x_train), causes)


def _uses_training_statistics(answer: Prepare) -> None:
    x_train, x_test = _table(30, 4, seed=5), _table(9, 4, seed=6)
    right = Standard().fit(x_train)
    _, z_test = _pair(answer, x_train, x_test)
    causes = {
        "the test data are normalized with their own statistics": (
            Standard().fit(x_test).transform(x_test)
        ),
        "the test data are not normalized": x_test,
        "every sample is normalized by itself": _standard_rows(x_test),
    }
    expect_values("z_test", z_test, right.transform(x_test), causes)


def _one_sample_at_a_time(answer: Prepare) -> None:
    x_train, x_test = _table(30, 4, seed=7), _table(9, 4, seed=8)
    _, together = _pair(answer, x_train, x_test)
    for row in range(len(x_test)):
        _, alone = _pair(answer, x_train, x_test[row : row + 1])
        expect_values(
            f"z_test of sample {row} tested alone",
            np.asarray(alone)[0],
            np.asarray(together)[row],
        )


def _standard_rows(x: np.ndarray) -> np.ndarray:
    return (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)


check_prepare = Exercise(
    item="01.6",
    lecture=LECTURE,
    name="prepare",
    title="A pipeline without a leak",
    reference=prepare,
    properties={
        "the training data have zero mean and unit variance": _normalizes_training_data,
        "the test data are normalized with the training data's statistics": (
            _uses_training_statistics
        ),
        "a patient's values do not depend on who else is tested": _one_sample_at_a_time,
    },
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
