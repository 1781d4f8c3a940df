"""What typical faults of a convolution give."""

from collections.abc import Sequence

import numpy as np

from course_utils.verify import reference
from course_utils.verify.outcome import Fault
from course_utils.verify.properties.convolution_cases import KERNELS, Case


def _sliced(images: np.ndarray, space: list[slice]) -> np.ndarray:
    """Return images (batch, channels, …) cut along the spatial axes."""
    return images[(slice(None), slice(None), *space)]


def forward_faults(case: Case, front: Sequence[int], right: np.ndarray) -> list[Fault]:
    """Return what may be wrong with an output, for one alignment and its right output."""
    space = tuple(range(2, case.weights.ndim))
    bias = case.bias.reshape(KERNELS, *[1] * len(space))
    no_stride = [1] * len(space)

    def with_weights(weights: np.ndarray) -> np.ndarray:
        return reference.correlate(case.x, weights, case.bias, case.stride, front)

    def valid() -> np.ndarray:
        whole = reference.correlate(case.x, case.weights, case.bias, no_stride, [0] * len(space))
        sizes = zip(case.shape[2:], case.kernel[1:], strict=True)
        inner = _sliced(whole, [slice(0, n - k + 1) for n, k in sizes])
        return _sliced(inner, [slice(None, None, s) for s in case.stride])

    return [
        Fault(
            "the kernel is flipped: this is a convolution, not a cross-correlation",
            lambda: with_weights(np.flip(case.weights, space)),
            "use `scipy.signal.correlate`, or do not flip the kernel",
        ),
        Fault(
            "the channels are flipped too",
            lambda: with_weights(np.flip(case.weights, (1, *space))),
            "a convolution along the channel axis flips it: use a correlation, or sum the channels",
        ),
        Fault("the channels are in the wrong order", lambda: with_weights(case.weights[:, ::-1])),
        Fault("the bias is left out", lambda: right - bias, "add one bias to each output channel"),
        Fault(
            "the bias is added once per input channel",
            lambda: right + (case.kernel[0] - 1) * bias,
            "add the bias after summing the channels",
        ),
        Fault(
            "only the first channel is used",
            lambda: reference.correlate(
                case.x[:, :1], case.weights[:, :1], case.bias, case.stride, front
            ),
        ),
        Fault(
            "the channels are averaged instead of summed",
            lambda: reference.correlate(
                case.x, case.weights / case.kernel[0], case.bias, case.stride, front
            ),
        ),
        Fault(
            "the stride is ignored",
            lambda: reference.correlate(case.x, case.weights, case.bias, no_stride, front),
        ),
        Fault(
            "the two strides are exchanged",
            lambda: reference.correlate(case.x, case.weights, case.bias, case.stride[::-1], front),
            "stride_shape is (along y, along x)",
        ),
        Fault(
            "the first stride is used for both axes",
            lambda: reference.correlate(
                case.x, case.weights, case.bias, case.stride[:1] * len(space), front
            ),
            "stride_shape is (along y, along x)",
        ),
        Fault(
            "nothing is padded: this is the 'valid' part",
            valid,
            "pad with zeros so that the size stays",
        ),
        Fault(
            "the stride starts one element late",
            lambda: _sliced(
                reference.correlate(case.x, case.weights, case.bias, no_stride, front),
                [slice(1, None, s) for s in case.stride],
            ),
        ),
    ]


_WRONG_SIDE = "the error is padded as if the extra zero of an even kernel were on the other side"


def error_faults(case: Case, own: Sequence[int], others: list) -> list[Fault]:
    """Return what may be wrong with the error; `own` is the alignment of the output."""
    space = tuple(range(2, case.weights.ndim))

    def error_for(weights: np.ndarray, front: Sequence[int]) -> np.ndarray:
        return reference.correlate_error(case.shape, weights, case.error, case.stride, front)

    return [
        Fault(
            "the kernel is not flipped: backward needs a convolution where forward correlates",
            lambda: error_for(np.flip(case.weights, space), own),
            "swap correlation and convolution between the two passes",
        ),
        Fault(
            "the kernel is not flipped: backward needs a convolution where forward correlates",
            lambda: error_for(
                np.flip(case.weights, space),
                [k - 1 - f for k, f in zip(case.kernel[1:], own, strict=True)],
            ),
            "swap correlation and convolution between the two passes",
        ),
        Fault(
            "the channels are in the wrong order",
            lambda: error_for(case.weights[:, ::-1], own),
            "a convolution along the kernel axis flips it",
        ),
        Fault(
            "the kernels are in the wrong order",
            lambda: error_for(case.weights[::-1], own),
            "a convolution along the kernel axis flips it",
        ),
        *[
            Fault(
                _WRONG_SIDE,
                lambda f=f: error_for(case.weights, f),
                "the padding of backward mirrors that of forward",
            )
            for f in others
        ],
        Fault(
            "the error is repeated between the strides instead of set to 0 there",
            lambda: reference.correlate_error(
                case.shape, case.weights, _repeated(case), [1] * len(space), own
            ),
            "put the error into zeros, at every stride-th place",
        ),
    ]


def _repeated(case: Case) -> np.ndarray:
    error = case.error
    for axis, (step, size) in enumerate(zip(case.stride, case.shape[2:], strict=True), start=2):
        error = np.take(np.repeat(error, step, axis=axis), range(size), axis=axis)
    return error


def gradient_faults(case: Case, own: Sequence[int], others: list) -> list[Fault]:
    """Return what may be wrong with `gradient_weights`, in the same way."""
    space = tuple(range(2, case.weights.ndim))

    def gradient_for(front: Sequence[int]) -> np.ndarray:
        return reference.correlate_gradient(case.x, case.kernel[1:], case.error, case.stride, front)

    return [
        Fault(
            "the gradient is flipped: it is a correlation of input and error",
            lambda: np.flip(gradient_for(own), space),
            "use a correlation and not a convolution",
        ),
        *[
            Fault(
                "the input is padded as if the extra zero of an even kernel were on the other side",
                lambda f=f: gradient_for(f),
                "pad the input in backward exactly as in forward",
            )
            for f in others
        ],
        Fault("the channels are in the wrong order", lambda: gradient_for(own)[:, ::-1]),
        Fault(
            "only the first sample of the batch is used",
            lambda: reference.correlate_gradient(
                case.x[:1], case.kernel[1:], case.error[:1], case.stride, own
            ),
        ),
        Fault(
            "only the last sample of the batch is used",
            lambda: reference.correlate_gradient(
                case.x[-1:], case.kernel[1:], case.error[-1:], case.stride, own
            ),
        ),
    ]
