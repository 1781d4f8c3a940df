"""Right answers in other styles, and wrong ones that no fault expresses."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def all_loops(x, weights, bias, stride):
    kernels, channels, m, n = weights.shape
    rows, columns = (x.shape[1] - m) // stride + 1, (x.shape[2] - n) // stride + 1
    y = [[[bias[k] for _ in range(columns)] for _ in range(rows)] for k in range(kernels)]
    for k, i, j in np.ndindex(kernels, rows, columns):
        for c, u, v in np.ndindex(channels, m, n):
            y[k][i][j] += weights[k, c, u, v] * x[c, stride * i + u, stride * j + v]
    return y


def by_windows(x, weights, bias, stride):
    windows = sliding_window_view(x, weights.shape[2:], axis=(1, 2))[:, ::stride, ::stride]
    return np.einsum("cijuv,kcuv->kij", windows, weights) + bias[:, None, None]


def integer_convolve(x, weights, bias, stride):
    y = np.zeros(np.shape(by_windows(x, weights, bias, stride)), dtype=int)
    y[:] = by_windows(x, weights, bias, stride)
    return y


def convolve_return_in_loop(x, weights, bias, stride):
    y = np.zeros(np.shape(by_windows(x, weights, bias, stride)))
    for k in range(len(weights)):
        y[k] = by_windows(x, weights[k : k + 1], bias[k : k + 1], stride)[0]
        return y


def without_an_axis_for_kernels(x, weights, bias, stride):
    y = np.zeros(by_windows(x, weights, bias, stride).shape[1:])
    for k, i, j in np.ndindex(len(weights), *y.shape):
        y[i, j] = by_windows(x, weights, bias, stride)[k, i, j]
    return y


def convolve_first_kernel(x, weights, bias, stride):
    return by_windows(x, weights, bias, stride)[0]


def convolve_last_channel(x, weights, bias, stride):
    _, channels, m, n = weights.shape
    y = np.zeros(by_windows(x, weights, bias, stride).shape)
    for k, i, j in np.ndindex(y.shape):
        for c in range(channels):
            window = x[c, stride * i : stride * i + m, stride * j : stride * j + n]
            y[k, i, j] = (window * weights[k, c]).sum() + bias[k]
    return y


def convolve_at_the_windows_corners(x, weights, bias, stride):
    kernels, _, m, n = weights.shape
    y = np.zeros((kernels, x.shape[1] - m + 1, x.shape[2] - n + 1))
    for k in range(kernels):
        for i in range(0, x.shape[1] - m + 1, stride):
            for j in range(0, x.shape[2] - n + 1, stride):
                y[k, i, j] = (x[:, i : i + m, j : j + n] * weights[k]).sum() + bias[k]
    return y


def convolve_rows_by_columns(x, weights, bias, stride):
    return by_windows(x, weights, bias, stride)[:, : (x.shape[1] - weights.shape[3]) // stride + 1]


def convolve_flipped(*axes):
    def convolve(x, weights, bias, stride):
        _, _, m, n = weights.shape
        y = np.zeros(by_windows(x, weights, bias, stride).shape)
        for k, i, j in np.ndindex(y.shape):
            window = x[:, stride * i : stride * i + m, stride * j : stride * j + n]
            y[k, i, j] = (window * np.flip(weights[k], axes)).sum() + bias[k]
        return y

    return convolve


def list_of_windows(x, m, n, stride):
    windows = [
        x[:, i : i + m, j : j + n].ravel()
        for i in range(0, x.shape[1] - m + 1, stride)
        for j in range(0, x.shape[2] - n + 1, stride)
    ]
    return np.array(windows).T


def offset_by_offset(x, m, n, stride):
    rows, columns = (x.shape[1] - m) // stride + 1, (x.shape[2] - n) // stride + 1
    return np.array(
        [
            x[c, u : u + stride * rows : stride, v : v + stride * columns : stride].ravel()
            for c in range(len(x))
            for u in range(m)
            for v in range(n)
        ]
    )


def count_places(size, kernel, stride, padding, dilation):
    first, count = -padding, 0
    while first + dilation * (kernel - 1) < size + padding:
        first, count = first + stride, count + 1
    return count


def field_backward(layers):
    seen = 1
    for kernel, stride in reversed(layers):
        seen = (seen - 1) * stride + kernel
    return seen


def field_forward(layers):
    seen = 1
    for kernel, stride in layers:
        seen = (seen - 1) * stride + kernel
    return seen


def field_of_the_strides_behind(layers):
    seen, worth = 1, 1
    for kernel, stride in reversed(layers):
        seen, worth = seen + worth * (kernel - 1), worth * stride
    return seen


def pool_by_windows(x, kernel, stride):
    return sliding_window_view(x, (kernel, kernel))[::stride, ::stride].max(axis=(2, 3))


def pool_by_lists(x, kernel, stride):
    return [
        [x[i : i + kernel, j : j + kernel].max() for j in range(0, x.shape[1] - kernel + 1, stride)]
        for i in range(0, x.shape[0] - kernel + 1, stride)
    ]


def pool_from(start):
    def max_pool(x, kernel, stride):
        y = np.full(pool_by_windows(x, kernel, stride).shape, float(start))
        for i, j in np.ndindex(y.shape):
            for u, v in np.ndindex(kernel, kernel):
                value = x[i * stride + u, j * stride + v]
                if value > y[i, j]:
                    y[i, j] = value
        return y

    return max_pool


def last_of_a_tie(x, errors, kernel, stride):
    gradient = np.zeros(x.shape)
    for i, j in np.ndindex(errors.shape):
        window = x[i * stride : i * stride + kernel, j * stride : j * stride + kernel]
        row, column = np.argwhere(window == window.max())[-1]
        gradient[i * stride + row, j * stride + column] += errors[i, j]
    return gradient


def by_add_at(x, errors, kernel, stride):
    windows = sliding_window_view(x, (kernel, kernel))[::stride, ::stride]
    flat = windows.reshape(*errors.shape, -1).argmax(axis=2)
    i, j = np.indices(errors.shape)
    gradient = np.zeros(x.shape)
    np.add.at(gradient, (i * stride + flat // kernel, j * stride + flat % kernel), errors)
    return gradient


def backward_from(start, place_at_first):
    def max_pool_backward(x, errors, kernel, stride):
        gradient, place = np.zeros(x.shape), (0, 0)
        for i, j in np.ndindex(errors.shape):
            best, place = start, place_at_first((i * stride, j * stride), place)
            for u, v in np.ndindex(kernel, kernel):
                value = x[i * stride + u, j * stride + v]
                if value > best:
                    best, place = value, (i * stride + u, j * stride + v)
            if place is not None:
                gradient[place] += errors[i, j]
        return gradient

    return max_pool_backward


def backward_by_strides(x, errors, kernel, stride):
    gradient = np.zeros(x.shape)
    for i, j in np.ndindex(errors.shape):
        window = x[i * stride : i * stride + kernel, j * stride : j * stride + kernel]
        row, column = divmod(window.argmax(), stride)
        gradient[i * stride + row, j * stride + column] += errors[i, j]
    return gradient


def backward_of_the_first_equal(x, errors, kernel, stride):
    gradient = np.zeros(x.shape)
    for i, j in np.ndindex(errors.shape):
        window = x[i * stride : i * stride + kernel, j * stride : j * stride + kernel]
        rows, columns = np.where(x == window.max())
        gradient[rows[0], columns[0]] += errors[i, j]
    return gradient


def backward_in_place(x, errors, kernel, stride):
    gradient = last_of_a_tie(x, errors, kernel, stride)
    x[:] = gradient
    return gradient


RIGHT = {
    "convolve": [all_loops, by_windows],
    "unfold": [list_of_windows, offset_by_offset],
    "output_size": [
        count_places,
        lambda n, k, s, p, d: int(np.floor((n + 2 * p - d * (k - 1) - 1) / s)) + 1,
    ],
    "count_parameters": [
        lambda i, o, m, n: (i * m * n + 1) * o,
        lambda i, o, m, n: int(np.zeros((o, i, m, n)).size + np.zeros(o).size),
    ],
    "receptive_field": [
        field_backward,
        lambda layers: 1 + sum(
            (k - 1) * int(np.prod([s for _, s in layers[:i]])) for i, (k, _) in enumerate(layers)
        ),
    ],
    "max_pool": [pool_by_windows, pool_by_lists],
    "max_pool_backward": [last_of_a_tie, by_add_at],
}  # fmt: skip

WRONG = {
    "convolve": [
        (integer_convolve, "cut to whole numbers"),
        (convolve_return_in_loop, "inside the loop"),
        (without_an_axis_for_kernels, "no axis for the kernels"),
        (convolve_first_kernel, "no axis for the kernels"),
        (convolve_last_channel, "overwrites the one before"),
        (convolve_at_the_windows_corners, "with zeros between them"),
        (convolve_rows_by_columns, "rows go with m"),
        (convolve_flipped(1, 2), "mathematical sense"),
        (convolve_flipped(1), "the rows of the kernel"),
        (convolve_flipped(2), "the columns of the kernel"),
        (convolve_flipped(0), "the channels of the kernel"),
        (convolve_flipped(0, 1), "channels and rows of the kernel"),
        (convolve_flipped(0, 1, 2), "all three axes"),
    ],
    "output_size": [
        (lambda n, k, s, p, d: (n + 4 * p - d * (k - 1) - 1) // s + 1, "four times"),
    ],
    "count_parameters": [
        (lambda i, o, m, n: m * n * i + o, "but all biases"),
    ],
    "receptive_field": [
        (field_forward, "from the last one back"),
        (field_of_the_strides_behind, "from the first layer on"),
    ],
    "max_pool": [
        (pool_from(0), "starts at 0"),
        (pool_from(-1), "starts at −1"),
    ],
    "max_pool_backward": [
        (backward_in_place, "in-place"),
        *(
            (backward_from(start, place_at_first), "starts at a number of its own")
            for start in (0, -1)
            for place_at_first in (
                lambda corner, _: corner,
                lambda *_: (0, 0),
                lambda *_: None,
                lambda _, before: before,
            )
        ),
        (backward_by_strides, "divide by the kernel"),
        (backward_of_the_first_equal, "in all of x"),
    ],
}
