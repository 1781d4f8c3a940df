"""Statements about GANs: rows that say what is measured and what makes each true."""

from course_utils.exam.statements import Pool, Statement
from course_utils.lessons.gans import measurements as m

_SLOPES = (
    "Where $D(G(z)) = 0.01$, the slope by the logit has the size {minmax:.2f} for the min-max loss"
    " and {non_saturating:.2f} for the non-saturating one."
)
_VALUE = (
    "For two normal distributions whose means are two deviations apart, the best discriminator has"
    " the value {best:.5f}; of a hundred others the largest was {perturbed:.5f}."
)
_EQUAL = "At equal densities the best discriminator gives {half:.2f} and the value {equal:.3f}."
_FAST = (
    "On the ring, five seeds: the discriminator's loss changed by {change_d:percent}, the"
    " generator's by {change_g:percent}, and the samples came {nearer:.1f} times nearer to the data"
    " (means)."
)
_CURES = (
    "Modes covered, of 8, mean of five seeds: {slow:.1f} with a slow discriminator, {fast:.1f} with"
    " a fast one, {mini_batch:.1f} with mini-batch discrimination, {unrolled:.1f} unrolled and"
    " {detached:.1f} without the gradient through the steps ahead."
)
_FEATURES = (
    "Of 64 samples that are all the same the mean closeness is {alike:.2f} and the sum"
    " {summed:.0f}; of samples that are far apart the mean is {apart:.2f}."
)
_SMOOTHED = (
    "At a generated sample four deviations away from the data, log D has the slope {usual:.2f} with"
    " labels 1 and 0, {one_sided:.2f} with 0.9 and 0, and {two_sided:.2f} with 0.9 and 0.1."
)
_ROUND = (
    "In 50 steps of its own the discriminator's loss went from {loss_before:.2f} to"
    " {loss_after_d:.2f}; in 50 of the generator the probability given to its samples went from"
    " {fooled_before:.2f} to {fooled_after_g:.2f} (means of five seeds)."
)
_FELL = (
    "Of {cases} times that the generator's loss fell from one checkpoint to the next, the distance"
    " to the data grew in {farther:percent}."
)

POOL = Pool(
    Statement(
        "slope",
        "If the discriminator gives a generated sample the probability 0.01, the min-max loss of"
        " the generator has a slope by the logit of smaller size than the non-saturating one.",
        m.caught,
        lambda x: x.minmax < x.non_saturating,
        _SLOPES,
        True,
    ),
    Statement(
        "slope",
        "If the discriminator gives a generated sample the probability 0.99, of the two losses"
        " of the generator the non-saturating one has the slope of larger size by the logit.",
        m.caught,
        lambda x: x.non_saturating_fooled > x.minmax_fooled,
        "There the slope has the size {non_saturating_fooled:.2f} for the non-saturating loss and"
        " {minmax_fooled:.2f} for the min-max loss.",
        False,
    ),
    Statement(
        "losses",
        "Losses of both networks that are at the end of training what they were at its beginning"
        " are compatible with much better samples.",
        m.fast,
        lambda x: max(x.change_d, x.change_g) < 0.1 and x.nearer > 2,
        _FAST,
        True,
    ),
    Statement(
        "falling",
        "Whenever the generator's loss has fallen from one checkpoint to a later one, its samples"
        " are nearer to the data.",
        m.generators_loss_fell,
        lambda x: x.farther == 0,
        _FELL,
        False,
    ),
    Statement(
        "optimum",
        "Where the density of the generated samples equals that of the real ones, the best"
        " discriminator gives the probability 0.5.",
        m.optimum,
        lambda x: abs(x.half - 0.5) < 1e-9,
        _EQUAL,
        True,
    ),
    Statement(
        "optimum",
        "If generated and real samples have the same distribution, the value of the game with the"
        " best discriminator is 0.",
        m.optimum,
        lambda x: abs(x.equal) < 1e-6,
        _EQUAL,
        False,
    ),
    Statement(
        "optimum",
        "For known densities p of the real and q of the generated samples, no discriminator has a"
        " larger value than p/(p + q).",
        m.optimum,
        lambda x: x.perturbed <= x.best,
        _VALUE,
        True,
    ),
    Statement(
        "parts",
        "On the lecture's ring, 50 steps of the discriminator at the beginning, while the generator"
        " stands still, make the discriminator's loss smaller.",
        m.one_round,
        lambda x: x.loss_after_d < x.loss_before,
        _ROUND,
        True,
    ),
    Statement(
        "parts",
        "Steps of the generator with the non-saturating loss lower the probability that the"
        " discriminator gives to its samples.",
        m.one_round,
        lambda x: x.fooled_after_g < x.fooled_before,
        _ROUND,
        False,
    ),
    Statement(
        "smoothing",
        "If the labels of real samples are smoothed to 0.9 and those of generated samples stay at"
        " 0, log D of the best discriminator keeps its slope at samples far from the data.",
        m.smoothed,
        lambda x: abs(x.one_sided - x.usual) < 0.01 * x.usual,
        _SMOOTHED,
        True,
    ),
    Statement(
        "smoothing",
        "Labels of 0.9 for real and 0.1 for generated samples leave the best discriminator a steep"
        " log D at generated samples that are far from the data.",
        m.smoothed,
        lambda x: x.two_sided > 0.5 * x.usual,
        _SMOOTHED,
        False,
    ),
    Statement(
        "mini-batch",
        "In the lecture's trainings on a ring of eight Gaussians, mini-batch discrimination made"
        " the samples cover more modes than the same slow discriminator without it.",
        m.cures,
        lambda x: x.mini_batch > x.slow,
        _CURES,
        True,
    ),
    Statement(
        "mini-batch",
        "In the lecture's trainings on a ring of eight Gaussians, a discriminator with a four times"
        " higher learning rate made the samples cover fewer modes.",
        m.cures,
        lambda x: x.fast < x.slow,
        _CURES,
        False,
    ),
    Statement(
        "closeness",
        "The layer of mini-batch discrimination gives a batch of equal samples a higher closeness"
        " than a batch of samples that are far apart.",
        m.features,
        lambda x: x.alike > x.apart,
        _FEATURES,
        True,
    ),
    Statement(
        "closeness",
        "Added up over a batch of 64 equal samples, the sample itself left out, exp(−distance)"
        " gives 64.",
        m.features,
        lambda x: abs(x.summed - 64) < 1e-6,
        _FEATURES,
        False,
    ),
    Statement(
        "closeness",
        "With mini-batch discrimination, what the discriminator is told of a sample depends on the"
        " other samples of its batch.",
        m.features,
        lambda x: x.moved > 0,
        "When a far sample of a batch of 64 was moved onto another one, the closeness of that one"
        " grew by {moved:.4f}.",
        True,
    ),
)

EXAM = tuple(POOL.statements[i] for i in (0, 3, 9, 14))
"""Those that are asked first, one of a topic each."""
