from itertools import pairwise

import numpy as np
import pytest

from course_utils.lessons.deep_networks.model import Linear, collapse, output


def network(rng, widths, convention, factor, biased):
    layers = []
    for before, after in pairwise(widths):
        shape = (after, before) if convention == "columns" else (before, after)
        bias = rng.normal(size=after) if biased else None
        layers.append(Linear(rng.normal(size=shape), bias, factor))
    return layers


@pytest.mark.parametrize("convention", ["columns", "rows"])
@pytest.mark.parametrize("factor", [None, 0.5, -3.0])
@pytest.mark.parametrize("biased", [True, False])
@pytest.mark.parametrize("widths", [(3, 2), (4, 3, 2), (2, 5, 3, 4)])
def test_one_layer_computes_what_the_layers_it_stands_for_do(convention, factor, biased, widths):
    rng = np.random.default_rng(0)
    layers = network(rng, widths, convention, factor, biased)
    single = collapse(layers, convention)
    assert single.factor is None
    assert (single.bias is not None) == biased
    for x in rng.normal(size=(20, widths[0])):
        np.testing.assert_allclose(
            single(x, convention), output(layers, x, convention), rtol=1e-12, atol=1e-12
        )


def test_a_bias_anywhere_is_a_bias_of_the_whole():
    rng = np.random.default_rng(1)
    first, last = Linear(rng.normal(size=(3, 2))), Linear(rng.normal(size=(1, 3)), np.ones(1), 2.0)
    assert collapse([first, last]).bias == 2.0
    assert collapse([first, Linear(last.weight)]).bias is None


def test_no_layer_is_refused():
    with pytest.raises(ValueError, match="at least one layer"):
        collapse([])
