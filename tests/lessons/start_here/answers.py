import numpy as np

RIGHT = {
    "mean_square": [
        lambda x: np.mean(x * x),
        lambda x: x @ x / len(x),
        lambda x: sum(float(v) ** 2 for v in x) / len(x),
    ]
}


def in_place(x):
    x *= x
    return x.mean()


WRONG = {
    "mean_square": [
        (lambda x: x.mean() ** 2, "square of the mean"),
        (lambda x: (x**2).sum(), "it is the sum"),
        (lambda x: x.mean(), "mean of the values themselves"),
        (lambda x: np.sqrt((x**2).mean()), "root was taken"),
        (lambda x: x.var(), "variance"),
        (lambda x: np.abs(x).mean(), "magnitudes"),
        (lambda x: x**2, "not their mean"),
        (lambda x: -np.mean(x**2), "sign"),
        (in_place, "in-place"),
    ]
}
