"""Statements about bias, variance and what moves them, each decided by a measurement."""

from course_utils.exam.statements import Pool, Statement
from course_utils.lessons.generalization.measurements import classes, cosines, networks

_ERRORS = (
    "Against fresh targets, the error was {on_fresh:.3f}; squared bias {bias2:.4f}, variance"
    " {variance:.3f} and noise {noise:.3f}. On the training targets it was {on_training:.3f}."
)
_CAPACITY = (
    "From 4 to 20 coefficients for 20 samples, squared bias went from {bias2_few:.3f} to"
    " {bias2_many:.3f} and variance from {variance_few:.3f} to {variance_many:.3f}. Noise left out,"
    " a single training had an error of {error_few:.3f} with 4 and of {error_many:.3f} with 20."
)
_SAMPLES = (
    "From 20 to 80 samples, squared bias was multiplied by {bias2:.2f} and variance by"
    " {variance:.2f}."
)
_NOISE = (
    "With 12 coefficients for 20 samples, variance was {none:.4f} without noise, {some:.3f} with a"
    " deviation of 0.3 and {doubled:.3f} with 0.6."
)
_PENALTY = (
    "Squared bias went from {bias2_without:.3f} to {bias2_with:.3f} and variance from"
    " {variance_without:.3f} to {variance_with:.3f}. scikit-learn's weights had length"
    " {length_small_c:.1f} with C = 0.01 and {length_large_c:.1f} with C = 100."
)
_ENSEMBLES = (
    "The mean of four had {same_samples:percent} of a member's variance with networks trained on"
    " the same samples, and {trees:percent} with decision trees on resampled ones."
)
_MASKS = (
    "With p = 0.2, kept values were multiplied by {factor:.2f}. The mean over all masks differed"
    " from the output in evaluation by at most {linear:.0e} with linear layers, and with two hidden"
    " ReLU layers by {relu:.2f} or more somewhere, with each of five seeds."
)
_DECAY = (
    "After 200 steps the weights differed by at most {sgd:.0e} with plain SGD, and one of them by"
    " {adam:.2f} or more with Adam, with each of five seeds."
)
_DESCENT = (
    "Noise left out, the error was {valley:.3f} at best with fewer than 20 coefficients,"
    " {at_20:.3f} with 20 and {at_200:.3f} with 200; with L2 (λ = 0.1), {penalized:.3f} with 20."
)
_ZERO_ONE = (
    "With 2 coefficients, {error:percent} of fresh labels were missed, and the terms add up to"
    " {added:percent}. With 1, {error_with_1:percent} were missed; {disagree_with_1:.1percent}"
    " disagreed with the majority there, and {disagree:.1percent} with 2."
)

POOL = Pool(
    Statement(
        "noise",
        "The expected squared error on fresh noisy targets is squared bias plus variance plus the"
        " variance of the noise.",
        cosines.errors,
        lambda m: abs(m.on_fresh - m.bias2 - m.variance - m.noise) < 0.01,
        _ERRORS,
        True,
    ),
    Statement(
        "noise",
        "The mean squared error on the training targets is at least as large as the variance of"
        " their noise.",
        cosines.errors,
        lambda m: m.on_training >= m.noise,
        _ERRORS,
        False,
    ),
    Statement(
        "noise",
        "Squared bias and variance together are the expected squared error on fresh noisy targets.",
        cosines.errors,
        lambda m: abs(m.on_fresh - m.bias2 - m.variance) < 0.01,
        _ERRORS,
        False,
    ),
    Statement(
        "capacity",
        "On 20 noisy samples of a wave that 7 cosines describe well, least squares with 20 cosines"
        " has less squared bias and more variance than with 4.",
        cosines.capacity,
        lambda m: m.bias2_many < m.bias2_few and m.variance_many > m.variance_few,
        _CAPACITY,
        True,
    ),
    Statement(
        "capacity",
        "Of two models, the one whose average over trainings is closer to the truth also has the"
        " smaller expected error in a single training.",
        cosines.capacity,
        lambda m: (m.error_many < m.error_few) == (m.bias2_many < m.bias2_few),
        _CAPACITY,
        False,
    ),
    Statement(
        "samples",
        "In least squares with too few coefficients, four times as many samples bring the squared"
        " bias down to about a quarter.",
        cosines.samples,
        lambda m: m.bias2 < 0.5,
        _SAMPLES,
        False,
    ),
    Statement(
        "samples",
        "In least squares with 4 coefficients, four times as many samples bring the variance down"
        " to about a quarter.",
        cosines.samples,
        lambda m: 0.15 < m.variance < 0.4,
        _SAMPLES,
        True,
    ),
    Statement(
        "targets",
        "Twice the deviation of the noise in the training targets makes the variance of a"
        " least-squares fit about four times as large.",
        cosines.noise,
        lambda m: 3.5 * m.some < m.doubled < 4.5 * m.some,
        _NOISE,
        True,
    ),
    Statement(
        "targets",
        "With targets free of noise, 12 coefficients for 20 samples have about the variance that"
        " they have with noise.",
        cosines.noise,
        lambda m: m.none > 0.5 * m.some,
        _NOISE,
        False,
    ),
    Statement(
        "penalty",
        "In least squares with 20 cosines on 20 noisy samples, an L2 penalty with λ = 0.3 lowers"
        " the variance and raises the squared bias.",
        cosines.penalty,
        lambda m: m.variance_with < m.variance_without and m.bias2_with > m.bias2_without,
        _PENALTY,
        True,
    ),
    Statement(
        "penalty",
        "In scikit-learn's logistic regression, a larger C is a stronger penalty and makes the"
        " weights smaller.",
        cosines.penalty,
        lambda m: m.length_large_c < m.length_small_c,
        _PENALTY,
        False,
    ),
    Statement(
        "few trainings",
        "The squared bias seen in the average of five trainings is too large, on average by a fifth"
        " of the variance.",
        cosines.estimate,
        lambda m: abs(m.seen - m.true - m.fifth_of_variance) < 0.2 * m.fifth_of_variance,
        "Five trainings showed a squared bias of {seen:.4f} on average; it is {true:.4f}, and a"
        " fifth of the variance is {fifth_of_variance:.4f}.",
        True,
    ),
    Statement(
        "ensembles",
        "The average of four networks that learn the same samples from different first weights has"
        " about a quarter of one network's variance.",
        networks.ensembles,
        lambda m: m.same_samples < 0.4,
        _ENSEMBLES,
        False,
    ),
    Statement(
        "ensembles",
        "Averaging four decision trees that are grown on resampled data takes more than a quarter"
        " of a tree's variance away.",
        networks.ensembles,
        lambda m: m.trees < 0.75,
        _ENSEMBLES,
        True,
    ),
    Statement(
        "early stopping",
        "Stopping a network that overfits where its validation loss is lowest lowers the variance.",
        networks.stopping,
        lambda m: m.stopped < 0.9 * m.at_the_end,
        "The variance was {at_the_end:.3f} after 400 steps and {stopped:.3f} where the loss on 20"
        " validation samples was lowest.",
        True,
    ),
    Statement(
        "dropout",
        "Inverted dropout that drops a share p multiplies what is kept by 1/p in training.",
        networks.masks,
        lambda m: m.factor > 4,
        _MASKS,
        False,
    ),
    Statement(
        "dropout",
        "In a network of linear layers, the output in evaluation is the mean of the outputs over"
        " all masks of inverted dropout.",
        networks.masks,
        lambda m: m.linear < 1e-9,
        _MASKS,
        True,
    ),
    Statement(
        "dropout",
        "In a network with two hidden ReLU layers, the output in evaluation is exactly the mean of"
        " the outputs over the dropout masks of the first.",
        networks.masks,
        lambda m: m.relu < 1e-9,
        _MASKS,
        False,
    ),
    Statement(
        "decay",
        "With plain SGD, an L2 penalty λ/2·‖w‖² and weight decay, which shrinks w by the learning"
        " rate times λ, do the same.",
        networks.decay,
        lambda m: m.sgd < 1e-9,
        _DECAY,
        True,
    ),
    Statement(
        "decay",
        "With Adam, an L2 penalty λ/2·‖w‖² and weight decay, which shrinks w by the learning rate"
        " times λ, do the same.",
        networks.decay,
        lambda m: m.adam < 1e-6,
        _DECAY,
        False,
    ),
    Statement(
        "double descent",
        "For 20 samples and cosines divided by k + 1, the shortest least-squares fit has a smaller"
        " error with 200 cosines than with 20.",
        cosines.double_descent,
        lambda m: m.at_200 < m.at_20,
        _DESCENT,
        True,
    ),
    Statement(
        "double descent",
        "An L2 penalty leaves the peak of the error, at as many coefficients as samples, as high as"
        " it was.",
        cosines.double_descent,
        lambda m: m.penalized > 0.8 * m.at_20,
        _DESCENT,
        False,
    ),
    Statement(
        "classes",
        "For a classifier, the share of fresh labels that it misses is noise plus bias plus"
        " variance, defined by the majority of the trainings.",
        classes.zero_one,
        lambda m: abs(m.error - m.added) < 0.01,
        _ZERO_ONE,
        False,
    ),
    Statement(
        "classes",
        "Of two classifiers, the one whose trainings disagree more with each other can be the one"
        " that misses fewer fresh labels.",
        classes.zero_one,
        lambda m: m.error < m.error_with_1 and m.disagree > m.disagree_with_1,
        _ZERO_ONE,
        True,
    ),
)
