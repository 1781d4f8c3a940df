"""Item 1.5: what LeNet-5 does not use. A row is true if the network does without it."""

from course_utils.exam.statements import Pool, Statement
from course_utils.lessons.cnns.measurements import parts

EXAM = (
    Statement(
        "pooling",
        "Pooling (sub-sampling).",
        parts.poolings,
        lambda m: m.layers == 0,
        "Built as the paper says, it has {layers} of them, S2 and S4.",
        False,
    ),
    Statement(
        "convolution",
        "Convolutional layers that extract spatial features.",
        parts.convolutions,
        lambda m: m.layers == 0,
        "Built as the paper says, it has {layers} of them, C1, C3 and C5.",
        False,
    ),
    Statement(
        "activation",
        "ReLU as its non-linearity.",
        parts.activations,
        lambda m: m.relu == 0,
        "Built as the paper says, it has {relu} ReLU and {tanh} layers of a scaled tanh.",
        True,
    ),
    Statement(
        "skip",
        "Skip connections that carry a layer's input past it.",
        parts.connections,
        lambda m: m.skips == 0,
        "Of the {layers} modules of our build, {skips} are read by more than one other module.",
        True,
    ),
)

MORE = (
    Statement(
        "pooling",
        "Max pooling: the largest of four neighbours is passed on.",
        parts.poolings,
        lambda m: m.maximum == 0,
        "{maximum} of its {layers} pooling layers do that: they add the four, multiply the sum by a"
        " weight and add a bias.",
        True,
    ),
    Statement(
        "pooling",
        "Learned weights in its pooling layers.",
        parts.poolings,
        lambda m: m.learned == 0,
        "There are {learned} numbers to learn in S2 and S4: a weight and a bias for each map.",
        False,
    ),
    Statement(
        "convolution",
        "Convolution kernels of 3 × 3.",
        parts.convolutions,
        lambda m: m.three_by_three == 0,
        "{three_by_three} of its {layers} convolutional layers have such kernels; all are 5 × 5.",
        True,
    ),
    Statement(
        "activation",
        "A scaled hyperbolic tangent.",
        parts.activations,
        lambda m: m.tanh == 0,
        "It has {tanh} layers of it, and {relu} of ReLU.",
        False,
    ),
    Statement(
        "dense",
        "A fully connected layer.",
        parts.dense,
        lambda m: m.layers == 0,
        "It has {layers}, F6; C5 is one in effect, since its kernels cover all of their input.",
        False,
    ),
    Statement(
        "output",
        "A softmax output layer.",
        parts.outputs,
        lambda m: m.softmax == 0,
        "It has {softmax} softmax layers; {radial} layer of radial basis functions measures"
        " distances from a code of each class.",
        True,
    ),
    Statement(
        "output",
        "Radial basis functions at its output.",
        parts.outputs,
        lambda m: m.radial == 0,
        "It has {radial} layer of them, its output: squared distances from a code of each class.",
        False,
    ),
    Statement(
        "helpers",
        "Batch normalization between its layers.",
        parts.helpers,
        lambda m: m.batch_norm == 0,
        "It has {batch_norm} such layers; the method is of 2015.",
        True,
    ),
    Statement(
        "helpers",
        "Dropout of hidden units in training.",
        parts.helpers,
        lambda m: m.dropout == 0,
        "It has {dropout} such layers; the method is of 2012.",
        True,
    ),
    Statement(
        "partial",
        "Feature maps that read a part of those before them.",
        parts.partial,
        lambda m: m.connections == m.possible,
        "Between S2 and C3 there are {connections} of {possible} possible connections.",
        False,
    ),
)

POOL = Pool(*EXAM, *MORE)
