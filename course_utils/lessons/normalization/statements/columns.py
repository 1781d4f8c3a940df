"""What each method guarantees for the values of a feature, and what it does not."""

from course_utils.exam.statements import Statement
from course_utils.lessons.normalization.measurements import columns

COLUMNS = (
    Statement(
        "standard",
        "Standardized with its own statistics, every feature that is not constant has mean 0 and"
        " variance 1, apart from rounding.",
        columns.standardized,
        lambda m: m.at_zero_and_one == m.features,
        "So it was for {at_zero_and_one} of {features} wine features, to within 1e-9.",
        True,
    ),
    Statement(
        "standard",
        "After standardization every value of a feature lies between −1 and 1.",
        columns.standardized,
        lambda m: m.outside == 0,
        "Of the standardized wine values, {outside:percent} lie outside; the largest is"
        " {largest:.1f}.",
        False,
    ),
    Statement(
        "shape",
        "Standardizing a feature makes it normally distributed.",
        columns.shape,
        lambda m: abs(m.after) < 0.1,
        "Exponentially distributed values had skewness {before:.1f} before and {after:.1f} after; a"
        " normal distribution has 0.",
        False,
    ),
    Statement(
        "shape",
        "Standardizing shifts and stretches a feature's distribution and keeps its shape, such as"
        " its skewness.",
        columns.shape,
        lambda m: abs(m.after - m.before) < 1e-9,
        "Exponentially distributed values had skewness {before:.2f} before and {after:.2f} after.",
        True,
    ),
    Statement(
        "shape",
        "Standardizing a feature removes its outliers: no value is more than three standard"
        " deviations from the mean afterwards.",
        columns.shape,
        lambda m: m.far <= 3,
        "A value of 100 among 999 standard normal ones ended up {far:.0f} standard deviations from"
        " the mean: as far from the others, in proportion, as before.",
        False,
    ),
    Statement(
        "min-max",
        "Min-max scaling maps the smallest training value of every feature to 0 and the largest to"
        " 1, unless the feature is constant.",
        columns.min_max,
        lambda m: m.from_0_to_1 == m.features,
        "{from_0_to_1} of {features} wine features run from exactly 0 to exactly 1 afterwards.",
        True,
    ),
    Statement(
        "min-max",
        "If min-max scaling is fitted on the training data, all scaled test values lie between 0"
        " and 1 as well.",
        columns.min_max,
        lambda m: m.negative + m.above == 0,
        "In {splits} splits of the wine table, {negative} test values fell below 0 and {above}"
        " above 1: beyond the smallest or largest training value.",
        False,
    ),
    Statement(
        "min-max",
        "A test value can be negative after min-max scaling that was fitted on the training data.",
        columns.min_max,
        lambda m: m.negative > 0,
        "In {splits} splits of the wine table, {negative} scaled test values were below 0: smaller"
        " than the smallest training value.",
        True,
    ),
    Statement(
        "min-max",
        "Min-max scaling gives every feature the mean 0.5.",
        columns.min_max,
        lambda m: m.mean_one_half == m.features,
        "{mean_one_half} of {features} scaled wine features had that mean: the means lie between"
        " {lowest_mean:.2f} and {highest_mean:.2f}.",
        False,
    ),
    Statement(
        "maximum",
        "If the mean of a feature that is not constant is subtracted and the result divided by its"
        " largest value, the largest value is 1 and the mean 0.",
        columns.maximum,
        lambda m: m.as_meant == m.features,
        "So it is for {as_meant} of {features} features, two enzymes and the wine table's, to"
        " within 1e-9.",
        True,
    ),
    Statement(
        "maximum",
        "It makes no difference whether one first subtracts a feature's mean and then divides by"
        " the largest value left, or first divides by the largest value and then centres.",
        columns.maximum,
        lambda m: m.apart < 1e-9,
        "For the two enzymes the results differ by up to {apart:.2g}: the second order leaves"
        " largest values of {first:.2g} and {second:.2g} instead of 1.",
        False,
    ),
    Statement(
        "outlier",
        "A single extreme value makes min-max scaling squeeze the others of its feature into a"
        " small part of the range.",
        columns.squeezed,
        lambda m: m.after < 0.1 * m.before,
        "A hundred values spread over 0 to 1 fill {after:percent} of the range once a value of 50"
        " has joined them.",
        True,
    ),
    Statement(
        "outlier",
        "A single extreme value leaves the others of its feature where min-max scaling would have"
        " put them.",
        columns.squeezed,
        lambda m: m.after == m.before,
        "A hundred values filled {before:percent} of the range, and {after:percent} of it once a"
        " value of 50 had joined them.",
        False,
    ),
    Statement(
        "constant",
        "For a feature that is the same in all training samples, the formula of standardization is"
        " 0/0 in exact arithmetic: its standard deviation is 0.",
        columns.constant,
        lambda m: m.undefined == 1,
        "Of the standardized values of a feature that is 3 everywhere, {undefined:percent} are 0/0."
        " The lecture's normalizer puts 1 in the place of the standard deviation.",
        True,
    ),
    Statement(
        "constant",
        "A feature with the same value in all training samples gets unit variance by"
        " standardization, as the others do.",
        columns.constant,
        lambda m: m.variance == 1,
        "Dividing by its standard deviation of 0 is not defined, and with the lecture's normalizer,"
        " which divides by 1 instead, the variance is {variance:g}.",
        False,
    ),
    Statement(
        "constant",
        "On a computer, a constant feature can be told by its standard deviation: it comes out as"
        " exactly 0, whatever the constant.",
        columns.constant,
        lambda m: m.told_by_zero == m.features,
        "For {told_by_zero} of {features} constants from 0.1 to 9.9 it did; the rest got up to"
        " {deviation:.0e} through rounding. Its largest value is its smallest: that tells it.",
        False,
    ),
    Statement(
        "inverse",
        "Standardization can be undone, apart from rounding, if the means and the (non-zero)"
        " standard deviations were kept.",
        columns.undone,
        lambda m: m.back == m.values,
        "Multiplying by the standard deviation and adding the mean gave back {back} of {values}"
        " wine values to within a relative error of 1e-9.",
        True,
    ),
    Statement(
        "inverse",
        "Standardization loses information: the original values are gone, even if means and"
        " (non-zero) standard deviations were kept.",
        columns.undone,
        lambda m: m.back < m.values,
        "Multiplying by the standard deviation and adding the mean gave back {back} of {values}"
        " wine values to within a relative error of 1e-9.",
        False,
    ),
    Statement(
        "unit",
        "It makes no difference to standardized temperatures whether they were given in °C or in"
        " °F, apart from rounding: a shift and a positive factor drop out.",
        columns.units,
        lambda m: m.celsius_fahrenheit < 1e-9,
        "A thousand temperatures became the same values, with differences of up to"
        " {celsius_fahrenheit:.0e}.",
        True,
    ),
    Statement(
        "unit",
        "A feature's standardized values are the same in every unit, also if a car's consumption in"
        " litres per 100 km is given as miles per gallon and its sign turned round.",
        columns.units,
        lambda m: m.consumption < 1e-9,
        "For a thousand cars they differed by up to {consumption:.1f}: one unit is no affine"
        " function of the other, and only a shift and a positive factor drop out.",
        False,
    ),
    Statement(
        "correlation",
        "Standardizing each feature makes the features uncorrelated.",
        columns.correlation,
        lambda m: m.strongest_standardized < 0.01,
        "After standardization the two most correlated wine features still have correlation"
        " {strongest_standardized:.2f}.",
        False,
    ),
    Statement(
        "correlation",
        "Standardizing each feature leaves the correlation of any two of them as it was, apart from"
        " rounding, if neither is constant.",
        columns.correlation,
        lambda m: m.moved < 1e-9,
        "The strongest correlation of two wine features was {strongest_raw:.2f} before and"
        " {strongest_standardized:.2f} after, and none moved by more than {moved:.0e}.",
        True,
    ),
    Statement(
        "correlation",
        "Standardizing can turn a weak correlation of two features into a strong one.",
        columns.correlation,
        lambda m: m.moved > 0.01,
        "Of all pairs of wine features, none moved its correlation by more than {moved:.0e}.",
        False,
    ),
)
