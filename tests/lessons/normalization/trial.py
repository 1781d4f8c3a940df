"""Wrong answers as students write them, each with words of the true cause.

The words are those that the likely cause must hold; a cause that holds none of them is a false one.
An empty tuple stands for an answer whose cause nobody can tell, so that silence is right.
"""

import math

import numpy as np

X = np.array([[42.0, 0.0], [62.0, 12.0], [102.0, 4.0], [122.0, 16.0]])
C = X - X.mean(axis=0)
Z = C / C.max(axis=0)


def one(x, scale):
    return np.where(x.max(0) == x.min(0), 1, scale)


# --- loops


def min_max_return_in_loop(x):
    for j in range(x.shape[1]):
        low = x[:, j].min()
        return low, x[:, j].max() - low


def min_max_return_in_loop_of_lists(x):
    low, width = [], []
    for column in x.T:
        low.append(column.min())
        width.append(np.ptp(column) or 1)
        return np.array(low), np.array(width)


def mean_max_return_in_while(x):
    j, mean, top = 0, np.zeros(x.shape[1]), np.ones(x.shape[1])
    while j < x.shape[1]:
        mean[j] = x[:, j].mean()
        top[j] = x[:, j].max() - mean[j]
        j += 1
        return mean, top


def standard_off_by_one(x):
    total = 0
    for i in range(len(x) - 1):
        total = total + x[i]
    mean = total / len(x)
    return mean, one(x, x.std(0))


def standard_loop_over_samples(x):
    mean = np.array([row.mean() for row in x])
    return mean, np.array([row.std() for row in x])


def transform_return_in_loop(x, offset, scale):
    z = np.zeros(x.shape)
    for i in range(len(x)):
        z[i] = (x[i] - offset) / scale
        return z


def transform_first_column_only(x, offset, scale):
    z = np.array(x)
    z = z - offset[0]
    return z / scale[0]


def transform_overwrites(x, offset, scale):
    for j in range(x.shape[1]):
        x[:, j] = (x[:, j] - offset[j]) / scale[j]
    return x


def transform_into_integers(x, offset, scale):
    z = np.zeros(x.shape, dtype=int)
    z[:] = (x - offset) / scale
    return z


# --- returns


def min_max_prints(x):
    print(x.min(0), np.ptp(x, 0))


def standard_forgets(x):
    mean = x.mean(0)
    deviation = x.std(0)
    mean, deviation  # noqa: B018


def transform_prints(x, offset, scale):
    print((x - offset) / scale)


def prepare_forgets(x_train, x_test):
    mean, deviation = x_train.mean(0), x_train.std(0)
    (x_train - mean) / deviation, (x_test - mean) / deviation


# --- in place


def standard_in_place(x):
    mean = x.mean(0)
    x -= mean
    return mean, one(x, np.sqrt((x**2).mean(0)))


def mean_max_in_place(x):
    mean = x.mean(0)
    for j in range(x.shape[1]):
        x[:, j] = x[:, j] - mean[j]
    return mean, one(x, x.max(0))


def transform_in_place(x, offset, scale):
    x -= offset
    return x / scale


def prepare_in_place(x_train, x_test):
    mean, deviation = x_train.mean(0), x_train.std(0)
    x_test -= mean
    return (x_train - mean) / deviation, x_test / deviation


# --- numbers


def standard_root_of_negative(x):
    mean = x.mean(0)
    return mean, one(x, np.sqrt(mean**2 - (x**2).mean(0)))


def standard_log(x):
    return x.mean(0), one(x, np.log(-x.var(0)))


def standard_zero_over_zero(x):
    mean = x.mean(0)
    return mean, (x - mean).sum(0) * 0 / 0 * np.ones(x.shape[1])


def normalize(x, by):
    return (x - by.mean(0)) / by.std(0)


def prepare_leak(a, b):
    both = np.concatenate([a, b])
    return normalize(a, both), normalize(b, both)


def prepare_one_scale(a, b):
    return (a - a.mean()) / a.std(), (b - a.mean()) / a.std()


def prepare_twice(a, b):
    z = normalize(a, a)
    return z, normalize(b, z)


AXIS = ("other axis",)
WHOLE = ("whole table",)
LOOP = ("inside the loop",)
PLACE = ("in-place",)
EXCHANGED = ("exchanged",)
CONSTANT = ("constant feature",)

TRIAL = [
    # 01.1
    ("fit_min_max", lambda x: (x.min(0), x.max(0)), ("largest value, before",)),
    ("fit_min_max", lambda x: (x.max(0), one(x, np.ptp(x, 0))), ("largest value, before",)),
    ("fit_min_max", lambda x: (x.min(1), np.ptp(x, 1)), AXIS),
    ("fit_min_max", lambda x: (x.min(), np.ptp(x)), WHOLE),
    ("fit_min_max", lambda x: (one(x, np.ptp(x, 0)), x.min(0)), EXCHANGED),
    ("fit_min_max", lambda x: (x.mean(0), one(x, np.ptp(x, 0))), ("it is the mean",)),
    ("fit_min_max", lambda x: (x.min(0), one(x, x.std(0))), ("standard deviation, with",)),
    ("fit_min_max", lambda x: (x.min(0), np.ptp(x, 0)), CONSTANT),
    ("fit_min_max", lambda x: (x.min(0), one(x, x.min(0) - x.max(0))), ("sign",)),
    ("fit_min_max", lambda x: x.min(0), ("separated by a comma",)),
    ("fit_min_max", lambda x: (x.min(0), x.max(0), np.ptp(x, 0)), ("one result too many",)),
    ("fit_min_max", lambda x: (x - x.min(0)) / one(x, np.ptp(x, 0)), ("normalized table",)),
    ("fit_min_max", lambda x: (x.min(0, keepdims=True), np.ptp(x, 0)), ("length 1",)),
    ("fit_min_max", lambda x: (x.min(0), one(x, np.ptp(x, 0)) / 2), ("half",)),
    ("fit_min_max", lambda x: (np.round(x.min(0), 2), one(x, np.ptp(x, 0))), ("rounded to 2",)),
    ("fit_min_max", lambda x: (x.min(0).astype(int), one(x, np.ptp(x, 0))), ("whole numbers",)),
    ("fit_min_max", min_max_return_in_loop, LOOP),
    ("fit_min_max", min_max_return_in_loop_of_lists, LOOP),
    ("fit_min_max", min_max_prints, ("prints",)),
    ("fit_min_max", lambda x: np.array([x.min(0), np.ptp(x, 0)]).T, ("transposed", "columns")),
    # 01.2
    ("fit_mean_max", lambda x: (x.mean(0), x.max(0)), ("largest value, before",)),
    ("fit_mean_max", lambda x: (x.mean(0), one(x, np.ptp(x, 0))), ("largest minus smallest",)),
    ("fit_mean_max", lambda x: (x.mean(0), np.abs(x - x.mean(0)).max(0)), ("magnitude after",)),
    (
        "fit_mean_max",
        lambda x: (x.mean(0), one(x, x.std(0))),
        ("standard deviation, with",),
    ),
    ("fit_mean_max", lambda x: (np.median(x, 0), x.max(0) - np.median(x, 0)), ("median",)),
    ("fit_mean_max", lambda x: (x.mean(1), x.max(1) - x.mean(1)), AXIS),
    ("fit_mean_max", lambda x: (x.mean(), x.max() - x.mean()), WHOLE),
    ("fit_mean_max", lambda x: (x.max(0) - x.mean(0), x.mean(0)), EXCHANGED),
    ("fit_mean_max", lambda x: (x.mean(0), x.max(0) - x.mean(0)), CONSTANT),
    ("fit_mean_max", lambda x: (x.sum(0), one(x, x.max(0) - x.mean(0))), ("a sum stands",)),
    ("fit_mean_max", lambda x: (x.mean(0), one(x, x.mean(0) - x.max(0))), ("sign",)),
    ("fit_mean_max", lambda x: (x.sum(0) / (len(x) - 1), x.max(0) - x.mean(0)), ("n − 1",)),
    ("fit_mean_max", lambda x: (x.mean(0), one(x, x.max() - x.mean(0))), ()),
    ("fit_mean_max", mean_max_return_in_while, LOOP),
    ("fit_mean_max", mean_max_in_place, PLACE),
    # 01.3
    ("fit_standard", lambda x: (x.mean(0), one(x, x.std(0, ddof=1))), ("n − 1",)),
    ("fit_standard", lambda x: (x.mean(0), one(x, x.var(0))), ("square root is missing",)),
    ("fit_standard", lambda x: (x.mean(1), x.std(1)), AXIS),
    ("fit_standard", standard_loop_over_samples, AXIS),
    ("fit_standard", lambda x: (x.mean(), x.std()), WHOLE),
    ("fit_standard", lambda x: (x.std(0), x.mean(0)), EXCHANGED),
    ("fit_standard", lambda x: (x.mean(0), x.std(0)), CONSTANT),
    (
        "fit_standard",
        lambda x: (x.mean(0), np.where(x.std(0) == 0, 1, x.std(0))),
        ("rounding",),
    ),
    ("fit_standard", lambda x: (x.mean(0), np.abs(x - x.mean(0)).mean(0)), ("absolute deviation",)),
    ("fit_standard", lambda x: (x.mean(0), np.sqrt((x**2).mean(0))), ("was not subtracted",)),
    (
        "fit_standard",
        lambda x: (x.mean(0), one(x, np.sqrt(((x - x.mean(0)) ** 2).sum(0)))),
        ("a sum stands",),
    ),
    ("fit_standard", lambda x: (x.mean(0), one(x, x.var(0) * len(x))), ()),
    ("fit_standard", lambda x: (x.mean(0), x.std(0, ddof=1)), ("n − 1", "constant")),
    ("fit_standard", lambda x: (-x.mean(0), one(x, x.std(0))), ("sign",)),
    ("fit_standard", lambda x: (x.mean(0, keepdims=True), x.std(0, keepdims=True)), ("length 1",)),
    ("fit_standard", lambda x: (x.mean(0), one(x, x.std(0)), x.var(0)), ("one result too many",)),
    ("fit_standard", standard_off_by_one, ()),
    ("fit_standard", standard_in_place, PLACE),
    ("fit_standard", standard_forgets, ("no `return`",)),
    ("fit_standard", standard_root_of_negative, ("root of a negative",)),
    ("fit_standard", standard_log, ("logarithm of a negative",)),
    ("fit_standard", standard_zero_over_zero, ("zero is divided by zero", "divided by zero")),
    ("fit_standard", lambda x: normalize(x, x), ("normalized table",)),
    ("fit_standard", lambda x: x.std(0), ("separated by a comma",)),
    ("fit_standard", lambda x: (x.mean(0), one(x, np.round(x.std(0), 1))), ("rounded to 1",)),
    # 01.4
    ("transform", lambda x, o, s: (o - x) / s, ("sign",)),
    ("transform", lambda x, o, s: x - o / s, ("brackets",)),
    ("transform", lambda x, o, s: x / s - o, ("brackets",)),
    ("transform", lambda x, o, s: (x - o) * s, ("multiplies",)),
    ("transform", lambda x, o, s: (x + o) / s, ("adds",)),
    ("transform", lambda x, o, s: x / s, ("offset is not used",)),
    ("transform", lambda x, o, s: x - o, ("scale is not used",)),
    ("transform", lambda x, o, s: (x - s) / o, EXCHANGED),
    ("transform", lambda x, o, s: normalize(x, x), ("fresh statistics",)),
    ("transform", lambda x, o, s: ((x - o) / s).T, ("transposed",)),
    ("transform", lambda x, o, s: ((x - o) / s)[::-1], ("rows are in reverse",)),
    ("transform", lambda x, o, s: ((x - o) / s, o, s), ("one result too many",)),
    ("transform", lambda x, o, s: np.round((x - o) / s, 3), ("rounded to 3",)),
    ("transform", lambda x, o, s: (x - o) / s**2, ("square of the scale",)),
    ("transform", lambda x, o, s: np.abs((x - o) / s), ("magnitude",)),
    ("transform", lambda x, o, s: ((x - o) / s)[0], ("first entry",)),
    ("transform", lambda x, o, s: x, ("comes back as it is",)),
    ("transform", transform_return_in_loop, LOOP),
    ("transform", transform_first_column_only, ("the first one's offset",)),
    ("transform", transform_overwrites, PLACE),
    ("transform", transform_into_integers, ("whole numbers",)),
    ("transform", transform_in_place, PLACE),
    ("transform", transform_prints, ("prints",)),
    # 01.5
    ("enzyme_table", X, ("values themselves",)),
    ("enzyme_table", C, ("division by the largest value is missing",)),
    ("enzyme_table", C / X.max(0), ("take the largest after centring",)),
    ("enzyme_table", -Z, ("sign",)),
    ("enzyme_table", Z[::-1], ("rows are in reverse",)),
    ("enzyme_table", Z.T, ("transposed",)),
    ("enzyme_table", C / 40, ("each has its own",)),
    # 01.6
    ("prepare", prepare_leak, ("leak",)),
    ("prepare", lambda a, b: (normalize(a, a), normalize(b, b)), ("their own statistics",)),
    ("prepare", lambda a, b: (normalize(a, b), normalize(b, b)), ("from the test data",)),
    ("prepare", lambda a, b: (normalize(b, a), normalize(a, a)), EXCHANGED),
    ("prepare", lambda a, b: (normalize(a, a), b), ("test data come back as they were",)),
    ("prepare", lambda a, b: (a - a.mean(0), b - a.mean(0)), ("nothing is divided",)),
    ("prepare", lambda a, b: normalize(a, a), ("separated by a comma",)),
    ("prepare", prepare_one_scale, WHOLE),
    ("prepare", prepare_twice, ("test data come back as they were",)),
    ("prepare", prepare_in_place, PLACE),
    ("prepare", prepare_forgets, ("no `return`",)),
]

RAISES = [
    ("fit_standard", lambda x: (x.mean(0), math.sqrt(-1.0)), "root of a negative"),
    ("transform", lambda x, o, s: x @ o - s[:, None] * x, "shapes of two arrays"),
]
