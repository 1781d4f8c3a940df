"""What batch norm does to training and to use."""

from course_utils.exam.statements import Statement
from course_utils.lessons.batch_norm.measurements import training

TRAINING = (
    Statement(
        "inference",
        "In use, the statistics of the test batch at hand serve as well as the running ones, if it"
        " has 64 images, whichever digits they show.",
        training.inference,
        lambda m: m.one_digit > m.running - 0.05,
        "Networks that recognized {running:percent} of the test digits with running statistics got"
        " {one_digit:percent} right when 64 draws from the images of one digit were normalized"
        " together.",
        False,
    ),
    Statement(
        "smoothness",
        "In networks of 12 hidden layers, batch norm makes the gradient change more along a step of"
        " training at rate 0.1.",
        training.smoothness,
        lambda m: m.change_with > m.change_without,
        "It changed by {change_with:.1f} times its length with batch norm and by"
        " {change_without:.1f} times without (medians of five seeds).",
        False,
    ),
    Statement(
        "rates",
        "With batch norm, networks of 12 ReLU layers train at learning rates at which they diverge"
        " or hardly learn without it.",
        training.rates,
        lambda m: m.with_norm > m.without + 2,
        "After 200 steps at rate 1, {with_norm} of {networks} such networks had a loss below 1 with"
        " batch norm, and {without} of {networks} without.",
        True,
    ),
    Statement(
        "distributions",
        "Batch norm helps only as long as the distributions of activations stay still from one step"
        " to the next.",
        training.distributions,
        lambda m: m.noisy > m.without or m.drift_noisy < m.drift_without,
        "With noise that moved the units' means by {drift_noisy:.2f} deviations a step, networks"
        " reached a loss of {noisy:.2f}; without batch norm it was {without:.2f}, at a drift of"
        " {drift_without:.2f} (mean of five seeds).",
        False,
    ),
    Statement(
        "batches of two",
        "With batches of two, layer norm is a better choice than batch norm for a small fully"
        " connected network on handwritten digits.",
        training.of_two,
        lambda m: m.layer_norm > m.batch_norm + 0.1,
        "After 400 steps with batches of two, {layer_norm:percent} of the test digits were right"
        " with layer norm and {batch_norm:percent} with batch norm (mean of five seeds).",
        True,
    ),
    Statement(
        "batches of two",
        "A small fully connected network that is trained with batches of two is better off with"
        " batch norm than without normalization.",
        training.of_two,
        lambda m: m.batch_norm > m.none,
        "After 400 steps with batches of two, {batch_norm:percent} of the test digits were right"
        " with batch norm and {none:percent} without (mean of five seeds).",
        False,
    ),
)
