# ruff: noqa: D103 - the statement that decorates an experiment is its documentation
"""Outliers, constant features, and what normalization cannot change."""

import numpy as np

from course_utils.exam.statements import Verdict
from course_utils.lessons.normalization import measurements as measure
from course_utils.lessons.normalization.claims.pool import POOL, percent
from course_utils.lessons.normalization.measurements import normal
from course_utils.lessons.normalization.model import Standard


def _constant_feature() -> tuple[float, float]:
    """Return a constant feature's standard deviation, and the share of undefined results."""
    x = np.full(8, 3.0)
    with np.errstate(invalid="ignore"):
        z = (x - x.mean()) / x.std()
    return float(x.std()), float(np.isnan(z).mean())


@POOL.claim(
    "outlier",
    "A single extreme value can make min-max scaling squeeze all other values of its feature into a"
    " small part of the range.",
)
def outlier_squeezes() -> Verdict:
    before, after = measure.squeezed()
    return Verdict(
        after < 0.1 * before,
        f"A hundred values spread over 0 to 1 fill {percent(after)} of the range once a value of"
        " 50 has joined them.",
    )


@POOL.claim(
    "outlier",
    "A single extreme value has no influence on where min-max scaling puts the other values.",
)
def outlier_is_harmless() -> Verdict:
    before, after = measure.squeezed()
    return Verdict(
        after == before,
        f"A hundred values filled {percent(before)} of the range, and {percent(after)} of it once"
        " a value of 50 had joined them.",
    )


@POOL.claim(
    "constant",
    "A feature that has the same value in all training samples cannot be standardized by the"
    " formula: its standard deviation is 0.",
)
def constant_breaks() -> Verdict:
    deviation, undefined = _constant_feature()
    return Verdict(
        deviation == 0 and undefined == 1,
        f"Eight equal values have standard deviation {deviation:g}, and {percent(undefined)} of"
        " the results are 0/0. The lecture's normalizer puts 1 in the place of the 0.",
    )


@POOL.claim(
    "constant",
    "A feature that has the same value in all training samples gets unit variance by"
    " standardization, as every other one does.",
)
def constant_gets_spread() -> Verdict:
    deviation, _ = _constant_feature()
    after = float(normal(Standard, np.full((8, 1), 3.0)).var())
    return Verdict(
        after == 1,
        f"Its standard deviation is {deviation:g}; dividing by it is not defined, and with the"
        f" lecture's normalizer, which divides by 1 instead, the variance is {after:g}.",
    )


@POOL.claim(
    "inverse",
    "Standardization can be undone if the means and the (non-zero) standard deviations were kept.",
)
def can_be_undone() -> Verdict:
    off = measure.undone()
    return Verdict(
        off < 1e-9,
        "Multiplying by the standard deviation and adding the mean gave back every wine value to"
        " within a relative error of 1e-9.",
    )


@POOL.claim(
    "inverse",
    "Standardization loses information: the original values cannot be recovered, even if means and"
    " standard deviations were kept.",
)
def information_is_lost() -> Verdict:
    off = measure.undone()
    return Verdict(
        off > 1e-9,
        "Multiplying by the standard deviation and adding the mean gave back every wine value to"
        " within a relative error of 1e-9.",
    )


@POOL.claim(
    "unit",
    "The standardized values of a feature do not depend on the unit it was measured in, such as"
    " grams or kilograms, °C or °F.",
)
def units_cancel() -> Verdict:
    celsius = np.random.default_rng(0).normal(20, 8, (1000, 1))
    z = normal(Standard, celsius)
    off = max(
        np.abs(normal(Standard, other) - z).max()
        for other in (1.8 * celsius + 32, celsius + 273.15)
    )
    return Verdict(
        bool(off < 1e-9),
        "A thousand temperatures in °C, °F and kelvin became the same values, with differences"
        " below 1e-9.",
    )


@POOL.claim("correlation", "Standardizing each feature makes the features uncorrelated.")
def standard_decorrelates() -> Verdict:
    _, after = measure.strongest_correlation()
    return Verdict(
        after < 0.01,
        f"After standardization the two most correlated wine features still have correlation"
        f" {after:.2f}.",
    )


@POOL.claim(
    "correlation",
    "Standardizing each feature leaves the correlation of any two features as it was.",
)
def correlation_stays() -> Verdict:
    before, after = measure.strongest_correlation()
    return Verdict(
        abs(before - after) < 1e-9,
        f"The two most correlated wine features had correlation {before:.2f} before and"
        f" {after:.2f} after.",
    )
