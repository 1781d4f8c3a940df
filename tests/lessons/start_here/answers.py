import numpy as np


def in_place(x):
    x *= x
    return x.mean()


RIGHT = {
    "mean_square": [
        lambda x: np.mean(x * x),
        lambda x: x @ x / len(x),
        lambda x: sum(float(v) ** 2 for v in x) / len(x),
    ]
}

WRONG = {"mean_square": [(in_place, "in-place")]}
