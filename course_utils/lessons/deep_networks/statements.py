"""Statements about vanishing gradients: rows that say what is measured and what makes each true."""

from course_utils.exam.statements import Pool, Statement
from course_utils.lessons.deep_networks import measurements

_DROPOUT = (
    "With tanh and PyTorch's default scale, the first layer's error is $10^{{{plain:.1f}}}$ of"
    " the last one's; $10^{{{kept:.1f}}}$ when half of the units are dropped and the others"
    " scaled by √2, so that the signal keeps its size. Scaled by 2 it is $10^{{{inverted:.1f}}}$:"
    " that gain acts, not the dropping."
)
_RECURRENT = (
    "With one weight matrix for all 30 layers, as in an unrolled recurrent network, the first"
    " error was $10^{{{shared:.1f}}}$ of the last; with a matrix for each layer"
    " $10^{{{plain:.1f}}}$."
)
_PLACE = (
    "With sigmoids, layer 1 gets an error of $10^{{{first:.1f}}}$ of that of layer 30, and layer"
    " 15 one of $10^{{{middle:.1f}}}$."
)
_TANH = (
    "With PyTorch's default scale, the first layer's error is $10^{{{tanh:.1f}}}$ of the last"
    " one's with tanh and $10^{{{sigmoid:.1f}}}$ with the sigmoid; with Xavier's, tanh keeps"
    " $10^{{{tanh_xavier:.1f}}}$."
)
_RELU = (
    "The first layer's error is $10^{{{he:.1f}}}$ of the last one's with He's weights and"
    " $10^{{{default:.1f}}}$ with PyTorch's default; their σ times √fan_in are {he_deviation:.2f}"
    " and {default_deviation:.2f}."
)
_SKIP = (
    "With skip connections the first layer's error is $10^{{{sigmoid:.1f}}}$ of the last one's"
    " with sigmoids ($10^{{{sigmoid_plain:.1f}}}$ without), and $10^{{{relu:.1f}}}$ with ReLU and"
    " He's weights."
)
_BATCH_NORM = (
    "With sigmoids, the first layer's error is $10^{{{plain:.1f}}}$ of the last one's, and"
    " $10^{{{batch_norm:.1f}}}$ with batch normalization before every sigmoid."
)
_DEPTH = (
    "With tanh and PyTorch's default scale, the first layer's error is $10^{{{five:.1f}}}$ of"
    " the last one's with 5 hidden layers, $10^{{{thirty:.1f}}}$ with 30."
)
_LINEAR = (
    "Without activation functions, the first layer's error is $10^{{{default:.1f}}}$ of the last"
    " one's with PyTorch's default scale, $10^{{{xavier:.1f}}}$ with Xavier's."
)
_CLIP = (
    "In a sigmoid network of 10 layers the first layer's error was $10^{{{before:.2f}}}$ of the"
    " last one's before the gradient was clipped to a tenth of its norm, and"
    " $10^{{{after:.2f}}}$ after it: every layer's error was multiplied by {kept:.2f}."
)

EXAM = (
    Statement(
        "dropout",
        "Dropout is a remedy: dropping units at random, with the signal kept at its size, makes"
        " the first layers' gradient larger.",
        measurements.dropped,
        lambda m: m.kept > m.plain + 1,
        _DROPOUT,
        False,
    ),
    Statement(
        "recurrent",
        "Recurrent networks are spared, since they use the same weights at all time steps and so"
        " have one layer, however long the sequence is.",
        measurements.recurrent,
        lambda m: m.shared > -1,
        _RECURRENT,
        False,
    ),
    Statement(
        "place",
        "It slows down the later layers: those near the output get a smaller gradient than those"
        " near the input.",
        measurements.place,
        lambda m: m.first > m.last,
        _PLACE,
        False,
    ),
    Statement(
        "tanh",
        "Tanh is preferred to the sigmoid because gradients do not vanish with it, whatever the"
        " scale of the weights.",
        measurements.saturating,
        lambda m: m.tanh > -1,
        _TANH,
        False,
    ),
)
"""What the exam's four statements say, in its order."""

_MORE = (
    Statement(
        "dropout",
        "It is the gain of inverted dropout, not the dropping, that enlarges the gradient on its"
        " way back through tanh layers.",
        measurements.dropped,
        lambda m: m.inverted > m.plain + 2 and abs(m.kept - m.plain) < 1,
        _DROPOUT,
        True,
    ),
    Statement(
        "recurrent",
        "An unrolled recurrent network with sigmoids loses its gradient over 30 time steps, as a"
        " feedforward network of 30 layers does.",
        measurements.recurrent,
        lambda m: m.shared < -10,
        _RECURRENT,
        True,
    ),
    Statement(
        "place",
        "Where gradients vanish, the layers near the input get the smallest, since a gradient is a"
        " product with a factor for each layer behind.",
        measurements.place,
        lambda m: m.first < m.middle < m.last,
        _PLACE,
        True,
    ),
    Statement(
        "tanh",
        "With one and the same scale of the weights, PyTorch's default, a stack of tanh layers"
        " loses less of the gradient than one of sigmoids.",
        measurements.saturating,
        lambda m: m.tanh > m.sigmoid + 2,
        _TANH,
        True,
    ),
    Statement(
        "relu",
        "With He's weights, the first of 30 plain ReLU layers gets between a hundredth and a"
        " hundred times the last one's gradient.",
        measurements.rectified,
        lambda m: abs(m.he) < 2,
        _RELU,
        True,
    ),
    Statement(
        "relu",
        "PyTorch's `nn.Linear` draws its weights with the standard deviation of He's rule for ReLU"
        " layers unless it is told otherwise.",
        measurements.rectified,
        lambda m: abs(m.default_deviation - m.he_deviation) < 0.1,
        _RELU,
        False,
    ),
    Statement(
        "relu",
        "A ReLU has slope 1 where it is active, so the gradient of a plain stack of ReLU layers"
        " keeps its size at any scale of the weights.",
        measurements.rectified,
        lambda m: m.default > -2,
        _RELU,
        False,
    ),
    Statement(
        "skip",
        "Skip connections around sigmoid layers keep the first layer's gradient from vanishing.",
        measurements.skipped,
        lambda m: m.sigmoid > -0.5,
        _SKIP,
        True,
    ),
    Statement(
        "skip",
        "With skip connections around ReLU layers and He's weights, the gradient has about the same"
        " size at the first layer as at the last.",
        measurements.skipped,
        lambda m: abs(m.relu) < 1,
        _SKIP,
        False,
    ),
    Statement(
        "batch norm",
        "Batch normalization before each sigmoid brings the first layer's gradient back to more"
        " than a tenth of the last one's.",
        measurements.normalized,
        lambda m: m.batch_norm > -1,
        _BATCH_NORM,
        True,
    ),
    Statement(
        "depth",
        "Where gradients vanish in tanh networks, 5 hidden layers lose as large a share of the"
        " gradient as 30 do.",
        measurements.deep,
        lambda m: abs(m.five - m.thirty) < 1,
        _DEPTH,
        False,
    ),
    Statement(
        "linear",
        "It takes activation functions to lose a gradient: in a stack of linear layers without"
        " them it keeps its size at PyTorch's default scale.",
        measurements.straight,
        lambda m: m.default > -2,
        _LINEAR,
        False,
    ),
    Statement(
        "linear",
        "In a deep stack of linear layers, the scale of the weights decides whether the gradient"
        " shrinks on its way back.",
        measurements.straight,
        lambda m: m.default < -4 and m.xavier > -2,
        _LINEAR,
        True,
    ),
    Statement(
        "clipping",
        "Clipping (multiplying the whole gradient by one factor if its norm is too large) is a"
        " cure: it makes the first layer's share of it larger.",
        measurements.clipped,
        lambda m: m.after > m.before + 0.01,
        _CLIP,
        False,
    ),
    Statement(
        "clipping",
        "Clipping (multiplying the whole gradient by one factor if its norm is too large) leaves"
        " the layers' gradients in the same proportion.",
        measurements.clipped,
        lambda m: abs(m.after - m.before) < 0.01,
        _CLIP,
        True,
    ),
)

POOL = Pool(*EXAM, *_MORE)
