"""More wrong answers, in the form of `trial`: loops that lose something, and other statistics."""

import numpy as np

from tests.lessons.normalization.trial import CONSTANT, C, X, Z, normalize, one

LAST = ("only the last entry is left",)
REDUCED = ("all axes were reduced",)
CANCELLED = ("cancel when they are averaged",)
SAME_SCALE = ("same scale",)


# --- loops


def min_max_last_column(x):
    for j in range(x.shape[1]):
        low = x[:, j].min()
        width = x[:, j].max() - low
    return low, width


def standard_last_column(x):
    for j in range(x.shape[1]):
        mean, deviation = x[:, j].mean(), x[:, j].std()
    return mean, deviation


def standard_sum_of_differences(x):
    mean, total = x.mean(0), np.zeros(x.shape[1])
    for row in x:
        total += row - mean
    return mean, one(x, np.sqrt(np.abs(total) / len(x)))


def transform_last_column(x, offset, scale):
    for j in range(x.shape[1]):
        z = (x[:, j] - offset[j]) / scale[j]
    return z


def transform_begins_again(x, offset, scale):
    for j in range(x.shape[1]):
        z = x.copy()
        z[:, j] = (x[:, j] - offset[j]) / scale[j]
    return z


def transform_from_the_second_row(x, offset, scale):
    z = np.zeros_like(x)
    for i in range(1, len(x)):
        z[i] = (x[i] - offset) / scale
    return z


def transform_without_the_last_row(x, offset, scale):
    z = np.zeros_like(x)
    for i in range(len(x) - 1):
        z[i] = (x[i] - offset) / scale
    return z


def transform_flat(x, offset, scale):
    return [(v - o) / s for row in x for v, o, s in zip(row, offset, scale, strict=True)]


def transform_columns_as_rows(x, offset, scale):
    return [(x[:, j] - offset[j]) / scale[j] for j in range(x.shape[1])]


# --- steps in a wrong order


def mean_max_mean_afterwards(x):
    x = x - x.mean(0)
    return x.mean(0), one(x, x.max(0))


def standard_of_what_is_normalized(x):
    z = (x - x.mean(0)) / one(x, x.std(0))
    return z.mean(0), one(x, z.std(0))


def min_max_one_constant_makes_all_one(x):
    width = np.ptp(x, 0)
    return x.min(0), np.ones_like(width) if (width == 0).any() else width


def prepare_cut_where_the_other_ends(a, b):
    z = (np.concatenate([a, b]) - a.mean(0)) / a.std(0)
    return z[len(a) :], z[: len(a)]


def prepare_with(offset, scale):
    return lambda a, b: tuple((part - offset(a, b)) / scale(a, b) for part in (a, b))


def only(j, table):
    return np.where(np.arange(2) == j, table, Z)


TRIAL = [
    ("fit_min_max", lambda x: (x.min(0), np.ptp(x, 0) + 1e-8), CONSTANT),
    ("fit_min_max", lambda x: (x.min(0), np.where(np.ptp(x, 0) == 0, 0, np.ptp(x, 0))), CONSTANT),
    (
        "fit_min_max",
        lambda x: (x.min(0), np.where(np.ptp(x, 0) == 0, np.ptp(x, 0), 1)),
        ("is 1 for",),
    ),
    ("fit_min_max", min_max_one_constant_makes_all_one, ("is 1 for every feature",)),
    ("fit_min_max", lambda x: (x.min(0), np.ones(x.shape[1])), ("is 1 for every feature",)),
    ("fit_min_max", lambda x: (np.zeros(x.shape[1]), one(x, np.ptp(x, 0))), ("it is 0",)),
    ("fit_min_max", lambda x: (x - x.min(0), one(x, np.ptp(x, 0))), ("offset subtracted",)),
    ("fit_min_max", lambda x: (x.max(0), x.min(0)), ("largest value, before",)),
    ("fit_min_max", lambda x: (x.min(0), one(x, x.max(0) + x.min(0))), ("plus smallest",)),
    ("fit_min_max", lambda x: (x.min(0), 1 / one(x, np.ptp(x, 0))), ("1 divided by the scale",)),
    ("fit_min_max", lambda x: (x[0], one(x, x[-1] - x[0])), ("first sample",)),
    ("fit_min_max", lambda x: (x.min(0), np.full(x.shape[1], np.ptp(x, 0).max())), SAME_SCALE),
    ("fit_min_max", lambda x: (x.min(0), one(x, np.abs(x).max(0))), ("largest magnitude, before",)),
    ("fit_min_max", lambda x: {"offset": x.min(0), "scale": np.ptp(x, 0)}, ("by a comma",)),
    ("fit_min_max", min_max_last_column, LAST),
    ("fit_mean_max", mean_max_mean_afterwards, ("before anything is subtracted",)),
    ("fit_mean_max", lambda x: (x.mean(0), (x - x.mean(0)).max()), REDUCED),
    (
        "fit_mean_max",
        lambda x: (x.mean(0), np.full(x.shape[1], (x - x.mean(0)).max())),
        SAME_SCALE,
    ),
    (
        "fit_mean_max",
        lambda x: (x.mean(0), one(x, x.mean(0) - x.min(0))),
        ("mean minus the smallest",),
    ),
    ("fit_mean_max", lambda x: (x.mean(0), one(x, np.abs(x).max(0))), ("magnitude, before",)),
    (
        "fit_mean_max",
        lambda x: (x - x.mean(0), one(x, (x - x.mean(0)).max(0))),
        ("offset subtracted",),
    ),
    ("fit_mean_max", lambda x: (x.min(0), one(x, np.ptp(x, 0))), ("smallest value",)),
    ("fit_mean_max", lambda x: (x.mean(0), x.max(0) / x.mean(0)), ()),
    ("fit_standard", standard_last_column, LAST),
    ("fit_standard", standard_sum_of_differences, CANCELLED),
    (
        "fit_standard",
        lambda x: (x.mean(0), one(x, np.sqrt(np.mean(x - x.mean(0), axis=0) ** 2))),
        CANCELLED,
    ),
    ("fit_standard", lambda x: (x.mean(0), np.sqrt(np.mean((x - x.mean(0)) ** 2))), REDUCED),
    ("fit_standard", lambda x: (x.mean(), x.std(0)), ("whole table",)),
    ("fit_standard", lambda x: (x.mean(0), one(x, np.sqrt(x.std(0)))), ("one root too many",)),
    ("fit_standard", lambda x: (x.mean(0), one(x, x.var(0, ddof=1))), ("variance with n − 1",)),
    ("fit_standard", lambda x: (x.mean(0), x.std(0) + 1e-8), CONSTANT),
    ("fit_standard", lambda x: (x.sum(0) / x.shape[1], x.std(0)), ("number of features",)),
    ("fit_standard", standard_of_what_is_normalized, ("before anything is subtracted",)),
    ("fit_standard", lambda x: (x.mean(0), one(x, x.max(0))), ("largest value, before",)),
    ("transform", lambda x, o, s: x * s + o, ("way back",)),
    ("transform", lambda x, o, s: (x - o) // s, ("`//`",)),
    ("transform", lambda x, o, s: np.clip((x - o) / s, 0, 1), ("clipped",)),
    ("transform", lambda x, o, s: (x - o) / (s - o), ("from the scale as well",)),
    ("transform", lambda x, o, s: (x - x.mean(0)) / s, ("mean of x",)),
    ("transform", lambda x, o, s: (x - o) / x.std(0), ("deviation of x",)),
    ("transform", lambda x, o, s: ((x - o) / s - o) / s, ()),
    ("transform", transform_last_column, LAST),
    ("transform", transform_begins_again, ("begins with x again",)),
    ("transform", transform_from_the_second_row, ("first entry is left out",)),
    ("transform", transform_without_the_last_row, ("last entry is left out",)),
    ("transform", transform_flat, ("flattened",)),
    ("transform", transform_columns_as_rows, ("transposed",)),
    ("enzyme_table", only(0, C), ("Braineatase: the mean is subtracted",)),
    ("enzyme_table", only(1, C), ("Prettysmelliase: the mean is subtracted",)),
    ("enzyme_table", only(0, C / X.max(0)), ("Braineatase: it is divided by the largest orig",)),
    ("enzyme_table", only(0, C / 80), ("Braineatase: it is divided by largest minus",)),
    ("enzyme_table", only(1, X), ("Prettysmelliase: these are the values themselves",)),
    ("enzyme_table", only(1, C / 16), ("Prettysmelliase: it is divided by the largest orig",)),
    ("enzyme_table", only(1, X / 16), ("Prettysmelliase: this is min-max",)),
    ("enzyme_table", only(1, -Z), ("Prettysmelliase: the sign",)),
    ("enzyme_table", Z * [[1, 1], [1, 1], [1, -1], [1, 1]], ("only signs are wrong",)),
    ("enzyme_table", Z[:, ::-1], ("columns are in reverse",)),
    ("enzyme_table", C / 8, ("each has its own",)),
    ("enzyme_table", Z.ravel(), ("flattened",)),
    ("enzyme_table", [[-1, -1], [-0, 5, 0, 5], [0, 5, -0, 5], [1, 1]], ("comma",)),
    ("enzyme_table", (X - [80, 8]) / [42, 8], ()),
    ("prepare", lambda a, b: (normalize(a, a), (b - a.mean(0)) / b.std(0)), ("own deviation",)),
    ("prepare", lambda a, b: (normalize(a, a), (b - b.mean(0)) / a.std(0)), ("mean of the test",)),
    (
        "prepare",
        prepare_with(lambda a, b: np.vstack([a, b]).mean(0), lambda a, _: a.std(0)),
        ("a leak",),
    ),
    (
        "prepare",
        prepare_with(
            lambda a, b: (a.mean(0) + b.mean(0)) / 2, lambda a, b: (a.std(0) + b.std(0)) / 2
        ),
        ("averaged",),
    ),
    (
        "prepare",
        prepare_with(lambda a, _: a.mean(0), lambda a, _: (a - a.mean(0)).max(0)),
        ("maximum 1",),
    ),
    ("prepare", lambda a, b: (normalize(a, a), normalize(a, a)), ("come back twice",)),
    ("prepare", prepare_cut_where_the_other_ends, ("exchanged",)),
    ("prepare", lambda a, b: (a, b), ("nothing is normalized",)),
    ("prepare", lambda a, b: (a / a.std(0), b / a.std(0)), ("mean is not subtracted",)),
    ("prepare", prepare_with(lambda a, _: a.mean(0), lambda a, _: 1 / a.std(0)), ("multiplies",)),
    ("prepare", lambda a, b: (a.mean(0), a.std(0)), ("these are the statistics",)),
    (
        "prepare",
        prepare_with(lambda a, _: a[:, 0].mean(), lambda a, _: a[:, 0].std()),
        (),
    ),
]
