"""What the four statements of exam item 1.4 say, in its order."""

from course_utils.exam.statements import Statement
from course_utils.lessons.batch_norm.measurements import layers, training

EXAM = (
    Statement(
        "inference",
        "Batch norm layers matter in training only; at inference they may be left out.",
        training.inference,
        lambda m: m.skipped >= m.running - 0.01,
        "Of the test digits, networks with batch norm recognized {running:percent}, and"
        " {skipped:percent} once it was left out (mean of five seeds).",
        False,
    ),
    Statement(
        "backpropagation",
        "Batch norm is a way of backpropagation: it is what computes the gradients.",
        layers.backpropagation,
        lambda m: m.mean_off > 0.1,
        "It normalized a batch, to means within {mean_off:.0e} of 0, in a forward pass with no"
        " gradient computed. It is a layer; backpropagation runs through it as through others.",
        False,
    ),
    Statement(
        "weights",
        "Batch norm normalizes the weights of a layer.",
        layers.weights,
        lambda m: m.highest - m.lowest < 0.01,
        "The lengths of five units' weights lay between {lowest:.2g} and {highest:.2g}, before and"
        " after. What it brought to variance 1, to within {variance_off:.0e}, were activations.",
        False,
    ),
    Statement(
        "smoothness",
        "In deep networks at learning rates of 0.03 and 0.1, batch norm smooths the loss landscape:"
        " loss and gradient change less along a step of training.",
        training.smoothness,
        lambda m: (
            m.range_with < m.range_without
            and m.change_with < m.change_without
            and m.slow_range_with < m.slow_range_without
            and m.slow_change_with < m.slow_change_without
        ),
        "With 12 layers and rate 0.1, the loss along a step covered a range of {range_with:.2f}"
        " with batch norm and {range_without:.2f} without; the gradient changed by"
        " {change_with:.1f} and {change_without:.1f} times its length. At rate 0.03 it was"
        " {slow_range_with:.2f} and {slow_range_without:.2f}, {slow_change_with:.1f} and"
        " {slow_change_without:.1f} (medians of five seeds).",
        True,
    ),
)
