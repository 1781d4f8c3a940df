"""Right answers in several styles, and wrong ones that no `Fault` of the exercises expresses."""

import numpy as np


def classify_loop(x, w, b):
    classes = []
    for row in x:
        z = b
        for value, weight in zip(row, w, strict=True):
            z += value * weight
        classes.append(1 if z >= 0 else -1)
    return classes


def update_by_sign(w, b, x, y):
    if np.sign(np.dot(w, x) + b) != y:
        w = w + y * x
        b = b + y
    return w, b


def update_augmented(w, b, x, y):
    weights, sample = np.append(w, b), np.append(x, 1.0)
    weights = weights + (y * weights @ sample <= 0) * y * sample
    return weights[:-1], weights[-1]


def update_unless_predicted(w, b, x, y):
    predicted = np.where(x @ w + b > 0, 1, -1)
    if predicted == y:
        return w, b
    return w + y * x, b + y


def update_in_place(w, b, x, y):
    if y * (w @ x + b) <= 0:
        w += y * x
        b += y
    return w, b


def update_class_1(w, b, x, y):
    return (w + x, b + 1) if y == 1 and w @ x + b <= 0 else (w, b)


def update_with_a_tolerance(w, b, x, y):
    return (w + y * x, b + y) if y * (w @ x + b) <= 0.01 else (w, b)


def update_if_close(w, b, x, y):
    z = w @ x + b
    return (w + y * x, b + y) if y * z < 0 or np.isclose(z, 0, atol=0.05) else (w, b)


def update_by_whole_numbers(w, b, x, y):
    return (w + y * x, b + y) if y * int(w @ x + b) <= 0 else (w, b)


def update_without_brackets(w, b, x, y):
    return w + y * x, b + y if y * (w @ x + b) <= 0 else w, b  # fmt: skip


def update_with_brackets_around_one(w, b, x, y):
    return (w + y * x, b + y) if y * (w @ x + b) <= 0 else w, b


def fit_augmented(x, y, orders):
    signed = y[:, None] * np.column_stack([x, np.ones(len(x))])
    weights, mistakes = np.zeros(x.shape[1] + 1), 0
    for order in orders:
        before = mistakes
        for sample in signed[order]:
            if weights @ sample <= 0:
                weights += sample
                mistakes += 1
        if mistakes == before:
            break
    return weights[:-1], weights[-1], mistakes


def by(update, x, y, orders):
    w, b, mistakes = np.zeros(x.shape[1]), 0, 0
    for i in orders.ravel():
        new, bias = update(w, b, x[i], y[i])
        mistakes += bias != b
        w, b = new, bias
    return w, b, mistakes


def fit_by_update(x, y, orders):
    return by(update_by_sign, x, y, orders)


def fit_that_shrinks(x, y, orders):
    w, b, mistakes = fit_by_update(x, y, orders)
    return w / np.linalg.norm(w), b / np.linalg.norm(w), mistakes


def fit_unless_predicted(x, y, orders):
    return by(update_unless_predicted, x, y, orders)


def fit_that_breaks(x, y, orders):
    w, b, mistakes = np.zeros(x.shape[1]), 0, 0
    for order in orders:
        for sample, label in zip(x[order], y[order], strict=True):
            if label * (sample @ w + b) > 0:
                continue
            w, b = w + label * sample, b + label
            mistakes += 1
            break
    return w, b, mistakes


GATES = [[2, 2, -3], [2, 2, -1], [-2, -2, 3]]


RIGHT = {
    "classify": [
        classify_loop,
        lambda x, w, b: 2 * (x @ w + b >= 0) - 1,
        lambda x, w, b: np.sign(np.sign((x * w).sum(axis=1) + b) + 0.5),
    ],
    "patients": [
        [[-1.5, 0, -1.5, -1], [0.5, -0.25, -0.25, -1], [0, 0, 0, 1]],
        np.array([[-60 / 40, 0, -1.5, -1], [20 / 40, -2 / 8, 0.5 - 0.75, -1], [0, 0, 0, 1]]),
    ],
    "update": [update_by_sign, update_augmented],
    "fit": [fit_augmented, fit_by_update],
    "gates": [
        GATES,
        [[1 / 3, 2 / 3, -1], [0.3, 0.6, -0.3], [-1e-12, -1e-12, 1.5e-12]],
        np.array([[1, 1, -2], [1, 1, -1], [-1, -1, 1]]),
    ],
    "xor_layers": [
        [[1, -1, -1], [-1, 1, -1], [1, 1, -1]],
        np.array([[-1.0, -1.0, 1.5], [-1.0, -1.0, 0.5], [1.0, -1.0, -0.5]]),
    ],
}

WRONG = {
    "classify": [
        (lambda x, w, b: np.where(x @ w + b < 0, -1, 1)[:, None], "an axis of length 1 is kept"),
    ],
    "patients": [
        ([[-1.5, 0, -1.5, -1], [0.5, -0.25, 0.25, 1], [0, 0, 0, 1]], "(patient 2, sum)"),
        ([[-1.5, 0, -1.5, -1], [0.5, -0.25, 1.25, 1], [0, 0, 0, 1]], "has a minus"),
        ([[-1.5, 0, -1.5, -1], [0.5, -0.25, 1.25, -1], [0, 0, 0, 1]], "has a minus"),
        ([[-1.5, 0], [0.5, -0.25], [0, 0]], "shape (3, 2), expected (3, 4)"),
    ],
    "update": [
        (update_in_place, "in-place"),
        (lambda w, b, x, y: w, "separated by a comma"),
        (update_class_1, "samples of class −1 are never learned"),
        (update_with_a_tolerance, "right by a little, too"),
        (update_if_close, "right by a little, too"),
        (update_by_whole_numbers, "right by less than 1 too"),
        (update_without_brackets, "brackets around both pairs"),
        (update_with_brackets_around_one, "brackets around both pairs"),
        (update_unless_predicted, "a sample of class −1 on the boundary is not learned"),
    ],
    "fit": [
        (fit_that_shrinks, "w"),
        (fit_unless_predicted, "a sum of 0 passes for class −1"),
        (fit_that_breaks, "each pass ends at its first mistake"),
        (lambda x, y, orders: fit_by_update(x, y, orders)[:2], "separated by a comma"),
    ],
    "gates": [
        ([[1, 1], [1, 1], [-1, -1]], "shape (3, 2), expected (3, 3)"),
        ([[1, 1, -1.5], [1, 1, float("nan")], [-1, -1, 1.5]], "not finite"),
        ([["a", 1, 1]] * 3, "not an array of numbers"),
        ([[0.3, 0.6, -0.9], *GATES[1:]], "this sum is 0 on paper and −"),
        ([[0.7, 0.1, -0.8], *GATES[1:]], "for (1, 1) on paper and 0 in the computer"),
        ([*GATES[:2], [-0.1, -0.2, 0.3]], "for (1, 1) on paper and 0 in the computer"),
        ([*GATES[:2], [-0.2, -0.1, 0.3]], "choose a bias that leaves room"),
        ([*GATES[:2], [0.3, 0.6, -0.9]], "compute AND: both weights have to be below 0"),
    ],
    "xor_layers": [
        (np.zeros((2, 3)), "shape (2, 3), expected (3, 3)"),
        (
            [[0.1, 0.2, -0.1], [-0.1, -0.2, 0.3], [0.1, 0.2, -0.3]],
            "hidden unit 2 gives 1 for (1, 1) on paper and 0 in the computer",
        ),
        ([GATES[1], GATES[2], [0.3, 0.6, -0.9]], "the output gives 1 for (1, 1) on paper"),
        (np.zeros((3, 3)), "the hidden units compute always 1 and always 1"),
    ],
}
