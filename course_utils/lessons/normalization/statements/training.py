"""Whether normalization is needed, along which axis, and where its statistics come from."""

from course_utils.exam.statements import Statement
from course_utils.lessons.normalization.measurements import models, networks, samples

TRAINING = (
    Statement(
        "network",
        "For a linear model of two features in units as unlike as % by volume (alcohol) and mg/l"
        " (proline), gradient descent at half of its largest stable rate can take more than ten"
        " thousand times as many steps raw as standardized.",
        networks.steps,
        lambda m: m.raw > 1e4 * m.standardized,
        "For alcohol and proline, {raw:rough} steps in raw units and {standardized:rough}"
        " standardized brought the excess loss to 1 % of what it was (medians of five splits).",
        True,
    ),
    Statement(
        "network",
        "How many steps gradient descent takes for a linear model does not depend on the scales of"
        " its features, provided that the learning rate is half of the largest stable one.",
        networks.steps,
        lambda m: m.standardized == m.raw,
        "For alcohol and proline it needed {raw:rough} steps in raw units and"
        " {standardized:rough} standardized (medians of five splits).",
        False,
    ),
    Statement(
        "axis",
        "To standardize a table, mean and standard deviation are taken over the samples: one pair"
        " for each feature.",
        samples.by_axis,
        lambda m: m.at_one == m.features,
        "Taken over the samples, {at_one} of {features} wine features get standard deviation 1;"
        " taken over each wine's own features, it lies between {least:.2g} and {most:.2g}.",
        True,
    ),
    Statement(
        "axis",
        "If every sample is divided by its own largest value, two positive samples of which one is"
        " exactly twice the other become the same.",
        samples.by_own_largest,
        lambda m: m.equal == m.pairs,
        "Of {pairs} pairs drawn at random, {equal} became equal.",
        True,
    ),
    Statement(
        "statistics",
        "The statistics that normalize the test data should be those of the training data, feature"
        " by feature, also where the test data hold the classes in other proportions.",
        networks.one_cultivar_at_a_time,
        lambda m: m.training > m.own,
        "Networks tested on wines of one cultivar at a time got {training:percent} right with the"
        " training statistics and {own:percent} with the test data's own (mean of five seeds).",
        True,
    ),
    Statement(
        "statistics",
        "If test samples are normalized with the statistics of their test batch, the prediction for"
        " one sample can depend on the others in the batch.",
        networks.company,
        lambda m: m.changed > 0,
        "One and the same wine, in two test batches of eight, was given two different classes in"
        " {changed:percent} of {trials} trials.",
        True,
    ),
    Statement(
        "statistics",
        "A single new sample can be standardized with mean and standard deviation computed from it"
        " alone, feature by feature, and still be told from other samples.",
        samples.one_alone,
        lambda m: m.different > 1,
        "Each value is its own mean, so every sample turns into zeros (the standard deviation is 0"
        " too): the number of different ones among {samples} test wines fell to {different}.",
        False,
    ),
    Statement(
        "statistics",
        "The statistics are best computed from all data before the split into training and test"
        " data: both parts are treated alike, and neither learns about the other.",
        samples.leak,
        lambda m: m.before_split == 0,
        "When the largest proline value among the test wines was made ten times larger, the"
        " normalized training data moved by up to {before_split:.1f} standard deviations: they had"
        " been told about the test data.",
        False,
    ),
    Statement(
        "statistics",
        "Statistics computed before the split carry information about the test data into the"
        " normalized training data.",
        samples.leak,
        lambda m: m.before_split > 0 and m.after_split == 0,
        "When one test value was made ten times larger, the normalized training data moved by up to"
        " {before_split:.1f} standard deviations if the statistics came before the split, and by"
        " {after_split:g} if they came after it.",
        True,
    ),
    Statement(
        "trees",
        "In exact arithmetic, and if equally good splits are chosen between in the same way,"
        " standardizing the features leaves the groups into which a decision tree divides the"
        " training data as they were.",
        models.trees,
        lambda m: m.same_leaf == m.total,
        "Over five splits of the wine table, {same_leaf} of {total} training samples reached the"
        " same leaf: standardizing keeps the order of a feature's values.",
        True,
    ),
    Statement(
        "trees",
        "In exact arithmetic, and if equally good splits are chosen between in the same way,"
        " standardizing the features can raise the accuracy that a decision tree of a given depth"
        " reaches on its training data.",
        models.trees,
        lambda m: m.standardized > m.raw,
        "Trees with two levels of questions were right for {raw:percent} of the training wines with"
        " raw features and for {standardized:percent} with standardized ones (mean of five seeds).",
        False,
    ),
    Statement(
        "neighbours",
        "Every sample has the same nearest neighbour, by Euclidean distance, whether or not the"
        " features are standardized.",
        models.neighbours,
        lambda m: m.changed == 0,
        "Of the test wines, {changed:percent} got another nearest neighbour; a 1-nearest-neighbour"
        " classifier was right for {raw:percent} raw and {standardized:percent} standardized (mean"
        " of five splits).",
        False,
    ),
    Statement(
        "neighbours",
        "If one feature is expressed in another unit, the nearest neighbour of a sample by"
        " Euclidean distance can change.",
        models.in_grams,
        lambda m: m.changed > 0,
        "With proline in grams instead of milligrams, {changed:percent} of the test wines got"
        " another nearest neighbour.",
        True,
    ),
)
