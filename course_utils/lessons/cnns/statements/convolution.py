"""Item 1.7: statements about convolutional layers."""

from course_utils.exam.statements import Pool, Statement
from course_utils.lessons.cnns.measurements import layers

EXAM = (
    Statement(
        "channels",
        "The total number of its weights depends on how many channels its input has.",
        layers.channels,
        lambda m: m.one != m.three,
        "Eight kernels of 5 × 5 have {one} parameters for one input channel and {three} for three.",
        True,
    ),
    Statement(
        "stride",
        "The total number of its weights depends on the stride.",
        layers.stride,
        lambda m: m.parameters_1 != m.parameters_2,
        "With stride 1 it has {parameters_1} parameters, with stride 2 {parameters_2}; it is the"
        " output that shrinks, from {size_1} to {size_2} rows.",
        False,
    ),
    Statement(
        "rotation",
        "Its features are invariant to rotation: they stay the same when the image is turned.",
        layers.turned,
        lambda m: m.unchanged < 1e-9,
        "With five random images and kernels, a turn by 90° changed outputs by {unchanged:percent}"
        " or more of the largest.",
        False,
    ),
    Statement(
        "size",
        "It can process images of different spatial sizes, if they are not smaller than its"
        " kernels.",
        layers.size,
        lambda m: m.small != m.large and m.parameters_before == m.parameters_after,
        "One and the same layer gave {small} × {small} outputs for 12 × 12 pixels and"
        " {large} × {large} for 100 × 100, with {parameters_after} parameters.",
        True,
    ),
)

MORE = (
    Statement(
        "channels",
        "A 5 × 5 kernel has 25 weights, whatever the number of channels that it reads.",
        layers.channels,
        lambda m: m.kernel_of_six <= 25,
        "On 6 channels, one such kernel has {kernel_of_six} weights: it is as deep as its input.",
        False,
    ),
    Statement(
        "stride",
        "Twice the stride makes the output about half as high and half as wide.",
        layers.stride,
        lambda m: abs(2 * m.size_2 - m.size_1) <= 1,
        "A 5 × 5 kernel has {size_1} places along 32 pixels with stride 1, and {size_2} with"
        " stride 2.",
        True,
    ),
    Statement(
        "rotation",
        "A turn of the image by 90° makes the output turn by 90° as well, and changes it in no"
        " other way, whatever the kernels.",
        layers.turned,
        lambda m: m.turned_too < 1e-9,
        "With five random images and kernels, the turned output missed by {turned_too:percent} of"
        " its largest value or more.",
        False,
    ),
    Statement(
        "rotation",
        "If a square image and all kernels are turned by 90° together, the output is turned by 90°"
        " (stride 1, no padding).",
        layers.turned,
        lambda m: m.with_kernel < 1e-9,
        "So it was for five random images and kernels, to within {with_kernel:.0e}.",
        True,
    ),
    Statement(
        "size",
        "The number of its weights grows with the height and width of the images.",
        layers.size,
        lambda m: m.parameters_before != m.parameters_after,
        "It had {parameters_before} parameters before and {parameters_after} after it was given"
        " larger images.",
        False,
    ),
    Statement(
        "shift",
        "With stride 1 and away from the borders, its output moves along when the image moves by a"
        " pixel.",
        layers.shifted,
        lambda m: m.stride_1 < 1e-9,
        "For five random images and kernels, the largest difference of the shifted outputs was"
        " {stride_1:.0e}, as a share of the largest value.",
        True,
    ),
    Statement(
        "shift",
        "With stride 2, a shift of the image by one pixel leaves the output's numbers as they are,"
        " apart from a shift.",
        layers.shifted,
        lambda m: m.stride_2 < 1e-9,
        "For five random images and kernels the outputs differed by {stride_2:percent} of the"
        " largest value or more.",
        False,
    ),
    Statement(
        "bias",
        "If it has biases, it has one for each output channel.",
        layers.biases,
        lambda m: m.biases == m.outputs,
        "From 3 channels to {outputs} there are {biases} biases beside {weights} weights.",
        True,
    ),
    Statement(
        "bias",
        "If it has biases, it has one for each of its weights.",
        layers.biases,
        lambda m: m.biases == m.weights,
        "Beside {weights} weights there are {biases} biases.",
        False,
    ),
    Statement(
        "dilation",
        "On one channel, a 3 × 3 kernel with dilation 2 spans 5 × 5 inputs and has nine weights.",
        layers.dilated,
        lambda m: m.rows == 5 and m.weights == 9,
        "One output depended on inputs from {rows} rows; the kernel has {weights} weights.",
        True,
    ),
    Statement(
        "dilation",
        "With dilation 2, a 3 × 3 kernel needs more weights than without dilation.",
        layers.dilated,
        lambda m: m.weights > m.undilated,
        "It has {weights} with dilation and {undilated} without.",
        False,
    ),
    Statement(
        "padding",
        "With stride 1 and without padding, a 5 × 5 convolution makes 28 × 28 outputs of 32 × 32"
        " inputs.",
        layers.padded,
        lambda m: m.valid == 28,
        "It made {valid} × {valid}, and with 'same' padding {same} × {same}.",
        True,
    ),
    Statement(
        "padding",
        "Zero padding adds weights to the layer, for the pixels that are put around the image.",
        layers.padded,
        lambda m: m.parameters_same > m.parameters_valid,
        "There were {parameters_valid} parameters without padding and {parameters_same} with it.",
        False,
    ),
    Statement(
        "flip",
        "What PyTorch calls a convolution lays the kernel on the image as it is: a"
        " cross-correlation.",
        layers.flipped,
        lambda m: m.correlate < 1e-9 < m.convolve,
        "The largest difference from SciPy's `correlate` was {correlate:.0e}, from `convolve`"
        " {convolve:.1f}.",
        True,
    ),
    Statement(
        "flip",
        "What PyTorch calls a convolution flips the kernel before it is laid on, as mathematics"
        " defines it.",
        layers.flipped,
        lambda m: m.convolve < 1e-9,
        "The largest difference from SciPy's `convolve`, which flips, was {convolve:.1f}, from"
        " `correlate` {correlate:.0e}.",
        False,
    ),
    Statement(
        "field",
        "One output of two 3 × 3 convolutions in a row, of stride 1, sees 5 × 5 inputs.",
        layers.stacked,
        lambda m: m.two == 5,
        "Along a row it sees {two} inputs; with a third such layer {three}.",
        True,
    ),
    Statement(
        "field",
        "One output of three 3 × 3 convolutions in a row, of stride 1, sees 9 × 9 inputs.",
        layers.stacked,
        lambda m: m.three >= 9,
        "Along a row it sees {three} inputs: each further layer adds 2.",
        False,
    ),
    Statement(
        "pooling",
        "A max pooling layer behind it brings in further weights, which are learned too.",
        layers.pooling_parameters,
        lambda m: m.pooling > 0,
        "Max pooling of 2 × 2 has {pooling} parameters; a convolution of that size, one channel to"
        " one, has {convolution}.",
        False,
    ),
)

POOL = Pool(*EXAM, *MORE)
