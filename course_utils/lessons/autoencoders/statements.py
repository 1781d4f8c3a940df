"""Statements about autoencoders, each decided by a measurement on held-out digits."""

from course_utils.exam.statements import Pool, Statement
from course_utils.lessons.autoencoders import measurements

_SPACES = (
    "Over five seeds the two spaces are at most {spaces:.1f}° apart, and a column of the decoder is"
    " {axes:.0f}° or more from the nearest axis, on average."
)
_PLACE = (
    "Squared error in the hole {by_hole:.3f} with the loss over the hole and {by_whole:.3f} with"
    " the loss over the whole; outside it {visible_by_hole:.3f} and {visible_by_whole:.3f}."
)
_NEIGHBOURS = (
    "Mean squared error in the hole: network {network:.3f}, nearest neighbour {one:.3f}, mean of"
    " five {five:.3f}."
)
_CONSTANTS = (
    "The least squared error is had at {squared:.2f}, the least mean magnitude at {magnitude:.2f}."
)

FIRST = (
    Statement(
        "linear",
        "Trained to its minimum on centred digits, a linear autoencoder with ten code numbers has a"
        " decoder that spans the same space as ten principal axes.",
        measurements.spaces,
        lambda m: m.spaces < 5,
        _SPACES,
        True,
    ),
    Statement(
        "undamaged",
        "A network that was trained only to copy undamaged digits repaints erased parts better than"
        " the mean digit does.",
        measurements.undamaged,
        lambda m: m.hole < m.mean_digit,
        "Networks that were never shown a hole copy with an error of {clean:.3f}; in a hole it is"
        " {hole:.3f}, and that of the mean digit {mean_digit:.3f}.",
        False,
    ),
    Statement(
        "constant",
        "Where a pixel is white in three of five pictures and black in two, painting it white has"
        " the smallest mean absolute error.",
        measurements.constants,
        lambda m: m.magnitude == 0,
        _CONSTANTS,
        True,
    ),
    Statement(
        "neighbours",
        "On these digits, the lecture's denoising autoencoder, after 600 steps, repairs with a"
        " smaller squared error than the mean of the five nearest training digits.",
        measurements.neighbours,
        lambda m: m.network < m.five,
        _NEIGHBOURS,
        False,
    ),
)

MORE = (
    Statement(
        "linear",
        "The columns of a trained linear decoder are the principal axes, up to sign and order.",
        measurements.spaces,
        lambda m: m.axes < 5,
        _SPACES,
        False,
    ),
    Statement(
        "centring",
        "Left uncentred, the digits give the same best linear space as after subtracting the mean.",
        measurements.uncentred,
        lambda m: m.angle < 5,
        "The two spaces have a principal angle of {angle:.0f}° or more, over five seeds.",
        False,
    ),
    Statement(
        "wide",
        "With three times as many hidden units as pixels, a denoising autoencoder repairs better"
        " than the mean digit does.",
        measurements.wide,
        lambda m: m.network < m.mean_digit and m.times == 3,
        "With {times:.0f} hidden units for each pixel the squared error is {network:.3f}; that of"
        " the mean digit is {mean_digit:.3f}.",
        True,
    ),
    Statement(
        "target",
        "Trained with the erased picture as the target, a network leaves the hole as white as"
        " paper.",
        measurements.target,
        lambda m: m.painted < 0.1 * m.ink,
        "It paints {painted:.3f} on average, where the ink was {ink:.2f}.",
        True,
    ),
    Statement(
        "place",
        "The loss over the hole gives a smaller error in the hole than the loss over the whole"
        " picture.",
        measurements.place,
        lambda m: m.by_hole < m.by_whole,
        _PLACE,
        True,
    ),
    Statement(
        "place",
        "The loss over the hole also gives the smaller error outside of the hole.",
        measurements.place,
        lambda m: m.visible_by_hole < m.visible_by_whole,
        _PLACE,
        False,
    ),
    Statement(
        "constant",
        "The grey with the smallest mean squared error to several pixel values is their median.",
        measurements.constants,
        lambda m: m.squared == 0,
        "For 0, 0, 0, 1, 1 the median is 0. " + _CONSTANTS,
        False,
    ),
    Statement(
        "grey",
        "Networks trained by squared errors paint more grey pixels than there are in the digits.",
        measurements.grey,
        lambda m: m.squares > m.truth,
        "In the hole {squares:percent} of what they paint is grey, and {truth:percent} of what was"
        " there.",
        True,
    ),
    Statement(
        "grey",
        "Networks trained by absolute errors paint as few grey pixels as there are in the digits.",
        measurements.grey,
        lambda m: m.magnitudes <= m.truth,
        "In the hole {magnitudes:percent} of what they paint is grey, and {truth:percent} of what"
        " was there.",
        False,
    ),
    Statement(
        "neighbours",
        "A trained denoising autoencoder repairs with a smaller squared error than the nearest"
        " training digit.",
        measurements.neighbours,
        lambda m: m.network < m.one,
        _NEIGHBOURS,
        True,
    ),
    Statement(
        "hands",
        "The nearest training digit repairs equally well whether or not the hand that wrote the"
        " digit is among the training data.",
        measurements.hands,
        lambda m: abs(m.other - m.same) < 0.1 * m.other,
        "Its squared error is {other:.3f} for sheets held out whole, and {same:.3f} where digits of"
        " all sheets are held out.",
        False,
    ),
    Statement(
        "two numbers",
        "With a code of two numbers, a deep autoencoder reconstructs held-out digits better than"
        " PCA with two axes.",
        measurements.two_numbers,
        lambda m: m.deep < m.pca,
        "The squared error per pixel is {deep:.3f}, and {pca:.3f} by PCA.",
        True,
    ),
    Statement(
        "random",
        "Codes drawn at random from the square decode to pictures as close to a training digit as"
        " reconstructions are.",
        measurements.random_codes,
        lambda m: m.random < 1.05 * m.reconstructed,
        "The root mean squared difference to the most similar training digit is {random:.3f} for"
        " pictures decoded from random codes, and {reconstructed:.3f} for reconstructions.",
        False,
    ),
    Statement(
        "entropy",
        "The binary cross-entropy of grey digits with perfect copies of themselves is above 0.",
        measurements.entropy,
        lambda m: m.itself > 0,
        "It is {itself:.3f} per pixel, the entropy of the greys.",
        True,
    ),
)

POOL = Pool(*FIRST, *MORE)
