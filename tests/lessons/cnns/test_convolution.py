"""Convolutions are PyTorch's, in every size; their terms are where they say."""

from itertools import product

import numpy as np
import pytest
import torch
from torch.nn import functional

from course_utils.lessons.cnns.convolution import (
    convolve,
    output_size,
    receptive_field,
    sums,
    unfold,
)
from course_utils.lessons.cnns.dense import Proposals, compare
from course_utils.lessons.cnns.explorers import window

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_loops_and_columns_give_what_pytorch_gives(stride: int) -> None:
    x, weights, bias = (
        RNG.normal(size=(3, 9, 12)),
        RNG.normal(size=(4, 3, 3, 2)),
        RNG.normal(size=4),
    )
    tensors = map(torch.tensor, (x[None], weights, bias))
    expected = functional.conv2d(*tensors, stride=stride)[0].numpy()
    assert np.allclose(convolve(x, weights, bias, stride), expected)
    columns = weights.reshape(4, -1) @ unfold(x, 3, 2, stride) + bias[:, None]
    assert np.allclose(columns.reshape(expected.shape), expected)
    library = functional.unfold(torch.tensor(x[None]), (3, 2), stride=stride)[0].numpy()
    assert np.array_equal(unfold(x, 3, 2, stride), library)


@pytest.mark.parametrize(
    ("stride", "padding", "dilation"), list(product((1, 2, 3), (0, 1, 2), (1, 2)))
)
def test_the_terms_of_an_output_are_the_inputs_that_it_says(
    stride: int, padding: int, dilation: int
) -> None:
    x, kernel = RNG.normal(size=(6, 7)), RNG.normal(size=(3, 3))
    found = sums(x, kernel, stride, padding, dilation)
    settings = {"stride": stride, "padding": padding, "dilation": dilation}
    expected = functional.conv2d(*(torch.tensor(a)[None, None] for a in (x, kernel)), **settings)
    assert np.allclose(found.outputs(kernel), expected[0, 0].numpy())
    assert found.outputs(kernel).shape == (
        output_size(6, 3, stride, padding, dilation),
        output_size(7, 3, stride, padding, dilation),
    )
    padded = np.pad(x, padding)
    for i, j in np.ndindex(found.outputs(kernel).shape):
        rows, columns = found.rows[i] + padding, found.columns[j] + padding
        assert np.array_equal(found.values[i, j], padded[np.ix_(rows, columns)])


def test_a_receptive_field_grows_by_its_kernel_times_the_strides_so_far() -> None:
    assert receptive_field([]) == 1
    assert receptive_field([(3, 1)] * 3) == 7
    assert receptive_field([(5, 1), (2, 2), (5, 1), (2, 2), (5, 1)]) == 32


def test_the_explorer_takes_apart_the_last_output_where_the_cell_lies_beyond() -> None:
    data = window.data({**window.start, "stride": 3, "cell": (7, 7)})
    assert data.outputs.shape == (2, 2)
    assert (data.row, data.column) == (1, 1)
    assert data.products.sum() == data.outputs[1, 1]


def test_the_exams_two_layers_are_one_function() -> None:
    found = compare(Proposals(10, 10, 3, 5, 10, 10))
    assert (found.dense_parameters, found.convolution_parameters) == (1505, 1505)
    assert found.difference < 1e-9


def test_smaller_kernels_are_another_function() -> None:
    found = compare(Proposals(10, 8, 3, 5, 3, 3))
    assert found.convolution_outputs == (5, 8, 6)
    assert (found.dense_parameters, found.convolution_parameters) == (1205, 140)
    assert found.difference == np.inf
