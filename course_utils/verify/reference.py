"""Correlation and pooling in a few lines, for the expected values and for typical faults."""

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def alignments(size: int, kernel: int, stride: int) -> dict[str, int]:
    """Return the right ways to place 'same' windows along one axis: name → zeros in front.

    Parameters
    ----------
    size, kernel, stride
        Along this axis.
    """
    ways = {"after": (kernel - 1) // 2}
    if kernel % 2 == 0:
        ways["before"] = kernel // 2
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    if total // 2 not in ways.values():
        ways["as needed for the stride"] = total // 2
    return ways


def _padded(
    x: np.ndarray, kernel: Sequence[int], stride: Sequence[int], front: Sequence[int]
) -> np.ndarray:
    extra = [(f, k + s) for f, k, s in zip(front, kernel, stride, strict=True)]
    return np.pad(x, [(0, 0), (0, 0), *extra])


def _picked(size: Sequence[int], stride: Sequence[int]) -> tuple[slice, ...]:
    """Return the positions of the windows along each axis: ceil(size / stride) of them."""
    return tuple(slice(0, n, s) for n, s in zip(size, stride, strict=True))


def correlate(
    x: np.ndarray,
    weights: np.ndarray,
    bias: np.ndarray,
    stride: Sequence[int],
    front: Sequence[int],
) -> np.ndarray:
    """Return the 'same' cross-correlation.

    Parameters
    ----------
    x
        (batch, channels, *size).
    weights, bias
        (kernels, channels, *kernel) and (kernels,).
    stride, front
        Step, and number of zeros before the first element, along each axis.

    Returns
    -------
    np.ndarray
        (batch, kernels, *ceil(size / stride)).
    """
    windows = _windows(x, weights.shape[2:], stride, front)
    axes = (1, *range(-weights.ndim + 2, 0))
    product = np.tensordot(windows, weights, axes=(axes, range(1, weights.ndim)))
    return np.moveaxis(product + bias, -1, 1)


def _windows(
    x: np.ndarray, kernel: Sequence[int], stride: Sequence[int], front: Sequence[int]
) -> np.ndarray:
    """Return (batch, channels, *positions, *kernel)."""
    space = tuple(range(2, x.ndim))
    windows = sliding_window_view(_padded(x, kernel, stride, front), tuple(kernel), axis=space)
    return windows[(slice(None), slice(None), *_picked(x.shape[2:], stride))]


def correlate_error(
    shape: Sequence[int],
    weights: np.ndarray,
    error: np.ndarray,
    stride: Sequence[int],
    front: Sequence[int],
) -> np.ndarray:
    """Return the gradient of `correlate` by its input of the given shape."""
    kernel = weights.shape[2:]
    padded = np.zeros_like(_padded(np.zeros(tuple(shape)), kernel, stride, front))
    for offset in np.ndindex(*kernel):
        where = tuple(
            slice(o, o + s * n, s) for o, s, n in zip(offset, stride, error.shape[2:], strict=True)
        )
        share = np.tensordot(error, weights[(..., *offset)], axes=(1, 0))
        padded[(slice(None), slice(None), *where)] += np.moveaxis(share, -1, 1)
    inner = tuple(slice(f, f + n) for f, n in zip(front, shape[2:], strict=True))
    return padded[(slice(None), slice(None), *inner)]


def correlate_gradient(
    x: np.ndarray,
    kernel: Sequence[int],
    error: np.ndarray,
    stride: Sequence[int],
    front: Sequence[int],
) -> np.ndarray:
    """Return the gradient of `correlate` by its weights, (kernels, channels, *kernel)."""
    windows = _windows(x, kernel, stride, front)
    axes = (0, *range(2, x.ndim))
    return np.tensordot(error, windows, axes=(axes, axes))


def max_pool(x: np.ndarray, stride: Sequence[int], pooling: Sequence[int]) -> np.ndarray:
    """Return the largest element of each complete window of (batch, channels, y, x)."""
    windows = sliding_window_view(x, tuple(pooling), axis=(2, 3))
    return windows[:, :, :: stride[0], :: stride[1]].max(axis=(4, 5))


def max_pool_error(
    x: np.ndarray,
    error: np.ndarray,
    stride: Sequence[int],
    pooling: Sequence[int],
    add: bool = True,
    share_ties: bool = False,
) -> np.ndarray:
    """Return the error for the layer below, to the first maximum of each window.

    With `add` False, overlapping windows overwrite each other; with `share_ties`, every tied
    maximum gets the whole error. Both are faults.
    """
    below = np.zeros_like(x)
    for b, c, i, j in np.ndindex(*error.shape):
        top, left = i * stride[0], j * stride[1]
        where = (b, c, slice(top, top + pooling[0]), slice(left, left + pooling[1]))
        window = x[where]
        mask = window == window.max()
        if not share_ties:
            first = np.argmax(mask)
            mask = np.arange(mask.size).reshape(mask.shape) == first
        below[where] = np.where(
            mask, error[b, c, i, j] + (below[where] if add else 0), below[where]
        )
    return below
