"""What one batch norm computes, keeps and trains."""

from course_utils.exam.statements import Statement
from course_utils.lessons.batch_norm.measurements import layers

LAYER = (
    Statement(
        "backpropagation",
        "In training, the gradient by one sample's input depends on the other samples of the batch,"
        " since mean and variance do.",
        layers.backpropagation,
        lambda m: m.others == m.samples,
        "The gradient of one sample's squared output was not 0 for {others} of {samples} samples"
        " of the batch.",
        True,
    ),
    Statement(
        "backpropagation",
        "In evaluation, the output for one sample has a gradient by the inputs of the other samples"
        " that are evaluated with it.",
        layers.backpropagation,
        lambda m: m.others_in_evaluation > 1,
        "The gradient of one sample's squared output was not 0 for {others_in_evaluation} of"
        " {samples} samples: the running statistics are constants.",
        False,
    ),
    Statement(
        "weights",
        "If the weights in front of a batch norm are made ten times as large, its output in"
        " training stays as it is, apart from ε and rounding.",
        layers.weights,
        lambda m: m.scaled < 1e-6,
        "The outputs moved by up to {scaled:.0e}: the distances from the mean grew tenfold, and so"
        " did the deviation.",
        True,
    ),
    Statement(
        "weights",
        "A bias in the linear layer just before a batch norm is trained about as quickly as the"
        " weights of that layer.",
        layers.weights,
        lambda m: m.bias_gradient > 0.01,
        "The largest gradient of such a bias was {bias_gradient:.0e} of the largest gradient of a"
        " weight: it is subtracted again with the mean.",
        False,
    ),
    Statement(
        "momentum",
        "PyTorch's default momentum of 0.1 lets a tenth of the old running mean stay after"
        " a batch.",
        layers.running,
        lambda m: m.after_one > 0.5,
        "After one batch, {after_one:percent} of its mean were in the running mean: momentum is"
        " the weight of the new batch, and nine tenths of the old value stay.",
        False,
    ),
    Statement(
        "momentum",
        "With PyTorch's default momentum of 0.1, more than a tenth of the running mean's start is"
        " left after 20 batches.",
        layers.running,
        lambda m: m.left_after_20 > 0.1,
        "Of the start, {left_after_20:.1percent} were left, which is 0.9 to the power of 20.",
        True,
    ),
    Statement(
        "momentum",
        "For a batch of four, PyTorch puts a larger variance into the running variance than the one"
        " that it divides by.",
        layers.running,
        lambda m: m.stored > 1.01,
        "What was stored was {stored:.3f} times what normalized the batch: it divides by n − 1"
        " there, and by n in the forward pass.",
        True,
    ),
    Statement(
        "shape",
        "After batch norm, a unit's values over the batch are normally distributed, whatever they"
        " were before.",
        layers.shape,
        lambda m: abs(m.after) < 0.3,
        "The skewness of five units, at least {before:.2f} before, was at least {after:.2f} after;"
        " a normal distribution has 0.",
        False,
    ),
    Statement(
        "shape",
        "Batch norm with γ = 1 leaves the skewness of a unit's values over the batch as it was.",
        layers.shape,
        lambda m: m.changed < 1e-6,
        "The skewness of five units moved by up to {changed:.0e}: a shift and a positive factor"
        " keep the shape.",
        True,
    ),
    Statement(
        "two",
        "In a batch of two clearly different samples, a unit's normalized values are about −1 and 1"
        " in training, with γ = 1 and β = 0.",
        layers.two,
        lambda m: m.at_one > 0.95,
        "Of a thousand pairs, {at_one:.1percent} came within 0.01 of −1 and 1.",
        True,
    ),
    Statement(
        "two",
        "In a batch of two samples, a unit's normalized values tell how far apart the two were, in"
        " training with γ = 1 and β = 0.",
        layers.two,
        lambda m: m.between > 0.5,
        "Of a thousand pairs with distances of all sizes, {at_one:.1percent} became −1 and 1;"
        " {between:.1percent} of the values were anywhere between −0.9 and 0.9.",
        False,
    ),
    Statement(
        "convolution",
        "For feature maps, batch norm takes one mean for each channel, over samples and positions.",
        layers.channels,
        lambda m: m.means == m.channels,
        "PyTorch's layer keeps {means} means for {channels} channels of 10 × 10 positions.",
        True,
    ),
    Statement(
        "convolution",
        "For feature maps, batch norm takes one mean for each position of each channel, over the"
        " samples of the batch.",
        layers.channels,
        lambda m: m.means == m.positions,
        "PyTorch's layer keeps {means} means for {positions} positions in {channels} channels.",
        False,
    ),
    Statement(
        "convolution",
        "The optimizer trains four numbers for each channel of a batch norm: γ, β, and running mean"
        " and variance.",
        layers.channels,
        lambda m: m.trained == 4 * m.channels,
        "Of a layer with {channels} channels, {trained} numbers are trained: γ and β. The running"
        " statistics are averaged, not trained.",
        False,
    ),
    Statement(
        "company",
        "In evaluation, what batch norm makes of a sample depends on which other samples are"
        " evaluated together with it.",
        layers.company,
        lambda m: m.evaluation > 1e-6,
        "One sample's outputs in two batches differed by {evaluation:.1f} in evaluation, and by up"
        " to {training:.1f} in training.",
        False,
    ),
    Statement(
        "company",
        "What layer norm makes of a sample is the same whichever other samples are in the batch.",
        layers.company,
        lambda m: m.layer_norm < 1e-9,
        "One sample's outputs in two batches differed by {layer_norm:.0e} with layer norm, and by"
        " up to {training:.1f} with batch norm in training.",
        True,
    ),
    Statement(
        "fold",
        "In evaluation, a linear layer and the batch norm after it do what one linear layer with"
        " other weights and biases does.",
        layers.folded,
        lambda m: m.apart < 1e-9,
        "PyTorch's folded layer gave the outputs of both to within {apart:.0e}.",
        True,
    ),
)
