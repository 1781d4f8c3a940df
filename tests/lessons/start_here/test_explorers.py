import pytest

from course_utils.lessons.start_here.explorers import neuron


@pytest.mark.parametrize(
    ("weight", "bias", "words"),
    [
        (-2.0, -3.0, "σ(−2.0 · x − 3.0): the output is one half at x = −1.50."),
        (1.0, 0.0, "σ(1.0 · x + 0.0): the output is one half at x = 0.00."),
        (0.0, -1.0, "σ(0.0 · x − 1.0): without a weight"),
    ],
)
def test_negative_numbers_have_a_true_minus_sign(weight, bias, words):
    explorer = neuron()
    explorer.set(weight=weight, bias=bias)
    assert words in explorer.description
    assert "-" not in explorer.description
