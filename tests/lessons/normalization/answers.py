import numpy as np

from course_utils.data import ENZYMES


def ones_for_zero(scale):
    scale = np.array(scale, dtype=float)
    scale[scale == 0] = 1.0
    return scale


def in_place_min_max(x):
    low = x.min(axis=0)
    x -= low
    return low, ones_for_zero(x.max(axis=0))


def loop_min_max(x):
    low = np.array([min(column) for column in x.T])
    high = np.array([max(column) for column in x.T])
    return low, np.where(high > low, high - low, 1.0)


def loop_mean_max(x):
    offset, scale = [], []
    for j in range(x.shape[1]):
        mean = sum(x[:, j]) / len(x)
        top = max(value - mean for value in x[:, j])
        offset.append(mean)
        scale.append(top if top > 1e-12 else 1)
    return offset, scale


def root_mean_square(x):
    mean = np.add.reduce(x, axis=0) / len(x)
    return mean, ones_for_zero(np.sqrt(((x - mean) ** 2).sum(axis=0) / len(x)))


def in_place_standard(x):
    mean = x.mean(axis=0)
    x -= mean
    return mean, ones_for_zero(np.sqrt((x**2).mean(axis=0)))


def in_place_transform(x, offset, scale):
    x -= offset
    x /= scale
    return x


def integer_transform(x, offset, scale):
    result = np.empty_like(x)
    result[:] = (x - offset) / scale
    return result


def no_return(*_):
    print("the result is on the screen, and nowhere else")


def loop_transform(x, offset, scale):
    z = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            z[i, j] = (x[i, j] - offset[j]) / scale[j]
    return z


def standard(x, by=None):
    by = x if by is None else by
    return (x - by.mean(axis=0)) / by.std(axis=0)


def rows(x):
    return (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)


def leak(x_train, x_test):
    both = np.concatenate([x_train, x_test])
    return standard(x_train, both), standard(x_test, both)


def prepare_in_place(x_train, x_test):
    mean, deviation = x_train.mean(axis=0), x_train.std(axis=0)
    x_train -= mean
    x_train /= deviation
    return x_train, (x_test - mean) / deviation


def prepare_by_n_minus_1(x_train, x_test):
    mean, deviation = x_train.mean(axis=0), x_train.std(axis=0, ddof=1)
    return (x_train - mean) / deviation, (x_test - mean) / deviation


def prepare_closure(x_train, x_test):
    mean, variance = x_train.mean(0), x_train.var(0)
    normalize = lambda x: (x - mean) * variance**-0.5  # noqa: E731
    return [normalize(part) for part in (x_train, x_test)]


X = ENZYMES.x
CENTRED = X - X.mean(axis=0)
TABLE = CENTRED / CENTRED.max(axis=0)
ONE_WRONG = TABLE.copy()
ONE_WRONG[3, 1] = 0.5

RIGHT = {
    "fit_min_max": [
        loop_min_max,
        lambda x: (np.amin(x, 0), ones_for_zero(np.ptp(x, axis=0))),
        lambda x: [x.min(axis=0), ones_for_zero(x.max(axis=0) - x.min(axis=0))],
        lambda x: np.array([x.min(axis=0), ones_for_zero(np.ptp(x, axis=0))]),
    ],
    "fit_mean_max": [
        loop_mean_max,
        lambda x: (x.mean(0), ones_for_zero((x - x.mean(0)).max(0))),
        lambda x: np.stack([x.mean(0), ones_for_zero(x.max(0) - x.mean(0))]),
    ],
    "fit_standard": [
        root_mean_square,
        lambda x: (x.mean(0), ones_for_zero(x.std(0))),
        lambda x: np.array([x.mean(0), ones_for_zero(x.std(0))]),
        lambda x: (np.average(x, axis=0), ones_for_zero(np.var(x, axis=0) ** 0.5)),
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
        (lambda x: (x.min(0), x.max(0)), "before anything was subtracted"),
        (lambda x: (x.min(1), np.ptp(x, axis=1)), "of each sample"),
        (lambda x: (x.min(), np.ptp(x)), "of the whole table"),
        (lambda x: (np.ptp(x, axis=0), x.min(0)), "other order"),
        (lambda x: (x.mean(0), np.ptp(x, axis=0)), "it is the mean"),
        (lambda x: (x.min(0), x.std(0)), "it is the standard deviation"),
        (lambda x: (x.min(0), np.ptp(x, axis=0)), "a constant feature has scale 0"),
        (in_place_min_max, "in-place"),
        (lambda x: x.min(0), "return both"),
        (lambda x: np.array(0.0), "return both"),
        (lambda x: (x - x.min(0)) / ones_for_zero(np.ptp(x, axis=0)), "the normalized table"),
        (no_return, "no `return`"),
    ],
    "fit_mean_max": [
        (lambda x: (x.mean(0), x.max(0)), "before anything was subtracted"),
        (lambda x: (x.mean(0), np.ptp(x, axis=0)), "largest minus smallest"),
        (lambda x: (x.mean(0), np.abs(x - x.mean(0)).max(0)), "largest magnitude after centring"),
        (lambda x: (x.mean(0), x.std(0)), "it is the standard deviation"),
        (lambda x: (np.median(x, 0), x.max(0) - np.median(x, 0)), "the median"),
        (lambda x: (x.mean(1), x.max(1) - x.mean(1)), "of each sample"),
        (lambda x: (x.mean(), x.max() - x.mean()), "of the whole table"),
        (lambda x: (x.max(0) - x.mean(0), x.mean(0)), "other order"),
        (lambda x: (x.mean(0), x.max(0) - x.mean(0)), "a constant feature has scale 0"),
        (no_return, "no `return`"),
    ],
    "fit_standard": [
        (lambda x: (x.mean(0), x.std(0, ddof=1)), "n − 1"),
        (lambda x: (x.mean(0), x.var(0)), "square root is missing"),
        (lambda x: (x.mean(1), x.std(1)), "of each sample"),
        (lambda x: (x.mean(), x.std()), "of the whole table"),
        (lambda x: (x.std(0), x.mean(0)), "other order"),
        (lambda x: (x.mean(0), x.max(0) - x.mean(0)), "largest value minus the mean"),
        (lambda x: (x.mean(0), x.std(0)), "a constant feature has scale 0"),
        (in_place_standard, "in-place"),
        (standard, "return the two statistics"),
        (lambda x: np.array([x.mean(0), x.std(0)]).T, "return both"),
        (no_return, "no `return`"),
    ],
    "transform": [
        (lambda x, o, s: (o - x) / s, "sign is the wrong way round"),
        (lambda x, o, s: x / s - o, "brackets are missing"),
        (lambda x, o, s: (x - o) * s, "multiplies by the scale"),
        (lambda x, o, s: (x + o) / s, "adds the offset"),
        (lambda x, o, s: x / s, "offset is not used"),
        (lambda x, o, s: x - o, "scale is not used"),
        (lambda x, o, s: standard(x), "fresh statistics"),
        (in_place_transform, "in-place"),
        (integer_transform, "integer array"),
        (lambda x, o, s: ((x - o) / s).T, "transposed"),
        (lambda x, o, s: ((x - o) / s).mean(), "all axes were reduced"),
        (no_return, "no `return`"),
    ],
    "enzyme_table": [
        (X, "these are the values themselves"),
        (CENTRED, "division by the largest value is missing"),
        (CENTRED / X.max(axis=0), "take the largest after centring"),
        ((X - X.min(0)) / np.ptp(X, axis=0), "min-max normalization"),
        (standard(X), "unit variance instead of maximum 1"),
        (CENTRED / 40, "each has its own maximum"),
        (-TABLE, "sign is the wrong way round"),
        (TABLE[:, ::-1], "columns are exchanged"),
        (X / X.max(axis=0), "mean is not subtracted"),
        (TABLE.T, "transposed"),
        (ONE_WRONG, "the table (sample 4, Prettysmelliase) is 0.5, expected 1"),
        ([["-1", "a"]] * 4, "not an array of numbers"),
    ],
    "prepare": [
        (leak, "that is the leak"),
        (lambda a, b: (standard(a), standard(b)), "with their own statistics"),
        (lambda a, b: (standard(a, b), standard(b)), "come from the test data"),
        (lambda a, b: (standard(b, a), standard(a)), "exchanged"),
        (lambda a, b: (rows(a), rows(b)), "normalized by itself"),
        (lambda a, b: (standard(a), b), "test data are not normalized"),
        (prepare_by_n_minus_1, "n − 1"),
        (prepare_in_place, "in-place"),
        (lambda a, b: standard(a), "return both"),
        (no_return, "no `return`"),
    ],
}
