"""Conv in one dimension, apart from two: what fails there is one entry."""

from collections.abc import Callable

import numpy as np

from course_utils.verify.outcome import require
from course_utils.verify.properties.convolution import (
    check_backward,
    check_forward,
    forms_of_stride,
)
from course_utils.verify.properties.convolution_cases import (
    EVEN,
    EVEN_ONE_DIMENSION,
    EVEN_STRIDED,
    KERNELS,
    ONE_DIMENSION,
    SQUARE,
    STRIDED,
    Case,
)
from course_utils.verify.properties.convolution_updates import check_initialize
from course_utils.verify.requirement import requirement

_FORWARD = ("forward", "forward_strided", "starts")


def _holds(check: Callable[[type, Case], object], layer_class: type, *cases: Case) -> bool:
    """Tell whether something holds in two dimensions; where it does not, that is said there."""
    try:
        for case in cases:
            check(layer_class, case)
    except Exception:
        return False
    return True


@requirement("Conv", after=_FORWARD)
def forward_one_dimension(layer_class: type) -> None:
    """Works in one dimension, on (batch, channels, y): weights, stride, padding."""
    layer = layer_class(ONE_DIMENSION.stride, ONE_DIMENSION.kernel, KERNELS)
    got, expected = np.shape(layer.weights), (KERNELS, *ONE_DIMENSION.kernel)
    require(
        got == expected,
        "weights in one dimension",
        f"weights has shape {got}, expected (kernels, channels, m) = {expected}",
        "an axis of length 1 is added" if got[:2] + got[3:] == expected else "",
    )
    check_forward(layer_class, ONE_DIMENSION)
    if _holds(check_forward, layer_class, EVEN, EVEN_STRIDED):
        check_forward(layer_class, EVEN_ONE_DIMENSION)
    if _holds(forms_of_stride, layer_class, SQUARE):
        forms_of_stride(layer_class, ONE_DIMENSION)
    if _holds(check_initialize, layer_class, STRIDED):
        check_initialize(layer_class, ONE_DIMENSION)


@requirement(
    "Conv", after=("forward_one_dimension", "backward", "backward_strided", "forward", "starts")
)
def backward_one_dimension(layer_class: type) -> None:
    """Error and gradients are right in one dimension."""
    check_backward(layer_class, ONE_DIMENSION)
    if _holds(check_backward, layer_class, EVEN, EVEN_STRIDED):
        check_backward(layer_class, EVEN_ONE_DIMENSION)
