"""Statements about the perceptron, each decided by a measurement."""

from course_utils.exam.statements import Pool, Statement
from course_utils.lessons.perceptron import measurements as measured

_BOUND = (
    "Over {tasks} sets of separable samples, at most {share:percent} of (R/γ)² mistakes were made;"
    " with ten copies of every sample the bound was {copied:.2f} times what it was."
)
_RATE = (
    "With η = 1 there were {whole:g} mistakes on average, with η = 1/8 {eighth:g}; over all steps,"
    " {different} classifications were different."
)
_ENDLESS = (
    "On the four zombie samples, {updates} updates with each of five seeds: no pass had fewer than"
    " {fewest} mistakes, and weights and bias together were never longer than {longest:.2f}."
)
_STOPS = (
    "On the four zombie samples the fewest errors on the way were {best}; among the last 20"
    " weights there were some with {at_the_end} errors."
)
_START = (
    "At weights of zero every sum is 0: {strict} of 100 samples have y (w·x + b) < 0, and {usual}"
    " have y (w·x + b) ≤ 0."
)
_ORDERS = (
    "Of {sets} sets of 100 samples, each learned in {orders} orders until none was wrong, the order"
    " changed the boundary in {boundaries} and the number of mistakes in {counts}."
)
_UPDATE = (
    "The smallest rise of y (w·x + b) by an update on its own sample was {rise:.2f}; after"
    " {still_wrong:percent} of the updates the sample was still wrong."
)
_SCALED = (
    "Of {samples} fresh samples, {both} changed their class when weights and bias were doubled, and"
    " {weights} when the weights alone were."
)
_FUNCTIONS = "A separating line exists for {with_a_line} of the {total} functions of two bits."
_XOR = "Of XOR's four inputs, a line gets {best} right at most: every choice was tried."
_RELU = (
    "relu(x₁ − x₂) + relu(x₂ − x₁) differs from XOR by {error:g} at most on the four inputs; its"
    " two units have weights that were set by hand."
)
_NO_LINE = (
    "Mean accuracy on new samples, over 20 sets of two such overlapping classes: last weights"
    " {last:percent}, averaged {averaged:percent}, pocket {pocket:percent}."
)
_NO_BIAS = (
    "On the samples 0.1 (class 1) and −0.1 (class −1) it made {mistakes} mistakes. With the bias in"
    " R and γ the bound is {bound:.0f}, without it {without:.0f}."
)

POOL = Pool(
    Statement(
        "bound",
        "On separable samples the learning rule, started at zero, makes at most (R/γ)² mistakes,"
        " where R and γ are those of the samples with a 1 for the bias.",
        measured.bound,
        lambda m: m.share <= 1,
        _BOUND,
        True,
    ),
    Statement(
        "bound",
        "The bound (R/γ)² on the number of mistakes becomes ten times as large if every sample is"
        " there ten times.",
        measured.bound,
        lambda m: m.copied > 2,
        _BOUND,
        False,
    ),
    Statement(
        "rate",
        "If weights and bias start at zero, the learning rate changes their length, but at no step"
        " a classification.",
        measured.rate,
        lambda m: m.different == 0,
        _RATE,
        True,
    ),
    Statement(
        "rate",
        "With a learning rate of 1/8 instead of 1, and weights and bias that start at zero, the"
        " rule needs about eight times as many mistakes.",
        measured.rate,
        lambda m: m.eighth > 4 * m.whole,
        _RATE,
        False,
    ),
    Statement(
        "no line",
        "On samples that no line separates, a pass through all samples is never without a mistake.",
        measured.endless,
        lambda m: m.fewest > 0,
        _ENDLESS,
        True,
    ),
    Statement(
        "no line",
        "On four samples that no line separates, the weights grow beyond all limits as updates are"
        " made.",
        measured.endless,
        lambda m: m.longest > 20,
        _ENDLESS,
        False,
    ),
    Statement(
        "no line",
        "On samples that no line separates, the rule comes to rest at a boundary with the fewest"
        " possible errors.",
        measured.endless,
        lambda m: m.at_the_end == m.best,
        _STOPS,
        False,
    ),
    Statement(
        "start",
        "A rule that learns from samples with y (w·x + b) < 0 alone, without those on the boundary,"
        " stays for ever at zero if weights and bias start there.",
        measured.start,
        lambda m: m.strict == 0,
        _START,
        True,
    ),
    Statement(
        "start",
        "Weights and bias must start at small random numbers: at zero the learning rule finds no"
        " mistake from which to learn.",
        measured.start,
        lambda m: m.usual == 0,
        _START,
        False,
    ),
    Statement(
        "order",
        "Two orders of the same separable samples can lead to two different boundaries, both"
        " without an error on these samples.",
        measured.orders,
        lambda m: m.boundaries > 0,
        _ORDERS,
        True,
    ),
    Statement(
        "order",
        "However separable samples are shuffled, the learning rule makes the same number of"
        " mistakes on them.",
        measured.orders,
        lambda m: m.counts == 0,
        _ORDERS,
        False,
    ),
    Statement(
        "update",
        "An update raises y (w·x + b) of the sample on which it is made.",
        measured.one_update,
        lambda m: m.rise > 0,
        _UPDATE,
        True,
    ),
    Statement(
        "update",
        "After an update, the sample on which it was made is on the right side of the boundary.",
        measured.one_update,
        lambda m: m.still_wrong == 0,
        _UPDATE,
        False,
    ),
    Statement(
        "scale",
        "Doubling the weights and the bias together moves the boundary away from the origin.",
        measured.scaled,
        lambda m: m.both > 0,
        _SCALED,
        False,
    ),
    Statement(
        "scale",
        "Doubling the weights, but not a bias other than 0, moves the boundary.",
        measured.scaled,
        lambda m: m.weights > 0,
        _SCALED,
        True,
    ),
    Statement(
        "functions",
        "A perceptron with two inputs of 0 or 1 can compute 14 of the 16 functions of them.",
        measured.functions,
        lambda m: m.with_a_line == 14,
        _FUNCTIONS,
        True,
    ),
    Statement(
        "xor",
        "Of the four inputs of XOR, a single perceptron classifies at most two as it should.",
        measured.xor,
        lambda m: m.best == 2,
        _XOR,
        False,
    ),
    Statement(
        "relu",
        "XOR is out of reach for a hidden layer of two ReLU units, whatever weights they have.",
        measured.relu,
        lambda m: m.error > 0,
        _RELU,
        False,
    ),
    Statement(
        "relu",
        "There are weights with which a hidden layer of two ReLU units computes XOR on all four"
        " inputs.",
        measured.relu,
        lambda m: m.error < 1e-12,
        _RELU,
        True,
    ),
    Statement(
        "overlap",
        "On two normal distributions of deviation 1 with means (−1, 0) and (1, 0), 100 samples and"
        " 20 passes, averaged weights are on average more accurate on new samples than the last"
        " ones.",
        measured.no_line,
        lambda m: m.averaged - m.last > 0.01,
        _NO_LINE,
        True,
    ),
    Statement(
        "overlap",
        "On overlapping classes, the last weights are on average more accurate on new samples than"
        " the averaged ones or the pocket, since they have learned from more mistakes.",
        measured.no_line,
        lambda m: m.last > max(m.averaged, m.pocket),
        _NO_LINE,
        False,
    ),
    Statement(
        "bias",
        "With R and γ taken without the bias, the rule with a bias can make more than (R/γ)²"
        " mistakes.",
        measured.no_bias,
        lambda m: m.mistakes > m.without,
        _NO_BIAS,
        True,
    ),
)
