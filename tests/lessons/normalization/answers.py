"""Right answers in several styles, and wrong ones that no `Fault` of the exercises expresses."""

import numpy as np
from sklearn.preprocessing import StandardScaler


def told_by_values(x, scale):
    return np.where(x.max(axis=0) == x.min(axis=0), 1.0, scale)


def loop_min_max(x):
    low = np.array([min(column) for column in x.T])
    high = np.array([max(column) for column in x.T])
    return low, np.where(high > low, high - low, 1.0)


def by_a_limit(x):
    offset, scale = [], []
    for column in x.T:
        offset.append(column.mean())
        top = column.max() - offset[-1]
        scale.append(top if top > 1e-12 else 1)
    return np.array(offset), np.array(scale)


def by_scikit_learn(x):
    fitted = StandardScaler().fit(x)
    return fitted.mean_, fitted.scale_


def loop_mean_max(x):
    offset, scale = [], []
    for j in range(x.shape[1]):
        mean = sum(x[:, j]) / len(x)
        top = max(value - mean for value in x[:, j])
        offset.append(mean)
        scale.append(top if max(x[:, j]) > min(x[:, j]) else 1)
    return offset, scale


def root_mean_square(x):
    mean = np.add.reduce(x, axis=0) / len(x)
    deviation = np.sqrt(((x - mean) ** 2).sum(axis=0) / len(x))
    deviation[np.ptp(x, axis=0) == 0] = 1
    return mean, deviation


def in_place_min_max(x):
    low = x.min(axis=0)
    x -= low
    return low, np.where(x.max(axis=0) == 0, 1.0, x.max(axis=0))


def in_place_standard(x):
    mean = x.mean(axis=0)
    x -= mean
    return mean, told_by_values(x, np.sqrt((x**2).mean(axis=0)))


def in_place_transform(x, offset, scale):
    x -= offset
    x /= scale
    return x


def integer_transform(x, offset, scale):
    result = np.empty_like(x)
    result[:] = (x - offset) / scale
    return result


def loop_transform(x, offset, scale):
    z = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            z[i, j] = (x[i, j] - offset[j]) / scale[j]
    return z


def standard(x, by=None):
    by = x if by is None else by
    return (x - by.mean(axis=0)) / by.std(axis=0)


def prepare_in_place(x_train, x_test):
    mean, deviation = x_train.mean(axis=0), x_train.std(axis=0)
    x_train -= mean
    x_train /= deviation
    return x_train, (x_test - mean) / deviation


def prepare_overwriting(x_train, x_test):
    x_train = standard(x_train)
    x_test = standard(x_test, x_train)  # of what has mean 0 and deviation 1 by now
    return x_train, x_test


def prepare_half_a_leak(x_train, x_test):
    mean, deviation = x_train.mean(0), np.concatenate([x_train, x_test]).std(0)
    return (x_train - mean) / deviation, (x_test - mean) / deviation


def small_is_constant(x):
    deviation = x.std(axis=0)
    deviation[np.isclose(deviation, 0)] = 1
    return x.mean(axis=0), deviation


def prepare_closure(x_train, x_test):
    mean, variance = x_train.mean(0), x_train.var(0)
    normalize = lambda x: (x - mean) * variance**-0.5  # noqa: E731
    return [normalize(part) for part in (x_train, x_test)]


TABLE = np.array([[-1.0, -1.0], [-0.5, 0.5], [0.5, -0.5], [1.0, 1.0]])
ONE_WRONG = TABLE.copy()
ONE_WRONG[3, 1] = 0.5
GIVEN = np.array([[42.0, 0.0], [62.0, 12.0], [102.0, 4.0], [122.0, 16.0]])

RIGHT = {
    "fit_min_max": [
        loop_min_max,
        lambda x: (np.amin(x, 0), told_by_values(x, np.ptp(x, axis=0))),
        lambda x: [x.min(axis=0), told_by_values(x, x.max(axis=0) - x.min(axis=0))],
        lambda x: np.array([x.min(axis=0), told_by_values(x, np.ptp(x, axis=0))]),
    ],
    "fit_mean_max": [
        loop_mean_max,
        lambda x: (x.mean(0), told_by_values(x, (x - x.mean(0)).max(0))),
        lambda x: np.stack([x.mean(0), told_by_values(x, x.max(0) - x.mean(0))]),
    ],
    "fit_standard": [
        root_mean_square,
        by_scikit_learn,
        lambda x: np.array([x.mean(0), told_by_values(x, x.std(0))]),
        lambda x: (np.average(x, axis=0), told_by_values(x, np.var(x, axis=0) ** 0.5)),
    ],
    "transform": [
        loop_transform,
        lambda x, o, s: np.divide(np.subtract(x, o), s),
        lambda x, o, s: x / s - o / s,
    ],
    "enzyme_table": [
        [[-1, -1], [-0.5, 0.5], [0.5, -0.5], [1, 1]],
        np.array([[-40, -20, 20, 40], [-8, 4, -4, 8]]).T / [40, 8],
    ],
    "prepare": [
        lambda a, b: (standard(a), standard(b, a)),
        prepare_closure,
    ],
}

WRONG = {
    "fit_min_max": [
        (in_place_min_max, "in-place"),
        (lambda x: x.min(0), "separated by a comma"),
        (lambda x: (x.min(0), np.maximum(np.ptp(x, 0), 1)), "a small scale is made larger"),
    ],
    "fit_mean_max": [
        (
            lambda x: (x.mean(0), np.where(np.ptp(x, 0) < 1e-9, 1, x.max(0) - x.mean(0))),
            "a small scale is made larger",
        ),
        (
            lambda x: (x.mean(0), told_by_values(x, x.max(0) - x.mean(0)) + 1e-8),
            "a small scale is made larger",
        ),
        (
            lambda x: (x.mean(0), told_by_values(x, x.max(0) - x.mean(0)) + 1e-12),
            "a small scale is made larger",
        ),
        (by_a_limit, "a limit does not tell"),
    ],
    "fit_standard": [
        (in_place_standard, "in-place"),
        (small_is_constant, "a small scale is made larger"),
        (lambda x: (x.mean(0), np.where(x.std(0) < 1e-12, 1, x.std(0))), "a limit does not tell"),
        (
            lambda x: (x.mean(0), told_by_values(x, np.sqrt(x.var(0) + 1e-5))),
            "a small scale is made larger",
        ),
        (
            lambda x: (x.mean(0), told_by_values(x, x.std(0)) + 1e-6),
            "a small scale is made larger",
        ),
        (
            lambda x: (x.mean(0), told_by_values(x, np.maximum(x.std(0), 1e-3))),
            "a small scale is made larger",
        ),
    ],
    "transform": [
        (in_place_transform, "in-place"),
        (integer_transform, "cut to whole numbers"),
        (lambda x, o, s: (x - o) / (1e-8 + s), "something is added to the scale"),
        (lambda x, o, s: (x - o) / np.clip(s, 1e-8, None), "replaced by larger ones"),
    ],
    "enzyme_table": [
        (
            ONE_WRONG,
            "the first is 0.5 (sample 4, Prettysmelliase)",
        ),
        ([["-1", "a"]] * 4, "not an array of numbers but text"),
        (
            [[-1.095, -1.095], [-0.548, 0.548], [0.548, -0.548], [1.095, 1.095]],
            "unit variance, with n − 1",
        ),
        (GIVEN / [40, 8], "the mean is not subtracted, only the division"),
        ((GIVEN - [42, 0]) / [40, 8], "the smallest value is subtracted instead of the mean"),
    ],
    "prepare": [
        (prepare_in_place, "in-place"),
        (prepare_overwriting, "normalized already"),
        (prepare_half_a_leak, "the deviation is taken over training and test data together"),
        (lambda a, b: standard(a), "separated by a comma"),
    ],
}
