"""What the four statements of exam item 1.1 say, in its order."""

from course_utils.exam.statements import Statement
from course_utils.lessons.normalization.measurements import models, networks, practice

EXAM = (
    Statement(
        "network",
        "A neural network needs no normalized inputs: 200 steps of plain gradient descent adapt its"
        " weights to whatever scales the features have.",
        networks.accuracy,
        lambda m: m.raw >= m.standardized - 0.02,
        "After 200 steps of plain gradient descent at the best of five learning rates (by training"
        " loss), a small network got {raw:percent} of the held-out wines right on raw features and"
        " {standardized:percent} on standardized ones (mean of five seeds).",
        False,
    ),
    Statement(
        "axis",
        "Every sample should always be normalized on its own, with its own mean and spread, so that"
        " its features get comparable scales.",
        models.two_levels,
        lambda m: m.by_sample >= m.by_feature,
        "Two classes with the same profile at two levels are told apart from their neighbours in"
        " {by_feature:percent} of cases when features are normalized, and in {by_sample:percent}"
        " when each sample is: its level, all that counts here, is gone.",
        False,
    ),
    Statement(
        "statistics",
        "The test data should be normalized with their own mean and spread, because their"
        " distribution may differ from that of the training data.",
        networks.company,
        lambda m: m.changed == 0,
        "One and the same wine, in two test batches of eight, was given two different classes in"
        " {changed:percent} of {trials} trials: its normalized values moved by up to {moved:.1f}."
        " With the training statistics they stay the same in any company.",
        False,
    ),
    Statement(
        "practice",
        "A common choice is to give every feature zero mean and unit variance.",
        practice.in_scikit_learn,
        lambda m: m.ratio > 1,
        "Of scikit-learn's modules, examples and tests among them, about {ratio:.0f} times as many"
        " use StandardScaler, which does this, as MinMaxScaler.",
        True,
    ),
)
