"""Statistics that are easily taken for one another, by the sentence that names each."""

from collections.abc import Callable

import numpy as np

STATISTICS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "it is the smallest value": lambda x: x.min(0),
    "it is the mean": lambda x: x.mean(0),
    "it is the median": lambda x: np.median(x, 0),
    "it is the middle between smallest and largest value": lambda x: (x.min(0) + x.max(0)) / 2,
    "it is largest minus smallest": lambda x: np.ptp(x, 0),
    "it is half of largest minus smallest": lambda x: np.ptp(x, 0) / 2,
    "it is largest plus smallest; subtract": lambda x: x.max(0) + x.min(0),
    "it is the first sample": lambda x: x[0],
    "it is the largest value, before anything was subtracted": lambda x: x.max(0),
    "it is the largest magnitude, before anything was subtracted": lambda x: np.abs(x).max(0),
    "it is the largest value minus the mean": lambda x: x.max(0) - x.mean(0),
    "it is the mean minus the smallest value": lambda x: x.mean(0) - x.min(0),
    "it is the largest magnitude after centring; the smallest value counts there too": (
        lambda x: np.abs(x - x.mean(0)).max(0)
    ),
    "it is the standard deviation, with the mean squared deviation divided by n": (
        lambda x: x.std(0)
    ),
    "it is the standard deviation with n − 1 in the denominator; here it is n": (
        lambda x: x.std(0, ddof=1)
    ),
    "it is the variance: its square root is missing": lambda x: x.var(0),
    "it is the variance with n − 1 in the denominator: divide by n, and take its square root": (
        lambda x: x.var(0, ddof=1)
    ),
    "it is the root of the standard deviation: one root too many": lambda x: np.sqrt(x.std(0)),
    "it is the mean absolute deviation; square the deviations instead": (
        lambda x: np.abs(x - x.mean(0)).mean(0)
    ),
    "it is the root of the mean square: the mean was not subtracted": (
        lambda x: np.sqrt((x**2).mean(0))
    ),
    "it is the sum divided by the number of features; divide by the number of samples": (
        lambda x: x.sum(0) / x.shape[1]
    ),
}
